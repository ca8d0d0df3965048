import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Value } from '../go/value.ts'
import { renderChart, type Chart, type RenderOptions } from './index.ts'
import { seededRandom } from './random.ts'
import { anyValues, changing, chartOf, looking, lookingAndChanging, nested, release, valuesOf } from './testdata/looking.ts'

/** What a rendering gives, or says. */
function outcomeOf(chart: Chart, values: Map<string, Value>, options: RenderOptions = {}): unknown {
  try {
    return renderChart(chart, values, release, options)
  } catch (error) {
    return (error as Error).message
  }
}

/** With numbers drawn by the caller nothing is remembered, not even within one rendering. */
const unwatched = (): RenderOptions => ({ random: seededRandom(1) })

describe('a rendering that remembers the last one', () => {
  test.each([
    ['that look at values', looking],
    ['that change them', changing],
    ['of a chart and its subchart', nested],
  ] as const)('equals one that does not, for templates %s', (_, chart) => {
    fc.assert(
      fc.property(fc.array(anyValues, { minLength: 2, maxLength: 6 }), (steps) => {
        for (const step of steps) {
          const values = valuesOf(step)
          expect(outcomeOf(chart, values)).toEqual(outcomeOf(chart, values, unwatched()))
        }
      }),
      { numRuns: 150 },
    )
  })

  test('equals one that does not, where templates change what others have looked at', () => {
    fc.assert(
      fc.property(fc.array(anyValues, { minLength: 1, maxLength: 3 }), (steps) => {
        const chart = lookingAndChanging()
        for (const step of steps) {
          const values = valuesOf(step)
          expect(outcomeOf(chart, values)).toEqual(outcomeOf(chart, values, unwatched()))
        }
      }),
      { numRuns: 150 },
    )
  })

  test('forgets everything when a template changes the values that others see', () => {
    const chart = chartOf({
      'z-first.yaml': 'v: {{ if .Values.on }}{{ $_ := set .Values.a "name" "changed" }}{{ end }}set',
      'a-second.yaml': 'v: {{ .Values.a.name }}',
    })
    for (const on of [false, true, true, false, true]) {
      const values = valuesOf({ on, a: { name: 'own' } })
      expect(renderChart(chart, values, release)).toEqual(renderChart(chart, values, release, unwatched()))
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
      expect(renderChart(chart, values, release)).toEqual(renderChart(chart, values, release, unwatched()))
    }
  })

  test.each([
    ['is called twice', { 'a.yaml': '{{ define "set" }}{{ $_ := set $ "Mine" .Wanted }}{{ end }}{{ range list "x" "y" }}{{ $_ := set $ "Wanted" . }}{{ include "set" $ }}{{ end }}{{ fail .Mine }}' }],
    ['runs before one that fails', { 'z.yaml': '{{ $_ := set .Values.a "name" (print .Values.a.name .Values.on) }}v: {{ .Values.a.name }}', 'a.yaml': '{{ if .Values.on }}{{ fail .Values.a.name }}{{ end }}' }],
  ])('runs what changes what others see each time, where it %s', (_, files) => {
    const chart = chartOf(files)
    const a = { name: 'own' }
    for (const on of [true, false, true]) {
      const values = valuesOf({ on, a })
      expect(outcomeOf(chart, values)).toEqual(outcomeOf(chart, values, unwatched()))
    }
  })

  test('draws the same random numbers', () => {
    const chart = chartOf({ 'b.yaml': 'v: {{ randAlphaNum 8 }} {{ .Values.x }}', 'a.yaml': 'v: {{ randAlphaNum 8 }}' })
    for (const x of [1, 2]) expect(renderChart(chart, valuesOf({ x }), release)).toEqual(renderChart(chart, valuesOf({ x }), release, unwatched()))
  })

  test('notices another release', () => {
    const chart = chartOf({ 'a.yaml': 'v: {{ .Release.Name }} {{ .Release.Namespace }}' })
    expect(renderChart(chart, valuesOf({}), { name: 'one' }).manifest).toContain('v: one default')
    expect(renderChart(chart, valuesOf({}), { name: 'one', namespace: 'two' }).manifest).toContain('v: one two')
  })
})
