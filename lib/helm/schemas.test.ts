import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { loadChart, renderChart } from './index.ts'

/** Schemas, right and wrong, and what the real Helm said of them. */
const cases = JSON.parse(readFileSync(new URL('./testdata/schemas.json', import.meta.url), 'utf8')) as { readonly schema: string; readonly said: string }[]

/** Lines as a tree, sorted: Helm's library goes through tables in random order. */
function sorted(lines: readonly string[], depth = 0): string[] {
  const isTop = (line: string): boolean => line.startsWith(`${' '.repeat(depth)}- `)
  const starts = [...lines.keys()].filter((at) => isTop(lines[at]!))
  const head = lines.slice(0, starts[0])
  const branches = starts.map((start, at) => [lines[start], ...sorted(lines.slice(start + 1, starts[at + 1]), depth + 2)].join('\n'))
  return [...head, ...branches.sort()]
}

const tree = (text: string): string => sorted(text.trimEnd().split('\n')).join('\n')

function said(schema: string): string {
  const files = { 'Chart.yaml': 'apiVersion: v2\nname: c\nversion: 1.0.0\n', 'values.yaml': 'a: 1\nb: {c: [1, x], d: text}\n', 'values.schema.json': schema }
  const chart = loadChart(Object.entries(files).map(([path, text]) => ({ path, text })))
  try {
    renderChart(chart, new Map(), { name: 'r' })
    return 'ok'
  } catch (error) {
    return (error as Error).message
  }
}

test.each(cases.map(({ schema, said }) => [schema, said] as const))('%s', (schema, wanted) => expect(tree(said(schema))).toBe(tree(wanted)))
