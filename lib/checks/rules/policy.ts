import type { Config } from '../../config/index.ts'
import { problemOf } from '../../config/schema.ts'
import { cachesInRedis, controllerOf, deniesByDefault, gatewayNamespaces, isRouted, isShared, limitsInRedis, namespaceOf, namespacesOf, rawList } from '../../plan/index.ts'
import { networkOf, privateNetworks } from '../../text/address.ts'
import type { Fix, Rule } from '../rule.ts'
import { all, on, onKubernetes } from '../when.ts'
import { listed } from '../words.ts'

const policed = all(onKubernetes, on('networkPolicy.enabled'))

const networks = ['networkPolicy.databaseCIDR', 'networkPolicy.redisCIDR'] as const
const isBad = (text: string): boolean => text !== '' && !networkOf(text)

/** Whether anybody outside the namespace may call. */
const hasCallers = (config: Config): boolean => config['networkPolicy.ingressNamespaces'].length > 0 || rawList(config['networkPolicy.ingressFrom']).length > 0

/** Where controllers are installed by their own instructions. */
const controllerNamespaces: Readonly<Record<string, string>> = { nginx: 'ingress-nginx', traefik: 'traefik', haproxy: 'haproxy-controller', kong: 'kong', contour: 'projectcontour', istio: 'istio-ingress' }

/** How whatever routes requests gets through: by its namespaces, or by the networks of a load balancer. */
function entrance(config: Config): Fix | undefined {
  const controller = controllerOf(config)
  const byClass = config['ingress.controller'] === 'generic' ? controllerNamespaces[config['ingress.className']] : controller.namespace
  const namespaces = [...new Set([...(config['ingress.enabled'] && byClass ? [byClass] : []), ...(config['httpRoute.enabled'] ? gatewayNamespaces(config) : [])])]
  const isNamed = namespaces.every((name) => problemOf('networkPolicy.ingressNamespaces', [name]) === undefined)
  if (namespaces.length > 0 && isNamed) return { label: `Allow ${listed(namespaces)}`, patch: { 'networkPolicy.ingressNamespaces': namespaces } }
  if (!config['ingress.enabled'] || !['alb', 'gce'].includes(config['ingress.controller'])) return undefined
  const networks = controller.networks.length > 0 ? controller.networks : privateNetworks
  const peers = networks.map((network) => `- ipBlock: {cidr: ${network}}\n`).join('')
  return { label: `Allow ${listed(networks)}`, patch: { 'networkPolicy.ingressFrom': peers } }
}

const closed: Rule = {
  id: 'policy-keeps-ingress-out',
  severity: 'error',
  demand: 'Requests from outside get through the policy',
  applies: all(policed, isRouted),
  check: (config) => {
    if (hasCallers(config)) return undefined
    const fix = entrance(config)
    return {
      path: 'networkPolicy.ingressNamespaces',
      title: 'Nobody gets in',
      message: `The policy lets in callers from namespace ${namespaceOf(config)} only, so the ${config['ingress.enabled'] ? 'ingress controller' : 'Gateway'} cannot reach the service; name its namespace.`,
      ...(fix ? { fix } : {}),
    }
  },
}

const badNetwork: Rule = {
  id: 'policy-network',
  severity: 'error',
  demand: 'Networks of the policy are networks',
  applies: policed,
  check: (config) =>
    networks
      .filter((path) => isBad(config[path]))
      .map((path) => ({
        path,
        title: 'Not a network',
        message: `${config[path]} is neither an address nor a network, and the cluster refuses the policy.`,
        fix: { label: 'Clear it', patch: { [path]: '' } },
      })),
}

const noPrometheus: Rule = {
  id: 'policy-keeps-prometheus-out',
  severity: 'warning',
  demand: 'Prometheus gets through the policy',
  applies: all(policed, on('metrics.enabled')),
  check: (config) =>
    config['networkPolicy.monitoringNamespace'] === '' && !hasCallers(config)
      ? {
          path: 'networkPolicy.monitoringNamespace',
          title: 'Prometheus is kept out',
          message: `Metrics are served, but the policy lets in namespace ${namespaceOf(config)} only.`,
          fix: { label: 'Allow monitoring', patch: { 'networkPolicy.monitoringNamespace': 'monitoring' } },
        }
      : undefined,
}

const serviceClosed: Rule = {
  id: 'policy-keeps-clients-out',
  severity: 'warning',
  demand: 'Clients of the exposed Service get through the policy',
  applies: all(policed, (config) => config['service.type'] !== 'ClusterIP'),
  check: (config) =>
    rawList(config['networkPolicy.ingressFrom']).length === 0
      ? {
          path: 'networkPolicy.ingressFrom',
          title: 'Clients are kept out',
          message: `A ${config['service.type']} Service shall be reached from outside, but the policy names no network from which.`,
        }
      : undefined,
}

const ownOnly: Rule = {
  id: 'policy-own-namespace',
  severity: 'info',
  demand: 'Callers are named in the policy',
  applies: all(policed, (config) => !isRouted(config)),
  check: (config) =>
    hasCallers(config)
      ? undefined
      : { path: 'networkPolicy.ingressNamespaces', title: 'Own namespace only', message: `Only pods of namespace ${namespaceOf(config)} may call; name the namespaces of other callers.` },
}

const ownCalls: Rule = {
  id: 'policy-egress',
  severity: 'info',
  demand: 'What handlers call is allowed by the policy',
  applies: policed,
  check: (config) =>
    rawList(config['networkPolicy.extraEgress']).length === 0
      ? {
          path: 'networkPolicy.extraEgress',
          title: 'Outgoing calls are closed',
          message: 'Pods may reach only what the settings name; whatever else your handlers call needs a raw egress rule.',
        }
      : undefined,
}

const usesOwnUrl = (config: Config): boolean => (limitsInRedis(config) && config['rateLimit.explicitUrl']) || (cachesInRedis(config) && config['cache.explicitUrl'])

const redisPort: Rule = {
  id: 'policy-redis-port',
  severity: 'info',
  demand: 'The policy opens the port of your Redis URL',
  applies: all(policed, usesOwnUrl),
  check: (config) =>
    config['networkPolicy.redisPort'] === 0
      ? {
          path: 'networkPolicy.redisPort',
          title: 'Port is a guess',
          message: `The policy cannot look into your Redis URL and opens port ${config['redis.port']}; name the port when it is another.`,
        }
      : undefined,
}

/** Whether the default denial that comes with a policy would meet pods of others. */
const wouldDenyOthers = (config: Config): boolean => deniesByDefault({ ...config, 'networkPolicy.enabled': true }) && namespacesOf(config).some((name) => isShared(config, name))

const off: Rule = {
  id: 'policy-off',
  severity: 'info',
  demand: 'A network policy',
  applies: onKubernetes,
  check: (config) => {
    if (config['networkPolicy.enabled']) return undefined
    const mayStay = (!isRouted(config) || hasCallers(config)) && !networks.some((path) => isBad(config[path])) && !wouldDenyOthers(config)
    return {
      path: 'networkPolicy.enabled',
      title: 'No network policy',
      message: 'Every pod of the cluster may call the service, and the service may call everything.',
      ...(mayStay ? { fix: { label: 'Turn it on', patch: { 'networkPolicy.enabled': true } } } : {}),
    }
  },
}

export const policyRules: readonly Rule[] = [closed, badNetwork, noPrometheus, serviceClosed, ownOnly, ownCalls, redisPort, off]
