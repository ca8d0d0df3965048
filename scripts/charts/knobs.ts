import type { Value } from '../../lib/go/value.ts'
import { HelmError, type Chart } from '../../lib/helm/index.ts'
import { chartAt } from '../../cli/chart-disk.ts'

/** A value that can be set, and its default; nothing where only templates speak of it. */
export interface Knob {
  readonly path: readonly string[]
  readonly value: Value
}

/** What can be asked of a chart beside rendering it as it is. */
export interface Knobs {
  readonly chart: string
  readonly values: readonly Knob[]
  /** The API versions that templates ask for. */
  readonly apiVersions: readonly string[]
  /** The templates' files, as `--show-only` names them. */
  readonly files: readonly string[]
}

/** The knobs of the chart at a path and of its subcharts; nothing where Helm would refuse whatever is turned. */
export async function knobsAt(path: string): Promise<Knobs | undefined> {
  try {
    const chart = await chartAt(path, () => {})
    const present = new Set(chart.dependencies.map(({ metadata }) => metadata.name))
    if (chart.metadata.type === 'library' || chart.metadata.dependencies?.some(({ name }) => !present.has(name))) return undefined
    const texts = allTemplates(chart).map(({ text }) => text)
    return {
      chart: chart.metadata.name,
      values: knobsOf(chart),
      apiVersions: [...new Set(texts.flatMap((text) => [...text.matchAll(/APIVersions\.Has\s+"([^"]+)"/g)].map(([, version]) => version!)))].sort(),
      files: chart.templates.map(({ path }) => path).filter((path) => !/\/_|NOTES\.txt$/.test(path)),
    }
  } catch (error) {
    if (error instanceof HelmError) return undefined
    throw error
  }
}

const allTemplates = (chart: Chart): Chart['templates'] => [...chart.templates, ...chart.dependencies.flatMap(allTemplates)]

function knobsOf(chart: Chart): Knob[] {
  const { dependencies = [] } = chart.metadata
  const found = new Map<string, Knob>()
  const add = (knob: Knob): void => void (found.has(knob.path.join('\0')) || found.set(knob.path.join('\0'), knob))
  placesIn(chart.values).forEach(add)
  for (const subchart of chart.dependencies) {
    const names = dependencies.filter((one) => one.name === subchart.metadata.name).map(({ alias }) => alias || subchart.metadata.name)
    for (const { path, value } of knobsOf(subchart)) for (const key of names.length > 0 ? names : [subchart.metadata.name]) add({ path: [key, ...path], value })
  }
  for (const { condition, tags } of dependencies) {
    for (const text of condition.split(',')) if (text.trim() !== '') add({ path: text.trim().split('.'), value: true })
    for (const tag of tags) add({ path: ['tags', tag], value: true })
  }
  for (const { text } of chart.templates) for (const [, path] of text.matchAll(/\.Values((?:\.[A-Za-z_]\w*)+)/g)) add({ path: path!.slice(1).split('.'), value: undefined })
  return [...found.values()]
}

/** Every entry of a table, and of the tables inside. */
function placesIn(values: ReadonlyMap<string, Value>, path: readonly string[] = []): Knob[] {
  return [...values].flatMap(([key, value]) => {
    const here = [...path, key]
    return [{ path: here, value }, ...(value instanceof Map && value.size > 0 ? placesIn(value, here) : [])]
  })
}
