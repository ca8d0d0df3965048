import { spawnSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { findTool } from '../../testing/tools.ts'
import { subjectsBelow } from '../charts/find.ts'
import { measured } from './bundled.ts'
import { median, milliseconds } from './measure.ts'

/** The largest charts below the folders that the command names, against one `helm template` process each. */
export function charts(): readonly string[] {
  const helm = findTool('helm')
  const folders = process.argv.slice(2)
  if (helm === undefined || folders.length === 0) return []
  const found = folders.flatMap((folder) => subjectsBelow(folder, false)).filter(({ values, chart }) => values === undefined && !chart.endsWith('.tgz'))
  const rendered = found
    .map(({ chart }) => ({ chart, size: sizeOf(join(chart, 'templates')) + sizeOf(join(chart, 'charts')) }))
    .sort((a, b) => b.size - a.size)
    .filter(({ chart }) => template(helm, chart).status === 0)
  return rendered.slice(0, 3).map(({ chart, size }) => {
    const theirs = median(7, () => template(helm, chart))
    const ours = measured<number>('warm-chart.ts', chart)
    return `chart ${chart} (${(size / 1000).toFixed(0)} kB): in full ${milliseconds(ours)}, helm template ${milliseconds(theirs)}: ${(theirs / ours).toFixed(1)} times faster (bar: 3)`
  })
}

const template = (helm: string, chart: string) => spawnSync(helm, ['template', 'release', chart], { maxBuffer: 1e9 })

/** The bytes of a folder's files. */
function sizeOf(path: string): number {
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found?.isDirectory()) return found?.size ?? 0
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0)
}
