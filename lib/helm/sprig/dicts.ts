import { sortedKeys } from '../../go/bytes.ts'
import { addedOneByOne, keepRoom } from '../../go/capacity.ts'
import { typeOf } from '../../go/kinds.ts'
import { func, GoError, isNilSlice, NilMap, Slice, Struct, TypedMap, type Value } from '../../go/value.ts'
import { valuesObject } from '../values-object.ts'
import { strings, strval } from './convert.ts'
import { merged } from './merge.ts'
import { blankVersion } from './semver.ts'
import { blankLocation } from './time.ts'

type Dict = Map<string, Value>

function dict(...values: Value[]): Dict {
  const result: Dict = new Map()
  for (let at = 0; at < values.length; at += 2) result.set(strval(values[at]), at + 1 < values.length ? values[at + 1] : '')
  return result
}

function pick(source: Dict, ...keys: string[]): Dict {
  const result: Dict = new Map()
  for (const key of keys) if (source.has(key)) result.set(key, source.get(key))
  return result
}

function omit(source: Dict, ...keys: string[]): Dict {
  const result: Dict = new Map(source)
  for (const key of keys) result.delete(key)
  return result
}

function conversion(value: Value, wanted: string): GoError {
  const type = value === null || value === undefined ? 'nil' : typeOf(value)
  return new GoError(`interface conversion: interface {} is ${type}, not ${wanted}`)
}

function plainDict(value: Value): Dict {
  if (value instanceof Map && !(value instanceof TypedMap)) return value
  throw conversion(value, 'map[string]interface {}')
}

function keyOf(value: Value): string {
  if (typeof value === 'string') return value
  throw conversion(value, 'string')
}

function dig(...values: Value[]): Value {
  if (values.length < 3) throw new GoError('dig needs at least three arguments')
  let found: Value = plainDict(values.at(-1))
  for (const key of values.slice(0, -2).map(keyOf)) {
    const step = plainDict(found)
    if (!step.has(key)) return values.at(-2)
    found = step.get(key)
  }
  return found
}

/** A copy that shares nothing with the value (mitchellh/copystructure). */
function deepCopy(value: Value): Value {
  if (isNilSlice(value)) return value
  if (Array.isArray(value)) return keepRoom(value, value.map(deepCopy))
  if (value instanceof Slice) return new Slice(value.elem, keepRoom(value.items, value.items.map(deepCopy)), value.methods, value.type)
  if (value instanceof Struct && value.type.endsWith('semver.Version')) return blankVersion(value.type.startsWith('*'))
  if (value instanceof Struct && value.type === '*time.Location') return blankLocation()
  if (!(value instanceof Map) || value instanceof Struct) return value
  const copy: Dict = value instanceof TypedMap ? value.type === 'common.Values' ? valuesObject([]) : new TypedMap(value.type, [], value.methods, value.isNil) : new Map()
  for (const [key, item] of value) copy.set(key, deepCopy(item))
  return copy
}

const mergeAll = (overwrite: boolean) => func(['map[string]interface {}', '...map[string]interface {}'], (target, ...sources) => {
  // A nil map is made one as soon as there is something to merge.
  const result: Dict = target instanceof NilMap && sources.some((source) => !(source instanceof NilMap)) ? new Map() : target
  for (const source of sources) merged(result, source, overwrite)
  return result
})

const copy = func(['any'], value => {
  if (value === null) throw new GoError('reflect: call of reflect.Value.Type on zero Value')
  return deepCopy(value)
})

const aDict = 'map[string]interface {}'

export const dicts = {
  dict: func(['...any'], dict),
  get: func([aDict, 'string'], (source, key) => (source.has(key) ? source.get(key) : '')),
  set: func([aDict, 'string', 'any'], (target, key, value) => target.set(key, value)),
  unset: func([aDict, 'string'], (target, key) => {
    target.delete(key)
    return target
  }),
  hasKey: func([aDict, 'string'], (source, key) => source.has(key)),
  pluck: func(['string', `...${aDict}`], (key, ...sources) => sources.filter(source => source.has(key)).map(source => source.get(key))),
  // Go's order differs from run to run; ours is fixed.
  keys: func([`...${aDict}`], (...sources) => addedOneByOne(strings(sources.flatMap(sortedKeys)))),
  values: func([aDict], source => sortedKeys(source).map(key => source.get(key))),
  pick: func([aDict, '...string'], pick),
  omit: func([aDict, '...string'], omit),
  merge: mergeAll(false),
  mustMerge: mergeAll(false),
  mergeOverwrite: mergeAll(true),
  mustMergeOverwrite: mergeAll(true),
  deepCopy: copy,
  mustDeepCopy: copy,
  dig: func(['...any'], dig),
}
