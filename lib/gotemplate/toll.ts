import { itemsOf } from '../go/kinds.ts'
import { Slice, type Value } from '../go/value.ts'

/** What it takes to call a function beside the texts and lists that it is given and makes. */
export interface Toll {
  /** Whether it looks at everything in a value. */
  readonly goesThrough?: true
  /** Whether it compares each item with every other. */
  readonly comparesAll?: true
  /** How long it takes for each byte, where that is long. */
  readonly factor?: number
}

const goesThrough: Toll = { goesThrough: true }
const comparesAll: Toll = { goesThrough: true, comparesAll: true }
const worksHard: Toll = { factor: 64 }

const tolls = new Map<string, Toll>()
for (const [toll, names] of [
  [goesThrough, [
    'toYaml', 'mustToYaml', 'toYamlPretty', 'toJson', 'mustToJson', 'toPrettyJson', 'mustToPrettyJson', 'toRawJson', 'mustToRawJson', 'toToml',
    'print', 'printf', 'println', 'html', 'js', 'urlquery', 'toString', 'toStrings', 'quote', 'squote', 'cat', 'join', 'sortAlpha', 'nospace',
    'deepCopy', 'mustDeepCopy', 'deepEqual', 'has', 'mustHas', 'without', 'mustWithout', 'merge', 'mustMerge', 'mergeOverwrite', 'mustMergeOverwrite',
  ]],
  [comparesAll, ['uniq', 'mustUniq']],
  [worksHard, ['sha1sum', 'sha256sum', 'sha512sum', 'encryptAES', 'decryptAES', 'htpasswd', 'bcrypt', 'derivePassword']],
] as const)
  for (const name of names) tolls.set(name, toll)

/** What a function takes, by its name; nothing for most. */
export const tollOf = (name: string): Toll | undefined => tolls.get(name)

/** How many steps it is to look at a value; texts up to a page and short lists are free. */
export function weightOf(value: Value): number {
  if (typeof value === 'string') return value.length >> 5
  if (Array.isArray(value)) return value.length >> 6
  return value instanceof Slice ? value.items.length >> 6 : 0
}

/** How many steps a call with these arguments counts for. */
export function costOf(values: readonly Value[], toll: Toll | undefined): number {
  let steps = 0
  for (let at = 0; at < values.length; at++) steps += weightOf(values[at])
  if (toll?.factor) steps *= toll.factor
  return toll?.comparesAll ? steps + (itemsOf(values[0])?.length ?? 0) ** 2 / 16 : steps
}
