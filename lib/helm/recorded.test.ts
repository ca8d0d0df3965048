import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { withReplacements } from '../go/bytes.ts'
import { loadChart, loadFunctions, renderChart } from './index.ts'

/** A template, its values where they are not the standard ones, and what Helm made of it. */
interface Case {
  readonly t: string
  readonly v?: string
  /** `template` where it stood in a manifest rather than in the notes. */
  readonly mode?: string
  readonly rc: number
  readonly out: string
  readonly err?: string
}

const read = (name: string): string => readFileSync(new URL(`./testdata/${name}`, import.meta.url), 'utf8')
const standardValues = read('values.yaml')
const metadata = 'apiVersion: v2\nname: lab\nversion: 0.1.0\nappVersion: "1.2.3"\n'

const files = [
  '01-lexing', '02-control', '03-builtins', '04-printf', '05-strings', '06-lists-dicts', '07-math-num',
  '08-regex-semver-date', '09-yaml-json-toml', '13-misc', 'found',
]

await loadFunctions()

// The day on which the cases were recorded.
const now = Date.UTC(2026, 10, 22, 12)

function render({ t, v, mode }: Case): string {
  const chart = loadChart([
    { path: 'Chart.yaml', text: metadata },
    { path: 'values.yaml', text: v ?? standardValues },
    { path: mode === 'template' ? 'templates/t.yaml' : 'templates/NOTES.txt', text: t },
  ])
  try {
    const { notes, manifest } = renderChart(chart, new Map(), { name: 'rel' }, { now })
    return mode === 'template' ? manifest : notes
  } catch (error) {
    if (!(error instanceof Error) || !['TemplateError', 'ManifestError', 'HelmError'].includes(error.name)) throw error
    return `✗ ${error.message}`
  }
}

const recorded = ({ rc, out, err }: Case): string =>
  rc ? `✗ ${err!.replace(/^Error: /, '').replace(/\n(\nUse --debug.*\n)?$/, '')}` : withoutAddresses(out)

const withoutAddresses = (text: string): string => text.replace(/0xc0[0-9a-f]{8}/g, '0xc000000000')

// The cases were recorded as JSON, which has no place for a byte that is not UTF-8.
const rendered = (each: Case): string => withoutAddresses(withReplacements(render(each)))

describe.each(files)('%s', file => {
  const cases = JSON.parse(read(`${file}.json`)) as Case[]
  cases.forEach((each, at) => {
    const id = `${file} ${at}`
    test(`${id} ${each.t}`, () => expect(rendered(each)).toBe(recorded(each)))
  })
})

describe('error messages', () => {
  const failing = files.flatMap(file => JSON.parse(read(`${file}.json`)) as Case[]).filter(({ rc }) => rc !== 0)
  const alike = failing.filter(each => rendered(each) === recorded(each)).length
  test(`${alike} of ${failing.length} are Helm's, at least 95 in 100 must be`, () => {
    expect(failing.length).toBeGreaterThan(300)
    expect(alike / failing.length).toBeGreaterThanOrEqual(0.95)
  })
})
