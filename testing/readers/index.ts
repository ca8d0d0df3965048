import type { TextFile } from '../../lib/files/file.ts'
import { readByCompose, readByDocker } from './env-file.ts'
import { readMarkdown } from './markdown.ts'
import { mark, readPattern } from './patterns.ts'
import { readCaddyfile, readNginx } from './proxies.ts'
import { readShell } from './shell.ts'
import { readUnit } from './systemd.ts'
import { difference, type Tree } from './tree.ts'
import { readYamlFile } from './yaml.ts'

export { difference, type Tree } from './tree.ts'

/** Reads a file of the bundle as what runs it reads it; a kind of file that nobody reads is an error. */
export function read({ path, text }: TextFile): Tree {
  const reader = readers.find(([paths]) => paths.test(path))?.[1]
  if (reader === undefined)
    throw new Error(`${path} has no reader: add one, so that what is written there is checked`)
  return reader(text)
}

const readEnvFile = (text: string): Tree => {
  const byDocker = readByDocker(text)
  const differs = difference(byDocker, readByCompose(text))
  if (differs !== undefined) throw new Error(`Docker and Compose do not agree ${differs}`)
  return within(byDocker, asJson)
}

const readers: readonly (readonly [RegExp, (text: string) => Tree])[] = [
  [/^\.github\/workflows\//, (text) => within(readYamlFile(text), workflowText)],
  [/^docker-compose\..*\.yml$/, (text) => within(readYamlFile(text), composeText)],
  [/^manifests\/.*\.yaml$/, (text) => within(readYamlFile(text, { onlyGo: true }), kubernetesText)],
  [/^gitops\/.*\.yaml$/, (text) => within(readYamlFile(text), kubernetesText)],
  [/traefik\/dynamic\.yml$/, (text) => within(readYamlFile(text), traefikText)],
  [/\.ya?ml$/, (text) => within(readYamlFile(text), asJson)],
  [/\.json$/, (text) => JSON.parse(text) as Tree],
  [/\.env$/, readEnvFile],
  [/\.sh$/, readShell],
  [/\.env\.example$/, (text) => text.split('\n').filter((line) => /^[^#]/.test(line))],
  [/\.md$/, readMarkdown],
  [/(^|\/)Caddyfile$/, readCaddyfile],
  [/nginx\.conf$/, readNginx],
  [/\.service$/, readUnit],
  [/(\.py|\.gitignore)$/, (text) => text],
]

/** The tree with every text in it read once more, as what looks into it reads it; `keys` lead to the text. */
function within(
  tree: Tree,
  inner: (text: string, keys: readonly string[]) => Tree,
  keys: readonly string[] = [],
): Tree {
  if (typeof tree === 'string') return inner(tree, keys)
  if (Array.isArray(tree))
    return tree.map((one, at) => within(one as Tree, inner, [...keys, String(at)]))
  if (typeof tree !== 'object' || tree === null) return tree
  return Object.fromEntries(
    Object.entries(tree).map(([key, value]) => [key, within(value, inner, [...keys, key])]),
  )
}

/** Lists of the application's settings, and the YAML that the tests type, are JSON within a text. */
const asJson = (text: string): Tree =>
  /^(\[.*\]|\{.*\})$/s.test(text) ? attempt(() => ['json', JSON.parse(text) as Tree], text) : text

function attempt(work: () => Tree, otherwise: Tree): Tree {
  try {
    return work()
  } catch {
    return otherwise
  }
}

/** GitHub evaluates what stands between `${{` and `}}`; a string within it may hold any text. */
const workflowText = (text: string, keys: readonly string[]): Tree => {
  const evaluated = text.replace(/\$\{\{(.*?)\}\}/gs, (_, inner: string) =>
    inner === " '${{' " ? '${{' : mark(inner),
  )
  if (keys.at(-1) !== 'run') return evaluated
  if (text.includes('${{')) throw new Error('an expression within a script')
  return readShell(text)
}

/** Compose replaces `${NAME}` and `$NAME`, and makes one dollar sign of two. */
const composeText = (text: string, keys: readonly string[]): Tree => {
  const resolved = text.replace(/\$(\$|\{[^}]*\}|[A-Za-z_]\w*)/g, (_, what: string) =>
    what === '$' ? '$' : mark(what),
  )
  return keys.at(-2) === 'command' && keys.at(-1) === '2' && resolved.includes('exec ')
    ? readShell(resolved)
    : resolved
}

/** Traefik's rules hold patterns. */
const traefikText = (text: string, keys: readonly string[]): Tree =>
  keys.at(-1) === 'rule' ? text.replace(/(?<=Regexp\(`)[^`]*/g, readPattern) : asJson(text)

/** Kubernetes replaces `$(NAME)` in what containers are started with; files within a ConfigMap have readers of their own. */
const kubernetesText = (text: string, keys: readonly string[]): Tree => {
  const name = keys.at(-1) ?? ''
  const started =
    (name === 'value' && keys.at(-3) === 'env') || ['args', 'command'].includes(keys.at(-2) ?? '')
  if (started)
    return asJson(
      text.replace(/\$(\$|\([^)]*\))/g, (all, what: string) => (what === '$' ? '$' : mark(all))),
    )
  if (keys.at(-2) === 'data' && /\.ya?ml$/.test(name)) return readYamlFile(text)
  if (keys.at(-2) === 'data' && name.endsWith('.json')) return JSON.parse(text) as Tree
  return asJson(text)
}
