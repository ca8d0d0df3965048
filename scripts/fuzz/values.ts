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
export function randomValues(random: Random): { [key: string]: Plain } {
  return {
    s: random.pick(words), t: random.pick(words), empty: '', n: random.pick(numbers), f: random.pick(numbers), zero: 0, yes: true, no: false, nothing: null,
    list: random.times(1, 5, () => scalar(random)), texts: random.times(1, 5, () => random.pick(words)), nums: random.times(1, 5, () => random.pick(numbers)),
    none: [], deep: random.times(1, 3, () => tree(random, 3)), map: table(random, 1), nest: { a: { b: { c: random.pick(words) } }, tree: table(random, 3) }, blank: {},
    objects: random.times(1, 3, (at) => ({ name: `o${at}`, value: scalar(random), on: random.chance(0.5) })),
  }
}

const identifier = /^[\p{L}_][\p{L}\p{Nd}_]*$/u

/** Every place of the values that a template can name. */
export function placesOf(values: Plain, path = '.Values'): Place[] {
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
