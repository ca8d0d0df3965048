import type { Config } from '../config/index.ts'
import { switchesColours } from './colours.ts'
import { runsOn, type Platform } from './platform.ts'

/** The image reference that containers are started from; a digest wins over the tag. */
export function imageOf(config: Config): string {
  const name = [config['image.registry'], config['image.repository']].filter(Boolean).join('/')
  if (config['image.digest']) return `${name}@${config['image.digest']}`
  return `${name}:${config['image.tag'] || 'v1.0.0'}`
}

export const usesPostgres = (config: Config): boolean => config['database.backend'] === 'postgres'
export const usesSqlite = (config: Config): boolean =>
  config['database.backend'] === 'sqlite' ||
  (config['database.backend'] === 'custom' && config['database.driver'] === 'sqlite+aiosqlite')

/** Whether the rate limit counts in Redis. */
export const limitsInRedis = (config: Config): boolean =>
  config['rateLimit.enabled'] && config['rateLimit.storageBackend'] === 'redis'
/** Whether the cache keeps its entries in Redis. */
export const cachesInRedis = (config: Config): boolean => config['cache.enabled'] && config['cache.backend'] === 'redis'
export const usesRedis = (config: Config): boolean => limitsInRedis(config) || cachesInRedis(config)

/** Whether the Compose stack brings its own Postgres. */
export const bundlesPostgres = (config: Config): boolean =>
  runsOn(config, 'compose') && usesPostgres(config) && config['vm.postgres'] === 'bundled'
/** Whether the Compose stack brings its own Redis. */
export const bundlesRedis = (config: Config): boolean =>
  runsOn(config, 'compose') && usesRedis(config) && config['vm.redis'] === 'bundled'

/** The fewest pods that run when nothing is wrong. */
export const fewestPods = (config: Config): number =>
  config['autoscaling.enabled'] ? config['autoscaling.minReplicas'] : config.replicaCount
/** The most pods that run outside rollouts. */
export const mostPods = (config: Config): number =>
  config['autoscaling.enabled'] ? Math.max(config['autoscaling.maxReplicas'], config['autoscaling.minReplicas']) : config.replicaCount

/** The most instances of the application at once, on whichever platform. */
export const mostInstances = (config: Config): number => (runsOn(config, 'kubernetes') ? mostPods(config) : 1)

/** Pods that a rollout starts on top: `maxSurge` as a number or a percentage, rounded up as Kubernetes does. */
export function surgePods(config: Config): number {
  if (usesSqlite(config)) return 0
  const surge = config['strategy.maxSurge']
  return surge.endsWith('%') ? Math.ceil((mostPods(config) * Number.parseInt(surge, 10)) / 100) : Number(surge || 0)
}

/** Database connections that one pod or container may open. */
export const connectionsPerInstance = (config: Config): number =>
  (config['database.poolSize'] + config['database.maxOverflow']) * config['app.workers']

/** The most instances while a new version takes over: those that a rollout adds, or two colours. */
export const instancesAtPeak = (config: Config): number =>
  Math.max(runsOn(config, 'kubernetes') ? mostPods(config) + surgePods(config) : 1, switchesColours(config) ? 2 : 1)

/** Connections at the worst moment. */
export const connectionsAtPeak = (config: Config): number => connectionsPerInstance(config) * instancesAtPeak(config)

/** Seconds that open requests get after SIGTERM. */
export const gracefulSeconds = (config: Config): number =>
  config['app.gracefulShutdownTimeout'] || config['app.requestTimeout'] + 2

/** Seconds from SIGTERM to SIGKILL on a machine: room for every open request to end. */
export const stopGraceSeconds = (config: Config): number =>
  Math.max(gracefulSeconds(config), config['app.requestTimeout']) + 10

/** Seconds that a readiness check may take: its parts run one after another. */
export const readinessSeconds = (config: Config): number =>
  config['database.healthTimeout'] +
  (config['auth.enabled'] && config['auth.keySource'] === 'jwks' ? config['auth.httpTimeout'] : 0) +
  (config['cache.enabled'] ? config['cache.healthTimeout'] : 0) +
  1

/** The port on which clients reach Redis. */
export const redisAddress = (config: Config, platform: Platform): { readonly host: string; readonly port: number } =>
  platform === 'compose' && bundlesRedis(config)
    ? { host: 'redis', port: 6379 }
    : { host: config['redis.host'], port: config['redis.port'] }

/** The host that traces are sent to; empty where there is none. */
const collectorHost = (config: Config): string =>
  config['tracing.enabled'] ? (/^https?:\/\/([^/:]+)/.exec(config['tracing.otlpEndpoint'])?.[1] ?? '') : ''

/** Whether something that the application calls runs on the machine itself, which Linux containers know by no name of its own. */
export const reachesMachine = (config: Config, platform: Platform): boolean =>
  [postgresAddress(config, platform).host, redisAddress(config, platform).host, collectorHost(config)].includes('host.docker.internal')

/** Where Postgres listens, seen from the application. */
export const postgresAddress = (config: Config, platform: Platform): { readonly host: string; readonly port: number } =>
  platform === 'compose' && bundlesPostgres(config)
    ? { host: 'postgres', port: 5432 }
    : { host: config['database.postgres.host'], port: config['database.postgres.port'] }

/** Whether a one-shot migration runs before the application, rather than the application migrating by itself. */
export const migratesApart = (config: Config, platform: Platform): boolean =>
  config['migrations.enabled'] && !usesSqlite(config) && platform !== 'container'

/** Whether the container migrates at its own start. */
export const migratesAtStart = (config: Config, platform: Platform): boolean =>
  config['database.runMigrations'] || (config['migrations.enabled'] && !migratesApart(config, platform))
