import type { Proxy } from '../../plan/index.ts'
import { commentedYaml, type Entry } from '../../yaml/commented.ts'
import { literal } from './text.ts'

/** Traefik's own files: in the stack a volume, on a machine where its service keeps state. */
const places = {
  compose: { dynamic: '/etc/traefik/dynamic.yml', certificates: '/data/acme.json' },
  container: { dynamic: '/etc/traefik/dynamic.yml', certificates: '/var/lib/traefik/acme.json' },
} as const

const resolver = 'letsencrypt'

/**
 * Traefik's static configuration. It trusts no forwarded headers of callers, which is its default:
 * they are replaced by its own. Routes come from a file, so nothing may talk to Docker's socket.
 * Source: Traefik 3's manual.
 */
export function traefikStatic(proxy: Proxy): string {
  const place = places[proxy.platform]
  const entries: Entry[] = [
    { path: ['global'], value: { checkNewVersion: false, sendAnonymousUsage: false } },
    { path: ['log'], value: { format: 'json', level: 'INFO' } },
    {
      path: ['accessLog'],
      value: {
        format: 'json',
        fields: { names: { RequestLine: 'drop', RequestPath: 'drop' }, headers: { defaultMode: 'drop' } },
      },
      comment: 'Without paths and headers: queries and tokens may be secret, and the application logs each path.',
    },
    ...(proxy.platform === 'compose' ? [{ path: ['ping'], value: { entryPoint: 'health' } }] : []),
    { path: ['entryPoints', 'web'], value: { address: ':80', transport: transport(proxy) } },
    { path: ['entryPoints', 'websecure'], value: { address: ':443', transport: transport(proxy) } },
    ...(proxy.platform === 'compose'
      ? [{ path: ['entryPoints', 'health'], value: { address: '127.0.0.1:2020' }, comment: "Asked by the container's own health check; not reachable from outside." }]
      : []),
    { path: ['providers', 'file'], value: { filename: place.dynamic, watch: proxy.changesOver } },
    ...(proxy.certificate
      ? []
      : [
          {
            path: ['certificatesResolvers', resolver, 'acme'],
            value: { ...(proxy.contact ? { email: proxy.contact } : {}), storage: place.certificates, httpChallenge: { entryPoint: 'web' } },
          },
        ]),
  ]
  return commentedYaml(entries, `Traefik, what it is started with. Routes are in ${place.dynamic}.`)
}

/** Reading covers a whole upload. Writing has no limit: an answer may be a stream. */
const transport = ({ waitSeconds }: Proxy): unknown => ({
  lifeCycle: { graceTimeOut: `${waitSeconds}s` },
  respondingTimeouts: { readTimeout: `${Math.max(60, waitSeconds)}s`, writeTimeout: '0s', idleTimeout: '120s' },
})

/** Traefik's routes: what it does with requests, and with which TLS. HSTS is left to the application. */
export function traefikDynamic(proxy: Proxy): string {
  const tls = proxy.certificate ? {} : { certResolver: resolver, domains: proxy.hosts.map((main) => ({ main })) }
  const strip = proxy.prefix ? ['prefix'] : []
  const route = (rule: string, ...middlewares: readonly string[]) => ({ entryPoints: ['websecure'], rule, middlewares: ['forwarded', ...middlewares, ...strip], service: 'app', tls })
  const open = opened(proxy)
  const entries: Entry[] = [
    {
      path: ['http', 'routers', 'redirect'],
      value: { entryPoints: ['web'], rule: hostRule(proxy), middlewares: ['https'], service: 'noop@internal' },
      comment: 'Plain HTTP only leads to HTTPS. Whatever no router takes, such as another name, is answered 404.',
    },
    {
      path: ['http', 'routers', 'app'],
      value: route(`${open} && (${withoutBody})`, 'retry'),
      comment: proxy.closed.length > 0 ? `Not for the public: ${proxy.closed.join(', ')}.` : undefined,
    },
    {
      path: ['http', 'routers', 'uploads'],
      value: route(`${open} && !(${withoutBody})`, 'body'),
      comment: 'Its limit reads a body before it is passed on, so streams and WebSockets go the other way.',
    },
    { path: ['http', 'middlewares', 'https'], value: { redirectScheme: { scheme: 'https', permanent: true } } },
    {
      path: ['http', 'middlewares', 'forwarded'],
      value: { headers: { customRequestHeaders: { Forwarded: '' } } },
      comment: "Traefik replaces what callers say in X-Forwarded-*; this header it would pass on.",
    },
    {
      path: ['http', 'middlewares', 'body'],
      value: { buffering: { maxRequestBodyBytes: proxy.bodyBytes } },
      comment: "The application's own limit, to the byte.",
    },
    {
      path: ['http', 'middlewares', 'retry'],
      value: { retry: { attempts: 4, initialInterval: '500ms' } },
      comment: 'A caller waits while the application is replaced, instead of getting a 502.',
    },
    ...(proxy.prefix
      ? [
          {
            path: ['http', 'middlewares', 'prefix'],
            value: { stripPrefix: { prefixes: [proxy.prefix] } },
            comment: 'The application is told the prefix, and does not see it in paths.',
          },
        ]
      : []),
    { path: ['http', 'services', 'app', 'loadBalancer'], value: loadBalancer(proxy) },
    {
      path: ['http', 'serversTransports', 'app'],
      value: serversTransport(proxy),
      comment: "Idle connections are kept shorter than the application keeps them, or it would close them under a request.",
    },
    { path: ['tls', 'options', 'default'], value: tlsOptions, comment: "Mozilla's intermediate list; a name without certificate gets no connection." },
    ...(proxy.certificate
      ? [{ path: ['tls', 'certificates'], value: [{ certFile: proxy.certificate.certificate, keyFile: proxy.certificate.key }] }]
      : []),
  ]
  return commentedYaml(entries, 'Traefik, what it does with requests.')
}

const withoutBody = ['GET', 'HEAD', 'OPTIONS'].map((method) => `Method(\`${method}\`)`).join(' || ')

const hostRule = ({ hosts }: Proxy): string =>
  hosts.map((host) => (host.startsWith('*.') ? `HostRegexp(\`^[^.]+${literal(host.slice(1))}$\`)` : `Host(\`${host}\`)`)).join(' || ')

/** What the public may ask for: own names, below the prefix, and none of the closed paths. */
const opened = (proxy: Proxy): string =>
  [
    `(${hostRule(proxy)})`,
    ...(proxy.prefix ? [`PathPrefix(\`${proxy.prefix}/\`)`] : []),
    ...(proxy.closed.length > 0 ? [`!PathRegexp(\`^${literal(proxy.prefix)}(${proxy.closed.map(literal).join('|')})(/|$)\`)`] : []),
  ].join(' && ')

const loadBalancer = (proxy: Proxy): unknown => ({
  servers: [{ url: `http://${proxy.upstream}` }],
  passHostHeader: true,
  serversTransport: 'app',
  healthCheck: { path: proxy.health.path, hostname: proxy.health.host, interval: '5s', timeout: `${proxy.health.seconds}s` },
})

const serversTransport = ({ waitSeconds, idleSeconds }: Proxy): unknown => ({
  ...(idleSeconds > 0 ? {} : { maxIdleConnsPerHost: -1 }),
  forwardingTimeouts: {
    dialTimeout: '5s',
    responseHeaderTimeout: `${waitSeconds}s`,
    ...(idleSeconds > 0 ? { idleConnTimeout: `${idleSeconds}s` } : {}),
  },
})

const tlsOptions = {
  minVersion: 'VersionTLS12',
  sniStrict: true,
  cipherSuites: ['AES_128_GCM_SHA256', 'AES_256_GCM_SHA384', 'CHACHA20_POLY1305_SHA256'].flatMap((suite) => [
    `TLS_ECDHE_ECDSA_WITH_${suite}`,
    `TLS_ECDHE_RSA_WITH_${suite}`,
  ]),
}
