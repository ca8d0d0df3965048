import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fromValue } from '../go/plain.ts'
import { commentedYaml, yamlFile } from './commented.ts'
import { readYaml } from './read.ts'

/** Signs that mean something to YAML, or that its readers treat in ways of their own. */
const sign = fc.constantFrom(
  ' ', '  ', '\t', '\n', '\n\n', '\r', '\r\n', '\n ', '\n\t', ' \n', '\t\n', 'a', 'b c', '#', ' #', ':', ': ', '-', '- ', '---', '...', '?', '|', '>', '!', '&', '*', '%', '@', '`',
  "'", '"', '\\', '{', '}', '[', ']', ',', '=', '<<', '~', 'null', 'yes', '0', '1', '.', '_', 'e', '+', '0x', '0o', '0b', '1:2', '2001-01-01', '\x07', '\x7f', '\x85', '\u00a0', '\u2028', '\ufeff', '\uffff', '😀',
)
const text = fc.array(sign, { maxLength: 6 }).map((parts) => parts.join(''))

const readBack = (written: string): unknown => fromValue(readYaml(written))
const asPlain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

describe('what is written is read by Helm and kubectl as it was', () => {
  test('whatever the texts and keys', () => {
    fc.assert(
      fc.property(text, text, (key, value) => {
        const data = { [key]: value, list: [value, { [key]: [value] }] }
        expect(asPlain(readBack(yamlFile([data])))).toEqual(asPlain(data))
        expect(asPlain(readBack(commentedYaml([{ path: ['at', key], value }], 'heading')))).toEqual({ at: { [key]: value } })
      }),
      { numRuns: 5000 },
    )
  })

  test.each(['\t\n...\n', '\n\tx\n', ' \n\tx\n', 'a\n\tb\n\t\n', '1e3017', '-_0'])('%j', (value) => {
    const data = { k: value }
    expect(asPlain(readBack(yamlFile([data])))).toEqual(data)
  })
})
