import { HelmError, loadChart, renderChart } from '../../lib/helm/index.ts'
import { ordered } from '../../testing/schema-messages.ts'
import { Random } from './random.ts'
import { inFolder, run, write } from './theirs.ts'

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
type Table = Record<string, Json>

const keys = ['a', 'b', 'c', 'd-e', 'x y', 'é']
const types = ['string', 'number', 'integer', 'boolean', 'null', 'object', 'array']
const texts = ['', 'x', 'abc', 'é', '2020-01-01', 'a@b.c', '1.2.3.4', 'http://x/y', '12:00:00Z', '10']
const numbers = [0, 1, 2, 3, -1, 10, 100, 1.5, -0.5, 1e20, 0.1]
const drafts = ['http://json-schema.org/draft-04/schema#', 'http://json-schema.org/draft-06/schema#', 'http://json-schema.org/draft-07/schema#', 'https://json-schema.org/draft/2019-09/schema', 'https://json-schema.org/draft/2020-12/schema']
/** Each format with texts of it, or nearly. */
const formats: Readonly<Record<string, readonly string[]>> = {
  date: ['2020-02-29', '2021-02-29', '2020-13-01', '0000-01-01'],
  time: ['12:00:00Z', '23:59:60Z', '00:29:60+00:30', '12:00:00.5z', '24:00:00Z', '1:2:3', '12:00:00+24:00'],
  'date-time': ['2020-01-01T12:00:00Z', '2020-02-30t12:00:00.123+01:00', '2020-01-01 12:00:00Z'],
  duration: ['P1Y2M3DT4H5M6S', 'P1W', 'PT', 'P1H', 'P1D1Y', 'P'],
  period: ['2020-01-01T12:00:00Z/P1D', 'P1D/2020-01-01T12:00:00Z', '2020-01-01T12:00:00Z/2021-01-01T12:00:00Z', 'P1D'],
  email: ['a@b.c', '"a b"@b.c', 'a..b@c', 'a@[1.2.3.4]', 'a@[IPv6:::1]', '.a@b', 'a@-b'],
  hostname: ['a.b', 'a-b.c.', '-a', 'a_b', 'é.de'],
  ipv4: ['1.2.3.4', '1.2.3.256', '01.2.3.4', '1.2.3', '1.2.3.99999999999999999999'],
  ipv6: ['::1', '1:2:3:4:5:6:7:8', '::ffff:1.2.3.4', 'fe80::1%eth0', '1::2::3', '12345::', ':::', '1:2'],
  uri: ['http://a.b/c?d#e', 'a/b', 'http://[::1]:80/', 'http://[::1', '%zz', 'mailto:a@b', 'http://a b/', '://x'],
  'uri-reference': ['a/b', '/a\\b', '#x', '//h:x/', 'a:b', '1:2'],
  'uri-template': ['/a/{b}', '/a/{b{c}}', '/a/{b', '/a}/b', 'http://h/{x}?{y'],
  uuid: ['123e4567-e89b-12d3-a456-426614174000', '123e4567-e89b-12d3-a456', '123e4567-e89b-12d3-a456-42661417400g'],
  'json-pointer': ['/a/b~0', 'a', '/~2', '/~'],
  'relative-json-pointer': ['0#', '1/a', '01/a', '/a', '2'],
  semver: ['1.2.3', '1.2.3-rc.1+b', '1.2', '01.2.3', '1.2.3-', '1.2.3+', '1.2.3-01', '1.2.x'],
  regex: ['a+', '(', '[a-'],
  unknown: ['x'],
}
const marks = [...'0159aZPT:.-+/%[]{}@"~#\\é\u0000 😀']
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
  ['format', (random) => random.pick(Object.keys(formats))],
  ['uniqueItems', () => true],
  ['description', () => 'x'],
]

function schema(random: Random, depth: number): Json {
  if (depth === 0 || random.chance(0.05)) return random.chance(0.2) ? random.chance(0.5) : { type: random.pick(types) }
  const inner = (): Json => schema(random, depth - 1)
  const resource = random.chance(0.1) ? resourceHead(random) : {}
  return { ...resource, ...Object.fromEntries(random.times(1, 3, () => random.pick(keywords)).map(([name, make]) => [name, make(random, inner)])) }
}

/** What makes a part of a schema one by itself, perhaps of another draft; at times a part of it is missing. */
const resourceHead = (random: Random): Table => ({
  ...(random.chance(0.9) ? { $schema: random.pick(drafts) } : {}),
  ...(random.chance(0.9) ? { [random.pick(['$id', '$id', 'id'])]: random.pick(['resource', 'other', 'file:///x/z']) } : {}),
})

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

/** A text with some characters changed. */
function changed(random: Random, text: string): string {
  const characters = [...text]
  for (let left = random.below(3); left > 0; left--) characters.splice(random.below(characters.length + 1), random.below(2), ...random.times(0, 1, () => random.pick(marks)))
  return characters.join('')
}

/** Texts before formats; of the drafts that check them. */
function formatCase(random: Random): Case {
  const names = keys.map(() => random.pick(Object.keys(formats)))
  return {
    schema: JSON.stringify({ $schema: random.pick(drafts.slice(0, 3)), properties: Object.fromEntries(keys.map((key, at) => [key, { format: names[at]! }])) }),
    values: JSON.stringify(Object.fromEntries(keys.map((key, at) => [key, changed(random, random.pick(formats[names[at]!]!))]))),
  }
}

const caseOf = (random: Random): Case => (random.chance(0.3) ? formatCase(random) : schemaCase(random))

const schemaCase = (random: Random): Case => ({
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

const theirs = (files: ReturnType<typeof chartOf>): string =>
  inFolder((folder) => {
    write(folder, files)
    return run(folder, 'template', 'release', '.').error
  })

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
