import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chassisChart } from '../../chart/index.ts'
import { toValue } from '../../go/plain.ts'
import { writeJson } from '../../yaml/index.ts'
import { renderChart, type Chart } from '../index.ts'
import { seededRandom } from '../random.ts'
import { anyValues, changing, chartOf, looking, nested, release, valuesOf } from '../testdata/looking.ts'
import { explainChart, type Explanation, type LineOrigin } from './index.ts'

const short = ({ file, line }: { readonly file: string; readonly line: number }): string => `${file.split('/').at(-1)}:${line}`

const told = (origin: LineOrigin | undefined): string =>
  origin ? [[origin, ...origin.via].map(short).join(' < '), origin.values.join(' '), origin.conditions.join(' ')].join(' | ') : '-'

/** Each line of a chart's file with who wrote it | which values are in it | which decided. */
function linesOf(templates: Readonly<Record<string, string>>, values: unknown, file = 'a.yaml'): string[] {
  const { result, rendered } = explainChart(chartOf(templates), valuesOf(values), release)
  const text = result.rendered.find(({ path }) => path.endsWith(file))!.text
  const lines = rendered.find(({ path }) => path.endsWith(file))!.lines
  expect(lines).toHaveLength(text.split('\n').length)
  return text.split('\n').flatMap((line, at) => (line.trim() === '' ? [] : [`${line}  # ${told(lines[at])}`]))
}

describe('who wrote a line, and of which values', () => {
  test('text and actions', () => {
    expect(linesOf({ 'a.yaml': 'a: 1\nb: {{ .Values.x }}{{ .Values.y.z }}\n' }, { x: 1, y: { z: 2 } })).toEqual(['a: 1  # a.yaml:1 |  | ', 'b: 12  # a.yaml:2 | x y.z | '])
  })

  test('through include and nindent', () => {
    const templates = { '_h.tpl': '{{ define "l" }}\nl: {{ .Values.x }}\n{{- if .Values.c }}\nm: 1\n{{- end }}{{ end }}', 'a.yaml': 'a:\n  {{- include "l" . | trim | nindent 2 }}\n' }
    expect(linesOf(templates, { x: 1, c: true })).toEqual(['a:  # a.yaml:1 |  | ', '  l: 1  # _h.tpl:2 < a.yaml:2 | x | ', '  m: 1  # _h.tpl:4 < a.yaml:2 |  | c'])
  })

  test('through what could have been written on the line', () => {
    const template = 'a: x{{ if .Values.c }}-y{{ end }}\n{{- if .Values.d }}\nb: 1\n{{- end }}\nc: {{ include "i" . }}'
    const helper = '{{ define "i" }}{{ with .Values.r }}{{ . }}/{{ end }}{{ if .Values.v }}{{ $x := 1 }}{{ end }}n{{ range .Values.l }},{{ . }}{{ end }}{{ end }}'
    expect(linesOf({ 'a.yaml': template, '_h.tpl': helper }, { c: false, d: false, l: [] })).toEqual(['a: x  # a.yaml:1 |  | c', 'c: n  # a.yaml:5 |  | l r'])
  })

  test('through tpl', () => {
    expect(linesOf({ '_h.tpl': '{{ define "n" }}{{ .Values.n }}{{ end }}', 'a.yaml': 'a: 1\n{{ tpl .Values.t . }}' }, { t: 'b: {{ include "n" . }}', n: 'x' })).toEqual(['a: 1  # a.yaml:1 |  | ', 'b: x  # a.yaml:2 | n t | '])
  })

  test('through toYaml', () => {
    const values = { env: { A: 'x', 'b.c': [1, { d: 2 }], E: { f: 'two\nlines\n' } } }
    expect(linesOf({ 'a.yaml': 'env:\n  {{- toYaml .Values.env | nindent 2 }}' }, values)).toEqual([
      'env:  # a.yaml:1 |  | ',
      '  A: x  # a.yaml:2 | env.A | env',
      '  E:  # a.yaml:2 | env.E | env',
      '    f: |  # a.yaml:2 | env.E.f | env',
      '      two  # a.yaml:2 | env.E.f | env',
      '      lines  # a.yaml:2 | env.E.f | env',
      '  b.c:  # a.yaml:2 | env.b\\.c | env',
      '  - 1  # a.yaml:2 | env.b\\.c[0] | env',
      '  - d: 2  # a.yaml:2 | env.b\\.c[1] env.b\\.c[1].d | env',
    ])
  })

  test('through toYaml of what it cannot write', () => {
    expect(linesOf({ 'a.yaml': 'a: {{ toYaml .Values.m }}' }, { m: { '\x7f': 1 } })).toEqual(['a:   # a.yaml:1 | m m.\x7f | '])
  })

  test('through range, with, variables and dictionaries', () => {
    const template = `{{- range $k, $v := .Values.m }}
{{ $k }}: {{ $v }}
{{- end }}
{{- range .Values.l }}
n: {{ .n }}
{{- end }}
{{- with .Values.w }}
w: {{ .x }}{{ $.Values.y }}
{{- end }}
{{- $d := dict "r" . "t" .Values.x }}{{ $x := "" }}{{ if .Values.c }}{{ $x = "v" }}{{ end }}
d: {{ $d.t }}{{ $d.r.Values.y }}
x: {{ $x }}`
    expect(linesOf({ 'a.yaml': template }, { m: { a: 1 }, l: [{ n: 1 }], w: { x: 1 }, x: 3, y: 4, c: false })).toEqual([
      'a: 1  # a.yaml:2 | m.a | m',
      'n: 1  # a.yaml:5 | l[0].n | l',
      'w: 14  # a.yaml:8 | w.x y | w',
      'd: 34  # a.yaml:11 | x y | ',
      'x:   # a.yaml:12 |  | c',
    ])
  })

  test('says what wrote nothing, and why', () => {
    const { rendered } = explainChart(chartOf({ 'a.yaml': 'a: 1\n{{ if .Values.c }}{{ if .Values.d }}b: 1{{ end }}{{ end }}' }), valuesOf({ c: true }), release)
    expect(rendered[0]!.unwritten.map(({ line, conditions }) => [line, conditions])).toEqual([[2, ['c', 'd']], [2, ['c']]])
  })

  test('says what the next installation makes anew', () => {
    const { rendered } = explainChart(chartOf({ 'a.yaml': 'a: {{ uuidv4 }}\nb: 1\nc: {{ now | date "2006" }}\n' }), valuesOf({}), release)
    expect(rendered[0]!.lines.map(line => line?.varies)).toEqual([true, false, true, false])
  })

  test('tells documents apart', () => {
    const { result, manifest } = explainChart(chartOf({ 'a.yaml': '\nkind: Service\n---\nkind: ConfigMap\nx: {{ .Values.x }}\n---\nkind: Service\n' }), valuesOf({ x: 1 }), release)
    expect(result.manifest.split('\n').map((line, at) => [line, manifest[at]?.line])).toEqual([
      ['---', undefined], ['# Source: lab/templates/a.yaml', undefined], ['kind: ConfigMap', 4], ['x: 1', 5],
      ['---', undefined], ['# Source: lab/templates/a.yaml', undefined], ['kind: Service', 2],
      ['---', undefined], ['# Source: lab/templates/a.yaml', undefined], ['kind: Service', 7], ['', undefined],
    ])
  })

  test('finds the setting in the chassis chart', () => {
    const { result, manifest } = explainChart(chassisChart(), valuesOf({ app: { logLevel: 'DEBUG' }, database: { backend: 'postgres', postgres: { existingSecret: 'db' } } }), release)
    const at = result.manifest.split('\n').findIndex(line => line.includes('APP_LOG_LEVEL'))
    expect(manifest[at]?.values).toContain('app.logLevel')
    expect(manifest[at]?.values).not.toContain('app.debug')
    expect(manifest[at]?.via.map(({ file }) => file)).toContain('chassis/templates/configmap.yaml')
  })
})

/** The paths of the leaves of plain data, lists being leaves. */
function leaves(value: unknown, path = ''): Map<string, string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || Object.keys(value).length === 0) return new Map([[path, writeJson(toValue(value))]])
  return new Map(Object.entries(value).flatMap(([key, inner]) => [...leaves(inner, path === '' ? key : `${path}.${key}`)]))
}

function changedLeaves(before: unknown, after: unknown): string[] {
  const [old, now] = [leaves(before), leaves(after)]
  return [...new Set([...old.keys(), ...now.keys()])].filter(path => old.get(path) !== now.get(path))
}

const covers = (named: string, path: string): boolean => named === '' || named === path || path.startsWith(`${named}.`) || named.startsWith(`${path}.`) || named.startsWith(`${path}[`)

function explained(chart: Chart, values: unknown): Explanation | undefined {
  try {
    return explainChart(chart, valuesOf(values), release)
  } catch {
    return undefined
  }
}

const twoStates = fc.tuple(anyValues, anyValues, fc.constantFrom('a', 'b', 'list', 'kid', 'global')).map(([before, other, part]) => [before, { ...before, [part]: other[part as 'a'] }] as const)

const negativeZero = { a: { name: -0 }, b: {}, kid: { a: {} }, global: {}, list: [] }

describe('for random values', () => {
  test.each([
    ['that look at values', looking],
    ['that change them', changing],
    ['of a chart and its subchart', nested],
  ] as const)('the text is that of a plain rendering, and a value that no line of a file names changes none of it, for templates %s', (_, chart) => {
    fc.assert(
      fc.property(twoStates, ([before, after]) => {
        const first = explained(chart, before)
        if (!first) return
        expect(first.result).toEqual(renderChart(chart, valuesOf(before), release, { random: seededRandom(1) }))
        const second = explained(chart, after)
        if (!second) return
        const paths = changedLeaves(before, after)
        for (const { path, lines, unwritten } of first.rendered) {
          const named = [...lines.flatMap(line => (line ? [...line.values, ...line.conditions] : [])), ...unwritten.flatMap(({ conditions }) => conditions)]
          if (paths.some(changed => named.some(each => covers(each, changed)))) continue
          const text = (explanation: Explanation) => explanation.result.rendered.find(file => file.path === path)?.text
          expect(text(second), `${path} after ${paths.join(', ')}; named: ${named.join(', ')}`).toBe(text(first))
        }
      }),
      { numRuns: 300, examples: [[[negativeZero, { ...negativeZero, a: { name: 0 } }]]] },
    )
  })
})

test('texts of very many lines', { timeout: 60_000 }, () => {
  const count = 130_000
  const templates = { '_h.tpl': `{{ define "h" }}${'- 1\n'.repeat(count)}{{ end }}`, 'a.yaml': 'a:{{ include "h" . | nindent 2 }}' }
  const { rendered } = explainChart(chartOf(templates), valuesOf({}), release)
  expect(rendered[0]!.lines[count]).toMatchObject({ file: 'lab/templates/_h.tpl', line: count })
})
