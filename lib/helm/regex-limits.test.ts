import { expect, test } from 'vitest'
import { loadFunctions, renderChart, TemplateError } from './index.ts'
import { seededRandom } from './random.ts'
import { chartOf, release, valuesOf } from './testdata/looking.ts'

const notesOf = (text: string, values: unknown = {}): string => renderChart(chartOf({ 'NOTES.txt': text }), valuesOf(values), release).notes

function outcome(text: string, values: unknown = {}): string | TemplateError {
  try {
    return notesOf(text, values)
  } catch (error) {
    if (error instanceof TemplateError) return error
    throw error
  }
}

/** Patterns that take exponential or polynomial time in an engine that goes back, and a text for each. */
const bombs: readonly (readonly [string, string])[] = [
  ['^(a+)+$', 'a'], ['(a|aa)+$', 'a'], ['(a*)*b', 'a'], ['a*a*a*a*b', 'a'], ['(x+x+)+y', 'x'], ['(.*)(.*)(.*)(.*)(.*)[xyz]', 'a'], ['([a-z]+)*[A-Z]', 'a'],
  ['^(([a-z])+.)+[A-Z]([a-z])+$', 'a'], ['(?i)(ab|aB)*c', 'aB'], ['(a?){50}a{50}', 'a'], ['(\\w|\\d)*-', '1'], ['(a|a?)+$', 'a'], ['\\s*\\s*\\s*x', ' '], ['(.|\\pL)*Z', 'a'],
  ['(\\b|\\B)(\\b|\\B)(\\b|\\B)(\\b|\\B)(\\b|\\B)(\\b|\\B)(\\b|\\B)(\\b|\\B)(\\b|\\B)(\\b|\\B)(\\b|\\B)(\\b|\\B)(\\b|\\B)(\\b|\\B)(\\b|\\B)(\\b|\\B)(\\b|\\B)(\\b|\\B)(\\b|\\B)(\\b|\\B)\\z', 'a'],
]

const names = ['regexMatch', 'mustRegexMatch', 'regexFind'] as const

const called = (name: string): string => `{{ ${name} .Values.p .Values.t }}`

/** Text that cannot match, of about this length. */
const subject = (part: string, length: number): string => `${part.repeat(length / part.length)}!`

// These come first: once RE2 is there, it stays.
test.each(bombs)('without RE2 a pattern that may take long is refused: %s', { timeout: 60_000 }, (p, part) => {
  for (const name of names) {
    const refused = outcome(called(name), { p, t: subject(part, 50_000) })
    expect(refused).toBeInstanceOf(TemplateError)
    expect(refused).toMatchObject({ file: 'lab/templates/NOTES.txt', line: 1 })
    expect((refused as TemplateError).message).toContain('await loadFunctions()')
  }
})

const random = seededRandom(7)
const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!

function pattern(depth: number): string {
  if (depth === 0) return pick(['a', 'b', '[ab]', '.', '[^b]', '\\w', 'c', '\\b', '$'])
  switch (Math.floor(random() * 6)) {
    case 0:
      return `(${pattern(depth - 1)})${pick(['*', '+', '?', '{2,5}', '{3}', '{2,}', '*?'])}`
    case 1:
      return `(${pattern(depth - 1)}|${pattern(depth - 1)})`
    default:
      return pattern(depth - 1) + (depth === 1 ? pick(['', '*', '+', '?']) : '') + pattern(depth - 1)
  }
}

test('without RE2 no pattern that is not refused takes long', { timeout: 120_000 }, () => {
  let ran = 0
  let slowest = 0
  for (let turn = 0; turn < 600; turn++) {
    const p = `${pick(['', '^'])}${pattern(3)}${pick(['', '$', 'c'])}`
    const t = subject(pick(['a', 'ab', 'aab', 'b']), pick([20, 300, 3000]))
    const start = performance.now()
    if (typeof outcome(called('regexFindAll').replace(' }}', ' -1 | len }}'), { p, t }) === 'string') ran++
    slowest = Math.max(slowest, performance.now() - start)
  }
  expect(ran).toBeGreaterThan(200)
  expect(slowest).toBeLessThan(5000)
})

test('without RE2 many calls are too much, too', () => {
  const refused = outcome('{{ range until 1000 }}{{ if regexMatch "(a|b)*a*c" $.Values.t }}x{{ end }}{{ end }}', { t: 'ab'.repeat(100) })
  expect(refused).toBeInstanceOf(TemplateError)
})

test('without RE2 a pattern of which each character decides how to go on may be long', () => {
  const list = '^\\s*(\\[\\s*("([^"\\\\]|\\\\.)*"\\s*(,\\s*"([^"\\\\]|\\\\.)*"\\s*)*)?\\]\\s*)?$'
  expect(notesOf(called('regexMatch'), { p: list, t: `[${Array.from({ length: 200 }, (_, at) => `"item ${at}"`).join(', ')}]` })).toBe('true')
  expect(notesOf(called('regexMatch'), { p: '^[a-z0-9]+(-[a-z0-9]+)*$', t: 'ab-'.repeat(500) })).toBe('false')
})

const heavy: readonly string[] = [
  '{{ regexFindAll "a" (repeat 30000000 "a") -1 | len }}',
  '{{ regexReplaceAllLiteral "a" (repeat 100000 "a") (repeat 10000 "x") | len }}',
  '{{ regexReplaceAll "(a)(b)?" (repeat 100000 "ab") (repeat 10000 "${1}${2}") | len }}',
  '{{ regexMatch "((a{100}){10})$" (repeat 1000000 "a") }}',
  '{{ regexMatch (repeat 50000 "a*") (repeat 10000 "a") }}',
  '{{ regexMatch (repeat 1000000 "a") "a" }}',
  '{{ regexFindAll "a.*b|a" (repeat 1000000 "a") -1 | len }}',
  '{{ range until 100000 }}{{ if regexMatch (printf "a{1000}b{1000}%d" .) "aaa" }}x{{ end }}{{ end }}',
]

test.each(heavy)('with RE2 what takes long ends with the place: %s', { timeout: 60_000 }, async (text) => {
  await loadFunctions()
  const ended = outcome(text)
  expect(ended).toBeInstanceOf(TemplateError)
  expect(ended).toMatchObject({ file: 'lab/templates/NOTES.txt', line: 1 })
})

test.each(bombs)('with RE2 a pattern takes time in proportion to the text: %s', { timeout: 60_000 }, async (p, part) => {
  await loadFunctions()
  expect(notesOf(called('regexMatch'), { p, t: subject(part, 50_000) })).toMatch(/^(?:true|false)$/)
})
