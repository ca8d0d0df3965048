import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { languageOf, literalLines, tokensOf, type Language } from './highlight.ts'

const languages: readonly Language[] = [
  'yaml',
  'json',
  'shell',
  'env',
  'markdown',
  'conf',
  'template',
  'plain',
]

describe('tokensOf', () => {
  it('loses no character of any line', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...languages),
        fc.string({ unit: 'binary', maxLength: 80 }),
        fc.boolean(),
        (language, line, literal) => {
          expect(
            tokensOf(language, line, literal)
              .map(([, text]) => text)
              .join(''),
          ).toBe(line)
        },
      ),
    )
  })

  it('tells keys from values', () => {
    expect(tokensOf('yaml', '  APP_PORT: "8000"', false)).toEqual([
      ['', '  '],
      ['k', 'APP_PORT'],
      ['', ': '],
      ['s', '"8000"'],
    ])
    expect(tokensOf('env', 'A=b # c', false)).toEqual([
      ['k', 'A'],
      ['', '='],
      ['s', 'b # c'],
    ])
  })

  it('is not slow on long lines', () => {
    const began = performance.now()
    for (const language of languages) tokensOf(language, 'a:'.repeat(20_000), false)
    expect(performance.now() - began).toBeLessThan(2000)
  })
})

describe('literalLines', () => {
  it('follows a block scalar to its end', () => {
    expect(literalLines('yaml', ['run: |', '  a: b', '', '  c', 'next: 1'])).toEqual([
      false,
      true,
      true,
      true,
      false,
    ])
  })
})

describe('languageOf', () => {
  it('goes by the name', () => {
    expect(
      ['a/b.yml', 'x.env.example', 'ops/a.sh', 'chart/templates/x.yaml', 'LICENSE'].map(languageOf),
    ).toEqual(['yaml', 'env', 'shell', 'template', 'plain'])
  })
})
