import type { Chart } from './chart.ts'
import { seededRandom } from './random.ts'
import { renderChart, type ReleaseOptions, type RenderOptions, type RenderResult } from './render.ts'

/** Lines, counted from 0, whose text an installation would write differently each time. */
export interface VolatileLines {
  readonly manifest: readonly number[]
  readonly notes: readonly number[]
  /** By the path of a template file, in its rendered text; files without such lines are left out. */
  readonly files: ReadonlyMap<string, readonly number[]>
}

type Values = Parameters<typeof renderChart>[1]

/** Long enough that year, month, day, weekday and time of day are others. */
const later = 1000 * (3600 * (24 * 400 + 7) + 754)

/**
 * Which lines of a rendering come from the clock or from a random source, directly or by way of a
 * checksum or a condition: those that another time and other draws change. `result` is what these
 * very arguments gave. What depends on a cluster (`lookup`) cannot be told.
 */
export function volatileLines(result: RenderResult, chart: Chart, values: Values, release: ReleaseOptions, options: RenderOptions = {}): VolatileLines {
  const other = renderChart(chart, values, release, { ...options, noMemory: true, random: seededRandom(2), now: (options.now ?? 0) + later })
  const others = new Map(other.rendered.map(({ path, text }) => [path, text]))
  const files = result.rendered.map(({ path, text }) => [path, differingLines(text, others.get(path) ?? '')] as const)
  return {
    manifest: differingLines(result.manifest, other.manifest),
    notes: differingLines(result.notes, other.notes),
    files: new Map(files.filter(([, lines]) => lines.length > 0)),
  }
}

/** The lines of a text that another has not at the same place; where numbers of lines differ, all between what is alike at both ends. */
export function differingLines(text: string, other: string): number[] {
  if (text === other) return []
  const [lines, others] = [text.split('\n'), other.split('\n')]
  const places = [...lines.keys()]
  if (lines.length === others.length) return places.filter((at) => lines[at] !== others[at])
  const least = Math.min(lines.length, others.length)
  let start = 0
  while (start < least && lines[start] === others[start]) start++
  let end = 0
  while (end < least - start && lines.at(-1 - end) === others.at(-1 - end)) end++
  // Where there are only more lines, they begin at this one.
  return places.slice(start, Math.max(lines.length - end, start + 1))
}
