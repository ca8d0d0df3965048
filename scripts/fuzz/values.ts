import type { Random } from './random.ts'

export type Plain = null | boolean | number | string | Plain[] | { [key: string]: Plain }

/** A place in the values and what kind of value stands there. */
export interface Place {
  readonly path: string
  readonly kind: 'string' | 'float64' | 'bool' | 'list' | 'map' | 'nil'
}

/** Texts that functions take apart in different ways. */
export const words = [
  '', 'a', 'hello', 'Hello World', 'foo-bar_baz qux', 'fooBarBaz', 'HTTPServerID', 'héllo wörld', '日本語', '😀', 'a\nb\n', '  padded\t', 'x,y,z', 'a.b.c',
  '/etc/app/conf.d/x.tar.gz', '../a//b/./c', '5', '-3', '007', '1.5', '1e3', '0x1F', 'true', 'no', 'null', '~', '1_000', '2024-02-29', '2024-02-29T12:30:45Z',
  'v1.2.3', '1.2.3-rc.1+b5', '>=1.2 <2', '^1.2.3', '~1', 'https://user:pw@example.com:8080/p/a?q=1&r=2#frag', 'aGVsbG8=', '/w==', 'NBSWY3DP', '{"a":1,"b":[true,null]}',
  '[1,2]', 'a: 1\nb: [x, y]\n', '- 1\n- 2\n', '{{ .x }}', '%d %s', '$1', '<b>&"\'</b>', 'it\'s', '"quoted"', '\\n', '\u0000', '\u2028', ':', '- x', '# no', 'a: b', '*x', '&y', '!t', '%', '@', '`', 'long '.repeat(30), 'key = 1\n', '1h30m', '90s', '[a-z]+', '(a)(b)?',
] as const

const numbers = [0, 1, -1, 2, 3, 5, 7, 10, 42, 100, 255, 1000, 5242880, 1e6, 1e20, 1e21, 1.5, -2.75, 0.1, 1e-7, 123456789012, 9007199254740993, 3.0, 65536, 1700000000]

function scalar(random: Random): Plain {
  const kind = random.below(10)
  if (kind < 5) return random.pick(words)
  if (kind < 8) return random.pick(numbers)
  return kind === 8 ? random.chance(0.5) : null
}

const names = ['a', 'b', 'c', 'name', 'key', 'x1', 'x10', 'x2', 'Zed', 'é', 'foo-bar', 'a.b', '1', 'true', 'constructor', '__proto__', 'size', 'YAML']

function tree(random: Random, depth: number): Plain {
  const kind = depth === 0 ? 0 : random.below(6)
  if (kind < 3) return scalar(random)
  if (kind === 3) return random.times(0, 4, () => tree(random, depth - 1))
  return table(random, depth - 1)
}

function table(random: Random, depth: number): { [key: string]: Plain } {
  return Object.fromEntries(random.times(0, 5, () => [random.pick(names), tree(random, depth)] as const))
}

/** Values in which every kind has a place, some of them drawn. */
function randomValues(random: Random): { [key: string]: Plain } {
  return {
    s: random.pick(words), t: random.pick(words), empty: '', n: random.pick(numbers), f: random.pick(numbers), zero: 0, yes: true, no: false, nothing: null,
    list: random.times(1, 5, () => scalar(random)), texts: random.times(1, 5, () => random.pick(words)), nums: random.times(1, 5, () => random.pick(numbers)),
    none: [], deep: random.times(1, 3, () => tree(random, 3)), map: table(random, 1), nest: { a: { b: { c: random.pick(words) } }, tree: table(random, 3) }, blank: {},
    objects: random.times(1, 3, (at) => ({ name: `o${at}`, value: scalar(random), on: random.chance(0.5) })),
  }
}

/** What YAML reads in a way of its own. */
const oddities: readonly (readonly [string, Place['kind']])[] = [
  ['yes', 'bool'], ['Off', 'bool'], ['y', 'bool'], ['~', 'nil'], ['', 'nil'], ['0o17', 'float64'], ['017', 'float64'], ['0x1F', 'float64'], ['0b101', 'float64'], ['1_000', 'float64'], ['190:20:30', 'string'], ['1e3', 'float64'], ['.5', 'float64'], ['-0', 'float64'], ['+1', 'float64'],
  ['2024-01-02', 'string'], ['2024-01-02T03:04:05Z', 'string'], ['"2024-01-02"', 'string'], ['1.2.3', 'string'], ['=', 'string'], ['!!str 5', 'string'], ['!!int "7"', 'float64'], ['!!float 3', 'float64'], ['!!binary aGk=', 'string'], ['!x y', 'string'],
  ['&anchor {a: 1, b: [c]}', 'map'], ['[&e {a: 1}, *e]', 'list'], ['{<<: {a: 1, b: 2}, b: 3}', 'map'], ['{<<: [{a: 1}, {a: 2, c: 3}]}', 'map'], ['{1: a, true: b, 1.5: d}', 'map'], ['{a: , b}', 'map'],
  ['|\n  line 1\n    line 2\n\n  line 3\n', 'string'], ['>-\n  folded\n  text\n\n  more\n', 'string'], ['|+\n  kept\n\n', 'string'], ['|2\n   two\n', 'string'], ['"a\\tb\\u00e9\\x41\\\n  b"', 'string'], ["'it''s'", 'string'], ['plain\n  on two lines', 'string'], ['# only a comment', 'nil'],
  ['\n- a\n- b: c\n  d: e\n- - f\n', 'list'], ['\n  x: 1\n  y:\n  - 2\n', 'map'], [`"${'wide é '.repeat(20)}"`, 'string'], ['日本語 😀', 'string'], ['12345678901234567890', 'float64'], ['1e400', 'float64'], ['-9223372036854775808', 'float64'], ['0.1e-7', 'float64'], ['123456789.123456789', 'float64'], ['"\\0\\x7f\\u2028\\ufeff"', 'string'], ['http://x:80/#f', 'string'], ['a#b', 'string'],
]

/** Values as text, and every place that a template can name. */
export interface Layout {
  readonly text: string
  readonly places: readonly Place[]
}

/** Values that are written as JSON, key by key, and some that YAML reads in a way of its own. */
export function randomLayout(random: Random): Layout {
  const values = randomValues(random)
  const odd = random.times(0, 6, (at) => [`odd${at}`, ...random.pick(oddities)] as const)
  const lines = [...Object.entries(values).map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`), ...odd.map(([key, text]) => `${key}: ${text}`)]
  return { text: `${lines.join('\n')}\n`, places: [...placesOf(values), ...odd.map(([key, , kind]) => ({ path: `.Values.${key}`, kind }))] }
}

const identifier = /^[\p{L}_][\p{L}\p{Nd}_]*$/u

function placesOf(values: Plain, path = '.Values'): Place[] {
  const found: Place[] = [{ path, kind: kindOf(values) }]
  if (values === null || typeof values !== 'object' || Array.isArray(values)) return found
  return [...found, ...Object.entries(values).filter(([key]) => identifier.test(key)).flatMap(([key, value]) => placesOf(value, `${path}.${key}`))]
}

function kindOf(value: Plain): Place['kind'] {
  if (value === null) return 'nil'
  if (Array.isArray(value)) return 'list'
  if (typeof value === 'object') return 'map'
  return typeof value === 'string' ? 'string' : typeof value === 'number' ? 'float64' : 'bool'
}
