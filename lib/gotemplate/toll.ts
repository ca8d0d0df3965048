import { itemsOf } from '../go/kinds.ts'
import { Slice, type Value } from '../go/value.ts'

/** What it takes to call a function beside the texts and lists that it is given and makes. */
interface Toll {
  /** Whether it looks at everything in a value. */
  readonly goesThrough?: true
  /** Whether it merges tables into the first. */
  readonly merges?: true
  /** Whether it compares each item with every other. */
  readonly comparesAll?: true
  /** How many times as long as others it takes for each byte. */
  readonly factor?: number
}

const tolls = new Map<string, Toll>()

function add(toll: Toll, ...names: readonly string[]): void {
  for (const name of names) tolls.set(name, { ...tolls.get(name), ...toll })
}

add(
  { goesThrough: true },
  'toYaml', 'mustToYaml', 'toYamlPretty', 'toJson', 'mustToJson', 'toPrettyJson', 'mustToPrettyJson', 'toRawJson', 'mustToRawJson', 'toToml',
  'print', 'printf', 'println', 'html', 'js', 'urlquery', 'toString', 'toStrings', 'quote', 'squote', 'cat', 'join', 'sortAlpha', 'nospace',
  'deepCopy', 'mustDeepCopy', 'deepEqual', 'has', 'mustHas', 'without', 'mustWithout', 'uniq', 'mustUniq', 'eq', 'ne', 'urlJoin',
)
add({ merges: true }, 'merge', 'mustMerge', 'mergeOverwrite', 'mustMergeOverwrite')
add({ comparesAll: true }, 'uniq', 'mustUniq')
add({ factor: 64 }, 'sha1sum', 'sha256sum', 'sha512sum', 'encryptAES', 'decryptAES', 'htpasswd', 'bcrypt', 'derivePassword')
add(
  { factor: 8 },
  'toYaml', 'mustToYaml', 'toYamlPretty', 'fromYaml', 'fromYamlArray', 'toJson', 'mustToJson', 'toPrettyJson', 'mustToPrettyJson', 'toRawJson', 'mustToRawJson', 'html', 'js', 'quote', 'squote',
  'printf', 'upper', 'lower', 'nospace', 'replace', 'b64enc', 'b64dec', 'b32enc', 'b32dec', 'tpl', 'keys', 'values',
)
add({ factor: 24 }, 'split', 'splitn', 'urlquery', 'urlParse', 'urlJoin', 'snakecase', 'camelcase', 'kebabcase', 'title', 'untitle', 'swapcase', 'initials', 'wrap', 'wrapWith')

/** What a function takes, by its name; nothing for most. */
export const tollOf = (name: string): Toll | undefined => tolls.get(name)

/** The size of a table; one that is watched does not take this for a template's doing. */
const sizeOf = Object.getOwnPropertyDescriptor(Map.prototype, 'size')!.get as (this: ReadonlyMap<string, Value>) => number

/** How many steps it is to look at a value; texts up to a page and short lists are free. */
export function weightOf(value: Value): number {
  if (typeof value === 'string') return value.length >> 5
  if (Array.isArray(value)) return value.length >> 6
  if (value instanceof Map) return sizeOf.call(value) >> 6
  return value instanceof Slice ? value.items.length >> 6 : 0
}

/** How many steps a call with these arguments counts for. */
export function costOf(values: readonly Value[], toll: Toll | undefined): number {
  let steps = 0
  for (let at = 0; at < values.length; at++) steps += weightOf(values[at])
  if (toll?.factor) steps *= toll.factor
  return toll?.comparesAll ? steps + (itemsOf(values[0])?.length ?? 0) ** 2 / 16 : steps
}
