import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { fromBytes } from '../go/bytes.ts'
import type { Value } from '../go/value.ts'
import { loadChart, loadFunctions, loadUnpacker, readValues, renderChart, setValues, type ReleaseOptions, type RenderOptions, type SetFlag } from './index.ts'

interface Case {
  readonly name?: string
  readonly t?: string
  readonly mode?: string
  readonly files?: Readonly<Record<string, string | { data: number[] }>>
  readonly chart?: string
  readonly rel?: string
  readonly args?: readonly string[]
  readonly v?: string
  readonly rc: number
  readonly out: string
  readonly err?: string
}

const read = (file: string): Case[] => JSON.parse(readFileSync(new URL(`./testdata/${file}.json`, import.meta.url), 'utf8')) as Case[]
await loadFunctions()
await loadUnpacker()

const standardChart = 'apiVersion: v2\nname: lab\nversion: 0.1.0\nappVersion: "1.2.3"\n'

/** The command line of a case, read as `helm template` reads it. */
function options(args: readonly string[], files: Readonly<Record<string, string>>) {
  const release: { namespace?: string; kubeVersion?: string } = {}
  const layers: Map<string, Value>[] = []
  const sets: [SetFlag, string][] = []
  const render: { includeCrds?: boolean; skipTests?: boolean; skipSchemaValidation?: boolean; noHooks?: boolean; showOnly?: string[] } = {}
  for (let i = 0; i < args.length; i++) {
    const flag = args[i]!
    if (flag === '--include-crds') render.includeCrds = true
    else if (flag === '--skip-tests') render.skipTests = true
    else if (flag === '--no-hooks') render.noHooks = true
    else if (flag === '--skip-schema-validation') render.skipSchemaValidation = true
    else if (flag === '-n') release.namespace = args[++i]!
    else if (flag === '-s') (render.showOnly ??= []).push(args[++i]!)
    else if (flag === '--kube-version') release.kubeVersion = args[++i]!
    else if (flag === '-f') layers.push(readFile(files, args[++i]!))
    else sets.push([flag as SetFlag, args[++i]!])
  }
  return { release, layers, sets, render }
}

function readFile(files: Readonly<Record<string, string>>, path: string): Map<string, Value> {
  return readValues(fileNamed(files, path), `failed to parse ${path}`)
}

function fileNamed(files: Readonly<Record<string, string>>, path: string): string {
  const text = files[path]
  if (text === undefined) throw new Error(`open ${path}: no such file or directory`)
  return text
}

const flagOrder = ['--set-json', '--set', '--set-string', '--set-file', '--set-literal']

function run(c: Case): string {
  const own = Object.entries(c.files ?? {}).map(([path, content]) => [path, textOf(content)] as const)
  const files: Record<string, string> = { 'Chart.yaml': c.chart ?? standardChart, 'values.yaml': c.v ?? '', ...Object.fromEntries(own) }
  if (c.t !== undefined) files[c.mode === 'template' ? 'templates/t.yaml' : 'templates/NOTES.txt'] = c.t
  const { release, layers, sets, render } = options(c.args ?? [], files)
  const values = new Map<string, Value>()
  for (const layer of layers) setLayer(values, layer)
  for (const flag of flagOrder) {
    for (const [each, text] of sets) if (each === flag) setValues(values, flag as SetFlag, text, path => fileNamed(files, path))
  }
  const chart = loadChart(Object.entries(files).map(([path, text]) => ({ path, text })))
  const result = renderChart(chart, values, { name: c.rel ?? 'rel', ...release } as ReleaseOptions, render as RenderOptions)
  return c.mode === 'template' ? result.manifest : result.notes
}

/** Files that are no text were recorded as bytes. */
const textOf = (content: string | { data: number[] }): string => (typeof content === 'string' ? content : fromBytes(content.data))

function setLayer(values: Map<string, Value>, layer: Map<string, Value>): void {
  for (const [key, value] of layer) {
    const present = values.get(key)
    if (present instanceof Map && value instanceof Map) setLayer(present, value)
    else values.set(key, value)
  }
}

/** What Helm printed on standard error, without what its command line adds. */
const cleaned = (text: string): string =>
  text
    .replace(/^level=\w+ .*\n/gm, '')
    .replace(/^Error: /, '')
    .replace(/\n\nUse --debug flag.*\n?$/s, '')
    .trimEnd()

/** Helm checks the properties of a value in random order; findings are compared in theirs. */
function sorted(text: string): string {
  if (!text.startsWith("values don't meet")) return text
  const names = /(?<=additional properties ).*(?= not allowed)/g
  return text.replace(names, list => list.split(', ').sort().join(', ')).split(/\n(?=- )/).sort().join('\n')
}

function outcome(c: Case): { out?: string; err?: string } {
  try {
    return { out: run(c) }
  } catch (error) {
    if (!(error instanceof Error)) throw error
    return { err: sorted(error.message.trimEnd()) }
  }
}

for (const file of ['10-values', '11-chart', '12-subcharts-files']) {
  describe(file, () => {
    for (const [i, c] of read(file).entries()) {
      const title = `${i} ${c.name ?? c.t} ${(c.args ?? []).join(' ')}`.trim()
      // The command line's tests run this one, for the library writes no files.
      if (c.args?.includes('--output-dir')) continue
      const wanted = c.rc === 0 ? { out: c.out } : { err: sorted(cleaned(c.err ?? '')) }
      test(title, () => expect(outcome(c)).toEqual(wanted))
    }
  })
}
