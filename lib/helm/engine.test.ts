import { describe, expect, test } from 'vitest'
import { TypedMap, type Value } from '../go/value.ts'
import { compileTemplates, executeTemplates, TemplateError, type ExecuteOptions } from './engine.ts'

function render(files: Record<string, string>, options: ExecuteOptions = {}): Record<string, string> {
  const sources = Object.entries(files).map(([name, text]) => ({ name: `c/templates/${name}`, text, basePath: 'c/templates' }))
  const dot = (): Map<string, Value> => new TypedMap('common.Values', [['Values', new Map()]])
  const dots = new Map(sources.map(({ name }) => [name, dot()]))
  return Object.fromEntries(executeTemplates(compileTemplates(sources), dots, options))
}

const a = (text: string, options?: ExecuteOptions): string => render({ 'a.yaml': text }, options)['c/templates/a.yaml']!

test('a definition of a file parsed later wins, unless it is empty', () => {
  const files = { '_a.tpl': '{{ define "x" }}a{{ end }}{{ define "y" }} {{ end }}', '_z.tpl': '{{ define "x" }}z{{ end }}{{ define "y" }}z{{ end }}', 'a.yaml': '{{ include "x" . }}{{ include "y" . }}' }
  expect(render(files)).toEqual({ 'c/templates/a.yaml': 'az' })
})

test('definitions inside tpl end with it', () => {
  expect(a('{{ tpl "{{ define \\"t\\" }}T{{ end }}{{ include \\"t\\" . }}" . }}')).toBe('T')
  expect(() => a('{{ $_ := tpl "{{ define \\"t\\" }}T{{ end }}" . }}{{ include "t" . }}')).toThrow('no template "t"')
})

test('every rendering draws the same random values', () => {
  const text = '{{ randAlphaNum 20 }} {{ uuidv4 }} {{ now | date "2006" }}'
  expect(a(text)).toBe(a(text))
  expect(a(text, { random: () => 0, now: Date.UTC(2024, 0) })).toBe(`${'0'.repeat(20)} 00000000-0000-4000-8000-000000000000 2024`)
})

test('an error has its place in fields', () => {
  const error = (() => {
    try {
      return a('a: 1\nb: {{ required "no x" .Values.x }}')
    } catch (thrown) {
      return thrown
    }
  })()
  expect(error).toBeInstanceOf(TemplateError)
  expect(error).toMatchObject({ file: 'c/templates/a.yaml', line: 2, column: 6, problem: 'no x', message: 'execution error at (c/templates/a.yaml:2:6): no x' })
})

test('lint mode lets required and fail go', () => {
  expect(a('[{{ required "x" nil }}{{ fail "y" }}]', { lint: true })).toBe('[]')
})

describe('ends what has no end', () => {
  test.each([
    ['an include of itself', '{{ define "r" }}{{ include "r" . }}{{ end }}{{ include "r" . }}'],
    ['tpl of itself', '{{ $d := dict }}{{ $_ := set $d "t" "{{ tpl .t . }}" }}{{ tpl $d.t $d }}'],
    ['a dictionary in itself', '{{ $d := dict }}{{ $_ := set $d "d" $d }}{{ $d }}'],
    ['a dictionary in itself as JSON', '{{ $d := dict }}{{ $_ := set $d "d" $d }}{{ mustToJson $d }}'],
    ['a huge repetition', '{{ repeat 2000000000 "abc" }}'],
    ['a huge list', '{{ until 2000000000 }}'],
    ['deep parentheses', `{{ ${'('.repeat(9000)}1${')'.repeat(9000)} }}`],
  ])('%s', (_, text) => expect(() => a(text)).toThrow(TemplateError))
})
