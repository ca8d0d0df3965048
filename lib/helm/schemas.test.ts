import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { ordered } from '../../testing/schema-messages.ts'
import { loadChart, renderChart } from './index.ts'

/** Schemas, right and wrong, and what the real Helm said of them. */
const cases = JSON.parse(readFileSync(new URL('./testdata/schemas.json', import.meta.url), 'utf8')) as { readonly schema: string; readonly said: string }[]

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

test.each(cases.map(({ schema, said }) => [schema, said] as const))('%s', (schema, wanted) => expect(ordered(said(schema))).toBe(ordered(wanted)))
