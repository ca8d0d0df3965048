import type { Config } from '../../config/index.ts'
import { controllerOf, isRouted, parentRefsOf, proxySeconds, routesTls, trustedHostsOf } from '../../plan/index.ts'
import type { Rule } from '../rule.ts'
import { all, on, onKubernetes } from '../when.ts'

const routeOn = all(onKubernetes, on('httpRoute.enabled'))
const ingressOn = all(onKubernetes, on('ingress.enabled'))
const withoutRoute = { label: 'Turn the route off', patch: { 'httpRoute.enabled': false } } as const

const noGateway: Rule = {
  id: 'route-no-gateway',
  severity: 'error',
  demand: 'The route has a Gateway',
  applies: routeOn,
  check: (config) =>
    parentRefsOf(config).length === 0
      ? { path: 'public.gateway', title: 'No Gateway', message: 'A route that names no Gateway routes nothing, and the chart refuses it; ask who runs the cluster for its name and namespace.', fix: withoutRoute }
      : undefined,
}

const noHosts: Rule = {
  id: 'route-no-hosts',
  severity: 'error',
  demand: 'The route has a host name',
  applies: routeOn,
  check: (config) =>
    config['public.hosts'].length === 0
      ? { path: 'public.hosts', title: 'No host name', message: 'A route without host names catches the requests for every name of its Gateway, and the chart refuses it.', fix: withoutRoute }
      : undefined,
}

/** The most names that the Gateway API lets one route have. */
const mostNames = 16

const manyHosts: Rule = {
  id: 'route-many-hosts',
  severity: 'error',
  demand: 'One route holds all host names',
  applies: routeOn,
  check: (config) =>
    config['public.hosts'].length > mostNames
      ? { path: 'public.hosts', title: 'Too many names', message: `A route takes ${mostNames} host names and there are ${config['public.hosts'].length}, so the cluster refuses it.`, fix: withoutRoute }
      : undefined,
}

const noPaths: Rule = {
  id: 'route-no-paths',
  severity: 'error',
  demand: 'The route leads somewhere',
  applies: routeOn,
  check: (config) =>
    config['httpRoute.paths'].length === 0
      ? { path: 'httpRoute.paths', title: 'No path', message: 'A route without paths leads nowhere, and the chart refuses it.', fix: { label: 'Use /', patch: { 'httpRoute.paths': ['/'] } } }
      : undefined,
}

const redirects = all(routeOn, (config) => config['public.tls'] === 'secret')

const sameListener: Rule = {
  id: 'route-redirect-same',
  severity: 'error',
  demand: 'Redirects are on a listener of their own',
  applies: redirects,
  check: (config) => {
    const listener = config['httpRoute.redirectSectionName']
    const shared = listener !== '' && parentRefsOf(config).some((parent) => !parent?.sectionName || parent.sectionName === listener)
    return shared
      ? {
          path: 'public.gatewayListener',
          title: 'Serves and redirects',
          message: `Listener ${listener} would serve the service and redirect to it, and which of both wins is left to chance; name the listener for HTTPS.`,
          fix: { label: 'Redirect nothing', patch: { 'httpRoute.redirectSectionName': '' } },
        }
      : undefined
  },
}

const noRedirect: Rule = {
  id: 'route-no-redirect',
  severity: 'info',
  demand: 'Plain requests are sent to HTTPS',
  applies: redirects,
  check: (config) =>
    config['httpRoute.redirectSectionName'] === ''
      ? { path: 'httpRoute.redirectSectionName', title: 'No redirect', message: 'Nothing in the bundle sends plain http to HTTPS; name the listener of the Gateway that serves plain http, unless the Gateway redirects by itself.' }
      : undefined,
}

const both: Rule = {
  id: 'route-beside-ingress',
  severity: 'warning',
  demand: 'One way in',
  applies: routeOn,
  check: (config) =>
    config['ingress.enabled']
      ? {
          path: 'ingress.enabled',
          title: 'Two ways in',
          message: 'An Ingress and a Gateway both lead to the service, with rules and limits of their own; that is for the days of a move.',
          fix: { label: 'Turn the Ingress off', patch: { 'ingress.enabled': false } },
        }
      : undefined,
}

const waits: Rule = {
  id: 'controller-timeout',
  severity: 'warning',
  demand: 'The ingress controller waits for the application',
  applies: ingressOn,
  check: (config) => {
    const { label, waitSeconds } = controllerOf(config)
    return waitSeconds !== undefined && proxySeconds(config) > waitSeconds
      ? {
          path: 'ingress.controller',
          title: 'Controller gives up first',
          message: `Requests may take ${config['app.requestTimeout']} s, and ${label} usually waits ${waitSeconds} s; no annotation changes that, so raise it to ${proxySeconds(config)} s in its own configuration.`,
        }
      : undefined
  },
}

const healthByAddress: Rule = {
  id: 'controller-health',
  severity: 'error',
  demand: 'The load balancer finds the pods healthy',
  applies: all(ingressOn, (config) => config['ingress.controller'] === 'alb'),
  check: (config) =>
    config['security.trustPodIP'] || trustedHostsOf(config, 'kubernetes').includes('*')
      ? undefined
      : {
          path: 'security.trustPodIP',
          title: 'Never healthy',
          message: 'The AWS load balancer asks pods by address for their health, which the application answers 400, so it sends them nothing.',
          fix: { label: 'Trust the pod address', patch: { 'security.trustPodIP': true } },
        },
}

const classOfGoogle: Rule = {
  id: 'controller-class',
  severity: 'warning',
  demand: 'Google Cloud takes the Ingress for its own',
  applies: all(ingressOn, (config) => config['ingress.controller'] === 'gce'),
  check: (config) =>
    config['ingress.className'] === ''
      ? undefined
      : {
          path: 'ingress.className',
          title: 'Class hides it',
          message: `Google Cloud goes by an annotation and leaves an Ingress of class ${config['ingress.className']} to others.`,
          fix: { label: 'Clear it', patch: { 'ingress.className': '' } },
        },
}

const ownCertificate: Rule = {
  id: 'controller-certificate',
  severity: 'info',
  demand: 'The load balancer has a certificate',
  applies: all(ingressOn, routesTls, (config: Config) => !controllerOf(config).readsSecrets),
  check: (config) => ({
    path: 'public.tls',
    title: 'Certificate from ACM',
    message: `The AWS load balancer reads no Secrets: a certificate for ${config['public.hosts'][0] ?? 'the host names'} must be in ACM, where it is found by name.`,
  }),
}

const keepAlive: Rule = {
  id: 'keep-alive-controller',
  severity: 'warning',
  demand: 'Connections are kept longer than by the ingress controller',
  applies: all(ingressOn, isRouted),
  check: (config) => {
    const idle = controllerOf(config).idleSeconds(config)
    const most = 600
    return config['app.keepAliveTimeout'] > 60 && config['app.keepAliveTimeout'] <= idle
      ? {
          path: 'app.keepAliveTimeout',
          title: 'Closes first',
          message: `Idle connections end after ${config['app.keepAliveTimeout']} s while ${controllerOf(config).label} reuses them for ${idle} s, which shows as a 502 now and then.`,
          ...(idle + 5 <= most ? { fix: { label: `Use ${idle + 5} s`, patch: { 'app.keepAliveTimeout': idle + 5 } } } : {}),
        }
      : undefined
  },
}

export const routeRules: readonly Rule[] = [noGateway, noHosts, manyHosts, noPaths, sameListener, healthByAddress, both, waits, classOfGoogle, keepAlive, noRedirect, ownCertificate]
