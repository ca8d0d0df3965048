import { applies, isPath, sameValue, type Config, type Field, type Path, type Setting, type SettingValue } from '../config/index.ts'
import { chartDefaultOf, chartKeys, numberOrText } from '../config/chart-values.ts'
import { helpOf } from '../config/help/index.ts'
import { cachesInRedis, limitsInRedis, usesRedis } from './facts.ts'
import { closedOnIngress, closedOnRoute, ingressTls, parentRefsOf } from './exposure.ts'
import { ingressAnnotations, ingressClassOf } from './controllers.ts'
import { rawOf } from './raw.ts'

/** One key of `deploy/values.yaml` and what it is. */
export interface ChartValue {
  readonly path: string
  /** The same, a name for each table on the way. */
  readonly names: readonly string[]
  readonly value: unknown
  readonly help: string
}

/** The chart values that differ from the chart's own, in the order of the form. */
export function valuesOf(config: Config): readonly ChartValue[] {
  const values: ChartValue[] = []
  for (const { path, names, help, own, decide } of keys) {
    const value = decide(config)
    if (value !== undefined && !sameValue(value as SettingValue, own)) values.push({ path, names, value, help })
  }
  return values
}

/** The same as nested plain data, as Helm reads it from the file. */
export function valuesTree(config: Config): Record<string, unknown> {
  const tree: Record<string, unknown> = {}
  for (const { names, value } of valuesOf(config)) {
    const last = names.length - 1
    let map = tree
    for (let at = 0; at < last; at++) map = (map[names[at] as string] ??= {}) as Record<string, unknown>
    map[names[last] as string] = value
  }
  return tree
}

/** How the chart wants a setting's value written. */
function chartForm(field: Field, value: SettingValue): unknown {
  if (field.kind === 'yaml') return rawOf(value as string, field.shape).value
  if (field.kind === 'list' && field.separator !== undefined) return (value as readonly string[]).join(field.separator)
  if (field.kind === 'text') return numberOrText(field, value as string)
  return value
}

/** The Secret that holds everything that names no other. */
const secretNameOf = (config: Config): string => config['secret.name'] || `${config['release.name']}-secrets`

const inSecret = (path: Path, needed: (config: Config) => boolean) => (config: Config) =>
  needed(config) ? (config[path] as string) || secretNameOf(config) : undefined

type Decision = (config: Config) => unknown

/** Values that follow from more than their own setting. */
const decisions: Readonly<Record<string, Decision>> = {
  'security.trustedHosts': (config) => {
    const hosts = [...new Set([...config['security.trustedHosts'], ...config['public.hosts']])]
    return hosts.includes('*') ? ['*'] : hosts
  },
  'database.postgres.existingSecret': inSecret('database.postgres.existingSecret', (config) => config['database.backend'] === 'postgres'),
  'database.existingSecret': inSecret('database.existingSecret', (config) => config['database.backend'] === 'custom'),
  'redis.existingSecret': inSecret(
    'redis.existingSecret',
    (config) => usesRedis(config) && config['redis.auth'],
  ),
  'rateLimit.existingSecret': inSecret('rateLimit.existingSecret', (config) => limitsInRedis(config) && config['rateLimit.explicitUrl']),
  'cache.existingSecret': inSecret('cache.existingSecret', (config) => cachesInRedis(config) && config['cache.explicitUrl']),
  'auth.existingSecret': inSecret('auth.existingSecret', (config) => config['auth.enabled'] && config['auth.keySource'] !== 'jwks'),
  'tracing.existingSecret': inSecret('tracing.existingSecret', (config) => config['tracing.enabled'] && config['tracing.headers']),
  'ingress.hosts': (config) => {
    if (!config['ingress.enabled']) return undefined
    return rawOf(config['ingress.hosts'], 'list').value ?? config['public.hosts'].map((host) => ({ host, paths: [{ path: '/', pathType: 'Prefix' }] }))
  },
  'ingress.className': (config) => (config['ingress.enabled'] ? ingressClassOf(config) : undefined),
  'ingress.tls': (config) => (config['ingress.enabled'] && config['public.tls'] === 'secret' ? ingressTls(config) : undefined),
  'ingress.annotations': (config) => (config['ingress.enabled'] ? ingressAnnotations(config) : undefined),
  'ingress.closedPaths': (config) => (config['ingress.enabled'] ? closedOnIngress(config) : undefined),
  'httpRoute.parentRefs': (config) => (config['httpRoute.enabled'] ? parentRefsOf(config) : undefined),
  'httpRoute.hostnames': (config) => (config['httpRoute.enabled'] ? config['public.hosts'] : undefined),
  'httpRoute.closedPaths': (config) => (config['httpRoute.enabled'] ? closedOnRoute(config) : undefined),
  'httpRoute.tls': (config) => (config['httpRoute.enabled'] ? config['public.tls'] === 'secret' : undefined),
}

/** How the value of a key is found; nothing for the keys that are left to the chart. */
function decisionOf({ path, field }: Setting): Decision | undefined {
  const decided = decisions[path]
  if (decided || !isPath(path)) return decided
  return (config) => (applies(config, path) ? chartForm(field, config[path]) : undefined)
}

/** The chart's keys with the defaults that a value is compared with. */
const keys = chartKeys.flatMap((setting) => {
  const { path, field } = setting
  const decide = decisionOf(setting)
  return decide ? [{ path, names: path.split('.'), help: helpOf(path), own: chartDefaultOf(field) as SettingValue, decide }] : []
})

/** Where a secret variable stands on Kubernetes: the Secret and the key in it. */
export function secretReference(config: Config, name: string): { readonly secret: string; readonly key: string } {
  const path = references[name]
  const secret = (path && (config[path.secret] as string)) || secretNameOf(config)
  const key = (path && (config[path.key] as string)) || name
  return { secret, key }
}

const references: Readonly<Record<string, { readonly secret: Path; readonly key: Path }>> = {
  APP_DATABASE_POSTGRES_PASSWORD: { secret: 'database.postgres.existingSecret', key: 'database.postgres.existingSecretPasswordKey' },
  APP_DATABASE_URL: { secret: 'database.existingSecret', key: 'database.existingSecretUrlKey' },
  APP_ALEMBIC_DATABASE_URL: { secret: 'database.existingSecret', key: 'database.existingSecretAlembicUrlKey' },
  APP_REDIS_PASSWORD: { secret: 'redis.existingSecret', key: 'redis.existingSecretPasswordKey' },
  APP_RATE_LIMIT_STORAGE_URL: { secret: 'rateLimit.existingSecret', key: 'rateLimit.existingSecretStorageUrlKey' },
  APP_CACHE_STORAGE_URL: { secret: 'cache.existingSecret', key: 'cache.existingSecretStorageUrlKey' },
  APP_AUTH_JWT_SECRET: { secret: 'auth.existingSecret', key: 'auth.existingSecretJwtSecretKey' },
  APP_AUTH_JWT_PUBLIC_KEY: { secret: 'auth.existingSecret', key: 'auth.existingSecretJwtPublicKeyKey' },
  APP_OTEL_EXPORTER_OTLP_HEADERS: { secret: 'tracing.existingSecret', key: 'tracing.existingSecretHeadersKey' },
}
