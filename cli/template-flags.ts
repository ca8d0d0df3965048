import { FlagError, readFlags, type Flag, type FlagKind, type Given } from './flags.ts'

const kinds: readonly (readonly [FlagKind, readonly string[]])[] = [
  ['list', ['values', 'api-versions']],
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
  ['once', ['description', 'timeout', 'labels', 'version', 'kubeconfig', 'kube-context']],
  [
    'switch',
    [
      'skip-crds', 'create-namespace', 'replace', 'devel', 'disable-openapi-validation', 'rollback-on-failure', 'atomic', 'force', 'force-replace',
      'force-conflicts', 'take-ownership', 'wait-for-jobs', 'hide-notes', 'render-subchart-notes', 'server-side', 'enable-dns',
    ],
  ],
  [{ whenBare: 'watcher' }, ['wait']],
]

/** Flags that need what this command does not have, and why. */
const refused: ReadonlyMap<string, string> = new Map([
  ['dependency-update', 'it downloads charts, and this command opens no connection; run `helm dependency update` before'],
  ['validate', 'it asks a cluster, and this command opens no connection'],
  ['enable-dns', 'this command opens no connection'],
])

const shorts = new Map([
  ['values', 'f'], ['namespace', 'n'], ['show-only', 's'], ['api-versions', 'a'], ['generate-name', 'g'], ['labels', 'l'],
])

const flags = new Map<string, Flag>(
  [...kinds, ...withoutEffect].flatMap(([kind, names]) => names.map(name => [name, { kind, short: shorts.get(name) }] as const)),
)

/** The words behind `template`, read. Throws `FlagError`, whose message is what Helm prints after `Error: `. */
export function readTemplateFlags(words: readonly string[]): Given {
  const given = readFlags(words, flags)
  if (given.words.length === 0) throw new FlagError('"helm template" requires at least 1 argument\n\nUsage:  helm template [NAME] [CHART] [flags]')
  for (const [name, reason] of refused) {
    if (given.values.get(name)?.[0] === 'true') throw new FlagError(`--${name} is not supported: ${reason}`)
  }
  return given
}
