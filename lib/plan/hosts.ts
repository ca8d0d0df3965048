import type { Config } from '../config/index.ts'
import { appServicesOf } from './colours.ts'
import type { Platform } from './platform.ts'
import { rawList } from './raw.ts'

/** The name of every object of the release: the override, else the service name. */
export const fullnameOf = (config: Config): string => config.fullnameOverride || config['release.name']

/** The namespace that the release's objects live in. */
export const namespaceOf = (config: Config): string => config.namespaceOverride || config['release.namespace']

/**
 * The Host headers that the application answers, in the order of `APP_TRUSTED_HOSTS`. Beside
 * the public names: what callers inside the cluster use and the pod's own address, which
 * Prometheus asks for; on a machine 127.0.0.1, which the image's health check asks for.
 */
export function trustedHostsOf(config: Config, platform: Platform): readonly string[] {
  const given = config['security.trustedHosts']
  if (given.includes('*')) return ['*']
  const own = platform === 'kubernetes' ? clusterNames(config) : ['localhost', '127.0.0.1', ...(platform === 'compose' ? ['app', ...appServicesOf(config)] : [])]
  return [...new Set([...given, ...config['public.hosts'], ...rawIngressHosts(config, platform), ...own])]
}

/** Host names that only the raw `ingress.hosts` holds. */
const rawIngressHosts = (config: Config, platform: Platform): readonly string[] =>
  platform === 'kubernetes' && config['ingress.enabled']
    ? rawList(config['ingress.hosts']).flatMap((one) => {
        const host = (one as { host?: unknown } | null)?.host
        return typeof host === 'string' ? [host] : []
      })
    : []

function clusterNames(config: Config): readonly string[] {
  const name = fullnameOf(config)
  const namespace = namespaceOf(config)
  return [
    name,
    `${name}.${namespace}`,
    `${name}.${namespace}.svc`,
    `${name}.${namespace}.svc.cluster.local`,
    'localhost',
    '127.0.0.1',
    ...(config['probes.hostHeader'] ? [config['probes.hostHeader']] : []),
    ...(config['security.trustPodIP'] ? ['$(POD_IP)'] : []),
  ]
}

/** Addresses whose X-Forwarded headers uvicorn believes; on a machine the container network, where every proxy is. */
export function forwardedAllowIpsOf(config: Config, platform: Platform): readonly string[] {
  const given = config['app.forwardedAllowIps']
  if (platform === 'kubernetes' || given.includes('*')) return given
  return [...new Set([config['vm.subnet'], ...given.filter((one) => one !== '127.0.0.1')])]
}
