import { expect, test } from 'vitest'
import { globMatcher } from './index.ts'

/** What a pattern says of paths, or how Go panics; from gobwas/glob 0.2.3 itself. */
const recorded: readonly (readonly [string, Readonly<Record<string, boolean | string>>])[] = [
  ['*.txt', { 'a.txt': true, 'b/a.txt': false, '.txt': true }],
  ['**.txt', { 'b/a.txt': true }],
  ['**/a.txt', { 'a.txt': false, 'b/c/a.txt': true }],
  ['conf/*', { 'conf/b.json': true, 'conf/c/d': false }],
  ['{a,b}.c', { 'b.c': true, 'c.c': false }],
  ['{a,b}*', { 'b.c': true, 'b/c': false }],
  ['[!a]b', { cb: true, ab: false }],
  ['[a-c]?', { bz: true, bé: true, dz: false }],
  ['?/', { 'a/': true, 'é/': false }],
  ['[abc]', { b: true, d: false, '': false }],
  ['[!/]*', { a: true, '/': false }],
  ['[!ab][!ab]', { ba: true, ab: false, cc: true }],
  ['{a', { '{a': false, a: true }],
  ['a,b}', { 'a,b}': true }],
  ['{}', { '': true, a: false }],
  ['{,a}b', { b: true, ab: true }],
  ['{a*,a?}[!/]', { 'a.txt': false, ab: false }],
  ['{a,ab}**', { abc: true, b: false }],
  ['**{a,ab}***', { '//.a': false, ba: false }],
  ['**a{', { a: 'runtime error: slice bounds out of range [:2] with length 1', ba: 'runtime error: slice bounds out of range [:2] with length 1' }],
  ['**.json{', { 'b.json': 'runtime error: slice bounds out of range [:6] with length 5', 'a.txt': false }],
  ['\\*', { '*': true, a: false }],
  ['a\\', { a: true }],
  ['[\\]a]', { ']': true, '\\': false }],
  ['[]-a]', { '^': true, b: false }],
  ['[a-bc]', { a: true }],
  ['[a-', { x: true }],
  ['[', { whatever: true }],
  ['[]', { whatever: true }],
  ['[b-a]', { whatever: true }],
  ['é*', { éa: true, e: false }],
  ['*é?', { aéb: false }],
  ['[é]', { é: true, e: false }],
  ['[à-é]', { ç: true, z: false }],
  ['a\u0000b', { ab: true }],
  ['\u0000b', { '': true, b: false }],
  ['\ufffd', { whatever: true }],
  ['***', { 'a/b': true }],
  ['?*?', { ab: true, a: false }],
  ['a?*', { abc: true, a: false }],
  ['{a/b,a/c}d', { 'a/cd': true, 'a/d': false }],
  ['{{a,b},c}', { b: true, d: false }],
]

test.each(recorded)('the pattern %j', (pattern, paths) => {
  const matches = globMatcher(pattern)
  const answer = (path: string): boolean | string => {
    try {
      return matches(path)
    } catch (error) {
      return (error as Error).message
    }
  }
  expect(Object.fromEntries(Object.keys(paths).map((path) => [path, answer(path)]))).toEqual(paths)
})

test.each([
  ['many stars on a path that almost fits', '*a'.repeat(60), 'a'.repeat(100) + 'b'],
])('gives up: %s', { timeout: 30_000 }, (_, pattern, path) => {
  expect(() => globMatcher(pattern)(path)).toThrow('the pattern takes too long')
})

test.each([
  ['very many stars', '*a'.repeat(5000), 'a'],
  ['braces in braces', '{a,b'.repeat(500), 'c'],
  ['choices of the same', '{*,*}'.repeat(5000), '/'],
  ['a long text', 'a'.repeat(100_000), 'a'],
])('is quick: %s', (_, pattern, path) => {
  expect(globMatcher(pattern)(path)).toBe(false)
})
