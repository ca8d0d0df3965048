import { printed } from '../go/print.ts'
import { sprintf } from '../go/printf.ts'
import { quote } from '../go/quote.ts'
import { TypedMap, type Value } from '../go/value.ts'
import { unheard, type Notify } from './notice.ts'

type Values = Map<string, Value>

const isTable = (value: Value): value is Values => value instanceof Map

/** A copy that shares nothing that can be changed. */
export function copyValue(value: Value): Value {
  if (Array.isArray(value)) return value.map(copyValue)
  return value instanceof Map ? copyValues(value) : value
}

/** A copy of a table that shares nothing that can be changed. */
export function copyValues(values: ReadonlyMap<string, Value>): Values {
  const copy: Values = new Map()
  for (const [key, value] of values) copy.set(key, copyValue(value))
  return copy
}

/**
 * Values files or other layers put over each other: tables merge, everything else replaces; a
 * null stays, because it may delete a chart's default later. Source: Helm `loader.MergeMaps`.
 */
export function mergeLayers(layers: readonly ReadonlyMap<string, Value>[]): Values {
  const merged: Values = new Map()
  for (const layer of layers) mergeInto(merged, layer)
  return merged
}

function mergeInto(target: Values, layer: ReadonlyMap<string, Value>): void {
  for (const [key, value] of layer) {
    const present = target.get(key)
    if (isTable(value) && isTable(present)) mergeInto(present, value)
    else target.set(key, copyValue(value))
  }
}

/** What coalescing needs to know of a chart. */
export interface Valued {
  readonly name: string
  readonly values: ReadonlyMap<string, Value>
  readonly dependencies: readonly Valued[]
}

/** A value for a subchart that is no table. */
export class TypeMismatch extends Error {}

/** How tables are put over each other. */
interface Coalescing {
  /** Whether a null stays; else it deletes the default. */
  readonly keepNulls: boolean
  readonly warn: (message: string) => void
}

const warner = (notify: Notify) => (message: string): void => notify({ level: 'INFO', message })
const joined = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`)

/**
 * The user's values over a chart's defaults, and so on for its subcharts, whose sections also get
 * `global`. With `keepNulls` a null stays; without, it deletes the default. The result may share
 * tables with the defaults. Source: Helm `pkg/chart/common/util` CoalesceValues and MergeValues.
 * Throws `TypeMismatch`.
 */
export function coalesce(chart: Valued, values: ReadonlyMap<string, Value>, keepNulls = false, notify: Notify = unheard): Values {
  const result = copyValues(values)
  coalesceChart(chart, result, '', { keepNulls, warn: warner(notify) })
  return result
}

function coalesceChart(chart: Valued, values: Values, above: string, how: Coalescing): void {
  const path = joined(above, chart.name)
  coalesceDefaults(chart, values, path, how)
  for (const dependency of chart.dependencies) {
    const section = values.get(dependency.name)
    if (section !== undefined && !isTable(section)) {
      throw new TypeMismatch(`type mismatch on ${dependency.name}: ${sprintf('%t', [section])}`)
    }
    const table: Values = section ?? new Map()
    values.set(dependency.name, table)
    coalesceGlobals(table, values, path, how)
    coalesceChart(dependency, table, path, how)
  }
}

function coalesceDefaults(chart: Valued, values: Values, path: string, how: Coalescing): void {
  // A section of a subchart gets more put into it, so that it must be the result's own.
  const defaults = chart.dependencies.length > 0 ? copyValues(chart.values) : chart.values
  for (const [key, standard] of defaults) {
    const value = values.get(key)
    if (value === undefined) values.set(key, standard)
    else if (value === null && !how.keepNulls) values.delete(key)
    else if (isTable(value) && isTable(standard)) {
      const isSubchart = chart.dependencies.some(({ name }) => name === key)
      fill(value, standard, joined(path, key), { ...how, keepNulls: how.keepNulls || isSubchart })
    } else if (isTable(value) && standard !== null) how.warn(`warning: skipped value for ${path}.${key}: Not a table.`)
  }
}

/**
 * Fills what a table lacks from another. Source: Helm `coalesceTablesFullKey`.
 */
export function coalesceTables(target: Values, source: Values, keepNulls: boolean, notify: Notify = unheard): Values {
  return fill(target, source, '', { keepNulls, warn: warner(notify) })
}

function fill(target: Values, source: Values, path: string, how: Coalescing): Values {
  for (const [key, value] of source) {
    const present = target.get(key)
    if (present === undefined) target.set(key, value)
    else if (present === null) {
      if (!how.keepNulls && value !== null) target.delete(key)
    } else if (isTable(value)) {
      if (isTable(present)) fill(present, value, joined(path, key), how)
      else how.warn(`warning: cannot overwrite table with non table for ${joined(path, key)} (${printed(value)})`)
    } else if (isTable(present) && value !== null) {
      how.warn(`warning: destination for ${joined(path, key)} is a table. Ignoring non-table value (${printed(value)})`)
    }
  }
  return target
}

/** The parent's globals over those of a subchart's section. Source: Helm `coalesceGlobals`. */
function coalesceGlobals(section: Values, parent: Values, path: string, how: Coalescing): void {
  const own = section.has('global') ? section.get('global') : new Map<string, Value>()
  const above = parent.has('global') ? parent.get('global') : new Map<string, Value>()
  if (!isTable(own)) return how.warn('warning: skipping globals because destination global is not a table.')
  if (!isTable(above)) return how.warn('warning: skipping globals because source global is not a table.')
  for (const [key, value] of above) {
    const present = own.get(key)
    if (!isTable(value)) {
      if (isTable(present)) how.warn(`key ${key} is table. Skipping`)
      else own.set(key, value)
    } else if (present === undefined) own.set(key, new Map(value))
    else if (isTable(present)) own.set(key, fill(new Map(value), present, joined(path, key), { ...how, keepNulls: true }))
    else how.warn(`Conflict: cannot merge map onto non-map for ${quote(key)}. Skipping.`)
  }
  section.set('global', own)
}

/** The table at a path of names, if each of them is a table. */
export function tableAt(values: ReadonlyMap<string, Value>, path: readonly string[]): Values | undefined {
  let table: Value = values as Values
  for (const name of path) {
    table = isTable(table) ? table.get(name) : undefined
    if (!isTable(table)) return undefined
  }
  return table as Values
}

/** The value at a dotted path, unless it is a table. Source: Helm `Values.PathValue`. */
export function valueAt(values: ReadonlyMap<string, Value>, path: string): Value {
  const names = path.split('.')
  const value = tableAt(values, names.slice(0, -1))?.get(names.at(-1)!)
  return isTable(value) ? undefined : value
}

/** A table as a map of Go's plain type. */
export const asPlainMap = (values: ReadonlyMap<string, Value>): Values =>
  values instanceof TypedMap ? new Map(values) : (values as Values)
