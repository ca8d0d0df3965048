import { Int, Slice, Struct, type Value } from './value.ts'

/**
 * A plain JavaScript value as a template sees it: objects become maps, numbers float64; what is
 * undefined inside an object or list is null.
 */
export function toValue(plain: unknown): Value {
  if (plain === null || plain === undefined) return null
  if (Array.isArray(plain)) return plain.map(toValue)
  if (typeof plain === 'string' || typeof plain === 'number' || typeof plain === 'boolean') return plain
  if (typeof plain === 'bigint') return new Int(plain, 'int64')
  if (plain instanceof Map) return new Map([...plain].map(([key, value]) => [String(key), toValue(value)]))
  return new Map(Object.entries(plain as object).map(([key, value]) => [key, toValue(value)]))
}

/** A value as plain JavaScript: maps become objects without a prototype, integers numbers. */
export function fromValue(value: Value): unknown {
  if (value === undefined || value === null || typeof value !== 'object') return value ?? null
  if (value instanceof Int) return Number(value.n)
  if (Array.isArray(value)) return value.map(fromValue)
  if (value instanceof Slice) return value.items.map(fromValue)
  return objectOf(value instanceof Struct ? value.fields : value)
}

function objectOf(entries: ReadonlyMap<string, Value>): Record<string, unknown> {
  const object: Record<string, unknown> = Object.create(null) as Record<string, unknown>
  for (const [key, value] of entries) object[key] = fromValue(value)
  return object
}
