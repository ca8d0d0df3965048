import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** A chart with the values to render it with: its own, and one file of its `ci` folder on top. */
export interface Subject {
  readonly chart: string
  readonly values?: string
}

/** Every chart at or below a folder, subcharts and packed ones too, each once per set of values. */
export const subjectsBelow = (folder: string): Subject[] =>
  chartsBelow(folder).flatMap((chart) => [{ chart }, ...valuesOf(chart).map((values) => ({ chart, values }))])

function chartsBelow(path: string): string[] {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return path.endsWith('.tgz') ? [path] : []
  const inside = readdirSync(path)
    .sort()
    .filter((name) => name !== '.git' && name !== 'node_modules')
    .flatMap((name) => chartsBelow(join(path, name)))
  return existsSync(join(path, 'Chart.yaml')) ? [path, ...inside] : inside
}

function valuesOf(chart: string): string[] {
  const folder = join(chart, 'ci')
  if (chart.endsWith('.tgz') || !statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return []
  return readdirSync(folder)
    .sort()
    .filter((name) => /-values\.ya?ml$/.test(name))
    .map((name) => join(folder, name))
}
