import type { Config } from '../config/index.ts'
import { controllerOf } from './controllers.ts'
import { namespaceOf } from './hosts.ts'
import { runsOn } from './platform.ts'
import { rawHosts } from './pods.ts'
import { rawList, rawOf } from './raw.ts'

/** One Gateway, or a listener of it, that a route is attached to. */
export interface ParentRef {
  readonly name: string
  readonly namespace?: string
  readonly sectionName?: string
}

/** Whether an Ingress or a Gateway leads requests from outside to the pods. */
export const isRouted = (config: Config): boolean =>
  runsOn(config, 'kubernetes') && (config['ingress.enabled'] || config['httpRoute.enabled'])

/** Whether whatever routes requests on Kubernetes serves HTTPS. */
export const routesTls = (config: Config): boolean => isRouted(config) && config['public.tls'] === 'secret'

/** The parents of the route: the raw ones, else the one Gateway that is named. */
export function parentRefsOf(config: Config): readonly ParentRef[] {
  const raw = rawList(config['httpRoute.parentRefs'])
  if (raw.length > 0) return raw as readonly ParentRef[]
  if (config['public.gateway'] === '') return []
  return [
    {
      name: config['public.gateway'],
      ...(config['public.gatewayNamespace'] ? { namespace: config['public.gatewayNamespace'] } : {}),
      ...(config['public.gatewayListener'] ? { sectionName: config['public.gatewayListener'] } : {}),
    },
  ]
}

/** The namespaces of the Gateways, where most implementations run their proxies. */
export const gatewayNamespaces = (config: Config): readonly string[] => [
  ...new Set(parentRefsOf(config).map((parent) => (typeof parent?.namespace === 'string' && parent.namespace) || namespaceOf(config))),
]

/** Paths of the application that are for those who run it, as far as they are served. */
export const privatePaths = (config: Config): readonly string[] => [
  ...(config['metrics.enabled'] ? ['/metrics'] : []),
  ...(config['app.openapiEnabled'] ? ['/openapi.json'] : []),
  ...(config['app.openapiEnabled'] && config['app.docsEnabled'] ? ['/docs'] : []),
  ...(config['app.openapiEnabled'] && config['app.redocEnabled'] ? ['/redoc'] : []),
]

const within = (prefix: string, path: string): boolean => prefix === '/' || path === prefix || path.startsWith(`${prefix.replace(/\/$/, '')}/`)

/** Private paths that the Ingress leads to. */
function privateOnIngress(config: Config): readonly string[] {
  const hosts = rawHosts(config)
  return hosts.length === 0 ? privatePaths(config) : privatePaths(config).filter((path) => hosts.some(({ paths }) => paths.some((prefix) => within(prefix, path))))
}

/** Private paths that the route leads to. */
const privateOnRoute = (config: Config): readonly string[] =>
  privatePaths(config).filter((path) => config['httpRoute.paths'].some((prefix) => within(prefix, path)))

/** Private paths that the Ingress refuses. */
export const closedOnIngress = (config: Config): readonly string[] =>
  config['public.closed'] && controllerOf(config).closes ? privateOnIngress(config) : []

/** Private paths that the route answers with an error. */
export const closedOnRoute = (config: Config): readonly string[] => (config['public.closed'] ? privateOnRoute(config) : [])

/** Private paths that everyone outside can read. */
export const openPaths = (config: Config): readonly string[] => {
  const left = (led: readonly string[], closed: readonly string[]) => led.filter((path) => !closed.includes(path))
  return [
    ...new Set([
      ...(config['ingress.enabled'] ? left(privateOnIngress(config), closedOnIngress(config)) : []),
      ...(config['httpRoute.enabled'] ? left(privateOnRoute(config), closedOnRoute(config)) : []),
    ]),
  ]
}

/** The entries of `tls` of the Ingress. */
export function ingressTls(config: Config): unknown {
  const hosts = [...config['public.hosts']]
  const secretName = config['public.tlsSecret'] || `${config['release.name']}-tls`
  return rawOf(config['ingress.tls'], 'list').value ?? [controllerOf(config).readsSecrets ? { secretName, hosts } : { hosts }]
}
