import { describe, expect, test } from 'vitest'
import { fromValue, toValue } from '../go/plain.ts'
import { HelmError, loadChart, ManifestError, renderChart, type ChartFile } from './index.ts'
import { splitDocuments } from './manifests.ts'
import { SchemaViolation } from './schema-check.ts'
import { isMultiple } from './schema/equal.ts'
import { numberText } from './schema/problem.ts'

const chartYaml = 'apiVersion: v2\nname: lab\nversion: 0.1.0\n'
const files = (record: Readonly<Record<string, string>>): ChartFile[] =>
  Object.entries({ 'Chart.yaml': chartYaml, ...record }).map(([path, text]) => ({ path, text }))
const noValues = new Map()

function thrownBy(run: () => unknown): unknown {
  try {
    return run()
  } catch (error) {
    return error
  }
}

describe('renderChart', () => {
  const configMap = 'kind: ConfigMap\nmetadata:\n  name: {{ .Values.name | quote }}\n'
  const chart = loadChart(files({ 'values.yaml': 'name: a\n', 'templates/b.yaml': configMap, 'templates/a.yaml': 'kind: Service\n---\nkind: Secret\n', 'templates/NOTES.txt': 'hi\n' }))

  test('gives the manifest and its parts by file', () => {
    const result = renderChart(chart, noValues, { name: 'rel' })
    expect(result.manifest).toBe(
      '---\n# Source: lab/templates/a.yaml\nkind: Secret\n---\n# Source: lab/templates/b.yaml\nkind: ConfigMap\nmetadata:\n  name: "a"\n---\n# Source: lab/templates/a.yaml\nkind: Service\n',
    )
    expect(result.templates.map(({ path }) => path)).toEqual(['lab/templates/a.yaml', 'lab/templates/b.yaml'])
    expect(result.rendered.map(({ path }) => path)).toEqual(['lab/templates/NOTES.txt', 'lab/templates/a.yaml', 'lab/templates/b.yaml'])
    expect(result.notes).toBe('hi\n')
  })

  test('leaves the values that it was given alone', () => {
    const changing = loadChart(files({ 'values.yaml': 'm: {a: 1}\n', 'templates/a.yaml': '{{ $_ := set .Values.m "a" 2 }}{{ $_ := set .Values.n "b" 2 }}' }))
    const values = toValue({ n: { b: 1 } }) as Map<string, never>
    renderChart(changing, values, { name: 'rel' })
    renderChart(changing, values, { name: 'rel' })
    expect(fromValue(values)).toEqual({ n: { b: 1 } })
    expect(fromValue(changing.values as never)).toEqual({ m: { a: 1 } })
  })

  test('of two subcharts with one name, the later has the files that both have', () => {
    const subchart = (folder: string, version: string) => ({
      [`charts/${folder}/Chart.yaml`]: `apiVersion: v2\nname: s\nversion: ${version}\n`,
      [`charts/${folder}/templates/both.yaml`]: 'both: {{ .Chart.Version }}{{ include "name" . }}\n',
      [`charts/${folder}/templates/${folder}.yaml`]: 'only: {{ .Chart.Version }}{{ include "name" . }}\n',
      [`charts/${folder}/templates/_h.tpl`]: `{{ define "name" }}-${folder}{{ end }}`,
    })
    const twins = loadChart(files({ 'Chart.yaml': `${chartYaml}dependencies: [{name: s, version: 2.0.0}]\n`, ...subchart('a', '1.0.0'), ...subchart('z', '2.0.0') }))
    const texts = renderChart(twins, noValues, { name: 'rel' }).rendered.map(({ text }) => text)
    expect(texts).toEqual(['only: 1.0.0-z\n', 'both: 2.0.0-z\n', 'only: 2.0.0-z\n'])
  })

  test('later layers of values win', () => {
    const layers = [new Map([['name', 'x']]), new Map([['name', 'y']])]
    expect(renderChart(chart, layers, { name: 'rel' }).manifest).toContain('name: "y"')
  })

  test('says which document is wrong', () => {
    const wrong = loadChart(files({ 'templates/a.yaml': 'a: b: c\n' }))
    const error = thrownBy(() => renderChart(wrong, noValues, { name: 'rel' }))
    expect(error).toBeInstanceOf(ManifestError)
    expect(error).toMatchObject({ path: 'lab/templates/a.yaml', line: 1 })
  })

  test('says which values a schema refuses', () => {
    const strict = loadChart(files({ 'values.yaml': 'a: 1\n', 'values.schema.json': '{"properties": {"a": {"type": "string"}}}' }))
    const error = thrownBy(() => renderChart(strict, noValues, { name: 'rel' })) as SchemaViolation
    expect(error).toBeInstanceOf(SchemaViolation)
    expect(error.problems).toMatchObject([{ chart: 'lab', problem: { path: '/a', text: 'got number, want string' } }])
  })

  test.each([
    ['no Chart.yaml', [{ path: 'values.yaml', text: '' }], 'Chart.yaml file is missing'],
    ['no name', [{ path: 'Chart.yaml', text: 'apiVersion: v2\nversion: 0.1.0\n' }], 'validation: chart.metadata.name is required'],
    ['a wrong subchart', files({ 'charts/kid/values.yaml': 'a: 1\n' }), 'error unpacking subchart kid in lab: Chart.yaml file is missing'],
  ] as const)('refuses a chart with %s', (_, chart, message) => {
    const error = thrownBy(() => loadChart(chart))
    expect(error).toBeInstanceOf(HelmError)
    expect((error as Error).message).toBe(message)
  })
})

test.each([
  ['', []],
  ['a', ['a']],
  ['---\na\n---\nb\n', ['a', 'b']],
  ['a\n---\n---\nb', ['a', '---\nb']],
  ['a\n--- # c\nb', ['a', '# c\nb']],
  ['a\n---\n', ['a']],
  ['x: |\n  a\n  ---\n  b', ['x: |\n  a\n  ---\n  b']],
])('the documents of %j', (text, documents) => {
  expect(splitDocuments(text)).toEqual(documents)
})

test.each([
  [1234567, '1.234567×10⁰⁶'],
  [70000.5, '70,000.5'],
  [0.00001, '1×10⁻⁰⁵'],
  [-1234, '-1,234'],
])('%d in a message', (n, text) => {
  expect(numberText(n)).toBe(text)
})

test('multiples are exact', () => {
  expect(isMultiple(0.3, 0.1)).toBe(true)
  expect(isMultiple(5, 0.3)).toBe(false)
  expect(isMultiple(1e30, 10)).toBe(true)
})

describe('what public charts showed', () => {
  const rendered = (record: Readonly<Record<string, string>>, values = noValues): string =>
    renderChart(loadChart(files(record)), values, { name: 'rel' }).manifest.replace(/^---\n.*\n/, '')

  test.each([
    ['merge dict .Values', '{"b":{"c":null}}'],
    ['merge (dict "b" (dict)) .Values', '{"b":{"c":null}}'],
    ['merge (dict "b" (dict "d" 1)) .Values', '{"b":{"d":1}}'],
    ['mergeOverwrite dict .Values', '{"a":null,"b":{"c":null}}'],
  ])('%s: nulls are only written over', (expression, wanted) => {
    expect(rendered({ 'values.yaml': 'a:\nb: {c: }\n', 'templates/a.yaml': `a: {{ ${expression} | toJson }}` })).toBe(`a: ${wanted}\n`)
  })

  test('numbers in Chart.yaml are text as Go prints them, and names may be in any case', () => {
    const chartWith = (lines: string): Record<string, string> => ({
      'Chart.yaml': `apiVersion: v2\nname: lab\nversion: 0.1.0\n${lines}`,
      'templates/a.yaml': 'a: {{ .Chart.AppVersion }} {{ .Chart.Description }}',
    })
    expect(rendered(chartWith('appVersion: 72445e2\n'))).toBe('a: 7.2445e+06\n')
    expect(rendered(chartWith('AppVersion: 7244500\nDescription: "x\\ty"\n'))).toBe('a: 7244500 x y\n')
  })

  test.each(['http://json-schema.org/schema#', 'https://json-schema.org/schema'])('%s is the latest draft', uri => {
    const schema = JSON.stringify({ $schema: uri, prefixItems: [true], properties: { a: { prefixItems: [{ type: 'string' }] } } })
    expect(() => rendered({ 'values.yaml': 'a: [1]\n', 'values.schema.json': schema })).toThrow("at '/a/0': got number, want string")
  })
})
