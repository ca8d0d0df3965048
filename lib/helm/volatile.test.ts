import { expect, test, vi } from 'vitest'
import { loadChart, loadFunctions, readValues, renderChart, type RenderOptions, type RenderResult } from './index.ts'
import * as engine from './engine.ts'

await loadFunctions()

const metadata = 'apiVersion: v2\nname: c\nversion: 1.0.0\n'
const helpers = '{{ define "c.secret" }}token: {{ randAlphaNum 8 }}\nsame: 1{{ end }}'
const chart = (files: Readonly<Record<string, string>>) =>
  loadChart([{ path: 'Chart.yaml', text: metadata }, { path: 'templates/_h.tpl', text: helpers }, ...Object.entries(files).map(([name, text]) => ({ path: `templates/${name}`, text }))])

const rendered = (text: string, options?: RenderOptions): RenderResult => renderChart(chart({ 'a.yaml': text }), new Map(), { name: 'r' }, options)

const path = 'c/templates/a.yaml'

test.each([
  ['a random text', 'a: 1\nb: {{ randAlphaNum 8 }}\n', [1]],
  ['one in an include', 'a: 1\nb:\n  {{- include "c.secret" . | nindent 2 }}\n', [2]],
  ['a checksum of one', 'a: 1\nsum: {{ include "c.secret" . | sha256sum }}\nz: 1\n', [1]],
  ['a condition on one', 'a:\n{{- range until (randInt 2 1000) }}\n- {{ . }}\n{{- end }}\nz: 1\n', undefined],
  ['the date', 'a: 1\nat: {{ now | date "2006-01-02" }}\nz: 1\n', [1]],
  ['the date of nothing', 'at: {{ date "2006-01-02" "" }}\nz: 1\n', [0]],
  ['a date that is given', 'at: {{ date "2006-01-02" 0 }}\nz: 1\n', []],
  ['a UUID', 'id: {{ uuidv4 }}\nz: 1\n', [0]],
  ['a certificate', 'a: 1\ncert: {{ (genCA "ca" 1).Cert | b64enc }}\nz: 1\n', [1]],
  ['a text shuffled', 'a: {{ shuffle "abcdefghijklmnop" }}\nz: 1\n', [0]],
  ['nothing', 'a: {{ sha256sum "x" }}\n', []],
  ['a number of random letters', 'b: {{ randAlpha 3 | len }}\n', []],
  ['what fails with other draws', '{{ if ne (randAlpha 8) "__" }}{{ fail "no" }}{{ end }}a: 1\nb: 2\n', [0, 1]],
] as const)('%s', (_, text, lines) => {
  const first = text.includes('__') ? rendered('v: {{ randAlpha 8 }}').manifest.match(/v: (.*)/)![1]! : ''
  const { volatile, manifest } = rendered(text.replace('__', first))
  const found = volatile.files.get(path) ?? []
  if (lines === undefined) expect(found.length).toBeGreaterThan(0)
  else expect(found).toEqual(lines)
  expect(volatile.manifest.length > 0).toBe(found.length > 0)
  for (const line of volatile.manifest) expect(manifest.split('\n')[line]).toBeDefined()
})

test('notes are marked, too', () => {
  const { volatile } = renderChart(chart({ 'NOTES.txt': 'one\n{{ uuidv4 }}\n' }), new Map(), { name: 'r' })
  expect(volatile.notes).toEqual([1])
})

test('other draws of the caller mark the same', () => {
  expect(rendered('a: {{ randAlpha 9 }}\nb: 1\n', { random: () => 0.25 }).volatile.files.get(path)).toEqual([0])
})

test('nothing is rendered again before it is asked for, and never where no chance is', () => {
  const times = vi.spyOn(engine, 'executeTemplates')
  const [plain, random] = ['a: 1\n', 'a: {{ uuidv4 }}\n'].map((text) => rendered(text))
  const before = times.mock.calls.length
  expect(JSON.stringify(random)).not.toContain('volatile')
  expect(plain!.volatile.manifest).toEqual([])
  expect(times.mock.calls.length).toBe(before)
  expect(random!.volatile).toBe(random!.volatile)
  expect(times.mock.calls.length).toBe(before + 1)
  times.mockRestore()
})

test('what is remembered is marked as what is rendered', () => {
  const own = chart({ 'a.yaml': 'at: {{ now | unixEpoch }}\n', 'b.yaml': 'id: {{ include "c.secret" . | sha256sum }}\n', 'c.yaml': 'v: {{ .Values.v }}\n' })
  const clock = chart({ 'a.yaml': 'at: {{ now | unixEpoch }}\n', 'c.yaml': 'v: {{ .Values.v }}\n' })
  for (const each of [own, clock]) {
    for (const v of [1, 2, 2, 3]) {
      const values = readValues(`v: ${v}\n`, 'v')
      const [remembered, full] = [renderChart(each, values, { name: 'r' }), renderChart(each, values, { name: 'r' }, { noMemory: true })]
      expect(remembered.volatile).toEqual(full.volatile)
      expect(remembered.volatile.files.has('c/templates/a.yaml')).toBe(true)
      expect(remembered.volatile.files.has('c/templates/c.yaml')).toBe(false)
    }
  }
})
