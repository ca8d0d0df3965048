import type { Config } from '../../config/index.ts'
import { backupOf, containerOf, machinePaths, postgresFolder } from '../../plan/index.ts'
import { composeText } from '../../text/expressions.ts'
import { images, pinned } from './images.ts'
import { proxyVolumes } from './proxy.ts'
import { command, hardened, logging, tmpfs, type Plain } from './service.ts'

/** The user and group `postgres` and `redis` of the Debian images: with it, their entrypoints need no capability. */
export const serverUser = '999:999'
const owned = ['uid=999', 'gid=999']

/** Postgres' image; its programs must be of the same major version wherever they meet its data. */
export const postgresImage = (config: Config): string =>
  pinned(images.postgres[config['vm.postgresVersion']], config['vm.postgresDigest'])

/** Postgres for this stack alone: no port on the machine, no way out. */
export const postgresService = (config: Config): Plain => ({
  image: postgresImage(config),
  user: serverUser,
  ...hardened({ pids: 200, memory: config['vm.postgresMemory'], cpus: config['vm.postgresCpus'] }),
  tmpfs: [tmpfs('/tmp', '64m'), tmpfs('/run/postgresql', '16m', ...owned, 'mode=3775')],
  shm_size: '128m',
  command: command('postgres', '-c', `max_connections=${config['database.maxConnections']}`),
  environment: {
    POSTGRES_DB: composeText(config['database.postgres.name']),
    POSTGRES_USER: composeText(config['database.postgres.user']),
    POSTGRES_INITDB_ARGS: '--auth-host=scram-sha-256 --data-checksums',
  },
  env_file: [machinePaths.postgresSecrets],
  volumes: [`postgres:${postgresFolder(config)}`],
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

/** Valkey has the protocol and the options of Redis 7.2, and other names for its programs. */
const redisPrograms = (config: Config) =>
  config['vm.redisImage'] === 'valkey'
    ? ({ server: 'valkey-server', client: 'valkey-cli' } as const)
    : ({ server: 'redis-server', client: 'redis-cli' } as const)

/** The password reaches Redis by a file in memory: on its command line everyone on the machine could read it. */
const redisCommand = (config: Config): string =>
  config['redis.auth']
    ? `umask 077 && printf 'requirepass %s\\n' "\${REDIS_PASSWORD:?}" >/tmp/redis.conf && exec ${redisPrograms(config).server} /tmp/redis.conf ${redisOptions(config)}`
    : `exec ${redisPrograms(config).server} --protected-mode no ${redisOptions(config)}`

/** Redis for this stack alone. */
export const redisService = (config: Config): Plain => ({
  image: pinned(images[config['vm.redisImage']], config['vm.redisDigest']),
  user: serverUser,
  ...hardened({ pids: 100, memory: redisMemory(config), cpus: config['vm.redisCpus'] }),
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
      `${config['redis.auth'] ? 'REDISCLI_AUTH="$REDIS_PASSWORD" ' : ''}${redisPrograms(config).client} -h 127.0.0.1 ping | grep -q PONG`,
    ),
    interval: '5s',
    timeout: '5s',
    retries: 6,
    start_period: '10s',
  },
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
    // Nor can Valkey read those of Redis 7.4.
    ...('redis' in services && config['vm.redisPersistence']
      ? { redis: { name: composeText(`${name}-${config['vm.redisImage']}`) } }
      : {}),
    ...('backup' in services ? { backups: { name: composeText(backupOf(config, 'compose')?.volume ?? '') } } : {}),
    ...proxyVolumes(config),
  }
}
