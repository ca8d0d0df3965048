import type { Config, Patch, Path } from '../../config/index.ts'
import { isRouted, openPaths } from '../../plan/index.ts'
import type { Fix, Rule } from '../rule.ts'
import { all, always, on } from '../when.ts'
import { listed } from '../words.ts'

type Door = Extract<Path, 'app.openapiEnabled' | 'app.docsEnabled' | 'app.redocEnabled' | 'app.infoEndpointEnabled' | 'app.endpointsListingEnabled'>

const open = (config: Config, doors: readonly (readonly [Door, string])[]): readonly (readonly [Door, string])[] => doors.filter(([path]) => config[path])

const close = (doors: readonly (readonly [Door, string])[]) => Object.fromEntries(doors.map(([path]) => [path, false]))

const debug: Rule = {
  id: 'debug-on',
  severity: 'error',
  demand: 'No tracebacks for clients',
  applies: always,
  check: (config) =>
    config['app.debug']
      ? {
          path: 'app.debug',
          title: 'Debug is on',
          message: 'Every unhandled error sends its traceback, with source and values, to the client.',
          fix: { label: 'Turn debug off', patch: { 'app.debug': false } },
        }
      : undefined,
}

const documentation = [
  ['app.openapiEnabled', '/openapi.json'],
  ['app.docsEnabled', '/docs'],
  ['app.redocEnabled', '/redoc'],
] as const

const docs: Rule = {
  id: 'docs-public',
  severity: 'warning',
  demand: 'The API documentation is not public',
  applies: always,
  check: (config) =>
    config['app.openapiEnabled']
      ? {
          path: 'app.openapiEnabled',
          title: 'Documentation is served',
          message: `Everyone who reaches the service can read ${listed(open(config, documentation).map(([, route]) => route))}.`,
          fix: { label: 'Turn them off', patch: close(documentation) },
        }
      : undefined,
}

const pages = documentation.slice(1)

const docsWithoutSchema: Rule = {
  id: 'docs-without-openapi',
  severity: 'warning',
  demand: 'Documentation pages have a schema to show',
  applies: (config) => open(config, pages).length > 0,
  check: (config) =>
    config['app.openapiEnabled']
      ? undefined
      : {
          path: open(config, pages)[0]?.[0] as Path,
          title: 'Page without schema',
          message: `${listed(open(config, pages).map(([, route]) => route))} answers 404 as long as the OpenAPI schema is off.`,
          fix: { label: 'Turn it off', patch: close(pages) },
        },
}

const listings = [
  ['app.infoEndpointEnabled', '/info'],
  ['app.endpointsListingEnabled', '/endpoints'],
] as const

const listing: Rule = {
  id: 'listing-public',
  severity: 'info',
  demand: 'Routes and versions are not listed',
  applies: always,
  check: (config) => {
    const found = open(config, listings)
    return found[0]
      ? {
          path: found[0][0],
          title: 'Inner life is listed',
          message: `${listed(found.map(([, route]) => route))} tells everyone who reaches the service what it is made of.`,
          fix: { label: 'Turn it off', patch: close(listings) },
        }
      : undefined
  },
}

const details: Rule = {
  id: 'readiness-details',
  severity: 'warning',
  demand: 'Readiness tells no error texts',
  applies: always,
  check: (config) =>
    config['app.readinessIncludeDetails']
      ? {
          path: 'app.readinessIncludeDetails',
          title: 'Errors are readable',
          message: `${config['app.readinessCheckPath']} shows the error texts of database and cache, hosts and users included, to everyone who reaches it.`,
          fix: { label: 'Turn details off', patch: { 'app.readinessIncludeDetails': false } },
        }
      : undefined,
}

const trustAny: Rule = {
  id: 'trusted-hosts-any',
  severity: 'warning',
  demand: 'Only own host names are answered',
  applies: always,
  check: (config) =>
    config['security.trustedHosts'].includes('*')
      ? {
          path: 'security.trustedHosts',
          title: 'Any host name',
          message: 'With * requests for any host name are answered, which invites poisoned links and caches; the names that are needed are trusted by themselves.',
          fix: { label: 'Remove *', patch: { 'security.trustedHosts': config['security.trustedHosts'].filter((host) => host !== '*') } },
        }
      : undefined,
}

const headers: Rule = {
  id: 'security-headers-off',
  severity: 'warning',
  demand: 'Security headers are sent',
  applies: always,
  check: (config) =>
    config['security.headersEnabled']
      ? undefined
      : {
          path: 'security.headersEnabled',
          title: 'No security headers',
          message: 'Responses carry no nosniff, frame or content policy, so browsers guess and frame as they like.',
          fix: { label: 'Turn them on', patch: { 'security.headersEnabled': true } },
        },
}

const corsAny: Rule = {
  id: 'cors-any',
  severity: 'info',
  demand: 'Only own web pages may call',
  applies: (config) => !config['cors.allowCredentials'],
  check: (config) =>
    config['cors.allowedOrigins'].includes('*')
      ? { path: 'cors.allowedOrigins', title: 'Any web page', message: 'With * every web page may read the answers of this service, which suits only what is public anyway.' }
      : undefined,
}

/** What closes /metrics: the switch, or the controller that the class tells of. */
function closing(config: Config): { readonly fix?: Fix } {
  const named = ['traefik', 'haproxy'].find((one) => config['ingress.controller'] === 'generic' && config['ingress.className'] === one)
  const patch = { ...(config['public.closed'] ? {} : { 'public.closed': true }), ...(config['ingress.enabled'] && named ? { 'ingress.controller': named } : {}) } as Patch
  const closed = !openPaths({ ...config, ...patch }).includes('/metrics')
  return closed ? { fix: { label: named && config['ingress.enabled'] ? `Have ${named === 'traefik' ? 'Traefik' : 'HAProxy'} refuse it` : 'Close private paths', patch } } : {}
}

const metrics: Rule = {
  id: 'metrics-public',
  severity: 'warning',
  demand: 'Metrics are not public',
  applies: all(isRouted, on('metrics.enabled')),
  check: (config) =>
    openPaths(config).includes('/metrics')
      ? {
          path: 'metrics.enabled',
          title: 'Metrics are public',
          message: 'Requests from outside reach /metrics too, which needs no login and lists the raw paths of requests; have the controller refuse it, or route only the paths of your API.',
          ...closing(config),
        }
      : undefined,
}

export const openDoorRules: readonly Rule[] = [debug, docs, docsWithoutSchema, details, trustAny, headers, metrics, listing, corsAny]
