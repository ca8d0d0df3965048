import { printed } from '../go/print.ts'
import { quote } from '../go/quote.ts'
import type { Value } from '../go/value.ts'
import type { Chart } from './chart.ts'
import { satisfies } from './constraint.ts'
import { HelmError } from './failure.ts'
import type { Dependency, RequiredChart } from './metadata.ts'
import { unheard, type Notice, type Notify } from './notice.ts'
import { coalesce, coalesceTables, copyValues, tableAt, TypeMismatch, valueAt, type Valued } from './values.ts'
import { trimSpace } from './trim.ts'

/** A chart as it takes part in one rendering: aliases applied, disabled subcharts gone. */
export interface ActiveChart extends Valued {
  readonly chart: Chart
  readonly name: string
  readonly isRoot: boolean
  readonly values: ReadonlyMap<string, Value>
  readonly dependencies: readonly ActiveChart[]
  /** Nothing where Chart.yaml does not speak of dependencies. */
  readonly requirements: readonly RequiredChart[] | undefined
}

/** The chart with all of its subcharts. */
const wholeChart = (chart: Chart, isRoot = true): ActiveChart => ({
  chart,
  name: chart.metadata.name,
  isRoot,
  values: chart.values,
  dependencies: chart.dependencies.map(dependency => wholeChart(dependency, false)),
  requirements: chart.metadata.dependencies,
})

/** Throws `HelmError` if charts that Chart.yaml asks for are not in charts/. Source: Helm `CheckDependencies`. */
export function checkDependencies(chart: Chart): void {
  const present = new Set(chart.dependencies.map(({ metadata }) => metadata.name))
  const { apiVersion, dependencies = [] } = chart.metadata
  // Helm counts the charts that are there where it means those that are asked for.
  if (apiVersion === 'v3' && chart.dependencies.length > dependencies.length) throw incomplete('unsupported chart dependency type')
  const missing = dependencies.filter(({ name }) => !present.has(name)).map(({ name }) => name)
  if (missing.length === 0) return
  throw incomplete(`found in Chart.yaml, but missing in charts/ directory: ${missing.join(', ')}`)
}

const incomplete = (reason: string): HelmError =>
  new HelmError(
    `an error occurred while checking for chart dependencies. You may need to run \`helm dependency build\` to fetch missing dependencies: ${reason}`,
  )

/**
 * Decides which subcharts take part, under which names, and what they pass to their parents.
 * Throws `HelmError`. Source: Helm `ProcessDependencies`.
 */
export function processDependencies(chart: Chart, values: ReadonlyMap<string, Value>, notify: Notify = unheard): ActiveChart {
  const whole = wholeChart(chart)
  if (chart.dependencies.length === 0 && !chart.metadata.dependencies) return whole
  try {
    return importValues(enable(whole, values, '', notify), notify)
  } catch (error) {
    if (error instanceof TypeMismatch) throw new HelmError(`chart dependencies processing failed: ${error.message}`)
    throw error
  }
}

// Which subcharts

function enable(active: ActiveChart, values: ReadonlyMap<string, Value>, path: string, notify: Notify): ActiveChart {
  const { requirements } = active
  if (!requirements) return active
  const listed = requirements.flatMap(requirement => findAliased(active.dependencies, requirement))
  const dependencies = [...active.dependencies.filter(dependency => !isListed(dependency, requirements)), ...listed]
  const merged = coalesce({ ...active, dependencies }, values, false, notify)
  const disabled = new Set(requirements.filter(each => !isEnabled(each, merged, path, notify)).map(nameOf))
  const kept = requirements.filter(each => !disabled.has(nameOf(each))).map(each => ({ ...each, enabled: true }))
  return {
    ...active,
    requirements: kept.length > 0 ? kept : undefined,
    dependencies: dependencies
      .filter(({ name }) => !disabled.has(name))
      .map(dependency => enable(dependency, merged, `${path}${dependency.name}.`, notify)),
  }
}

const nameOf = ({ alias, name }: Dependency): string => alias || name

const fits = ({ name, version }: Dependency, { chart }: ActiveChart): boolean =>
  chart.metadata.name === name && satisfies(version, chart.metadata.version)

const isListed = (dependency: ActiveChart, requirements: readonly Dependency[]): boolean =>
  requirements.some(requirement => fits(requirement, dependency))

function findAliased(dependencies: readonly ActiveChart[], requirement: Dependency): ActiveChart[] {
  const found = dependencies.find(dependency => fits(requirement, dependency))
  return found ? [{ ...found, name: nameOf(requirement) }] : []
}

/** The first condition that is there decides, then the tags; else it is enabled. */
function isEnabled(dependency: Dependency, values: ReadonlyMap<string, Value>, path: string, notify: Notify): boolean {
  const byTags = isTagged(dependency, values, notify)
  for (const each of trimSpace(dependency.condition).split(',')) {
    const value = each === '' ? undefined : valueAt(values, path + each)
    if (typeof value === 'boolean') return value
    if (value !== undefined) notify(notBoolean('path', each, dependency))
  }
  return byTags
}

function isTagged(dependency: Dependency, values: ReadonlyMap<string, Value>, notify: Notify): boolean {
  const table = tableAt(values, ['tags'])
  const marks = dependency.tags.map(tag => {
    const mark = table?.get(tag)
    if (mark !== undefined && typeof mark !== 'boolean') notify(notBoolean('tag', tag, dependency))
    return mark
  })
  return marks.includes(true) || !marks.includes(false)
}

const notBoolean = (what: string, name: string, dependency: Dependency): Notice => ({
  level: 'WARN',
  message: 'returned non-bool value',
  about: [[what, name], ['chart', nameOf(dependency)]],
})

// What they pass to their parents

function importValues(active: ActiveChart, notify: Notify): ActiveChart {
  const dependencies = active.dependencies.map(each => importValues(each, notify))
  const inner = { ...active, dependencies }
  if (!active.requirements) return inner
  const merged = coalesce(inner, new Map(), true, notify)
  let imported = new Map<string, Value>()
  const requirements = active.requirements.map(requirement => {
    const routes = requirement.importValues.flatMap(routeOf)
    for (const { name, child, parent } of routes) {
      const path = [nameOf(requirement), ...child.split('.')]
      const table = tableAt(merged, path)
      if (table) imported = coalesceTables(imported, nested(name ? '.' : parent, copyValues(table)), true, notify)
      else notify(missingTable(requirement, name, quote(firstMissing(merged, path))))
    }
    return { ...requirement, imported: routes.map(({ child, parent }) => new Map([['child', child], ['parent', parent]])) }
  })
  return { ...inner, requirements, values: coalesceTables(copyValues(merged), imported, true, notify) }
}

const missingTable = (dependency: Dependency, byName: boolean, table: string): Notice => ({
  level: 'WARN',
  message: byName ? 'ImportValues missing table' : 'ImportValues missing table from chart',
  about: [...(byName ? [] : [['chart', nameOf(dependency)] as const]), ['error', `${table} is not a table`]],
})

/** The first name on a path that leads to no table. */
const firstMissing = (values: ReadonlyMap<string, Value>, path: readonly string[]): string =>
  path.find((_, i) => !tableAt(values, path.slice(0, i + 1)))!

interface Route {
  /** Whether it was given by the name of an export. */
  readonly name: boolean
  readonly child: string
  readonly parent: string
}

function routeOf(value: Value): Route[] {
  if (typeof value === 'string') return [{ name: true, child: `exports.${value}`, parent: '.' }]
  if (!(value instanceof Map)) return []
  return [{ name: false, child: printed(value.get('child') ?? null), parent: printed(value.get('parent') ?? null) }]
}

/** A table put at a dotted path; `.` is the top. */
function nested(path: string, table: Map<string, Value>): Map<string, Value> {
  if (path === '.') return table
  return path.split('.').reduceRight<Map<string, Value>>((inner, name) => new Map<string, Value>([[name, inner]]), table)
}
