import { networkOf } from '../text/address.ts'

/** A reason for which the application refuses to start, and the variables that make it. */
export interface Refusal {
  readonly names: readonly string[]
  readonly reason: string
}

/** An environment, as far as it is known: plain values, and the names of secret ones. */
export interface KnownEnvironment {
  readonly plain: ReadonlyMap<string, string>
  readonly secret: ReadonlySet<string>
}

/**
 * Why the application, or the image's entrypoint, refuses an environment whose single values are
 * all readable: the rules that look at several variables, as upstream's settings have them.
 */
export function refusalsOf({ plain, secret }: KnownEnvironment): readonly Refusal[] {
  const refusals: Refusal[] = []
  const refuse = (reason: string, ...names: readonly string[]): void => void refusals.push({ reason, names })
  const text = (name: string): string => plain.get(name) ?? ''
  const has = (name: string): boolean => text(name) !== '' || secret.has(name)
  const isOn = (name: string): boolean => /^(true|1|on|yes|y|t)$/i.test(text(name))
  const items = (name: string): readonly string[] => listOf(text(name))

  if (text('APP_DATABASE_BACKEND') === 'postgres' && !has('APP_DATABASE_POSTGRES_PASSWORD') && !has('APP_DATABASE_URL'))
    refuse('Postgres needs a password', 'APP_DATABASE_BACKEND', 'APP_DATABASE_POSTGRES_PASSWORD')
  if (text('APP_DATABASE_BACKEND') === 'custom' && !has('APP_DATABASE_URL')) refuse('a custom database needs a URL', 'APP_DATABASE_BACKEND', 'APP_DATABASE_URL')

  if (isOn('APP_AUTH_ENABLED')) {
    const families = new Set(items('APP_AUTH_JWT_ALGORITHMS').map((one) => (one === 'EdDSA' ? one : one.slice(0, 2))))
    const involved = ['APP_AUTH_ENABLED', 'APP_AUTH_JWT_ALGORITHMS', 'APP_AUTH_JWKS_URL']
    if (families.size !== 1) refuse('algorithms must be of one family', 'APP_AUTH_ENABLED', 'APP_AUTH_JWT_ALGORITHMS')
    else if (families.has('HS')) {
      if (!has('APP_AUTH_JWT_SECRET')) refuse('HS algorithms need a shared secret', ...involved)
      if (has('APP_AUTH_JWKS_URL') || has('APP_AUTH_JWT_PUBLIC_KEY')) refuse('HS algorithms take no public keys', ...involved)
    } else {
      if (has('APP_AUTH_JWT_SECRET')) refuse('a shared secret goes with HS algorithms only', ...involved)
      if (!has('APP_AUTH_JWKS_URL') && !has('APP_AUTH_JWT_PUBLIC_KEY')) refuse('there is nothing to verify tokens with', ...involved)
    }
    for (const what of ['ISSUER', 'AUDIENCE'])
      if (isOn(`APP_AUTH_REQUIRE_${what}`) && text(`APP_AUTH_JWT_${what}`) === '')
        refuse(`the ${what.toLowerCase()} is required and not given`, 'APP_AUTH_ENABLED', `APP_AUTH_REQUIRE_${what}`, `APP_AUTH_JWT_${what}`)
  }

  for (const [trust, list] of [
    ['APP_RATE_LIMIT_TRUST_PROXY_HEADERS', 'APP_RATE_LIMIT_TRUSTED_PROXIES'],
    ['APP_SECURITY_TRUST_PROXY_PROTO_HEADER', 'APP_SECURITY_TRUSTED_PROXIES'],
  ] as const) {
    if (isOn(trust) && items(list).length === 0) refuse('proxy headers are trusted, but no proxy is named', trust, list)
    if (items(list).some((one) => !networkOf(one))) refuse('a trusted proxy is no address', list)
  }

  if (isOn('APP_CORS_ALLOW_CREDENTIALS') && items('APP_CORS_ALLOWED_ORIGINS').includes('*'))
    refuse('credentials are not for every origin', 'APP_CORS_ALLOW_CREDENTIALS', 'APP_CORS_ALLOWED_ORIGINS')
  if (text('APP_HEALTH_CHECK_PATH') === text('APP_READINESS_CHECK_PATH'))
    refuse('liveness and readiness must have different paths', 'APP_HEALTH_CHECK_PATH', 'APP_READINESS_CHECK_PATH')
  if (text('APP_RATE_LIMIT_ENABLED') === 'true' && text('UVICORN_WORKERS') !== '1' && !has('APP_RATE_LIMIT_STORAGE_URL'))
    refuse("several workers need the limiter's whole Redis URL", 'APP_RATE_LIMIT_ENABLED', 'UVICORN_WORKERS')
  return refusals
}

function listOf(text: string): readonly string[] {
  try {
    const list: unknown = JSON.parse(text)
    return Array.isArray(list) ? list.filter((item) => typeof item === 'string') : []
  } catch {
    return []
  }
}
