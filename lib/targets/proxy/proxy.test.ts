import fc from 'fast-check'
import { parse } from 'yaml'
import { describe, expect, test } from 'vitest'
import { hostile, hostileTexts, variations } from '../../../testing/variations.ts'
import { anyConfig } from '../../config/arbitrary.ts'
import { defaults, type Config, type Patch } from '../../config/index.ts'
import { proxyFilesOf, proxyRevision, runsOn } from '../../plan/index.ts'
import { fingerprint } from '../../text/hash.ts'
import { proxy } from './index.ts'

const base: Config = { ...defaults, 'target.platforms': ['container'], 'public.hosts': ['api.acme.io', 'www.acme.io'] }
const textOf = (patch: Patch, name = ''): string => proxy.render({ ...base, ...patch }).find(({ path }) => path.endsWith(name))?.text ?? ''

const samples = (['caddy', 'nginx', 'traefik'] as const).flatMap((kind) =>
  (['compose', 'container'] as const).flatMap((platform) =>
    [{}, { 'proxy.tls': 'files', 'app.rootPath': '/api', 'app.keepAliveTimeout': 3, 'proxy.publishDocs': true, 'proxy.email': 'ops@acme.io' } as const].flatMap((patch) =>
      proxy.render({ ...base, ...patch, 'target.platforms': [platform], 'proxy.kind': kind }),
    ),
  ),
)

// A stack starts its proxy anew when the plan's proxy or `proxyRevision` changes. When this fails, what is
// written for the same plan has changed: count the revision up, and put the new numbers here.
test('a changed file comes with another revision', () => {
  expect([proxyRevision, fingerprint(JSON.stringify(samples))]).toEqual([2, '020fa300e4c8403a'])
})

describe('files', () => {
  test('are those of the plan, one set for each platform', () => {
    for (const [, config] of variations)
      expect(proxy.render(config).map(({ path }) => path)).toEqual([...proxyFilesOf(config, 'compose'), ...proxyFilesOf(config, 'container')])
    const both: Patch = { 'target.platforms': ['compose', 'container'], 'proxy.kind': 'nginx' }
    expect(proxy.render({ ...base, ...both }).map(({ path }) => path)).toEqual(['deploy/nginx.conf', 'deploy/container/nginx.conf'])
  })

  test('are none without a proxy or a machine', () => {
    expect(proxy.render(base)).toEqual([])
    expect(proxy.render({ ...base, 'proxy.kind': 'caddy', 'target.platforms': ['kubernetes'] })).toEqual([])
  })

  test('leave HSTS to the application, and never append to forwarded headers', () => {
    for (const { text } of samples) expect(text).not.toMatch(/Strict-Transport|stsSeconds|proxy_add_x_forwarded_for|trusted_proxies|trustedIPs|insecure|docker\.sock/i)
  })

  test('have nothing of what a declaration refuses', () => {
    for (const text of hostileTexts)
      for (const kind of ['caddy', 'nginx', 'traefik'] as const)
        for (const file of proxy.render({ ...hostile(text, ['compose', 'container']), 'proxy.kind': kind })) {
          expect(file.text).not.toContain(text)
          expect(file.text).not.toMatch(/broken\b(?!_)|KUBE_CONFIG|<script>|\$\{HOME/)
        }
  })
})

describe('nginx', () => {
  const nginx = (nginxVersion: string, opensslVersion = '3.0') => textOf({ 'proxy.kind': 'nginx', 'proxy.nginxVersion': nginxVersion, 'proxy.opensslVersion': opensslVersion })

  test('gets HTTP/2 as its version says it', () => {
    for (const version of ['1.22.1', '1.25.0']) expect(nginx(version)).toMatch(/listen 443 ssl http2;/)
    for (const version of ['1.25.1', '1.26', '1.30.4']) {
      expect(nginx(version)).toContain('http2 on;')
      expect(nginx(version)).toMatch(/listen 443 ssl;/)
    }
  })

  test('gets no key exchange that its OpenSSL does not know', () => {
    for (const version of ['1.1.1', '3.0', '3.4.1']) expect(nginx('1.26.3', version)).toContain('ssl_ecdh_curve X25519:prime256v1:secp384r1;')
    for (const version of ['3.5', '3.5.4', '4.0']) expect(nginx('1.26.3', version)).toContain('ssl_ecdh_curve X25519MLKEM768:X25519:')
  })

  test('keeps connections shorter than the application, or none', () => {
    expect(textOf({ 'proxy.kind': 'nginx', 'app.keepAliveTimeout': 20 })).toContain('keepalive_timeout 15s;')
    const short = textOf({ 'proxy.kind': 'nginx', 'app.keepAliveTimeout': 5 })
    expect(short).not.toMatch(/keepalive 32/)
    expect(short).toMatch(/''\s+close;/)
  })

  test('strips the prefix, and closes paths below it', () => {
    const text = textOf({ 'proxy.kind': 'nginx', 'app.rootPath': '/v1.0/' })
    expect(text).toContain('rewrite ^/v1\\.0(/.*)$ $1 break;')
    expect(text).toContain('location ~ ^/v1\\.0(/metrics|')
  })
})

/** What Traefik 3's manual says may stand where; a star is any name of one's own. */
const structure: Readonly<Record<string, readonly string[]>> = {
  static: ['accessLog', 'certificatesResolvers', 'entryPoints', 'global', 'log', 'ping', 'providers'],
  'static.providers': ['file'],
  'static.providers.file': ['filename', 'watch'],
  'static.entryPoints.*': ['address', 'transport'],
  'static.entryPoints.*.transport': ['lifeCycle', 'respondingTimeouts'],
  'static.entryPoints.*.transport.lifeCycle': ['graceTimeOut'],
  'static.entryPoints.*.transport.respondingTimeouts': ['idleTimeout', 'readTimeout', 'writeTimeout'],
  'static.certificatesResolvers.*': ['acme'],
  'static.certificatesResolvers.*.acme': ['email', 'httpChallenge', 'storage'],
  dynamic: ['http', 'tls'],
  'dynamic.http': ['middlewares', 'routers', 'serversTransports', 'services'],
  'dynamic.http.routers.*': ['entryPoints', 'middlewares', 'rule', 'service', 'tls'],
  'dynamic.http.routers.*.tls': ['certResolver', 'domains'],
  'dynamic.http.middlewares.*': ['buffering', 'headers', 'redirectScheme', 'retry', 'stripPrefix'],
  'dynamic.http.middlewares.*.buffering': ['maxRequestBodyBytes'],
  'dynamic.http.middlewares.*.headers': ['customRequestHeaders'],
  'dynamic.http.middlewares.*.retry': ['attempts', 'initialInterval'],
  'dynamic.http.services.*': ['loadBalancer'],
  'dynamic.http.services.*.loadBalancer': ['healthCheck', 'passHostHeader', 'servers', 'serversTransport'],
  'dynamic.http.services.*.loadBalancer.healthCheck': ['hostname', 'interval', 'path', 'timeout'],
  'dynamic.http.serversTransports.*': ['forwardingTimeouts', 'maxIdleConnsPerHost'],
  'dynamic.http.serversTransports.*.forwardingTimeouts': ['dialTimeout', 'idleConnTimeout', 'responseHeaderTimeout'],
  'dynamic.tls': ['certificates', 'options'],
  'dynamic.tls.options.*': ['cipherSuites', 'minVersion', 'sniStrict'],
}

const isMap = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

function strangers(value: unknown, place: string): readonly string[] {
  if (!isMap(value)) return []
  const known = structure[place]
  const named = structure[`${place}.*`] !== undefined
  return Object.entries(value).flatMap(([key, inner]) => [...(known && !known.includes(key) ? [`${place}.${key}`] : []), ...strangers(inner, `${place}.${named ? '*' : key}`)])
}

interface Dynamic {
  readonly http: {
    readonly routers: Readonly<Record<string, { readonly rule: string; readonly middlewares: readonly string[]; readonly service: string; readonly entryPoints: readonly string[]; readonly tls?: { readonly certResolver?: string } }>>
    readonly middlewares: Readonly<Record<string, { readonly buffering?: { readonly maxRequestBodyBytes: number } }>>
    readonly services: Readonly<Record<string, { readonly loadBalancer: { readonly serversTransport: string; readonly healthCheck: { readonly hostname: string } } }>>
    readonly serversTransports: Readonly<Record<string, unknown>>
  }
}

test('Traefik gets what its manual knows, and every name leads somewhere', () => {
  fc.assert(
    fc.property(anyConfig, fc.constantFrom('compose' as const, 'container' as const), (any, platform) => {
      const config: Config = { ...any, 'target.platforms': [platform], 'proxy.kind': 'traefik' }
      const [fixed, dynamic] = proxy.render(config).map(({ text }) => parse(text) as Record<string, unknown>)
      expect([...strangers(fixed, 'static'), ...strangers(dynamic, 'dynamic')]).toEqual([])
      const { http } = dynamic as unknown as Dynamic
      const { entryPoints, certificatesResolvers = {} } = fixed as { entryPoints: object; certificatesResolvers?: object }
      for (const router of Object.values(http.routers)) {
        for (const name of router.middlewares) expect(http.middlewares).toHaveProperty(name)
        for (const name of router.entryPoints) expect(entryPoints).toHaveProperty(name)
        if (router.service !== 'noop@internal') expect(http.services).toHaveProperty(router.service)
        if (router.tls?.certResolver) expect(certificatesResolvers).toHaveProperty(router.tls.certResolver)
        expect(router.rule.split('`').length % 2).toBe(1)
        expect(router.rule.split('').filter((sign) => sign === '(').length).toBe(router.rule.split('').filter((sign) => sign === ')').length)
      }
      expect(http.middlewares.body?.buffering?.maxRequestBodyBytes).toBe(config['security.maxRequestBodyBytes'])
      expect(http.services.app?.loadBalancer.healthCheck.hostname).toBe('localhost')
      expect(http.serversTransports).toHaveProperty(http.services.app?.loadBalancer.serversTransport ?? '')
    }),
    { numRuns: 60 },
  )
})

test('Traefik takes a name or all below one, closes paths, and hands only bodies to the limit', () => {
  const { http } = parse(textOf({ 'proxy.kind': 'traefik', 'proxy.tls': 'files', 'public.hosts': ['api.acme.io', '*.acme.io'] }, 'dynamic.yml')) as Dynamic
  expect(http.routers.redirect?.rule).toBe('Host(`api.acme.io`) || HostRegexp(`^[^.]+\\.acme\\.io$`)')
  expect(http.routers.app?.rule).toContain('!PathRegexp(`^(/metrics|/openapi\\.json|/docs|/redoc)(/|$)`)')
  for (const router of [http.routers.app, http.routers.uploads]) expect(router?.middlewares[0]).toBe('forwarded')
  expect(http.routers.app?.middlewares).not.toContain('body')
  expect(http.routers.uploads?.middlewares).toContain('body')
})

test('the variations use every proxy on both platforms', () => {
  const used = new Set(variations.flatMap(([, config]) => (['compose', 'container'] as const).filter((one) => runsOn(config, one)).map((one) => `${config['proxy.kind']} ${one}`)))
  for (const kind of ['caddy', 'nginx', 'traefik']) for (const platform of ['compose', 'container']) expect([...used]).toContain(`${kind} ${platform}`)
})
