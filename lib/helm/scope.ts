import { Int, type Struct, type TypedMap, type Value } from '../go/value.ts'
import type { ActiveChart } from './dependencies.ts'
import type { TemplateSource } from './engine.ts'
import { filesObject } from './files.ts'
import { chartObject } from './metadata.ts'
import { tableAt } from './values.ts'
import { valuesObject } from './values-object.ts'

/** Which installation is rendered. */
export interface Release {
  readonly name: string
  readonly namespace?: string
  readonly isUpgrade?: boolean
}

/** `.Release`. */
export const releaseObject = ({ name, namespace = 'default', isUpgrade = false }: Release): Map<string, Value> =>
  new Map<string, Value>([
    ['Name', name],
    ['Namespace', namespace],
    ['IsUpgrade', isUpgrade],
    ['IsInstall', !isUpgrade],
    ['Revision', new Int(1)],
    ['Service', 'Helm'],
  ])

/** A template file and the chart it belongs to. */
export interface PlacedTemplate extends TemplateSource {
  readonly owner: ActiveChart
}

/**
 * All template files of a chart and its subcharts, partials included; of those with one path, as two
 * subcharts of one name have, the last. Source: Helm `recAllTpls`.
 */
export const placedTemplates = (active: ActiveChart): PlacedTemplate[] => [...new Map(everyTemplate(active, active.name).map((each) => [each.name, each])).values()]

function everyTemplate(active: ActiveChart, path: string): PlacedTemplate[] {
  const isLibrary = active.chart.metadata.type === 'library'
  const own = active.chart.templates
    .filter(file => !isLibrary || baseName(file.path).startsWith('_'))
    .map(file => ({ name: `${path}/${file.path}`, text: file.text, basePath: `${path}/templates`, owner: active }))
  return [...active.dependencies.flatMap(each => everyTemplate(each, `${path}/charts/${each.name}`)), ...own]
}

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/** Gives the section of a parent's values that a subchart sees as its own. */
export type SectionOf = (values: TypedMap, name: string) => TypedMap

/** A section that is a table of its own. */
export const copiedSection: SectionOf = (values, name) => valuesObject(tableAt(values, [name]) ?? [])

/** What templates see as `.`, for a chart and each of its subcharts. */
export function scopes(
  active: ActiveChart,
  values: TypedMap,
  release: Value,
  capabilities: Struct,
  sectionOf: SectionOf = copiedSection,
): Map<ActiveChart, TypedMap> {
  const all = new Map<ActiveChart, TypedMap>()
  addScopes(active, values, release, capabilities, all, sectionOf)
  return all
}

function addScopes(
  active: ActiveChart,
  values: TypedMap,
  release: Value,
  capabilities: Struct,
  all: Map<ActiveChart, TypedMap>,
  sectionOf: SectionOf,
): Map<string, Value> {
  const { chart, name, isRoot, requirements = [] } = active
  const subcharts = new Map<string, Value>()
  const scope = valuesObject([
    ['Chart', chartObject(chart.metadata, name, isRoot, requirements)],
    ['Files', filesObject(chart.files)],
    ['Release', release],
    ['Capabilities', capabilities],
    ['Values', values],
    ['Subcharts', subcharts],
  ])
  for (const dependency of active.dependencies) {
    const section = sectionOf(values, dependency.name)
    subcharts.set(dependency.name, new Map(addScopes(dependency, section, release, capabilities, all, sectionOf)))
  }
  all.set(active, scope)
  return scope
}
