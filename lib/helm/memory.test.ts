import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toValue } from '../go/plain.ts'
import type { Value } from '../go/value.ts'
import { loadChart, renderChart, type RenderOptions } from './index.ts'

const chartOf = (templates: Readonly<Record<string, string>>) =>
  loadChart([
    { path: 'Chart.yaml', text: 'apiVersion: v2\nname: lab\nversion: 0.1.0\n' },
    ...Object.entries(templates).map(([name, text]) => ({ path: `templates/${name}`, text })),
  ])

const valuesOf = (plain: unknown) => toValue(plain) as Map<string, Value>
const release = { name: 'rel' }

/** Templates that look at values in every way there is: by name, whole, through helpers, in loops, by `has` and by kind. */
const looking = chartOf({
  '_helpers.tpl': '{{ define "name" }}{{ .Values.a.name | default "none" }}{{ end }}',
  '_names.tpl': '{{ define "file" }}{{ .Template.Name }} {{ include "name" . }}{{ end }}{{ define "outer" }}{{ include "file" . }} {{ .Values.b | toJson }}{{ end }}',
  'file-one.yaml': 'v: {{ include "file" . }}',
  'file-two.yaml': 'v: {{ include "outer" . }}',
  'file-three.yaml': 'v: {{ include "outer" . }} {{ include "name" . }} {{ . | len }}',
  'direct.yaml': 'v: |\n  {{ .Values.a.name }}',
  'helper.yaml': 'v: |\n  {{ include "name" . }}',
  'whole.yaml': 'v: |\n  {{ .Values.a | toJson }}',
  'loop.yaml': 'v: |\n  {{ range $k, $v := .Values.b }}{{ $k }}={{ $v | toJson }} {{ end }}',
  'list.yaml': 'v: |\n  {{ range .Values.list }}{{ . | toJson }} {{ end }}',
  'empty.yaml': 'v: |\n  {{ if .Values.b }}yes{{ else }}no{{ end }}',
  'kind.yaml': 'v: |\n  {{ kindOf .Values.a }} {{ hasKey .Values "b" }} {{ len .Values.b }}',
  'deep.yaml': 'v: |\n  {{ (.Values.a.deep | default dict).er }} {{ dig "deep" "er" "-" .Values.a }}',
  'text.yaml': 'v: |\n  {{ tpl "{{ .Values.a.name }}" . }}',
  'all.yaml': 'v: |\n  {{ .Values | toJson }}',
  '_given.tpl': `{{ define "given" }}{{ .root.Values.a.name }} {{ .table | toJson }} {{ .text }}{{ end }}
    {{ define "sets" }}{{ $_ := set . "text" "set" }}{{ .root.Values.a.name }}{{ end }}
    {{ define "one" }}[{{ . | toJson }}]{{ end }}{{ define "deep" }}{{ .er | toJson }}{{ end }}`,
  'given-one.yaml': 'v: |\n  {{ include "given" (dict "root" . "table" .Values.b "text" .Values.a.name) }}',
  'given-two.yaml': 'v: |\n  {{ include "given" (dict "root" . "table" .Values.a.deep "text" (list 1 .Values.a.x)) }}',
  'given-sets.yaml': 'v: |\n  {{ $d := dict "root" . "text" .Values.a.x }}{{ include "sets" $d }} {{ $d.text }} {{ $e := dict "root" . "text" .Values.a.x }}{{ include "sets" $e }} {{ $e.text }}',
  'given-each.yaml': 'v: |\n  {{ range .Values.list }}{{ include "one" . }}{{ end }}{{ include "one" .Values.list }}{{ include "one" .Values.a.x }}{{ include "one" (toString .Values.a.x) }}',
  'given-deep.yaml': 'v: |\n  {{ if kindIs "map" .Values.a.deep }}{{ include "deep" .Values.a.deep }}{{ end }}{{ include "deep" (dict "er" (dict "er" .Values.a.er)) }}',
  'copy.yaml': 'v: |\n  {{ $copy := deepCopy .Values.a }}{{ $_ := set $copy "x" 1 }}{{ $copy | toJson }}',
})

/** What a rendering gives, or says. */
function outcomeOf(values: Map<string, Value>, options: RenderOptions = {}): unknown {
  try {
    return renderChart(looking, values, release, options)
  } catch (error) {
    return (error as Error).message
  }
}

const scalar = fc.oneof(fc.constantFrom('x', 'y', '', '1', 'true', 0, -0, 1, true, false), fc.constant(null))
const anyTable = fc.dictionary(fc.constantFrom('name', 'deep', 'x', 'er'), fc.oneof(scalar, fc.dictionary(fc.constantFrom('er', 'x'), scalar)), { noNullPrototype: true })
const anyValues = fc.record({ a: anyTable, b: anyTable, list: fc.array(fc.oneof(scalar, anyTable), { maxLength: 3 }) })

describe('a rendering that remembers the last one', () => {
  test('equals one that does not', () => {
    fc.assert(
      fc.property(fc.array(anyValues, { minLength: 2, maxLength: 6 }), (steps) => {
        for (const step of steps) {
          const values = valuesOf(step)
          expect(outcomeOf(values)).toEqual(outcomeOf(values, { noMemory: true }))
        }
      }),
      { numRuns: 300 },
    )
  })

  test('forgets everything when a template changes the values that others see', () => {
    const chart = chartOf({
      'z-first.yaml': 'v: {{ if .Values.on }}{{ $_ := set .Values.a "name" "changed" }}{{ end }}set',
      'a-second.yaml': 'v: {{ .Values.a.name }}',
    })
    for (const on of [false, true, true, false, true]) {
      const values = valuesOf({ on, a: { name: 'own' } })
      expect(renderChart(chart, values, release)).toEqual(renderChart(chart, values, release, { noMemory: true }))
    }
  })

  test.each([
    ['the release', '{{ $_ := set .Release "Name" "changed" }}', '{{ .Release.Name }}'],
    ['what it sees', '{{ $_ := set . "Mine" "changed" }}', '{{ .Mine }}'],
    ['a table in a list', '{{ $_ := set (first .Values.list) "x" "changed" }}', '{{ .Values.list | toJson }}'],
  ])('forgets everything when a template changes %s', (_, change, look) => {
    const chart = chartOf({ 'z-first.yaml': `{{ if .Values.on }}${change}{{ end }}v: set`, 'a-second.yaml': `v: |\n  ${look}` })
    for (const on of [false, true, true, false, true]) {
      const values = valuesOf({ on, list: [{ x: 'own' }] })
      expect(renderChart(chart, values, release)).toEqual(renderChart(chart, values, release, { noMemory: true }))
    }
  })

  test('draws the same random numbers', () => {
    const chart = chartOf({ 'b.yaml': 'v: {{ randAlphaNum 8 }} {{ .Values.x }}', 'a.yaml': 'v: {{ randAlphaNum 8 }}' })
    for (const x of [1, 2]) expect(renderChart(chart, valuesOf({ x }), release)).toEqual(renderChart(chart, valuesOf({ x }), release, { noMemory: true }))
  })

  test('notices another release', () => {
    const chart = chartOf({ 'a.yaml': 'v: {{ .Release.Name }} {{ .Release.Namespace }}' })
    expect(renderChart(chart, valuesOf({}), { name: 'one' }).manifest).toContain('v: one default')
    expect(renderChart(chart, valuesOf({}), { name: 'one', namespace: 'two' }).manifest).toContain('v: one two')
  })
})
