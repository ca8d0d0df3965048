import { bool, choice, int, list, secret, text, yaml } from '../field.ts'
import { cidr, cidrOrEmpty, dataKey, line, objectName, trustedHost } from '../patterns.ts'
import { onKubernetes, section } from './section.ts'

const emptyOr = (rule: { pattern: string; hint: string; maxLength?: number }) => ({
  ...rule,
  pattern: `^(${rule.pattern.slice(1, -1)})?$`,
})

/** A list key of the chart: a YAML list, or the JSON text that upstream's values files hold. */
const listOrJson = { anyOf: [{ type: 'array', items: { type: 'string' } }, { type: 'string', pattern: '^(\\s*\\[.*\\]\\s*)?$' }] }

const authOn = { 'auth.enabled': true } as const
const jwks = { ...authOn, 'auth.keySource': 'jwks' } as const

export const auth = section({
  id: 'auth',
  group: 'Traffic',
  title: 'Authentication',
  help: 'Verification of JWTs for the protected routes. Off, every bearer token is answered 401.',
  fields: {
    'auth.enabled': bool(false, { env: 'APP_AUTH_ENABLED', label: 'JWT verification' }),
    'auth.keySource': choice(
      'jwks',
      { jwks: 'JWKS URL', publicKey: 'Public key', secret: 'Shared secret' },
      { chart: false, when: authOn, label: 'Keys', },
    ),
    'auth.jwksUrl': text('', {
      pattern: '^(https://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~/%?=&+-]*)?)?$',
      hint: 'a URL that begins with https://',
      env: 'APP_AUTH_JWKS_URL',
      when: jwks,
      placeholder: 'https://id.example.com/.well-known/jwks.json',
      label: 'JWKS URL',
    }),
    'auth.jwtIssuer': text('', { ...line, maxLength: 400, env: 'APP_AUTH_JWT_ISSUER', when: authOn, placeholder: 'https://id.example.com/', label: 'Issuer' }),
    'auth.jwtAudience': text('', { ...line, maxLength: 400, env: 'APP_AUTH_JWT_AUDIENCE', when: authOn, placeholder: '{release}', label: 'Audience' }),
    'auth.jwtAlgorithms': list(['RS256'], {
      pattern: '^(HS256|HS384|HS512|RS256|RS384|RS512|ES256|ES384|ES512|PS256|PS384|PS512|EdDSA)$',
      hint: 'one of RS256, ES256, PS256, EdDSA, HS256 and their 384 and 512 kin',
      env: 'APP_AUTH_JWT_ALGORITHMS',
      when: authOn,
      accepts: listOrJson,
      label: 'Algorithms',
    }),
    'auth.jwtSecret': secret({ env: 'APP_AUTH_JWT_SECRET', when: { ...authOn, 'auth.keySource': 'secret' }, label: 'Shared secret' }),
    'auth.jwtPublicKey': secret({ env: 'APP_AUTH_JWT_PUBLIC_KEY', when: { ...authOn, 'auth.keySource': 'publicKey' }, label: 'Public key' }),
    'auth.existingSecret': text('', {
      ...emptyOr(objectName),
      when: { ...onKubernetes, ...authOn, 'auth.keySource': ['publicKey', 'secret'] },
      placeholder: '{release}-secrets',
      label: 'Key Secret',
    }),
    'auth.existingSecretJwtSecretKey': text('', { ...emptyOr(dataKey), when: { ...onKubernetes, ...authOn, 'auth.keySource': 'secret' }, placeholder: 'APP_AUTH_JWT_SECRET', advanced: true, label: 'Key of the shared secret' }),
    'auth.existingSecretJwtPublicKeyKey': text('', { ...emptyOr(dataKey), when: { ...onKubernetes, ...authOn, 'auth.keySource': 'publicKey' }, placeholder: 'APP_AUTH_JWT_PUBLIC_KEY', advanced: true, label: 'Key of the public key' }),
    'auth.requireExp': bool(true, { env: 'APP_AUTH_REQUIRE_EXP', when: authOn, advanced: true, label: 'Require expiry' }),
    'auth.requireIssuer': bool(true, { env: 'APP_AUTH_REQUIRE_ISSUER', when: authOn, advanced: true, label: 'Require issuer' }),
    'auth.requireAudience': bool(true, { env: 'APP_AUTH_REQUIRE_AUDIENCE', when: authOn, advanced: true, label: 'Require audience' }),
    'auth.clockSkew': int(30, [0, 300], { env: 'APP_AUTH_CLOCK_SKEW_SECONDS', when: authOn, advanced: true, unit: 'seconds', label: 'Clock skew' }),
    'auth.jwksCacheTtl': int(300, [5, 86400], { env: 'APP_AUTH_JWKS_CACHE_TTL_SECONDS', when: jwks, advanced: true, unit: 'seconds', label: 'Key set lifetime' }),
    'auth.jwksMaxStale': int(3600, [0, 86400], { env: 'APP_AUTH_JWKS_MAX_STALE_SECONDS', when: jwks, advanced: true, unit: 'seconds', label: 'Stale key set' }),
    'auth.requireWarmup': bool(false, { env: 'APP_AUTH_REQUIRE_WARMUP', when: jwks, advanced: true, label: 'Fetch keys at start' }),
    'auth.httpTimeout': int(5, [1, 60], { env: 'APP_AUTH_HTTP_TIMEOUT_SECONDS', when: jwks, advanced: true, unit: 'seconds', label: 'Fetch timeout' }),
  },
})

const limited = { 'rateLimit.enabled': true } as const
const limitedInRedis = { ...limited, 'rateLimit.storageBackend': 'redis' } as const

export const rateLimit = section({
  id: 'rateLimit',
  group: 'Traffic',
  title: 'Rate limit',
  help: 'Requests allowed per client and window; above it the answer is 429.',
  fields: {
    'rateLimit.enabled': bool(false, { env: 'APP_RATE_LIMIT_ENABLED', label: 'Rate limit' }),
    'rateLimit.requests': int(100, [1, 10000], { env: 'APP_RATE_LIMIT_REQUESTS', when: limited, unit: 'requests', label: 'Requests' }),
    'rateLimit.windowSeconds': int(60, [1, 3600], { env: 'APP_RATE_LIMIT_WINDOW_SECONDS', when: limited, unit: 'seconds', label: 'Window' }),
    'rateLimit.keyStrategy': choice('ip', { ip: 'IP address', authorization: 'Bearer token' }, { env: 'APP_RATE_LIMIT_KEY_STRATEGY', when: limited, label: 'Counted by' }),
    'rateLimit.storageBackend': choice('redis', { redis: 'Redis', memory: 'Memory' }, { env: 'APP_RATE_LIMIT_STORAGE_BACKEND', when: limited, label: 'Counters in' }),
    'rateLimit.explicitUrl': bool(false, { chart: false, when: limitedInRedis, advanced: true, label: 'Own Redis URL' }),
    'rateLimit.storageUrl': secret({ env: 'APP_RATE_LIMIT_STORAGE_URL', when: { ...limitedInRedis, 'rateLimit.explicitUrl': true }, label: 'Redis URL' }),
    'rateLimit.existingSecret': text('', { ...emptyOr(objectName), when: { ...onKubernetes, ...limitedInRedis, 'rateLimit.explicitUrl': true }, placeholder: '{release}-secrets', advanced: true, label: 'URL Secret' }),
    'rateLimit.existingSecretStorageUrlKey': text('', { ...emptyOr(dataKey), when: { ...onKubernetes, ...limitedInRedis, 'rateLimit.explicitUrl': true }, placeholder: 'APP_RATE_LIMIT_STORAGE_URL', advanced: true, label: 'Key in the Secret' }),
    'rateLimit.trustProxyHeaders': bool(false, { env: 'APP_RATE_LIMIT_TRUST_PROXY_HEADERS', when: limited, advanced: true, label: 'Trust headers in the limiter' }),
    'rateLimit.trustedProxies': list([], { ...cidr, env: 'APP_RATE_LIMIT_TRUSTED_PROXIES', when: { ...limited, 'rateLimit.trustProxyHeaders': true }, advanced: true, accepts: listOrJson, label: 'Proxies of the limiter' }),
    'rateLimit.proxyHeaders': list(['X-Forwarded-For', 'X-Real-IP'], { pattern: '^[A-Za-z0-9-]+$', hint: 'a header name', env: 'APP_RATE_LIMIT_PROXY_HEADERS', when: { ...limited, 'rateLimit.trustProxyHeaders': true }, advanced: true, accepts: listOrJson, label: 'Headers of the limiter' }),
  },
})

export const security = section({
  id: 'security',
  group: 'Traffic',
  title: 'CORS and headers',
  help: 'Which host names are answered, which origins may call from a browser, and which headers every response carries.',
  fields: {
    'security.trustedHosts': list([], { ...trustedHost, env: 'APP_TRUSTED_HOSTS', accepts: listOrJson, label: 'More trusted hosts' }),
    'security.maxRequestBodyBytes': int(5242880, [1024, 104857600], { env: 'APP_MAX_REQUEST_BODY_BYTES', unit: 'bytes', label: 'Largest request' }),
    'cors.allowedOrigins': list([], { pattern: '^(\\*|https?://[a-z0-9.-]+(:[0-9]{1,5})?)$', hint: 'an origin such as https://app.example.com, without a path', env: 'APP_CORS_ALLOWED_ORIGINS', accepts: listOrJson, label: 'Allowed origins' }),
    'cors.allowCredentials': bool(false, { env: 'APP_CORS_ALLOW_CREDENTIALS', label: 'Credentials' }),
    'cors.allowedMethods': list(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'], { pattern: '^(\\*|[A-Z]+)$', hint: 'an HTTP method in capitals', env: 'APP_CORS_ALLOWED_METHODS', advanced: true, accepts: listOrJson, label: 'Allowed methods' }),
    'cors.allowedHeaders': list(['Authorization', 'Content-Type', 'X-Request-ID', 'X-Correlation-ID'], { pattern: '^(\\*|[A-Za-z0-9-]+)$', hint: 'a header name', env: 'APP_CORS_ALLOWED_HEADERS', advanced: true, accepts: listOrJson, label: 'Allowed headers' }),
    'cors.exposeHeaders': list(['X-Request-ID', 'X-Correlation-ID', 'X-RateLimit-Remaining'], { pattern: '^[A-Za-z0-9-]+$', hint: 'a header name', env: 'APP_CORS_EXPOSE_HEADERS', advanced: true, accepts: listOrJson, label: 'Exposed headers' }),
    'security.headersEnabled': bool(true, { env: 'APP_SECURITY_HEADERS_ENABLED', label: 'Security headers' }),
    'security.hstsEnabled': bool(false, { env: 'APP_SECURITY_HSTS_ENABLED', chartDefault: false, label: 'HSTS' }),
    'security.hstsMaxAge': int(31536000, [0, 63072000], { env: 'APP_SECURITY_HSTS_MAX_AGE_SECONDS', when: { 'security.hstsEnabled': true }, advanced: true, unit: 'seconds', label: 'HSTS lifetime' }),
    'security.referrerPolicy': text('no-referrer', { ...line, maxLength: 200, env: 'APP_SECURITY_REFERRER_POLICY', advanced: true, label: 'Referrer-Policy' }),
    'security.permissionsPolicy': text('geolocation=(), camera=(), microphone=()', { ...line, maxLength: 1000, env: 'APP_SECURITY_PERMISSIONS_POLICY', advanced: true, label: 'Permissions-Policy' }),
    'security.contentSecurityPolicy': text('', { ...line, maxLength: 2000, env: 'APP_SECURITY_CONTENT_SECURITY_POLICY', advanced: true, placeholder: "default-src 'none'; frame-ancestors 'none'", label: 'Content-Security-Policy' }),
    'security.trustProxyProtoHeader': bool(false, { env: 'APP_SECURITY_TRUST_PROXY_PROTO_HEADER', advanced: true, label: 'Trust X-Forwarded-Proto in the app' }),
    'security.trustedProxies': list([], { ...cidr, env: 'APP_SECURITY_TRUSTED_PROXIES', when: { 'security.trustProxyProtoHeader': true }, advanced: true, accepts: listOrJson, label: 'Proxies of the app' }),
    'security.trustPodIP': bool(true, { when: onKubernetes, advanced: true, label: 'Trust the pod address' }),
  },
})

const policed = { ...onKubernetes, 'networkPolicy.enabled': true } as const

export const networkPolicy = section({
  id: 'networkPolicy',
  group: 'Traffic',
  title: 'Network policy',
  help: 'Who may reach the pods, and what the pods may reach. Egress follows the features that are on and their real ports.',
  fields: {
    'networkPolicy.enabled': bool(false, { when: onKubernetes, label: 'Network policy' }),
    'networkPolicy.ingressNamespaces': list([], { ...objectName, when: policed, placeholder: 'traefik', label: 'Namespaces that may call' }),
    'networkPolicy.monitoringNamespace': text('monitoring', { ...emptyOr(objectName), when: { ...policed, 'metrics.enabled': true }, label: 'Monitoring namespace' }),
    'networkPolicy.databaseCIDR': text('', { ...cidrOrEmpty, when: { ...policed, 'database.backend': ['postgres', 'custom'] }, label: 'Database network' }),
    'networkPolicy.redisCIDR': text('', { ...cidrOrEmpty, when: policed, label: 'Redis network' }),
    'networkPolicy.ingressFrom': yaml('list', { when: policed, advanced: true, label: 'Raw peers' }),
    'networkPolicy.extraEgress': yaml('list', { when: policed, advanced: true, label: 'Raw egress rules' }),
    'networkPolicy.redisPort': int(0, [0, 65535], { when: policed, advanced: true, label: 'Redis port' }),
  },
})

