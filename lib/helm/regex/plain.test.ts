import { expect, test } from 'vitest'
import { seededRandom } from '../random.ts'
import { compileLinear } from './linear.ts'
import { compilePlain } from './plain.ts'

const parts = [
  'a', 'b', '-', '/', 'ab', '0', '.', '^', '$', '|', '(', '(?:', ')', '*', '+', '?', '{2}', '{1,}', '{0,2}', '{3,1}', '*?', '{1}?', '\\.', '\\d', '\\w', '\\W', '\\s', '\\b', '\\B', '[ab]',
  '[^a]', '[a-z0-9]', '[-.]', '[^0-]', '[\\d.]', '[b-a]', '\\-', '\\(',
]

function drawn(random: () => number, from: readonly string[], most: number): string {
  return Array.from({ length: Math.floor(random() * most) + 1 }, () => from[Math.floor(random() * from.length)]!).join('')
}

const refusedBy = (pattern: string): boolean => {
  try {
    compileLinear(pattern)
    return false
  } catch {
    return true
  }
}

test('plain patterns find what RE2 finds', () => {
  const random = seededRandom(11)
  let tried = 0
  for (let count = 0; count < 5000; count++) {
    const pattern = drawn(random, parts, 6)
    const plain = compilePlain(pattern)
    if (!plain) continue
    tried++
    expect(refusedBy(pattern), pattern).toBe(false)
    const linear = compileLinear(pattern)
    for (let each = 0; each < 4; each++) {
      const text = drawn(random, ['a', 'b', 'ab', '0', '-', '.', ' ', '/', 'z', ''], 6)
      const context = JSON.stringify([pattern, text])
      expect(plain.matches!(text), context).toBe(linear.finder(text)(0) !== undefined)
      for (let from = 0; from <= text.length; from++) {
        const [ours, theirs] = [plain.finder(text)(from), linear.finder(text)(from)]
        expect([ours?.index, ...(ours?.groups ?? [])], context).toEqual([theirs?.index, ...(theirs?.groups ?? [])])
      }
    }
  }
  expect(tried).toBeGreaterThan(1000)
})

test('what is not plain', () => {
  for (const pattern of ['(?i)a', 'é', '[[:alpha:]]', '\\pL', '(?P<a>b)', 'a{1001}', '((a{9}){9}){9}{2}', '\\x41', 'a{,2}', ']', '(', 'a**', '\\z']) expect(compilePlain(pattern), pattern).toBeUndefined()
})

test('lines and other alphabets are left to RE2', () => {
  const dot = compilePlain('^.$')!
  expect(['\r', '\u2028', '\n', 'é', '😀', 'a'].map((text) => dot.matches!(text))).toEqual([true, true, false, true, true, true])
})
