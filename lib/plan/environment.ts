import { allSettings, applies, type Config, type Path, type Setting } from '../config/index.ts'
import { helpOf } from '../config/help/index.ts'
import { forwardedAllowIpsOf, trustedHostsOf } from './hosts.ts'
import { gracefulSeconds, limitsInRedis, migratesAtStart, postgresAddress, redisAddress } from './facts.ts'
import type { Platform } from './platform.ts'

/** An environment variable of the application whose value anyone may read. */
export interface Variable {
  readonly name: string
  readonly value: string
}

/** An environment variable whose value lives in a Secret or on the host, never here. */
export interface SecretVariable {
  readonly name: string
  /** The path of the declared secret. */
  readonly path: string
  /** `generate`: any random value of letters and digits serves; `ask`: only its owner knows it. */
  readonly origin: 'generate' | 'ask'
  readonly help: string
}

export interface Environment {
  readonly plain: readonly Variable[]
  readonly secret: readonly SecretVariable[]
}

/**
 * Every variable that the application gets on a platform, in the order of the form. The same
 * decisions as the chart's ConfigMap; a test compares the two.
 */
export function environmentOf(config: Config, platform: Platform): Environment {
  const plain = new Map<string, string>([
    // Without it, several configuration errors would show as 500 on every path instead of a failed start.
    ['UVICORN_LIFESPAN', 'on'],
    ['UVICORN_SERVER_HEADER', 'false'],
  ])
  for (const setting of allSettings) {
    const value = valueFor(config, setting, platform)
    if (value !== undefined && setting.field.env) plain.set(setting.field.env, value)
  }
  if (platform === 'kubernetes' && derivesLimiterUrl(config)) plain.set('APP_RATE_LIMIT_STORAGE_URL', limiterUrl(config))
  for (const [name, value] of Object.entries(config.extraEnv)) plain.set(name, value)
  return {
    plain: [...plain].map(([name, value]) => ({ name, value })),
    secret: secretsOf(config, platform),
  }
}

/** Whether the image's entrypoint asks for a URL that follows from the other settings: it does with several workers. */
const derivesLimiterUrl = (config: Config): boolean =>
  limitsInRedis(config) && config['app.workers'] > 1 && !config['rateLimit.explicitUrl']

/** The kubelet puts the password in; nobody else reads `$(…)`. */
const limiterUrl = (config: Config): string =>
  `redis://${config['redis.auth'] ? ':$(APP_REDIS_PASSWORD)@' : ''}${config['redis.host']}:${config['redis.port']}/${config['redis.db']}`

/** The secret variables that a configuration needs on a platform. */
export const secretsOf = (config: Config, platform: Platform): readonly SecretVariable[] =>
  allSettings.flatMap(({ path, field }) =>
    field.kind === 'secret' && field.env && applies(config, path)
      ? [{ name: field.env, path, origin: originOf(config, path, platform), help: helpOf(path) }]
      : [],
  )

/** Secrets that no other party has to know, so that any random value serves. */
function originOf(config: Config, path: string, platform: Platform): SecretVariable['origin'] {
  if (path === 'auth.jwtSecret') return 'generate'
  if (platform !== 'compose') return 'ask'
  if (path === 'database.postgres.password') return config['vm.postgres'] === 'bundled' ? 'generate' : 'ask'
  if (path === 'redis.password') return config['vm.redis'] === 'bundled' ? 'generate' : 'ask'
  return 'ask'
}

function valueFor(config: Config, setting: Setting, platform: Platform): string | undefined {
  const { path, field } = setting
  if (!field.env || field.kind === 'secret' || !applies(config, path)) return undefined
  const decided = decisions[path]
  if (decided) return decided(config, platform)
  const value = config[path as Path]
  if (field.absentAt !== undefined ? value === field.absentAt : value === '' && field.default === '') return undefined
  return textOf(value, 'separator' in field ? field.separator : undefined)
}

const textOf = (value: Config[Path], separator?: string): string => {
  if (typeof value !== 'object') return String(value)
  return separator === undefined ? JSON.stringify(value) : (value as readonly string[]).join(separator)
}

/** Variables whose value follows from more than their own setting. */
const decisions: Readonly<Record<string, (config: Config, platform: Platform) => string | undefined>> = {
  'app.version': (config) => config['app.version'] || config['image.tag'] || 'v1.0.0',
  'app.gracefulShutdownTimeout': (config) => String(gracefulSeconds(config)),
  'app.forwardedAllowIps': (config, platform) => forwardedAllowIpsOf(config, platform).join(','),
  'security.trustedHosts': (config, platform) => JSON.stringify(trustedHostsOf(config, platform)),
  'database.postgres.host': (config, platform) => postgresAddress(config, platform).host,
  'database.postgres.port': (config, platform) => String(postgresAddress(config, platform).port),
  'redis.host': (config, platform) => redisAddress(config, platform).host,
  'redis.port': (config, platform) => String(redisAddress(config, platform).port),
  'database.runMigrations': (config, platform) => String(migratesAtStart(config, platform)),
}
