import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chartFiles } from '../chart/index.ts'
import type { Value } from '../go/value.ts'
import { readInFull } from './read.ts'
import { declined } from './simple-scalars.ts'
import { readSimple } from './simple.ts'

/** What the full reader says, an error as its message. */
function inFull(text: string, asWritten: boolean): unknown {
  try {
    return readInFull(text, asWritten)
  } catch (error) {
    return (error as Error).message
  }
}

const indentation = fc.constantFrom('', '', '  ', '  ', '    ', '      ', ' ', '   ')
const dash = fc.constantFrom('', '', '', '- ', '- ', '-', '-   ', '- - ')
const key = fc.constantFrom('', 'a:', 'a:', 'b:', 'name: ', 'b-c/d.e:', 'yes:', 'n:', '1:', '"q":', '<<:', '?', 'a:b', '_x:  ', 'null:', 'key :', '"a b": ', "'c':", '"yes":', '"<<":', "'=':", '"1\\n": ')
const value = fc.constantFrom(
  '', '', ' x', ' 1', ' 1.5', ' true', ' yes', ' ~', ' null', ' 0x1f', ' 1e3', ' .inf', ' 2001-01-01', ' "d # e"', " 's'", " 'it''s'", ' "\\n"',
  ' []', ' {}', ' [a]', ' {a: b}', ' ["a", "b c",""]', ' ["a"', ' ["a" ] # why', ' ["a: b", "#"]', ' ["a"]x', ' |', ' |-', ' |+', ' |2', ' >', ' >-', ' | # why', ' # why', ' x # why', ' x #y', ' x#y', ' a: b', ' a:', ' a:b', ' http://x/y?z=1,2',
  ' -', ' - x', ' -x', ' --', ' ---', ' *a', ' &a', ' &a x', ' !!str 1', ' @x', ' `x', ' %x', ' é', ' \u00a0', ' x\u00a0', ' \ttab', ' 日本', ' 😀', ' x\r', ' "unclosed', ' 9007199254740993', ' -0', ' +1', ' 0o7', ' 010', ' 1_000', ' =', ' <<', ' (x)', ' $x', ' ^x', ' x y z', ' "a\\n\\"b\\""', ' "\\x41"', " 'x' y", ' "\\/"',
)
/** Flow style, mended and broken. */
const flow = fc
  .array(fc.constantFrom('[', ']', '{', '}', '[]', '{}', ', ', ',', ': ', ':', ' ', '"a"', '"b\\n"', "'c'", 'd', 'e f', '1', '-1', '1.5', '- 2', 'yes', 'null', '~', 'x:y', '"a":', '"b": ', '"<<": ', '"yes": ', 'c: ', '{"a":1}', '{a: [b, c]}', '["x", 1]', ' #', '--', '+', '#', '*a', '?'), { maxLength: 7 })
  .chain((parts) => fc.constantFrom(` [${parts.join('')}]`, ` {${parts.join('')}}`, ` ["k", ${parts.join('')}]`, ` {"k": ${parts.join('')}}`))
const line = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(indentation, dash, key, fc.oneof({ weight: 5, arbitrary: value }, { weight: 1, arbitrary: flow })).map((parts) => parts.join('')) },
  { weight: 1, arbitrary: fc.constantFrom('', ' ', '    ', '        ', '# why', '    # why', '---', '--- x', '...', '%YAML 1.1', '\u2028', '\ufeff', 'plain', '      text  ', 'two words', '    more', '  - x', '  a: b', '  end:', '{}', '[]') },
)
const document = fc.tuple(fc.array(line, { maxLength: 9 }), fc.constantFrom('', '\n', '\n\n', '\n  ')).map(([lines, end]) => lines.join('\n') + end)

describe('what is read simply', () => {
  test('is what the full reader gives, or is left to it', () => {
    let simple = 0
    fc.assert(
      fc.property(document, fc.boolean(), (text, asWritten) => {
        const value: Value | typeof declined = readSimple(text, asWritten)
        if (value === declined) return
        simple++
        expect(value).toEqual(inFull(text, asWritten))
      }),
      { numRuns: Number(process.env.RUNS ?? 20_000) },
    )
    expect(simple).toBeGreaterThan(1000)
  })

  test.each([
    ['a table', 'a: 1\nb:\n  c: yes\n  d: "x"\n'],
    ['lists', 'a:\n- x\n- h: 1\n  z:\n    - |\n      text\n\n      more\n    -\n      k: v\nb: []\n'],
    ['a text at the end', 'a: |-\n  one\n   two'],
    ['a text with its line end', 'a: |\n  one\n\n\nb: 1'],
    ['comments', '# why\na: # why\n  # why\n  b: x # why\n'],
    ['flow style', 'a: {"b":1, c: [x, "y\\n", {}]}\n"d e": []\n'],
    ['lines that go on', 'a: one\n  two\n  three\nb:\n- x\n  y\n'],
    ['a mark of the beginning', '# why\n---\na: 1\n'],
    ['an empty table', '{}'],
    ['nothing', ' \n# only\n'],
  ])('includes %s', (_, text) => {
    expect(readSimple(text)).not.toBe(declined)
    expect(readSimple(text)).toEqual(readInFull(text))
  })

  test("includes the chart's values", () => {
    const { text } = chartFiles.find(({ path }) => path === 'values.yaml')!
    expect(readSimple(text)).toEqual(readInFull(text))
  })
})
