import type { Config } from '../../config/index.ts'
import { containerOf, machinePaths, stopGraceSeconds } from '../../plan/index.ts'
import { composeText } from '../../text/expressions.ts'
import { images } from './images.ts'
import { command, hardened, logging, seconds, tmpfs, type Plain } from './service.ts'

/** The user and group `postgres` and `redis` of the Debian images: with it, their entrypoints need no capability. */
const serverUser = '999:999'
const owned = ['uid=999', 'gid=999']

/** Where the image of a major version keeps its data. Source: docker-library/postgres, which moved it in 18. */
const postgresData = (config: Config): string =>
  config['vm.postgresVersion'] === '18' ? '/var/lib/postgresql' : '/var/lib/postgresql/data'

/** Postgres for this stack alone: no port on the machine, no way out. */
export const postgresService = (config: Config): Plain => ({
  image: images.postgres[config['vm.postgresVersion']],
  user: serverUser,
  ...hardened({ pids: 200, memory: config['vm.postgresMemory'], cpus: '2.0' }),
  tmpfs: [tmpfs('/tmp', '64m'), tmpfs('/run/postgresql', '16m', ...owned, 'mode=3775')],
  shm_size: '128m',
  command: command('postgres', '-c', `max_connections=${config['database.maxConnections']}`),
  environment: {
    POSTGRES_DB: composeText(config['database.postgres.name']),
    POSTGRES_USER: composeText(config['database.postgres.user']),
    POSTGRES_INITDB_ARGS: '--auth-host=scram-sha-256 --data-checksums',
  },
  env_file: [machinePaths.postgresSecrets],
  volumes: [`postgres:${postgresData(config)}`],
  networks: ['data'],
  restart: 'unless-stopped',
  stop_grace_period: '60s',
  healthcheck: {
    // By address: the server that fills a new volume answers on its socket only.
    test: command(
      'CMD',
      'pg_isready',
      '-h',
      '127.0.0.1',
      '-U',
      config['database.postgres.user'],
      '-d',
      config['database.postgres.name'],
    ),
    interval: '5s',
    timeout: '5s',
    retries: 6,
    start_period: '60s',
  },
  logging: logging(config),
})

/** MiB that Redis' container may use: room for fragmentation, and for the copy that a rewrite makes. */
const redisMemory = (config: Config): string => {
  const keys = config['vm.redisMemory']
  return `${Math.max(keys + 32, Math.ceil(keys * (config['vm.redisPersistence'] ? 2 : 4 / 3)))}m`
}

const redisOptions = (config: Config): string => {
  const memory = `--maxmemory ${config['vm.redisMemory']}mb --maxmemory-policy allkeys-lru`
  return config['vm.redisPersistence']
    ? `${memory} --appendonly yes --appendfsync everysec --save ''`
    : `${memory} --appendonly no --save ''`
}

/** The password reaches Redis by a file in memory: on its command line everyone on the machine could read it. */
const redisCommand = (config: Config): string =>
  config['redis.auth']
    ? `umask 077 && printf 'requirepass %s\\n' "\${REDIS_PASSWORD:?}" >/tmp/redis.conf && exec redis-server /tmp/redis.conf ${redisOptions(config)}`
    : `exec redis-server --protected-mode no ${redisOptions(config)}`

/** Redis for this stack alone. */
export const redisService = (config: Config): Plain => ({
  image: images.redis,
  user: serverUser,
  ...hardened({ pids: 100, memory: redisMemory(config), cpus: '1.0' }),
  tmpfs: [
    tmpfs('/tmp', '16m'),
    ...(config['vm.redisPersistence'] ? [] : [tmpfs('/data', '16m', ...owned)]),
  ],
  command: command('sh', '-c', redisCommand(config)),
  ...(config['redis.auth'] ? { env_file: [machinePaths.redisSecrets] } : {}),
  ...(config['vm.redisPersistence'] ? { volumes: ['redis:/data'] } : {}),
  networks: ['data'],
  restart: 'unless-stopped',
  stop_grace_period: '30s',
  healthcheck: {
    test: command(
      'CMD-SHELL',
      `${config['redis.auth'] ? 'REDISCLI_AUTH="$REDIS_PASSWORD" ' : ''}redis-cli -h 127.0.0.1 ping | grep -q PONG`,
    ),
    interval: '5s',
    timeout: '5s',
    retries: 6,
    start_period: '10s',
  },
  logging: logging(config),
})

/** Caddy, which takes what comes from outside and fetches certificates; `version` makes it start anew when its file changes. */
export const caddyService = (config: Config, version: string): Plain => ({
  image: images.caddy,
  ...hardened({ pids: 100, memory: '256m', cpus: '1.0' }),
  // Its program carries this capability, and does not start without.
  cap_add: ['NET_BIND_SERVICE'],
  tmpfs: [tmpfs('/tmp', '16m')],
  ports: ['80:80', '443:443', '443:443/udp'],
  volumes: [
    `./${machinePaths.caddyfile}:/etc/caddy/Caddyfile:ro`,
    'caddy-data:/data',
    'caddy-config:/config',
  ],
  networks: ['edge'],
  labels: { 'caddyfile.version': version },
  restart: 'unless-stopped',
  stop_grace_period: seconds(stopGraceSeconds(config) + 5),
  healthcheck: {
    test: command('CMD', 'wget', '-q', '-O', '/dev/null', 'http://127.0.0.1:2020/'),
    interval: '10s',
    timeout: '5s',
    retries: 3,
    start_period: '10s',
  },
  depends_on: { app: { condition: 'service_healthy' } },
  logging: logging(config),
})

/** The named volumes of the stack; names of their own, so that no project name can part them from their data. */
export function volumesOf(config: Config, services: Plain): Plain {
  const name = config['release.name']
  const { data } = containerOf(config)
  return {
    ...(data ? { data: { name: composeText(data.volume) } } : {}),
    // One per major version: none can read the files of another.
    ...('postgres' in services
      ? { postgres: { name: composeText(`${name}-postgres-${config['vm.postgresVersion']}`) } }
      : {}),
    ...('redis' in services && config['vm.redisPersistence']
      ? { redis: { name: composeText(`${name}-redis`) } }
      : {}),
    ...('caddy' in services
      ? {
          'caddy-data': { name: composeText(`${name}-caddy-data`) },
          'caddy-config': { name: composeText(`${name}-caddy-config`) },
        }
      : {}),
  }
}
