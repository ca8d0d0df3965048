import type { Config } from '../../config/index.ts'
import {
  bundlesCaddy,
  bundlesPostgres,
  bundlesRedis,
  containerOf,
  envFileOf,
  machinePaths,
  machineSecretsOf,
  migratesApart,
  postgresAddress,
  redisAddress,
} from '../../plan/index.ts'
import { composeText } from '../../text/expressions.ts'
import { command, hardened, logging, seconds, tmpfs, type Plain } from './service.ts'

/** The application: as the plan's container, behind the health of what it needs. */
export function appService(config: Config): Plain {
  const container = containerOf(config)
  const waits = {
    ...serversOf(config),
    ...(migratesApart(config, 'compose')
      ? { migrate: { condition: 'service_completed_successfully' } }
      : {}),
  }
  return {
    ...base(config),
    restart: 'unless-stopped',
    stop_grace_period: seconds(container.stopGraceSeconds),
    ...(bundlesCaddy(config)
      ? {}
      : { ports: [`127.0.0.1:${container.hostPort}:${container.port}`] }),
    healthcheck: {
      test: command('CMD', ...container.probe),
      interval: '10s',
      timeout: seconds(container.probeSeconds),
      retries: 3,
      start_period: '60s',
    },
    ...(Object.keys(waits).length > 0 ? { depends_on: waits } : {}),
  }
}

/** `alembic upgrade head`, once per deployment, before the application starts. */
export const migrateService = (config: Config): Plain => ({
  ...base(config),
  command: command('alembic', '-c', 'alembic.ini', 'upgrade', 'head'),
  restart: 'no',
  healthcheck: { disable: true },
  ...(bundlesPostgres(config)
    ? { depends_on: { postgres: { condition: 'service_healthy' } } }
    : {}),
})

/** What the application and its migration have in common. */
function base(config: Config): Plain {
  const { user, pids, memory, cpus, tmpfs: paths, tmpfsSize, data } = containerOf(config)
  return {
    image: imageText(config),
    user,
    ...hardened({ pids, memory, cpus }),
    tmpfs: paths.map((path) => tmpfs(path, tmpfsSize)),
    env_file: [
      envFileOf(config, 'compose'),
      ...(machineSecretsOf(config).length > 0 ? [machinePaths.secrets] : []),
    ],
    ...(data ? { volumes: [`data:${data.path}`] } : {}),
    networks: ['edge', ...(bundlesPostgres(config) || bundlesRedis(config) ? ['data'] : [])],
    ...(reachesHost(config) ? { extra_hosts: ['host.docker.internal:host-gateway'] } : {}),
    logging: logging(config),
  }
}

/** The configured image, unless `APP_IMAGE` names another when the stack is started. */
function imageText(config: Config): string {
  const { image } = containerOf(config)
  return /^[A-Za-z0-9./:@_-]+$/.test(image) ? `\${APP_IMAGE:-${image}}` : composeText(image)
}

const serversOf = (config: Config): Plain => ({
  ...(bundlesPostgres(config) ? { postgres: { condition: 'service_healthy' } } : {}),
  ...(bundlesRedis(config) ? { redis: { condition: 'service_healthy' } } : {}),
})

/** Whether a server runs on the machine itself, which Linux containers know by no name of its own. */
const reachesHost = (config: Config): boolean =>
  [postgresAddress(config, 'compose'), redisAddress(config, 'compose')].some(
    ({ host }) => host === 'host.docker.internal',
  )
