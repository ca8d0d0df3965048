import type { Config } from '../../config/index.ts'
import {
  fullnameOf,
  namespaceOf,
  rawList,
  secretReference,
  secretsOf,
  type SecretVariable,
} from '../../plan/index.ts'
import { markdownBlock, markdownCode } from '../../text/markdown.ts'
import { shellCommand, shellQuoted, shellWord } from '../../text/shell.ts'

/** The commands that bring the service up on a cluster, in their order. */
export function kubernetesSection(config: Config): readonly string[] {
  const secrets = secretSteps(config)
  return [
    '## Kubernetes',
    'With kubectl and Helm 4, in bash or zsh. Helm 3 writes `--atomic` for `--rollback-on-failure`.',
    '### 1. Namespace',
    markdownBlock(
      'sh',
      [...new Set([config['release.namespace'], namespaceOf(config)])].map((name) =>
        shellCommand(['kubectl', 'create', 'namespace', name]),
      ),
    ),
    '### 2. Secrets',
    ...(secrets.length > 0
      ? [
          'Values are typed or drawn on your machine; they are in no file of this bundle and in no shell history.',
          ...secrets,
        ]
      : ['This configuration needs none.']),
    '### 3. Install or upgrade',
    markdownBlock('sh', [
      `${shellCommand(['helm', 'upgrade', '--install', config['release.name'], './chart', '--values', 'deploy/values.yaml'])} \\`,
      `  ${shellCommand(['--namespace', config['release.namespace'], '--create-namespace'])} \\`,
      `  ${shellCommand(['--rollback-on-failure', '--wait', '--timeout', `${config['workflows.helmTimeoutMinutes']}m`])}`,
    ]),
    '### 4. See that it works',
    markdownBlock('sh', look(config)),
    ...publicAddress(config),
  ]
}

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
    ...(config['tests.enabled']
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
  if (!config['ingress.enabled'] || host === undefined) return []
  const scheme = config['public.tls'] === 'secret' ? 'https' : 'http'
  return [
    'And from outside, once its name leads to your ingress controller:',
    markdownBlock('sh', [
      shellCommand(['curl', '--fail', `${scheme}://${host}${config['app.readinessCheckPath']}`]),
    ]),
  ]
}

/** One block per Secret, and what the cluster must have besides. */
const secretSteps = (config: Config): readonly string[] => [
  ...[...bySecret(config)].map(([name, variables]) =>
    markdownBlock('sh', createSecret(config, name, variables)),
  ),
  ...brought(config),
]

function bySecret(config: Config): ReadonlyMap<string, readonly SecretVariable[]> {
  const found = new Map<string, SecretVariable[]>()
  for (const variable of secretsOf(config, 'kubernetes')) {
    const { secret } = secretReference(config, variable.name)
    found.set(secret, [...(found.get(secret) ?? []), variable])
  }
  return found
}

/** In parentheses: the shell reads all of it before it asks, and forgets the values afterwards. */
function createSecret(
  config: Config,
  name: string,
  variables: readonly SecretVariable[],
): readonly string[] {
  const keys = [
    ...new Map(variables.map((variable) => [secretReference(config, variable.name).key, variable])),
  ]
  return [
    '(',
    '  set -e',
    ...keys
      .filter(([, variable]) => !isFile(variable))
      .map(([, variable]) => `  ${obtain(variable)}`),
    `  ${shellCommand(['kubectl', 'create', 'secret', 'generic', name, '--namespace', namespaceOf(config)])} \\`,
    keys
      .map(([key, variable]) =>
        isFile(variable)
          ? `    ${shellWord(`--from-file=${key}=public-key.pem`)}`
          : `    ${shellWord(`--from-file=${key}=`)}<(printf %s "$${variable.name}")`,
      )
      .join(' \\\n'),
    ')',
  ]
}

/** A PEM text is public and has several lines: it is taken from a file. */
const isFile = ({ path }: SecretVariable): boolean => path === 'auth.jwtPublicKey'

const obtain = ({ name, origin }: SecretVariable): string =>
  origin === 'generate'
    ? `${name}=$(openssl rand -hex 32)`
    : `printf ${shellQuoted(`${name}: `)}; read -rs ${name}; echo; [ -n "$${name}" ]`

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
