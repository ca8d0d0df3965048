import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { HelmError, loadChart, renderChart } from '../../lib/helm/index.ts'
import { ordered } from '../../testing/schema-messages.ts'
import { findTool } from '../../testing/tools.ts'
import { Random } from './random.ts'

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
type Table = Record<string, Json>

const keys = ['a', 'b', 'c', 'd-e', 'x y', 'é']
const types = ['string', 'number', 'integer', 'boolean', 'null', 'object', 'array']
const texts = ['', 'x', 'abc', 'é', '2020-01-01', 'a@b.c', '1.2.3.4', 'http://x/y', '12:00:00Z', '10']
const numbers = [0, 1, 2, 3, -1, 10, 100, 1.5, -0.5, 1e20, 0.1]
const drafts = ['http://json-schema.org/draft-04/schema#', 'http://json-schema.org/draft-06/schema#', 'http://json-schema.org/draft-07/schema#', 'https://json-schema.org/draft/2019-09/schema', 'https://json-schema.org/draft/2020-12/schema']
const formats = ['date', 'date-time', 'email', 'ipv4', 'ipv6', 'uri', 'hostname', 'time', 'regex', 'uuid', 'unknown', 'duration', 'json-pointer']
const targets = ['#/definitions/t', '#/$defs/u', '#/definitions/missing', '#', '#anchor', '#dynamic', 'resource', 'resource#/x', '#/unknown/w', '#/properties/a', '#/a b']

function value(random: Random, depth: number): Json {
  const kind = random.below(depth > 0 ? 7 : 5)
  if (kind < 2) return random.pick(texts)
  if (kind === 2) return random.pick(numbers)
  if (kind === 3) return random.chance(0.5)
  if (kind === 4) return null
  return kind === 5 ? table(random, () => value(random, depth - 1)) : random.times(0, 3, () => value(random, depth - 1))
}

const table = (random: Random, make: () => Json): Table => Object.fromEntries(random.times(0, 3, () => [random.pick(keys), make()] as const))

/** What a keyword can have for a value, right for most drafts. */
const keywords: readonly (readonly [string, (random: Random, inner: () => Json) => Json])[] = [
  ['type', (random) => (random.chance(0.6) ? random.pick(types) : [...new Set(random.times(1, 2, () => random.pick(types)))])],
  ['enum', (random) => [value(random, 1), value(random, 1)]],
  ['const', (random) => value(random, 1)],
  ...['minimum', 'maximum', 'multipleOf'].map((name) => [name, (random: Random) => random.pick([0.5, 2, 5])] as const),
  ['exclusiveMinimum', (random) => random.pick([0, 1, true])],
  ...['minLength', 'maxLength', 'minItems', 'maxItems', 'minProperties', 'maxProperties', 'minContains', 'maxContains'].map((name) => [name, (random: Random) => random.below(3)] as const),
  ['pattern', (random) => random.pick(['^a', '[0-9]+', '^\\d', 'é', '\\.$'])],
  ['properties', (random, inner) => table(random, inner)],
  ['properties', (random, inner) => table(random, inner)],
  ['patternProperties', (random, inner) => ({ [random.pick(['^a', 'b', '.'])]: inner() })],
  ['required', (random) => [...new Set([random.pick(keys), random.pick(keys)])]],
  ...['additionalProperties', 'items', 'not', 'if', 'then', 'else', 'contains', 'propertyNames', 'unevaluatedProperties', 'unevaluatedItems', 'additionalItems'].map((name) => [name, (_: Random, inner: () => Json) => inner()] as const),
  ...['items', 'prefixItems', 'allOf', 'anyOf', 'oneOf'].map((name) => [name, (_: Random, inner: () => Json) => [inner(), inner()]] as const),
  ['dependencies', (random, inner) => ({ [random.pick(keys)]: random.chance(0.5) ? [random.pick(keys)] : inner() })],
  ['dependentRequired', (random) => ({ [random.pick(keys)]: [random.pick(keys)] })],
  ['dependentSchemas', (random, inner) => ({ [random.pick(keys)]: inner() })],
  ...['$ref', '$ref', '$dynamicRef', '$recursiveRef'].map((name) => [name, (random: Random) => random.pick(targets)] as const),
  ...['$anchor', '$dynamicAnchor', '$recursiveAnchor', '$id', 'id'].map((name) => [name, (random: Random) => random.pick(['anchor', 'dynamic', '#anchor', 'resource', true])] as const),
  ['format', (random) => random.pick(formats)],
  ['uniqueItems', () => true],
  ['description', () => 'x'],
]

function schema(random: Random, depth: number): Json {
  if (depth === 0 || random.chance(0.05)) return random.chance(0.2) ? random.chance(0.5) : { type: random.pick(types) }
  const inner = (): Json => schema(random, depth - 1)
  return Object.fromEntries(random.times(1, 3, () => random.pick(keywords)).map(([name, make]) => [name, make(random, inner)]))
}

/** A schema for the whole of the values, with parts to refer to. */
function wholeSchema(random: Random): Table {
  const root = schema(random, 3)
  const draft: Table = random.chance(0.8) ? { $schema: random.pick(drafts) } : {}
  return { ...(typeof root === 'object' ? (root as Table) : {}), ...draft, unknown: { w: schema(random, 1) }, definitions: { t: schema(random, 1) }, $defs: { u: schema(random, 1) } }
}

interface Case {
  readonly schema: string
  readonly values: string
}

const caseOf = (random: Random): Case => ({
  schema: JSON.stringify(wholeSchema(random)),
  values: JSON.stringify(Object.fromEntries(random.times(1, 4, () => [random.pick(keys), value(random, 2)] as const))),
})

/** A chart in which each case is a subchart, so that one process answers for all. */
const chartOf = (cases: readonly Case[]): { readonly path: string; readonly text: string }[] => [
  { path: 'Chart.yaml', text: 'apiVersion: v2\nname: all\nversion: 1.0.0\n' },
  ...cases.flatMap(({ schema, values }, at) => [
    { path: `charts/case-${at}/Chart.yaml`, text: `apiVersion: v2\nname: case-${at}\nversion: 1.0.0\n` },
    { path: `charts/case-${at}/values.schema.json`, text: schema },
    { path: `charts/case-${at}/values.yaml`, text: values },
  ]),
]

function theirs(files: ReturnType<typeof chartOf>): string {
  const helm = findTool('helm')
  if (helm === undefined) throw new Error('helm: v4.1.4 is needed on PATH or as HELM_BIN')
  const folder = mkdtempSync(join(tmpdir(), 'helm-schemas-'))
  try {
    for (const { path, text } of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    return spawnSync(helm, ['template', 'release', folder], { encoding: 'utf8', maxBuffer: 1 << 28 }).stderr
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function ours(files: ReturnType<typeof chartOf>): string {
  try {
    renderChart(loadChart(files), new Map(), { name: 'release' })
    return ''
  } catch (error) {
    if (error instanceof HelmError) return error.message
    throw error
  }
}

/** What was said of each case, by its number; nothing where its values fit. A message need not end its line. */
const byCase = (message: string): ReadonlyMap<number, string> =>
  new Map(message.split(/case-(?=\d+:\n)/).slice(1).map((part) => [Number.parseInt(part), ordered(part.slice(part.indexOf('\n') + 1))]))

const batch = 100

/** Puts values before random schemas of all drafts, here and in Helm, and shows what is said otherwise. Gives how many differ. */
export function compareSchemas(total: number, seed: number): number {
  let different = 0
  let refused = 0
  for (let done = 0; done < total; done += batch) {
    const random = new Random(seed * 1000 + done / batch)
    const cases = Array.from({ length: Math.min(batch, total - done) }, () => caseOf(random))
    const files = chartOf(cases)
    const [here, there] = [byCase(ours(files)), byCase(theirs(files))]
    refused += there.size
    for (const [at, { schema, values }] of cases.entries()) {
      if (here.get(at) === there.get(at)) continue
      different++
      console.log(`\n${schema}\n${values}\n  ours: ${JSON.stringify(here.get(at) ?? '')}\n  Helm: ${JSON.stringify(there.get(at) ?? '')}`)
    }
  }
  console.log(`\n${total} schemas (${refused} refuse their values): ${total - different} alike, ${different} different`)
  return different
}
