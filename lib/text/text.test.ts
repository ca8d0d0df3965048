import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { envFileProblem, envNameProblem } from './env-file.ts'
import { actionsText, composeText } from './expressions.ts'
import { fingerprint } from './hash.ts'
import { oneLine } from './line.ts'
import { markdownBlock, markdownCode, markdownText } from './markdown.ts'
import { shellCommand, shellQuoted, shellWord } from './shell.ts'

describe('env files', () => {
  test.each([
    '',
    'plain',
    '["a","b"]',
    "default-src 'none'",
    'FastAPI Chassis',
    'a#b',
    'a=b',
    'äöü',
    '\\n',
  ])('carry %j', (value) => expect(envFileProblem(value)).toBeUndefined())
  test.each([
    '$HOME',
    'a$$b',
    '"a"',
    "'a'",
    ' a',
    'a ',
    'a\t',
    'a #b',
    '#a',
    'a\nb',
    'a\r',
    'a\0',
    '\u00a0a',
    '\ud800',
    'x'.repeat(70_000),
  ])('refuse %j', (value) => expect(envFileProblem(value)).toBeTypeOf('string'))
  test('names', () => {
    expect(envNameProblem('APP_X1')).toBeUndefined()
    for (const name of ['', '1A', 'A B', 'A-B', 'A\nB', 'Ä'])
      expect(envNameProblem(name)).toBeTypeOf('string')
  })
})

describe('shell words', () => {
  test('come back from a real shell as they were', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.string({ unit: 'grapheme' }).filter((one) => !one.includes('\0')),
          { minLength: 1, maxLength: 5 },
        ),
        (words) => {
          const printed = execFileSync('sh', ['-c', `printf '%s\\0' ${shellCommand(words)}`], {
            encoding: 'utf8',
          })
          expect(printed.split('\0').slice(0, -1)).toEqual(words)
        },
      ),
      { numRuns: 60 },
    )
  })
  test('stay bare where they can', () => {
    expect(shellWord('ghcr.io/a/b:v1.0.0')).toBe('ghcr.io/a/b:v1.0.0')
    expect(shellWord('A=1')).toBe("'A=1'")
    expect(shellWord('--cap-drop')).toBe('--cap-drop')
    expect(shellWord('')).toBe("''")
    expect(shellQuoted("it's")).toBe(`'it'\\''s'`)
  })
})

test('Markdown shows text as it is', () => {
  expect(markdownText('<b>*a*</b> [x](y)\n# z & `c`')).toBe(
    '\\<b\\>\\*a\\*\\</b\\> \\[x\\](y) \\# z &amp; \\`c\\`',
  )
  expect(markdownCode('a`b')).toBe('``a`b``')
  expect(markdownCode('`')).toBe('`` ` ``')
  expect(markdownBlock('sh', ['```', 'x'])).toBe('````sh\n```\nx\n````')
})

test('expressions of others stay text', () => {
  expect(composeText('a$b${c}')).toBe('a$$b$${c}')
  expect(actionsText('${{ secrets.X }}')).toBe("${{ '${{' }} secrets.X }}")
})

test('one line, one fingerprint', () => {
  expect(oneLine(' a\r\n\tb\u2028c\0 ')).toBe('a b c')
  expect(fingerprint('')).toBe('cbf29ce484222325')
  expect(fingerprint('a')).toBe('af63dc4c8601ec8c')
})
