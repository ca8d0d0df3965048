import { toBytes } from '../go/bytes.ts'
import { Int, isNilMap, isNilSlice, Slice, Struct, TypedMap, type Value } from '../go/value.ts'
import { encodeBase64 } from './base64.ts'
import { UnsupportedType, YamlError } from './error.ts'

/** A value as encoders see it: structs opened, bytes as base64 text, typed lists as lists. */
export type Plain = null | boolean | number | string | Int | readonly Value[] | ReadonlyMap<string, Value>

/**
 * Opens one level of a value; its children are values again. Without `nilIsNull` it is go-yaml v3
 * that looks. Source: Go encoding/json.
 */
export function plainOf(value: Value, nilIsNull = true): Plain {
  if (value === undefined || value === null) return null
  if (typeof value !== 'object' || value instanceof Int) return value
  if (nilIsNull && (isNilSlice(value) || isNilMap(value))) return null
  if (Array.isArray(value)) return value
  if (value instanceof Slice) return value.elem === 'uint8' && nilIsNull ? base64OfBytes(value) : value.items
  if (value instanceof Struct) return nilIsNull ? openStruct(value) : fieldsOf(value)
  if (!(value instanceof TypedMap)) return value
  return value.type === 'engine.files' && nilIsNull ? encodedFiles(value) : value
}

function openStruct(value: Struct): Plain {
  if (value.type === 'complex128') throw new UnsupportedType(value.type)
  if (value.type === 'time.Time') checkTime(value.json as string)
  if (value.json !== undefined) return plainOf(value.json)
  return new Map([...value.fields].filter(([name]) => /^[A-Z]/.test(name)))
}

/** Throws `YamlError` for a time that RFC 3339 has no text for. Source: Go `Time.MarshalJSON`. */
function checkTime(text: string): void {
  const fault = !/^\d{4}-/.test(text) ? 'year outside of range [0,9999]' : /[+-](?:\d{3,}|2[4-9]|[3-9]\d):\d\d$/.test(text) ? 'timezone hour outside of range [0,23]' : undefined
  if (fault) throw new YamlError(`json: error calling MarshalJSON for type time.Time: Time.MarshalJSON: ${fault}`)
}

/** The fields of a struct, which keep their order. */
export class Fields extends Map<string, Value> {}

/** A struct as go-yaml v3 sees it: names in small letters, unless the type has a text of its own. */
function fieldsOf(value: Struct): Plain {
  if (value.type === 'complex128') return openStruct(value)
  if (typeof value.json === 'string') return value.json
  return new Fields([...value.fields].filter(([name]) => /^[A-Z]/.test(name)).map(([name, field]) => [name.toLowerCase(), field]))
}

const encodedFiles = (files: TypedMap): ReadonlyMap<string, Value> =>
  new Map([...files].map(([path, bytes]) => [path, typeof bytes === 'string' ? encodeBase64(toBytes(bytes)) : bytes]))

const base64OfBytes = (bytes: Slice): string =>
  encodeBase64(bytes.items.map(each => (each instanceof Int ? Number(each.n) : Number(each))))
