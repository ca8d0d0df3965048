import type { Config } from '../../config/index.ts'
import {
  controllerOf,
  fullnameOf,
  gitopsPaths,
  gitopsTool,
  isRouted,
  namespaceOf,
  namespacesOf,
  rawList,
} from '../../plan/index.ts'
import { markdownBlock, markdownCode } from '../../text/markdown.ts'
import { shellCommand } from '../../text/shell.ts'
import { secretSteps } from './cluster-secrets.ts'
import { gitopsSteps } from './gitops.ts'

/** The commands that bring the service up on a cluster, in their order. */
export function kubernetesSection(config: Config): readonly string[] {
  const secrets = [...secretSteps(config), ...brought(config)]
  return [
    '## Kubernetes',
    needs[gitopsTool(config)],
    '### 1. Namespace',
    markdownBlock('sh', namespaces(config)),
    'From then on it takes only pods of the restricted Pod Security Standard, as these are.',
    '### 2. Secrets',
    ...(secrets.length > 0 ? secrets : ['This configuration needs none.']),
    ...(gitopsTool(config) === 'none' ? install(config) : gitopsSteps(config)),
    '### 4. See that it works',
    markdownBlock('sh', look(config)),
    ...publicAddress(config),
  ]
}

const needs: Readonly<Record<Config['gitops.tool'], string>> = {
  none: 'With kubectl and Helm 4, in bash or zsh. Helm 3 writes `--atomic` for `--rollback-on-failure`.',
  argocd: 'With kubectl, in bash or zsh, and Argo CD in the cluster.',
  flux: 'With kubectl, in bash or zsh, and Flux in the cluster: its source, kustomize and helm controllers.',
  kustomize: 'With kubectl, which has Kustomize built in, in bash or zsh. Helm is not needed.',
}

const namespaces = (config: Config): readonly string[] =>
  gitopsTool(config) !== 'none' && config['gitops.createNamespace']
    ? [shellCommand(['kubectl', 'apply', '--server-side', '--filename', `${gitopsPaths.prepare}/namespace.yaml`])]
    : namespacesOf(config).flatMap((name) => [
        shellCommand(['kubectl', 'create', 'namespace', name]),
        shellCommand(['kubectl', 'label', 'namespace', name, ...restricted]),
      ])

/** Has the cluster refuse pods that are not hardened like those of the chart. */
const restricted = ['enforce', 'audit', 'warn'].map(
  (mode) => `pod-security.kubernetes.io/${mode}=restricted`,
)

const install = (config: Config): readonly string[] => [
  '### 3. Install or upgrade',
  markdownBlock('sh', [
    `${shellCommand(['helm', 'upgrade', '--install', config['release.name'], './chart', '--values', 'deploy/values.yaml'])} \\`,
    `  ${shellCommand(['--namespace', config['release.namespace'], '--create-namespace'])} \\`,
    `  ${shellCommand(['--rollback-on-failure', '--wait', '--timeout', `${config['workflows.helmTimeoutMinutes']}m`])}`,
  ]),
]

/** Helm knows its tests where there is a release of it. */
const hasTest = (config: Config): boolean => config['tests.enabled'] && ['none', 'flux'].includes(gitopsTool(config))

function look(config: Config): readonly string[] {
  const name = fullnameOf(config)
  const host = `Host: ${config['probes.hostHeader'] || name}`
  const forward = [
    'kubectl',
    'port-forward',
    '--namespace',
    namespaceOf(config),
    `service/${name}`,
    `8080:${config['service.port']}`,
  ]
  const ask = (path: string): string =>
    shellCommand(['curl', '--fail', '--header', host, `http://127.0.0.1:8080${path}`])
  return [
    ...(hasTest(config)
      ? [
          shellCommand([
            'helm',
            'test',
            config['release.name'],
            '--namespace',
            config['release.namespace'],
            '--logs',
          ]),
        ]
      : []),
    `${shellCommand(forward)} &`,
    'sleep 3',
    ask(config['app.healthCheckPath']),
    ask(config['app.readinessCheckPath']),
    'kill %1',
  ]
}

function publicAddress(config: Config): readonly string[] {
  const host = config['public.hosts'].find((one) => !one.startsWith('*'))
  if (!isRouted(config) || host === undefined) return []
  const scheme = config['public.tls'] === 'secret' ? 'https' : 'http'
  return [
    `And from outside, once its name leads to your ${config['ingress.enabled'] ? 'ingress controller' : 'Gateway'}:`,
    markdownBlock('sh', [
      shellCommand(['curl', '--fail', `${scheme}://${host}${config['app.readinessCheckPath']}`]),
    ]),
  ]
}

/** Objects that the configuration names and that come from elsewhere. */
function brought(config: Config): readonly string[] {
  const namespace = ['--namespace', namespaceOf(config)]
  const pull = config.imagePullSecrets.map((name) =>
    shellCommand([
      'kubectl',
      'create',
      'secret',
      'docker-registry',
      name,
      ...namespace,
      `--docker-server=${config['image.registry'] || 'docker.io'}`,
      '--docker-username=USER',
      '--docker-password=TOKEN',
    ]),
  )
  const tls =
    config['ingress.enabled'] &&
    config['public.tls'] === 'secret' &&
    config['public.clusterIssuer'] === '' &&
    controllerOf(config).readsSecrets &&
    rawList(config['ingress.tls']).length === 0
      ? [
          shellCommand([
            'kubectl',
            'create',
            'secret',
            'tls',
            config['public.tlsSecret'] || `${config['release.name']}-tls`,
            ...namespace,
            '--cert=tls.crt',
            '--key=tls.key',
          ]),
        ]
      : []
  const litestream =
    config['database.backend'] === 'sqlite' &&
    config['litestream.enabled'] &&
    config['litestream.existingSecret']
      ? [
          shellCommand([
            'kubectl',
            'create',
            'secret',
            'generic',
            config['litestream.existingSecret'],
            ...namespace,
            '--from-env-file=litestream.env',
          ]),
        ]
      : []
  const commands = [...pull, ...tls, ...litestream]
  return [
    ...(commands.length > 0
      ? [
          'The configuration also names these; replace what is yours:',
          markdownBlock('sh', commands),
        ]
      : []),
    ...(config.existingSecret
      ? [
          `The Secret ${markdownCode(config.existingSecret)} must exist too: all its keys become variables of the application.`,
        ]
      : []),
  ]
}
