import type { Config } from '../../config/index.ts'
import {
  appliedSecretFiles,
  clusterSecretsOf,
  controllerNamespaceOf,
  deliversSecrets,
  fetchCertificate,
  gitopsTool,
  hasSeveralLines,
  namespaceOf,
  secretPaths,
  secretsModeOf,
  sopsFileOf,
  type ClusterSecret,
  type SecretVariable,
} from '../../plan/index.ts'
import { markdownBlock, markdownCode } from '../../text/markdown.ts'
import { shellCommand, shellQuoted, shellWord } from '../../text/shell.ts'

const order = 'Secrets come before the release: its first step, the migration, reads them.'
const unseen = 'Values are typed or drawn on your machine; they are in no file of this bundle and in no shell history.'

/** How the Secrets get into the cluster, by the way that was chosen; nothing where none are needed. */
export function secretSteps(config: Config): readonly string[] {
  const secrets = clusterSecretsOf(config)
  if (secrets.length === 0) return []
  switch (secretsModeOf(config)) {
    case 'eso':
      return external(config)
    case 'sealed':
      return sealed(config)
    case 'sops':
      return sops(config)
    default:
      return [`${unseen} ${order}`, ...secrets.map((secret) => markdownBlock('sh', createSecret(config, secret)))]
  }
}

const inNamespace = (config: Config): readonly string[] => ['--namespace', namespaceOf(config)]

/** Waits until the operator or controller has made the Secrets. */
export function waitForSecrets(config: Config): readonly string[] {
  const waits = { eso: ['Ready', 'externalsecret'], sealed: ['Synced', 'sealedsecret'] } as const
  const mode = secretsModeOf(config)
  if (mode !== 'eso' && mode !== 'sealed') return []
  const [condition, kind] = waits[mode]
  return clusterSecretsOf(config).map(({ name }) =>
    shellCommand(['kubectl', 'wait', ...inNamespace(config), `--for=condition=${condition}`, '--timeout=120s', `${kind}/${name}`]),
  )
}

const applied = (config: Config): readonly string[] =>
  deliversSecrets(config)
    ? [`Commit ${appliedSecretFiles(config).map(markdownCode).join(' and ')}; the next step brings ${appliedSecretFiles(config).length > 1 ? 'them' : 'it'} into the cluster. ${order}`]
    : [
        order,
        markdownBlock('sh', [...appliedSecretFiles(config).map((path) => shellCommand(['kubectl', 'apply', '--filename', path])), ...waitForSecrets(config)]),
      ]

const external = (config: Config): readonly string[] => [
  `The External Secrets Operator fetches the values from the ${markdownCode(config['secrets.storeKind'])} ${markdownCode(config['secrets.store'])}; ${markdownCode(secretPaths.external)} says which entries it must hold.`,
  ...applied(config),
]

const sealed = (config: Config): readonly string[] => [
  `${unseen} kubeseal encrypts them for the controller, whose certificate is public:`,
  markdownBlock('sh', [
    `${shellCommand(fetchCertificate(config))} > sealed-secrets.pem`,
  ]),
  ...clusterSecretsOf(config).map((secret, at) =>
    markdownBlock(
      'sh',
      createSecret(config, secret, [
        '--dry-run=client --output=yaml |',
        `${shellCommand(['kubeseal', '--cert', 'sealed-secrets.pem', '--scope', config['secrets.sealedScope'], '--format', 'yaml'])} ${at === 0 ? '>' : '>>'} ${secretPaths.sealed}`,
      ]),
    ),
  ),
  `Or paste ${markdownCode('sealed-secrets.pem')} into the section Secrets of the page that made this bundle: it encrypts the values in the browser, and you save the result as ${markdownCode(secretPaths.sealed)}.`,
  ...applied(config),
]

function sops(config: Config): readonly string[] {
  const flux = gitopsTool(config) === 'flux'
  return [
    `${unseen} SOPS encrypts them for ${markdownCode(config['secrets.ageRecipient'] || 'age1…')}, whose private key ${markdownCode('age-keygen')} made; no plain copy is written.`,
    ...clusterSecretsOf(config).map((secret, at) =>
      markdownBlock(
        'sh',
        createSecret(config, secret, [
          '--dry-run=client --output=yaml |',
          `sops encrypt --filename-override ${sopsFileOf(at)} --input-type yaml --output-type yaml --output ${sopsFileOf(at)} /dev/stdin`,
        ]),
      ),
    ),
    ...(flux
      ? [
          'Flux decrypts them with the private key, which it is given once:',
          markdownBlock('sh', [shellCommand(['kubectl', 'create', 'secret', 'generic', 'sops-age', '--namespace', controllerNamespaceOf(config), '--from-file=age.agekey=age.txt'])]),
          ...applied(config),
        ]
      : [
          `Commit them. Whoever has the private key brings them into the cluster. ${order}`,
          markdownBlock(
            'sh',
            appliedSecretFiles(config).map((path) => `sops decrypt ${path} | kubectl apply --filename -`),
          ),
        ]),
  ]
}

/** In parentheses: the shell reads all of it before it asks, and forgets the values afterwards. What follows goes on where kubectl's command ends. */
function createSecret(config: Config, { name, keys }: ClusterSecret, following: readonly string[] = []): readonly string[] {
  const values = keys.map(({ key, variable }) =>
    hasSeveralLines(variable) ? shellWord(`--from-file=${key}=public-key.pem`) : `${shellWord(`--from-file=${key}=`)}<(printf %s "$${variable.name}")`,
  )
  const [piped, ...rest] = following
  const options = piped === undefined ? values : [...values, piped]
  return [
    '(',
    following.length > 0 ? '  set -e -o pipefail' : '  set -e',
    ...keys.filter(({ variable }) => !hasSeveralLines(variable)).map(({ variable }) => `  ${obtain(variable)}`),
    `  ${shellCommand(['kubectl', 'create', 'secret', 'generic', name, ...inNamespace(config)])} \\`,
    options.map((option) => `    ${option}`).join(' \\\n'),
    ...rest.map((line) => `    ${line}`),
    ')',
  ]
}

const obtain = ({ name, origin }: SecretVariable): string =>
  origin === 'generate'
    ? `${name}=$(openssl rand -hex 32)`
    : `printf ${shellQuoted(`${name}: `)}; read -rs ${name}; echo; [ -n "$${name}" ]`
