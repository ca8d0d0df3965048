import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** A chart with the values to render it with: its own, and one file that comes with it on top. */
export interface Subject {
  readonly chart: string
  readonly values?: string
}

/** Every chart at or below a folder, packed ones and if wanted subcharts too, each once per set of values. */
export const subjectsBelow = (folder: string, withSubcharts: boolean): Subject[] =>
  chartsBelow(folder, withSubcharts).flatMap((chart) => [{ chart }, ...valuesOf(chart).map((values) => ({ chart, values }))])

function chartsBelow(path: string, withSubcharts: boolean): string[] {
  if (!isFolder(path)) return path.endsWith('.tgz') ? [path] : []
  const isChart = existsSync(join(path, 'Chart.yaml'))
  const inside = readdirSync(path)
    .sort()
    .filter((name) => name !== '.git' && name !== 'node_modules' && (withSubcharts || !isChart || name !== 'charts'))
    .flatMap((name) => chartsBelow(join(path, name), withSubcharts))
  return isChart ? [path, ...inside] : inside
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true

/** Where charts keep values for tests and examples, and what such files are called. */
const valuesFolders = ['ci', 'example', 'examples', 'test', 'tests', 'values']
const valuesName = /values.*\.ya?ml$/

function valuesOf(chart: string): string[] {
  if (chart.endsWith('.tgz')) return []
  const beside = readdirSync(chart).filter((name) => name !== 'values.yaml' && valuesName.test(name))
  const inside = valuesFolders.filter((name) => isFolder(join(chart, name))).flatMap((name) => valuesBelow(chart, name, name === 'ci' || name === 'values' ? /\.ya?ml$/ : valuesName))
  return [...beside, ...inside].sort().map((path) => join(chart, path))
}

const valuesBelow = (chart: string, folder: string, name: RegExp): string[] =>
  readdirSync(join(chart, folder), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? valuesBelow(chart, join(folder, entry.name), name) : entry.isFile() && name.test(entry.name) ? [join(folder, entry.name)] : [],
  )
