import type { Config } from '../config/index.ts'
import { switchesColours, upstreamOf } from './colours.ts'
import { readinessSeconds } from './facts.ts'
import type { MachinePlatform } from './machine.ts'
import { runsOn, runsOnVm } from './platform.ts'

/** A reverse proxy that there are files for. */
export type ProxyKind = Exclude<Config['proxy.kind'], 'none'>

/**
 * The reverse proxy in front of the application on a machine, before any syntax. Every text in it
 * is of letters, digits and a few signs that mean nothing to any of the proxies: what a
 * declaration refuses does not get here.
 */
export interface Proxy {
  readonly kind: ProxyKind
  readonly platform: MachinePlatform
  /** What names of its own are made of, so that it can live beside other sites of the machine. */
  readonly name: string
  /** The public names; never empty. */
  readonly hosts: readonly string[]
  /** The e-mail address that the certificate authority writes to; may be empty. */
  readonly contact: string
  /** Where the proxy finds its certificate and key; absent where it gets certificates by itself. */
  readonly certificate?: CertificateFiles
  /** Host and port of the application, seen from the proxy. */
  readonly upstream: string
  /** Whether it reads its files again while it runs, to change over to another colour of the application. */
  readonly changesOver: boolean
  /** The largest body that the application takes, in bytes. */
  readonly bodyBytes: number
  /** Seconds that the proxy waits for the application: longer than a request may take, so that the application's own 504 is what callers get. */
  readonly waitSeconds: number
  /** Seconds for which idle connections to the application are kept, shorter than it keeps them itself; 0 keeps none. */
  readonly idleSeconds: number
  /** What the application is asked to see whether it is ready, and for how many seconds; the Host is one that it always trusts. */
  readonly health: { readonly path: string; readonly host: string; readonly seconds: number }
  /** The path under which the application is served, without a slash at the end; may be empty. It is stripped. */
  readonly prefix: string
  /** Paths of the application, with everything below them, that are answered 404. */
  readonly closed: readonly string[]
  /** The versions that nginx and its OpenSSL have. */
  readonly nginx: string
  readonly openssl: string
}

export interface CertificateFiles {
  readonly certificate: string
  readonly key: string
}

/** Whether a machine gets a proxy from the bundle: in the stack, or as a file for the one that is installed. */
export const hasProxy = (config: Config): boolean => runsOnVm(config) && config['proxy.kind'] !== 'none'

/** Whether the stack brings a proxy of its own. */
export const bundlesProxy = (config: Config): boolean => runsOn(config, 'compose') && config['proxy.kind'] !== 'none'

/** Whether the proxy reads its certificate from files instead of getting it by itself: nginx cannot do otherwise. */
export const usesCertificateFiles = (config: Config): boolean =>
  hasProxy(config) && (config['proxy.kind'] === 'nginx' || config['proxy.tls'] === 'files')

/** The nginx of the stack's image (Alpine 3.24, which has OpenSSL 3.5). */
const bundledNginx = { nginx: '1.30.4', openssl: '3.5' } as const

/** The proxy of a platform; undefined where the user brings another, or does not run there. */
export function proxyOf(config: Config, platform: MachinePlatform): Proxy | undefined {
  const kind = config['proxy.kind']
  if (kind === 'none' || !runsOn(config, platform)) return undefined
  return {
    kind,
    platform,
    name: config['release.name'].replace(/[^a-z0-9]+/g, '_').replace(/^[^a-z]+/, '').slice(0, 30) || 'app',
    hosts: proxyHosts(config),
    contact: fitting(/^[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+$/, config['proxy.email'], ''),
    ...(usesCertificateFiles(config) ? { certificate: platform === 'compose' ? mountedCertificate : certificateOnMachine(config) } : {}),
    changesOver: platform === 'compose' && switchesColours(config),
    upstream: platform === 'compose' ? `${upstreamOf(config)}:${config['app.port']}` : `127.0.0.1:${config['vm.port']}`,
    bodyBytes: config['security.maxRequestBodyBytes'],
    waitSeconds: config['app.requestTimeout'] + 5,
    idleSeconds: Math.max(0, config['app.keepAliveTimeout'] - 5),
    health: {
      path: fitting(/^\/[A-Za-z0-9/_.~-]*$/, config['app.readinessCheckPath'], '/ready'),
      host: 'localhost',
      seconds: readinessSeconds(config),
    },
    prefix: fitting(/^(\/[A-Za-z0-9_.~-]+)+$/, config['app.rootPath'].replace(/\/+$/, ''), ''),
    closed: [...(config['proxy.publishMetrics'] ? [] : ['/metrics']), ...(config['proxy.publishDocs'] ? [] : ['/openapi.json', '/docs', '/redoc'])],
    ...(platform === 'compose'
      ? bundledNginx
      : { nginx: config['proxy.nginxVersion'], openssl: config['proxy.opensslVersion'] }),
  }
}

const fitting = (shape: RegExp, text: string, otherwise: string): string => (shape.test(text) ? text : otherwise)

const hostShape = /^(\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/

/** Without a name there is nothing to serve, which a check says: then only the machine itself is answered. */
function proxyHosts(config: Config): readonly string[] {
  const hosts = config['public.hosts'].filter((host) => hostShape.test(host))
  return hosts.length > 0 ? [...new Set(hosts)] : ['localhost']
}

/** Where the stack's proxy sees the files of the machine. */
const mountedCertificate: CertificateFiles = { certificate: '/tls/fullchain.pem', key: '/tls/privkey.pem' }

const fileShape = /^\/[A-Za-z0-9_][A-Za-z0-9_./+@-]*$/

/** Where certbot puts the certificate of the host names; only root may read there. */
export const certbotFolder = (config: Config): string => `/etc/letsencrypt/live/${proxyHosts(config)[0]?.replace(/^\*\./, '')}`

/** Whether the certificate is read by another user than root: by the nginx of the stack. */
export const readsAsUser = (config: Config): boolean => bundlesProxy(config) && config['proxy.kind'] === 'nginx'

/** Where the certificate and its key lie on the machine; where nothing is said, certbot's own place, or one for copies of it. */
export function certificateOnMachine(config: Config): CertificateFiles {
  const folder = readsAsUser(config) ? `/etc/ssl/${fitting(/^[a-z][a-z0-9-]*$/, config['release.name'], 'app')}` : certbotFolder(config)
  return {
    certificate: fitting(fileShape, config['proxy.certificate'], `${folder}/fullchain.pem`),
    key: fitting(fileShape, config['proxy.certificateKey'], `${folder}/privkey.pem`),
  }
}

/** Where an ACME client on the machine puts its answers for the authority, which nginx serves. */
export const challengeFolder = '/var/www/acme'

/** The user and group `nginx` of its image, as whom the stack's nginx reads the certificate and its key. */
export const nginxUser = '101:101'

/** The files of a platform's proxy, in the bundle. Where both platforms run, each has its own, for they forward elsewhere. */
export function proxyFilesOf(config: Config, platform: MachinePlatform): readonly string[] {
  const kind = config['proxy.kind']
  if (kind === 'none' || !runsOn(config, platform)) return []
  const folder = platform === 'container' && runsOn(config, 'compose') ? 'deploy/container' : 'deploy'
  return fileNames[kind].map((name) => `${folder}/${name}`)
}

const fileNames: Readonly<Record<ProxyKind, readonly string[]>> = {
  caddy: ['Caddyfile'],
  nginx: ['nginx.conf'],
  traefik: ['traefik/traefik.yml', 'traefik/dynamic.yml'],
}

/**
 * Counts the changes of what is written for the same proxy, so that a stack starts its proxy anew
 * when only its file has changed. A test asks for a new number.
 */
export const proxyRevision = 2
