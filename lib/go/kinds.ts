import { Complex, Int, isNilMap, isNilSlice, Slice, Struct, TypedMap, type Value } from './value.ts'

/** The name of the value's Go type, as `fmt`'s `%T`; `<nil>` for nil. */
export function typeOf(value: Value): string {
  switch (typeof value) {
    case 'string':
      return 'string'
    case 'number':
      return 'float64'
    case 'boolean':
      return 'bool'
    case 'undefined':
      return '<nil>'
  }
  if (value === null) return '<nil>'
  if (Array.isArray(value)) return '[]interface {}'
  if (value instanceof Int || value instanceof Slice || value instanceof Struct || value instanceof TypedMap) return value.type
  return 'map[string]interface {}'
}

const durationLike = new Set(['time.Duration', 'time.Month', 'time.Weekday'])

/** The name of the value's kind, as Go's `reflect.Kind`; `invalid` for nil. */
export function kindOf(value: Value): string {
  if (value instanceof Int) return durationLike.has(value.type) ? (value.type === 'time.Duration' ? 'int64' : 'int') : value.type
  if (value instanceof Map) return 'map'
  if (value instanceof Slice || Array.isArray(value)) return 'slice'
  if (value instanceof Complex) return value.type
  if (value instanceof Struct) return value.type.startsWith('*') ? 'ptr' : 'struct'
  return value === null || value === undefined ? 'invalid' : typeOf(value)
}

/** Whether a condition holds: everything but nil, false, zero and what is empty (text/template, IsTrue). */
export function isTrue(value: Value): boolean {
  switch (typeof value) {
    case 'boolean':
      return value
    case 'string':
      return value !== ''
    case 'number':
      return value !== 0
    case 'undefined':
      return false
  }
  if (value === null) return false
  if (value instanceof Map) return value.size > 0
  if (Array.isArray(value)) return value.length > 0
  if (value instanceof Int) return value.n !== 0
  if (value instanceof Slice) return value.items.length > 0
  return !(value instanceof Complex && value.isZero)
}

/** What a pointer points at; any other value itself. */
export function pointee(value: Value): Value {
  if (!(value instanceof Struct) || !value.type.startsWith('*')) return value
  const { fields, text, methods, stringer, isPointerText } = value
  return isPointerText ? new Struct(value.type.slice(1), fields) : new Struct(value.type.slice(1), fields, text, methods, stringer)
}

/** The items of a slice of any type, or nothing if the value is no slice. */
export function itemsOf(value: Value): Value[] | undefined {
  if (Array.isArray(value)) return value
  return value instanceof Slice ? value.items : undefined
}

/** Whether two values are deeply equal and of the same types, as Go's `reflect.DeepEqual`. */
export function deepEqual(a: Value, b: Value): boolean {
  if (a === b) return typeof a !== 'number' || a === a
  if (a === undefined || a === null) return b === undefined || b === null
  if (typeof a !== 'object' || typeof b !== 'object' || b === null) return false
  if (a instanceof Int) return b instanceof Int && a.n === b.n && a.type === b.type
  if (typeOf(a) !== typeOf(b)) return false
  if (isNilSlice(a) !== isNilSlice(b) || isNilMap(a) !== isNilMap(b)) return false
  if (a instanceof Map) return mapsEqual(a, b as Map<string, Value>)
  if (a instanceof Complex) return a.equals(b as Complex)
  if (a instanceof Struct) return structsEqual(a, b as Struct)
  const left = itemsOf(a)!
  const right = itemsOf(b)!
  return left.length === right.length && left.every((item, at) => deepEqual(item, right[at]))
}

function mapsEqual(a: ReadonlyMap<string, Value>, b: ReadonlyMap<string, Value>): boolean {
  if (a.size !== b.size) return false
  for (const [key, value] of a) if (!b.has(key) || !deepEqual(value, b.get(key))) return false
  return true
}

const structsEqual = (a: Struct, b: Struct): boolean => a.text === b.text && mapsEqual(a.fields, b.fields)
