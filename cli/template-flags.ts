import { faultOf } from '../lib/go/attempt.ts'
import { parseDecimal } from '../lib/go/parse-int.ts'
import { parseDuration } from '../lib/helm/sprig/duration.ts'
import { EarlyError, FlagError, readFlags, type Flag, type FlagKind, type Given } from './flags.ts'

const kinds: readonly (readonly [FlagKind, readonly string[]])[] = [
  ['list', ['values', 'api-versions']],
  ['switch', ['debug', 'help', 'verify', 'show-volatile']],
  ['once', ['ca-file', 'cert-file', 'key-file', 'repo', 'version']],
  ['each', ['set', 'set-string', 'set-json', 'set-file', 'set-literal', 'show-only']],
  ['once', ['namespace', 'name', 'name-template', 'kube-version', 'output-dir']],
  [
    'switch',
    ['include-crds', 'skip-tests', 'no-hooks', 'is-upgrade', 'generate-name', 'release-name', 'skip-schema-validation', 'dependency-update', 'validate'],
  ],
  [{ whenBare: 'unset' }, ['dry-run']],
]

/** Flags of `helm template` that say how to install, and so change nothing that is printed. */
const withoutEffect: readonly (readonly [FlagKind, readonly string[]])[] = [
  ['once', [
    'description', 'timeout', 'labels', 'kubeconfig', 'kube-context', 'username', 'password', 'keyring', 'registry-config', 'repository-cache',
    'repository-config', 'content-cache', 'kube-apiserver', 'kube-as-user', 'kube-as-group', 'kube-ca-file', 'kube-tls-server-name', 'kube-token',
    'burst-limit', 'qps', 'v', 'color', 'colour', 'post-renderer', 'post-renderer-args',
  ]],
  [
    'switch',
    [
      'skip-crds', 'create-namespace', 'replace', 'devel', 'disable-openapi-validation', 'rollback-on-failure', 'atomic', 'force', 'force-replace',
      'force-conflicts', 'take-ownership', 'wait-for-jobs', 'hide-notes', 'render-subchart-notes', 'server-side', 'enable-dns', 'insecure-skip-tls-verify', 'pass-credentials', 'plain-http', 'kube-insecure-skip-tls-verify',
    ],
  ],
  [{ whenBare: 'watcher' }, ['wait']],
]

/** Flags that need what this command does not have, and why. */
const refused: ReadonlyMap<string, string> = new Map([
  ['dependency-update', 'it downloads charts, and this command opens no connection; run `helm dependency update` before'],
  ['repo', 'it downloads a chart, and this command opens no connection; run `helm pull` before'],
  ['post-renderer', "it runs a plugin of Helm's, of which this command has none; pipe the output to a program instead"],
  ['validate', 'it asks a cluster, and this command opens no connection'],
  ['enable-dns', 'it asks for addresses of names, and this command opens no connection; without it getHostByName gives an empty text'],
])

const whole = /^[+-]?(?:0[xX][\da-fA-F]+|\d+)$/
const decimal = /^[+-]?(?:inf(?:inity)?|nan|(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)$/i
const waits = ['watcher', 'hookOnly', 'legacy', 'true', 'false']

/** Nothing for a whole number of 32 bits (strconv, ParseInt). */
function wrongLevel(text: string): string | undefined {
  const { value, problem } = parseDecimal(text)
  const wrong = BigInt.asIntN(32, value) === value ? problem : 'value out of range'
  return wrong && `strconv.ParseInt: parsing ${JSON.stringify(text)}: ${wrong}`
}

const wrongDuration = (text: string): string | undefined => faultOf(() => parseDuration(text))

/** What Helm says of values that it cannot read. */
const checks: ReadonlyMap<string, (text: string) => string | undefined> = new Map([
  ['timeout', wrongDuration],
  ['labels', (text) => (text.includes('=') ? undefined : `${text} must be formatted as key=value`)],
  ['wait', (text) => (waits.includes(text) ? undefined : `invalid wait input ${JSON.stringify(text)}. Valid inputs are watcher, hookOnly, and legacy`)],
  ['burst-limit', (text) => (whole.test(text) ? undefined : `strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`)],
  ['v', wrongLevel],
  ['qps', (text) => (decimal.test(text) ? undefined : `strconv.ParseFloat: parsing ${JSON.stringify(text)}: invalid syntax`)],
])

const shorts = new Map([
  ['values', 'f'], ['namespace', 'n'], ['show-only', 's'], ['api-versions', 'a'], ['generate-name', 'g'], ['labels', 'l'], ['help', 'h'], ['v', 'v'],
])

const flags = new Map<string, Flag>(
  [...kinds, ...withoutEffect].flatMap(([kind, names]) => names.map(name => [name, { kind, short: shorts.get(name), check: checks.get(name) }] as const)),
)

/** The words behind `template`, read. Throws `FlagError`, whose message is what Helm prints after `Error: `. */
export function readTemplateFlags(words: readonly string[]): Given {
  const given = readFlags(words, flags)
  const mode = (given.values.get('color') ?? given.values.get('colour'))?.[0]
  if (mode !== undefined && !['never', 'auto', 'always'].includes(mode)) {
    throw new EarlyError(`invalid color mode ${JSON.stringify(mode)}: must be one of: never, auto, always`)
  }
  if (asksForHelp(given)) return given
  if (given.words.length === 0) throw new FlagError('"helm template" requires at least 1 argument\n\nUsage:  helm template [NAME] [CHART] [flags]')
  for (const [name, reason] of refused) {
    if (!['', 'false', undefined].includes(given.values.get(name)?.[0])) throw new FlagError(`--${name} is not supported: ${reason}`)
  }
  return given
}

/** Whether the options are to be listed, whatever else was given. */
export const asksForHelp = ({ values }: Given): boolean => values.get('help')?.[0] === 'true'
