import type { Config } from '../../config/index.ts'
import {
  bundlesProxy,
  bundlesPostgres,
  bundlesRedis,
  colours,
  containerOf,
  envFileOf,
  machinePaths,
  machineSecretsOf,
  migratesApart,
  serviceOf,
  switchesColours,
  reachesMachine,
} from '../../plan/index.ts'
import { composeText } from '../../text/expressions.ts'
import { command, hardened, logging, seconds, tmpfs, type Plain } from './service.ts'

/** The application, once or in two colours of which one serves; other services find either by the name `app`. */
export const appServices = (config: Config): Plain =>
  switchesColours(config)
    ? Object.fromEntries(
        colours.map((colour) => {
          const { networks, ...service } = appService(config)
          const named = (networks as readonly string[]).map((name) => [name, name === 'edge' ? { aliases: ['app'] } : {}])
          return [serviceOf(colour), { ...service, profiles: [colour], networks: Object.fromEntries(named) }]
        }),
      )
    : { app: appService(config) }

/** The application: as the plan's container, behind the health of what it needs. */
function appService(config: Config): Plain {
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
    ...(bundlesProxy(config)
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
  const { user, pids, memory, cpus, openFiles, tmpfs: paths, tmpfsSize, data } = containerOf(config)
  return {
    image: imageText(config),
    user,
    ...hardened({ pids, memory, cpus, files: openFiles }),
    tmpfs: paths.map((path) => tmpfs(path, tmpfsSize)),
    env_file: [
      envFileOf(config, 'compose'),
      ...(machineSecretsOf(config).length > 0 ? [machinePaths.secrets] : []),
    ],
    ...(data ? { volumes: [`data:${data.path}`] } : {}),
    networks: ['edge', ...(bundlesPostgres(config) || bundlesRedis(config) ? ['data'] : [])],
    ...(reachesMachine(config, 'compose') ? { extra_hosts: ['host.docker.internal:host-gateway'] } : {}),
    logging: logging(config),
  }
}

/** The configured image, unless `APP_IMAGE` names another when the stack is started. */
export function imageText(config: Config): string {
  const { image } = containerOf(config)
  return /^[A-Za-z0-9./:@_-]+$/.test(image) ? `\${APP_IMAGE:-${image}}` : composeText(image)
}

const serversOf = (config: Config): Plain => ({
  ...(bundlesPostgres(config) ? { postgres: { condition: 'service_healthy' } } : {}),
  ...(bundlesRedis(config) ? { redis: { condition: 'service_healthy' } } : {}),
})
