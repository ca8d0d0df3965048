import type { Config } from '../../config/index.ts'
import { hasProxy, usesCertificateFiles, ingressHosts, isRouted, rawHosts, rawList, runsOn } from '../../plan/index.ts'
import type { Rule } from '../rule.ts'
import { all, always, on, onCompose, onKubernetes, onVm } from '../when.ts'
import { count, listed } from '../words.ts'

const ingressOn = all(onKubernetes, on('ingress.enabled'))
const servesTls = all(ingressOn, (config) => config['public.tls'] === 'secret')

const noHosts: Rule = {
  id: 'ingress-no-hosts',
  severity: 'error',
  demand: 'The ingress has a host name',
  applies: ingressOn,
  check: (config) =>
    ingressHosts(config).length === 0
      ? {
          path: 'public.hosts',
          title: 'No host name',
          message: 'An ingress without host names routes nothing, and the chart refuses it.',
          fix: { label: 'Turn the ingress off', patch: { 'ingress.enabled': false } },
        }
      : undefined,
}

const anyHost: Rule = {
  id: 'ingress-any-host',
  severity: 'error',
  demand: 'The ingress names its hosts',
  applies: ingressOn,
  check: (config) =>
    rawHosts(config).some(({ host }) => host === '*')
      ? { path: 'ingress.hosts', title: 'Catches everything', message: 'The host * would catch the requests for every name of the controller, and the chart refuses it.' }
      : undefined,
}

const plain: Rule = {
  id: 'ingress-no-tls',
  severity: 'warning',
  demand: 'Requests from outside are encrypted',
  applies: isRouted,
  check: (config) =>
    config['public.tls'] === 'none'
      ? {
          path: 'public.tls',
          title: 'No TLS',
          message: `Requests to ${listed((config['ingress.enabled'] ? ingressHosts(config) : config['public.hosts']).slice(0, 3)) || 'the service'} cross the network in the clear, tokens included, unless a load balancer in front encrypts.`,
          fix: { label: 'Turn TLS on', patch: { 'public.tls': 'secret' } },
        }
      : undefined,
}

const wildcard: Rule = {
  id: 'wildcard-host',
  severity: 'warning',
  demand: 'Host names are named one by one',
  applies: (config) => isRouted(config) || onVm(config),
  check: (config) => {
    const found = config['public.hosts'].filter((host) => host.startsWith('*.'))
    const named = config['public.hosts'].filter((host) => !host.startsWith('*.'))
    if (found.length === 0 || (onVmOnly(config) && hasProxy(config) && !usesCertificateFiles(config))) return undefined
    return {
      path: 'public.hosts',
      title: 'Wildcard host',
      message: `${listed(found)} answers for every name below it, also for those that belong to somebody else, and its certificate takes a DNS challenge.`,
      ...(named.length > 0 ? { fix: { label: `Keep ${listed(named)}`, patch: { 'public.hosts': named } } } : {}),
    }
  },
}

const onVmOnly = (config: Config): boolean => !runsOn(config, 'kubernetes')

/** The certificates' names: those of the raw entries, else the host names. An entry without hosts covers all. */
function coveredHosts(config: Config): readonly string[] | undefined {
  const entries = rawList(config['ingress.tls']) as readonly ({ readonly hosts?: unknown } | null)[]
  if (entries.length === 0) return config['public.hosts'].length === 0 ? undefined : config['public.hosts']
  const hosts = entries.map((entry) => entry?.hosts)
  return hosts.every(Array.isArray) ? (hosts.flat() as readonly string[]) : undefined
}

const covers = (covered: readonly string[], host: string): boolean => covered.includes(host) || covered.includes(`*.${host.split('.').slice(1).join('.')}`)

const uncovered: Rule = {
  id: 'tls-uncovered',
  severity: 'warning',
  demand: 'A certificate for every host name',
  applies: servesTls,
  check: (config) => {
    const covered = coveredHosts(config)
    const bare = covered && ingressHosts(config).filter((host) => !covers(covered, host))
    return bare && bare.length > 0
      ? { path: 'ingress.tls', title: 'Host without certificate', message: `No TLS entry covers ${listed(bare)}, so browsers warn of a wrong certificate.` }
      : undefined
  },
}

const unrouted: Rule = {
  id: 'host-unrouted',
  severity: 'warning',
  demand: 'Every host name is routed',
  applies: all(ingressOn, (config) => rawHosts(config).length > 0),
  check: (config) => {
    const routed = ingressHosts(config)
    const lost = config['public.hosts'].filter((host) => !routed.includes(host))
    return lost.length > 0
      ? {
          path: 'ingress.hosts',
          title: 'Host is not routed',
          message: `"Hosts and paths" replaces the host names, and ${listed(lost)} is not among its ${count(routed.length, 'host')}.`,
        }
      : undefined
  },
}

const retired: Rule = {
  id: 'ingress-nginx',
  severity: 'info',
  demand: 'An ingress controller with a future',
  applies: ingressOn,
  check: (config) =>
    config['ingress.controller'] === 'ingress-nginx' || (config['ingress.controller'] === 'generic' && /^(ingress-)?nginx$/.test(config['ingress.className']))
      ? {
          path: 'ingress.controller',
          title: 'Controller retired',
          message: 'The community ingress-nginx got its last fixes in March 2026; plan to move to a Gateway, or to a controller that is maintained.',
        }
      : undefined,
}

const snippet = /-snippet$/

const snippets: Rule = {
  id: 'ingress-snippets',
  severity: 'error',
  demand: 'No configuration snippets on the ingress',
  applies: ingressOn,
  check: (config) => {
    const found = Object.keys(config['ingress.annotations']).filter((key) => snippet.test(key))
    if (found.length === 0) return undefined
    const kept = Object.fromEntries(Object.entries(config['ingress.annotations']).filter(([key]) => !snippet.test(key)))
    return {
      path: 'ingress.annotations',
      title: 'Snippet injection',
      message: `${listed(found)} injects text into the controller's configuration, which can leak the secrets of the cluster; controllers refuse it by default.`,
      fix: { label: 'Remove it', patch: { 'ingress.annotations': kept } },
    }
  },
}

const example = /(^|\.)example\.(com|org|net)$|\.example$/

const stillExample: Rule = {
  id: 'host-example',
  severity: 'info',
  demand: 'The host name is your own',
  applies: always,
  check: (config) => {
    const found = config['public.hosts'].filter((host) => example.test(host))
    return found.length > 0 ? { path: 'public.hosts', title: 'Still an example', message: `${listed(found)} belongs to nobody; put your own host name.` } : undefined
  },
}

const nameless: Rule = {
  id: 'vm-no-hosts',
  severity: 'warning',
  demand: 'The machine answers to its public name',
  applies: all(onVm, (config) => !hasProxy(config)),
  check: (config) =>
    config['public.hosts'].length === 0 && config['security.trustedHosts'].length === 0
      ? { path: 'public.hosts', title: 'Answers localhost only', message: 'Requests that a proxy passes on under a public name are answered 400 until that name stands here.' }
      : undefined,
}

const direct: Rule = {
  id: 'service-exposed',
  severity: 'warning',
  demand: 'The service is reached through the ingress',
  applies: onKubernetes,
  check: (config) =>
    config['service.type'] === 'ClusterIP'
      ? undefined
      : {
          path: 'service.type',
          title: 'Reached directly',
          message: `A ${config['service.type']} Service opens plain HTTP to the network, /metrics and health checks included, past ingress and TLS.`,
          fix: { label: 'Use ClusterIP', patch: { 'service.type': 'ClusterIP' } },
        },
}

const inside: Rule = {
  id: 'hosts-unrouted',
  severity: 'info',
  demand: 'Something routes the host names',
  applies: all(onKubernetes, (config) => config['public.hosts'].length > 0 && !onVm(config)),
  check: (config) =>
    isRouted(config) || config['service.type'] !== 'ClusterIP'
      ? undefined
      : {
          path: 'ingress.enabled',
          title: 'Nothing routes them',
          message: `${listed(config['public.hosts'])} is trusted, but without an Ingress or a Gateway nothing leads requests from outside to the service.`,
        },
}

const twoMachines: Rule = {
  id: 'two-machines',
  severity: 'info',
  demand: 'One deployment on each machine',
  applies: all(onCompose, (config) => runsOn(config, 'container')),
  check: (config) => ({
    path: 'target.platforms',
    title: 'Two for one machine',
    message: `Compose and the single container both take the name ${config['release.name']}, port ${config['vm.port']} and ${config['vm.subnet']}; run only one of them on a machine.`,
  }),
}

export const exposureRules: readonly Rule[] = [
  noHosts,
  anyHost,
  snippets,
  plain,
  wildcard,
  uncovered,
  unrouted,
  nameless,
  direct,
  inside,
  retired,
  stillExample,
  twoMachines,
]
