import { expect, test } from 'vitest'
import { loadChart, renderChart, volatileLines } from './index.ts'

const chart = (text: string) =>
  loadChart([
    { path: 'Chart.yaml', text: 'apiVersion: v2\nname: c\nversion: 1.0.0\n' },
    { path: 'templates/_h.tpl', text: '{{ define "c.secret" }}token: {{ randAlphaNum 8 }}\nsame: 1{{ end }}' },
    { path: 'templates/a.yaml', text },
  ])

function marked(text: string): readonly number[] | undefined {
  const loaded = chart(text)
  const result = renderChart(loaded, new Map(), { name: 'r' })
  return volatileLines(result, loaded, new Map(), { name: 'r' }).files.get('c/templates/a.yaml')
}

test('lines of chance and time are told, through includes and digests', () => {
  expect(marked('a: 1\nb:\n  {{- include "c.secret" . | nindent 2 }}\nsum: {{ include "c.secret" . | sha256sum }}\nat: {{ now | date "2006-01-02" }}\nend: x\n')).toEqual([2, 4, 5])
})

test('nothing is told of what is the same each time', () => {
  expect(marked('a: {{ sha256sum "x" }}\nb: {{ randAlpha 3 | len }}\n')).toBeUndefined()
})

test('a condition on chance marks the lines that it decides on', () => {
  expect(marked('a:\n{{- range until (randInt 2 1000) }}\n- {{ . }}\n{{- end }}\nz: 1\n')!.length).toBeGreaterThan(0)
})
