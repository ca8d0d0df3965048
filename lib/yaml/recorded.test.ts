import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { toValue } from '../go/plain.ts'
import type { Value } from '../go/value.ts'
import { readYaml, readYamlMap, writeJson, writeYaml, writeYamlPretty, YamlError } from './index.ts'

/** What Helm 4.1.4 gave for each input; expressions are those of the templates that were used. */
const read = <T>(file: string): T[] => JSON.parse(readFileSync(new URL(`./testdata/${file}.json`, import.meta.url), 'utf8')) as T[]

/** As the template function does: one newline less, and nothing for what cannot be written. */
function shown(write: (value: Value) => string, value: Value): string {
  try {
    return write(value).replace(/\n$/, '')
  } catch (error) {
    if (error instanceof YamlError) return ''
    throw error
  }
}

/** As `fromYaml` does: the message lands under `Error`. */
function fromYaml(text: string): Value {
  try {
    return readYamlMap(text)
  } catch (error) {
    if (error instanceof YamlError) return new Map([['Error', error.message]])
    throw error
  }
}

const map = (key: string, value: Value): Value => new Map([[key, value]])
const toYaml = (value: Value): string => shown(writeYaml, value)

const expressions = new Map<string, (value: Value) => string>([
  ['toYaml .', toYaml],
  ['dict "k" . | toYaml', value => toYaml(map('k', value))],
  ['list . | toYaml', value => toYaml([value])],
  ['dict "a" (list (dict "k" .)) | toYaml', value => toYaml(map('a', [map('k', value)]))],
  ['toYamlPretty .', value => shown(writeYamlPretty, value)],
  ['toJson .', value => writeJson(value)],
  ['toRawJson .', value => writeJson(value, { escapeHtml: false })],
  ['toPrettyJson .', value => writeJson(value, { indent: '  ' })],
  ['toYaml . | fromYaml | toJson', value => writeJson(fromYaml(toYaml(value)))],
])

interface Fuzz {
  readonly in: unknown
  readonly out: Readonly<Record<string, string>>
}

describe.each(['fuzz-strings', 'fuzz-keys', 'fuzz-floats', 'fuzz-structs'])('%s', file => {
  const cases = read<Fuzz>(file)
  for (const [expression, evaluate] of expressions) {
    if (!cases.some(({ out }) => expression in out)) continue
    test(expression, () => {
      for (const { in: input, out } of cases) expect(evaluate(toValue(input)), JSON.stringify(input)).toBe(out[expression])
    })
  }
})

interface Strings {
  readonly in: string
  readonly map: string
  readonly list: string
  readonly top: string
  readonly key: string
  readonly nested: string
  readonly json: string
  readonly pretty: string
}

test.each(read<Strings>('yaml-strings').map(each => [JSON.stringify(each.in), each] as const))('the string %s', (_, each) => {
  expect(toYaml(map('k', each.in))).toBe(each.map)
  expect(toYaml([each.in])).toBe(each.list)
  expect(toYaml(each.in)).toBe(each.top)
  expect(toYaml(map(each.in, 1))).toBe(each.key)
  expect(toYaml(map('a', [map('k', each.in)]))).toBe(each.nested)
  expect(writeJson(each.in)).toBe(each.json)
  expect(shown(writeYamlPretty, map('k', each.in))).toBe(each.pretty)
})

test.each(read<{ in: string; out: string }>('read').map(each => [JSON.stringify(each.in), each] as const))('reading %s', (_, each) => {
  expect(writeJson(fromYaml(each.in))).toBe(each.out)
})

test('what was written is read back', () => {
  for (const { in: input } of read<Fuzz>('fuzz-structs')) {
    if (toYaml(toValue(input)) === '') continue
    const text = writeYaml(toValue(input))
    expect(writeYaml(readYaml(text))).toBe(text)
  }
})
