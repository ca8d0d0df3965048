import type { Config } from '../../config/index.ts'
import {
  certificateOnMachine,
  challengeFolder,
  machinePaths,
  nginxUser,
  proxyFilesOf,
  proxyOf,
  proxyRevision,
  stopGraceSeconds,
  type Proxy,
  type ProxyKind,
} from '../../plan/index.ts'
import { composeText } from '../../text/expressions.ts'
import { fingerprint } from '../../text/hash.ts'
import { images, pinned } from './images.ts'
import { command, hardened, logging, seconds, tmpfs, type Plain } from './service.ts'

/** The stack's reverse proxy, by its name: the only service with public ports. */
export function proxyServices(config: Config): Plain {
  const proxy = proxyOf(config, 'compose')
  if (!proxy) return {}
  const { volumes, ...own } = kinds[proxy.kind](proxy)
  return {
    [proxy.kind]: {
      image: pinned(images[proxy.kind], config['vm.proxyDigest']),
      ...own,
      volumes: [...filesIn(config, proxy), ...certificates(config, proxy), ...volumes],
      networks: ['edge'],
      // Another label starts it anew: none of them looks at all of its files again by itself.
      labels: { 'proxy.version': fingerprint(JSON.stringify([proxyRevision, ...(reads(proxy) ? [] : [proxy])])) },
      restart: 'unless-stopped',
      stop_grace_period: seconds(stopGraceSeconds(config) + 5),
      healthcheck: {
        test: command('CMD', 'wget', '-q', '-O', '/dev/null', `http://127.0.0.1:2020/${proxy.kind === 'traefik' ? 'ping' : ''}`),
        interval: '10s',
        timeout: '5s',
        retries: 3,
        start_period: '10s',
      },
      ...(proxy.changesOver ? {} : { depends_on: { app: { condition: 'service_healthy' } } }),
      logging: logging(config),
    },
  }
}

/** The named volumes of a proxy: its certificates, where it gets them by itself. */
export function proxyVolumes(config: Config): Plain {
  const proxy = proxyOf(config, 'compose')
  if (!proxy) return {}
  return Object.fromEntries(
    kinds[proxy.kind](proxy).volumes.flatMap((mount) => {
      const volume = typeof mount === 'string' ? (mount.split(':')[0] as string) : undefined
      return volume === undefined ? [] : [[volume, { name: composeText(`${config['release.name']}-${volume}`) }]]
    }),
  )
}

interface Service extends Plain {
  readonly volumes: readonly (string | Plain)[]
}

const kinds: Readonly<Record<ProxyKind, (proxy: Proxy) => Service>> = {
  caddy: () => ({
    ...hardened({ pids: 100, memory: '256m', cpus: '1.0' }),
    // Its program carries this capability, and does not start without.
    cap_add: ['NET_BIND_SERVICE'],
    tmpfs: [tmpfs('/tmp', '16m')],
    ports: ['80:80', '443:443', '443:443/udp'],
    volumes: ['caddy-data:/data', 'caddy-config:/config'],
  }),
  nginx: () => ({
    // Not root from the start, so it needs no capability; it listens on ports above 1024.
    user: nginxUser,
    ...hardened({ pids: 100, memory: '256m', cpus: '1.0' }),
    tmpfs: [tmpfs('/tmp', '16m')],
    ports: ['80:8080', '443:8443'],
    volumes: [{ type: 'bind', source: challengeFolder, target: challengeFolder, read_only: true, bind: { create_host_path: true } }],
  }),
  traefik: (proxy) => ({
    ...hardened({ pids: 100, memory: `${256 + bodiesMiB(proxy)}m`, cpus: '1.0' }),
    cap_add: ['NET_BIND_SERVICE'],
    tmpfs: [tmpfs('/tmp', `${bodiesMiB(proxy)}m`)],
    ports: ['80:80', '443:443'],
    volumes: proxy.certificate ? [] : ['traefik-data:/data'],
  }),
}

/** Room in memory for bodies that Traefik reads before it passes them on. */
const bodiesMiB = ({ bodyBytes }: Proxy): number => Math.max(64, 4 * Math.ceil(bodyBytes / 1048576))

/** Where each image looks for its files. */
const homes: Readonly<Record<ProxyKind, string>> = { caddy: '/etc/caddy', nginx: '/etc/nginx', traefik: '/etc/traefik' }

/** Whether the proxy is told to read all of its files again; Traefik watches only one of its two. */
const reads = ({ kind, changesOver }: Proxy): boolean => changesOver && kind !== 'traefik'

/** Single files cannot be replaced under a container, so where the proxy changes over it gets their folder. */
const filesIn = (config: Config, { kind, changesOver }: Proxy): readonly string[] =>
  changesOver ? [`./${machinePaths.live}:${homes[kind]}:ro`] :
  proxyFilesOf(config, 'compose').map((path) => `./${path}:${homes[kind]}/${path.split('/').at(-1)}:ro`)

/** Files of the machine; where one is missing Docker says so, instead of making a directory of that name. */
const certificates = (config: Config, { certificate }: Proxy): readonly Plain[] => {
  const source = certificateOnMachine(config)
  if (!certificate) return []
  return (['certificate', 'key'] as const).map((one) => ({
    type: 'bind',
    source: composeText(source[one]),
    target: certificate[one],
    read_only: true,
    bind: { create_host_path: false },
  }))
}
