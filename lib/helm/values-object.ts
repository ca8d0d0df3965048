import { func, GoError, TypedMap, type Methods, type Value } from '../go/value.ts'
import { quote } from '../go/quote.ts'
import { writeYaml } from '../yaml/index.ts'
import { asPlainMap, tableAt, valueAt } from './values.ts'

/** A table as Helm's `common.Values`, which has methods. */
export function valuesObject(entries: Iterable<readonly [string, Value]>): TypedMap {
  const methods = new Map()
  const values = new TypedMap('common.Values', entries, methods)
  for (const [name, method] of methodsOf(values)) methods.set(name, method)
  return values
}

/** The methods that Go's `common.Values` has. */
export const methodsOf = (values: TypedMap): Methods =>
  new Map([
    ['YAML', func([], () => writeYaml(values))],
    ['AsMap', func([], () => asPlainMap(values))],
    ['Table', func(['string'], path => valuesObject(mustTable(values, path)))],
    ['Encode', func(['io.Writer'], () => encode())],
    ['PathValue', func(['string'], path => mustValue(values, path))],
  ])

/** No template has a writer to pass. */
function encode(): never {
  throw new GoError('runtime error: invalid memory address or nil pointer dereference')
}

function mustTable(values: TypedMap, path: string): Map<string, Value> {
  const names = path.split('.')
  const table = tableAt(values, names)
  if (table) return table
  const missing = names.findIndex((_, i) => !tableAt(values, names.slice(0, i + 1)))
  throw new GoError(`${quote(names[missing]!)} is not a table`)
}

function mustValue(values: TypedMap, path: string): Value {
  if (path === '') throw new GoError('YAML path cannot be empty')
  const value = valueAt(values, path)
  if (value !== undefined) return value
  throw new GoError(`${quote(path.split('.').at(-1)!)} is not a value`)
}
