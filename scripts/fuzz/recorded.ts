import { readFileSync } from 'node:fs'
import { words } from './values.ts'
import type { Random } from './random.ts'

const files = ['01-lexing', '02-control', '03-builtins', '04-printf', '05-strings', '06-lists-dicts', '07-math-num', '08-regex-semver-date', '09-yaml-json-toml', '13-misc']

interface Recorded {
  readonly t: string
  readonly v?: string
  readonly mode?: string
}

/** Functions whose result is another each time, and ways to print an address. */
const unsteady = /\b(now|ago|rand\w*|uuidv4|shuffle|gen[A-Z]\w*|bcrypt|htpasswd|encryptAES|getHostByName|keys|values|Release|%p|fail)\b|\{\{-? *[.$] *-?\}\}/

const folder = new URL('../../lib/helm/testdata/', import.meta.url)

/** The values that the recorded templates see. */
export const recordedValues = (): string => readFileSync(new URL('values.yaml', folder), 'utf8')

/** The recorded templates that see the standard values and give the same each time. */
export const recordedTemplates = (): string[] =>
  files
    .flatMap((file) => JSON.parse(readFileSync(new URL(`${file}.json`, folder), 'utf8')) as Recorded[])
    .filter(({ t, v, mode }) => v === undefined && mode === undefined && t.length < 400 && !unsteady.test(t))
    .map(({ t }) => t)

/** The pieces that a template is made of. */
export const tokensOf = (template: string): string[] =>
  template.match(/"(?:\\.|[^"\\\n])*"|`[^`]*`|'(?:\\.|[^'\\])+'|\{\{-?|-?\}\}|\/\*|\*\/|[$.]?[\p{L}_][\p{L}\p{Nd}_]*|[-+]?\d[\w.]*|:=|\s+|[^]/gu) ?? []

const strays = ['nil', '.', '$', '1', '-1', '0.5', '"x"', '""', '|', '(', ')', '.x', '.Values.list', '.Values.map', '.Values.n1', '.Values.nope', '-', ',', ':=', ' ', 'quote', 'len', 'toJson', 'list', 'dict', '{{', '}}', '{{-', '-}}', 'end', 'if', 'else', 'range', '1e3', "'a'", '%', '"é"', '\n']

/** A recorded template with one to three of its tokens changed; others lend theirs. */
export const mutated = (random: Random, templates: readonly string[]): string => changed(random, random.pick(templates), random.pick(templates))

/** A template with one to three of its tokens changed, unless it could give another result each time then; another lends its tokens. */
export function changed(random: Random, template: string, other: string): string {
  const tokens = tokensOf(template)
  const lender = tokensOf(other)
  for (let turn = 1 + random.below(3); turn > 0; turn--) mutate(random, tokens, lender)
  const text = tokens.join('')
  return unsteady.test(text) || text.includes('define') || text.includes('block') ? template : text
}

function mutate(random: Random, tokens: string[], lender: readonly string[]): void {
  const at = random.below(Math.max(tokens.length, 1))
  switch (random.below(6)) {
    case 0:
      tokens.splice(at, 1)
      return
    case 1:
      tokens.splice(at, 0, random.pick(strays))
      return
    case 2:
      tokens.splice(at, 1, random.pick(strays))
      return
    case 3:
      tokens.splice(at, 1, random.pick(lender.length > 0 ? lender : strays))
      return
    case 4:
      tokens.splice(at, 0, ...tokens.slice(at, at + 1 + random.below(4)))
      return
    default:
      tokens.splice(at, 1, JSON.stringify(random.pick(words)))
  }
}
