import type { Config, Path } from '../../config/index.ts'
import { defaults, fieldAt } from '../../config/index.ts'
import { environmentOf, runsOn, unfitSecretsOf, type MachinePlatform } from '../../plan/index.ts'
import { networkOf } from '../../text/address.ts'
import { envFileProblem } from '../../text/env-file.ts'
import { settingOfVariable } from '../variables.ts'
import type { Rule, Said } from '../rule.ts'
import { all, always, on, onKubernetes, onVm } from '../when.ts'
import { short } from '../words.ts'

const probePaths = ['app.healthCheckPath', 'app.readinessCheckPath'] as const
const ownProbePaths = { 'app.healthCheckPath': defaults['app.healthCheckPath'], 'app.readinessCheckPath': defaults['app.readinessCheckPath'] }

const samePaths: Rule = {
  id: 'probe-paths-same',
  severity: 'error',
  demand: 'Liveness and readiness have paths of their own',
  applies: always,
  check: (config) =>
    config['app.healthCheckPath'] === config['app.readinessCheckPath']
      ? {
          path: 'app.readinessCheckPath',
          title: 'One path for two probes',
          message: `Liveness and readiness both use ${config['app.healthCheckPath']}, and the application refuses to start.`,
          fix: { label: 'Use the default paths', patch: ownProbePaths },
        }
      : undefined,
}

/** Routes that the application has, whatever it is told. */
const fixedRoutes = new Set(['/', '/favicon.ico', '/metrics', '/docs', '/redoc', '/openapi.json', '/info', '/endpoints', '/api/v1/me', '/api/v1/reports', '/api/v1/admin', '/api/v1/cached-time'])

const takenPath: Rule = {
  id: 'probe-path-taken',
  severity: 'warning',
  demand: 'Probes use paths that nothing else answers',
  applies: always,
  check: (config) =>
    probePaths
      .filter((path) => fixedRoutes.has(config[path]))
      .map((path) => ({
        path,
        title: 'Path is taken',
        message: `${config[path]} is a route of its own, so the probe may hear from that instead of the check.`,
        fix: { label: 'Use the default paths', patch: ownProbePaths },
      })),
}

const corsCredentials: Rule = {
  id: 'cors-credentials-any',
  severity: 'error',
  demand: 'Credentials only for named origins',
  applies: on('cors.allowCredentials'),
  check: (config) =>
    config['cors.allowedOrigins'].includes('*')
      ? {
          path: 'cors.allowCredentials',
          title: 'Credentials for everyone',
          message: 'The application refuses to start when any origin (*) may send credentials.',
          fix: { label: 'Turn credentials off', patch: { 'cors.allowCredentials': false } },
        }
      : undefined,
}

/** The two layers in the application that believe proxies only when told which. */
const layers = [
  {
    id: 'limiter-proxies-missing',
    applies: all(on('rateLimit.enabled'), on('rateLimit.trustProxyHeaders')),
    list: 'rateLimit.trustedProxies',
    off: { 'rateLimit.trustProxyHeaders': false },
    who: 'The limiter',
  },
  {
    id: 'proto-proxies-missing',
    applies: on('security.trustProxyProtoHeader'),
    list: 'security.trustedProxies',
    off: { 'security.trustProxyProtoHeader': false },
    who: 'The application',
  },
] as const

const missingProxies: readonly Rule[] = layers.map(({ id, applies, list, off, who }) => ({
  id,
  severity: 'error',
  demand: `${who} trusts headers of named proxies only`,
  applies,
  check: (config) =>
    config[list].some((entry) => networkOf(entry))
      ? undefined
      : {
          path: list,
          title: 'No proxies named',
          message: `${who} shall trust proxy headers and knows no proxy, so it refuses to start; the trusted proxies of the server are enough.`,
          fix: { label: 'Do not trust headers here', patch: off },
        },
}))

const badProxies: Rule = {
  id: 'proxy-address-invalid',
  severity: 'error',
  demand: 'Trusted proxies are addresses or networks',
  applies: (config) => layers.some(({ applies }) => applies(config)),
  check: (config) =>
    layers
      .filter(({ applies, list }) => applies(config) && config[list].some((entry) => !networkOf(entry)))
      .map(({ list, off }) => {
        const good = config[list].filter((entry) => networkOf(entry))
        const bad = config[list].find((entry) => !networkOf(entry))
        return {
          path: list,
          title: 'Not an address',
          message: `${bad} is neither an IP address nor a network, and the application refuses to start.`,
          fix: good.length > 0 ? { label: `Remove ${bad}`, patch: { [list]: good } } : { label: 'Do not trust headers here', patch: off },
        }
      }),
}

const limiterWorkers: Rule = {
  id: 'limiter-workers',
  severity: 'error',
  demand: 'Several workers count in one Redis, by its whole URL',
  applies: on('rateLimit.enabled'),
  check: (config) =>
    config['app.workers'] > 1 && !limiterHasUrl(config)
      ? {
          path: 'app.workers',
          title: 'Limiter and workers',
          message: `With ${config['app.workers']} workers and the rate limit on, the image starts only with the limiter's whole Redis URL.`,
          fix: { label: 'Use 1 worker', patch: { 'app.workers': 1 } },
        }
      : undefined,
}

/** On Kubernetes the chart makes the URL of the Redis settings; a machine has it only when it is given. */
const limiterHasUrl = (config: Config): boolean =>
  config['rateLimit.storageBackend'] === 'redis' &&
  (config['rateLimit.explicitUrl'] || !(runsOn(config, 'compose') || runsOn(config, 'container')))

const ipv6OnVm: Rule = {
  id: 'bind-ipv6-vm',
  severity: 'error',
  demand: 'The container listens on IPv4',
  applies: onVm,
  check: (config) =>
    config['app.host'] === '::'
      ? {
          path: 'app.host',
          title: 'No IPv4 on the machine',
          message: 'Bound to ::, the application is deaf to 127.0.0.1, where the health check asks and the published port leads.',
          fix: { label: 'Use 0.0.0.0', patch: { 'app.host': '0.0.0.0' } },
        }
      : undefined,
}

const ipv6Pods: Rule = {
  id: 'bind-ipv6-pods',
  severity: 'warning',
  demand: 'Pods listen on the family of the cluster',
  applies: onKubernetes,
  check: (config) =>
    config['app.host'] === '::'
      ? {
          path: 'app.host',
          title: 'IPv6 only',
          message: 'Bound to ::, pods answer IPv6 only, and the probes of a cluster with IPv4 pod addresses fail.',
          fix: { label: 'Use 0.0.0.0', patch: { 'app.host': '0.0.0.0' } },
        }
      : undefined,
}

const machines: readonly MachinePlatform[] = ['compose', 'container']

const envFileValue: Rule = {
  id: 'env-file-value',
  severity: 'error',
  demand: 'Every value can stand in an env file',
  applies: onVm,
  check: (config) => {
    const plain = machines.filter((platform) => runsOn(config, platform)).flatMap((platform) => environmentOf(config, platform).plain)
    return [...new Map(plain.map(({ name, value }) => [name, value]))].flatMap(([name, value]) => unfit(config, name, value))
  },
}

function unfit(config: Config, name: string, value: string): readonly Said[] {
  const problem = envFileProblem(value)
  if (problem === undefined) return []
  const path = Object.hasOwn(config.extraEnv, name) ? 'extraEnv' : (settingOfVariable(name)?.path ?? 'extraEnv')
  return [
    {
      path,
      title: 'Not for env files',
      message: `${name} cannot be ${short(value, 40)}: ${problem}.`,
      fix: path === 'extraEnv' ? removeVariable(config, name) : resetTo(path),
    },
  ]
}

const removeVariable = (config: Config, name: string) => {
  const { [name]: _, ...rest } = config.extraEnv
  return { label: `Remove ${name}`, patch: { extraEnv: rest } }
}

/** The values that no env file holds are texts of the user's; their defaults all fit. */
const resetTo = (path: Path) => {
  const initial = fieldAt(path).default
  return { label: initial === '' ? 'Clear it' : `Use ${short(String(initial), 30)}`, patch: { [path]: initial } }
}

const publicKeyOnVm: Rule = {
  id: 'public-key-vm',
  severity: 'error',
  demand: 'No PEM text in an env file',
  applies: onVm,
  check: (config) =>
    unfitSecretsOf(config).length > 0
      ? {
          path: 'auth.keySource',
          title: 'Key has several lines',
          message: 'A PEM public key has line breaks, and the env files of a machine hold one line per variable; let the application fetch a key set instead.',
          ...(config['auth.jwksUrl'] ? { fix: { label: 'Use the JWKS URL', patch: { 'auth.keySource': 'jwks' as const } } } : {}),
        }
      : undefined,
}

export const bootRules: readonly Rule[] = [
  samePaths,
  takenPath,
  corsCredentials,
  ...missingProxies,
  badProxies,
  limiterWorkers,
  ipv6OnVm,
  ipv6Pods,
  envFileValue,
  publicKeyOnVm,
]
