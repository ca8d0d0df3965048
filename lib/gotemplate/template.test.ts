import { describe, expect, test } from 'vitest'
import { func, Int, type Value } from '../go/value.ts'
import { builtins, defaultLimits, execute, parseTemplates, type Limits } from './index.ts'

const functions = new Map([...builtins, ['upper', func(['string'], text => text.toUpperCase())]])

function run(text: string, dot: Value = null, limits: Partial<Limits> = {}): string {
  const templates = parseTemplates({ name: 't', text }, name => functions.has(name))
  const state = { functions, templates, limits: { ...defaultLimits, ...limits }, steps: 0, depth: 0 }
  return execute(state, templates.get('t')!, dot)
}

const data = new Map<string, Value>([
  ['name', 'x'], ['list', ['a', 'b', 'c']], ['map', new Map<string, Value>([['b', 1], ['a', 2]])], ['zero', 0], ['big', 5242880],
])

test.each([
  ['a {{- 1 -}} b', 'a1b'],
  ['{{/* c */}}x{{- /* c */ -}} y', 'xy'],
  ['{{ .name | upper | printf "%s-%s" "p" }}', 'p-X'],
  ['{{ if .zero }}a{{ else if .name }}b{{ else }}c{{ end }}', 'b'],
  ['{{ range $i, $x := .list }}{{ if eq $i 1 }}{{ continue }}{{ end }}{{ $i }}{{ $x }}{{ end }}', '0a2c'],
  ['{{ range $k, $v := .map }}{{ $k }}{{ $v }}{{ end }}', 'a2b1'],
  ['{{ range .none }}{{ else }}none{{ end }}', 'none'],
  ['{{ $x := 1 }}{{ if true }}{{ $x = 2 }}{{ $y := 3 }}{{ end }}{{ $x }}', '2'],
  ['{{ $x := 1 }}{{ with $x := 2 }}{{ $x }}{{ end }}{{ $x }}', '21'],
  ['{{ define "d" }}[{{ . }}{{ $ }}]{{ end }}{{ template "d" .name }}', '[xx]'],
  ['{{ block "b" .name }}<{{ . }}>{{ end }}', '<x>'],
  ['{{ .big }} {{ len .list }} {{ index .list 1 }} {{ (.none).deep }}', '5.24288e+06 3 b <no value>'],
  ['{{ and 1 0 2 }}{{ or 0 "" "z" }}{{ not 1 }}', '0zfalse'],
  ['{{ constructor }}', 't:1: function "constructor" not defined'],
  ['{{ .constructor }}', '<no value>'],
])('%s', (text, wanted) => {
  let result: string
  try {
    result = run(text, data)
  } catch (error) {
    result = (error as Error).message.replace('template: ', '')
  }
  expect(result).toBe(wanted)
})

describe('errors say where', () => {
  test.each([
    ['a\n{{ if }}', 'template: t:2: missing value for if'],
    ['{{ "é" }}{{ .name.x }}', 'template: t:1:18: executing "t" at <.name.x>: can\'t evaluate field x in type interface {}'],
    ['{{ upper 1 }}', 'template: t:1:9: executing "t" at <1>: expected string; found 1'],
    ['{{ upper }}', 'template: t:1:3: executing "t" at <upper>: wrong number of args for upper: want 1 got 0'],
    ['{{ index .list 9 }}', 'template: t:1:3: executing "t" at <index .list 9>: error calling index: index out of range: 9'],
  ])('%s', (text, message) => expect(() => run(text, data)).toThrow(expect.objectContaining({ message })))
})

describe('limits', () => {
  test('a loop without end', () => {
    expect(() => run('{{ range . }}{{ end }}', new Int(1e12), { steps: 1000 })).toThrow(/t:1:\d+: .*stopped after 1000 steps/)
  })
  test('a template in itself', () => {
    expect(() => run('{{ define "r" }}{{ template "r" . }}{{ end }}{{ template "r" }}')).toThrow(/exceeded maximum template depth/)
  })
  test('too much output', () => {
    expect(() => run('{{ range . }}0123456789{{ end }}', new Int(1e9), { outputBytes: 500 })).toThrow(/stopped after 500 bytes/)
  })
})
