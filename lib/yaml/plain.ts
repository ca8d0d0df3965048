import { hasInvalidBytes, toBytes } from '../go/bytes.ts'
import { textOf } from '../go/print.ts'
import { Complex, Int, isNilMap, isNilSlice, Slice, Struct, TypedMap, type Value } from '../go/value.ts'
import { encodeBase64 } from './base64.ts'
import { UnsupportedType, YamlError } from './error.ts'

/** A value as encoders see it: structs opened, bytes as base64 text, typed lists as lists. */
export type Plain = null | boolean | number | string | Int | readonly Value[] | ReadonlyMap<string, Value>

/** Opens one level of a value as JSON has it; its children are values again. Source: Go encoding/json. */
export function plainOf(value: Value): Plain {
  if (value === undefined || value === null) return null
  if (typeof value !== 'object' || value instanceof Int) return value
  if (isNilSlice(value) || isNilMap(value)) return null
  return value instanceof Struct ? openStruct(value) : openTable(value)
}

function openStruct(value: Struct): Plain {
  if (value instanceof Complex) throw new UnsupportedType(value.type)
  if (value.type === 'time.Time') checkTime(value.json as string)
  if (value.json !== undefined) return plainOf(value.json)
  return new Map(exportedFields(value))
}

const exportedFields = ({ fields }: Struct): [string, Value][] => [...fields].filter(([name]) => /^[A-Z]/.test(name))

function openTable(value: Exclude<object & Value, Int | Struct>): Plain {
  if (Array.isArray(value)) return value
  if (value instanceof Slice) return value.elem === 'uint8' ? base64OfBytes(value) : value.items
  if (!(value instanceof TypedMap)) return value
  return value.type === 'engine.files' ? encodedFiles(value) : value
}

/** A scalar whose style its writer has chosen: plain, or a block where it has lines. */
export class Scalar {
  constructor(
    readonly text: string,
    readonly tag = '',
  ) {}
}

/** Throws `YamlError` for a time that RFC 3339 has no text for. Source: Go `Time.MarshalJSON`. */
function checkTime(text: string): void {
  const fault = !/^\d{4}-/.test(text) ? 'year outside of range [0,9999]' : /[+-](?:\d{3,}|2[4-9]|[3-9]\d):\d\d$/.test(text) ? 'timezone hour outside of range [0,23]' : undefined
  if (fault) throw new YamlError(`json: error calling MarshalJSON for type time.Time: Time.MarshalJSON: ${fault}`)
}

/** The fields of a struct, which keep their order. */
export class Fields extends Map<string, Value> {}

/**
 * Opens one level of a value as go-yaml v3 does without JSON: nil lists and tables are empty ones,
 * fields have names in small letters, unless the type has a text of its own, and times are no strings.
 */
export function plainOfYaml(value: Value): Plain | Scalar {
  if (value instanceof Int && value.type === 'time.Duration') return new Scalar(textOf(value)!)
  if (typeof value !== 'object' || value === null || value instanceof Int) return plainOf(value)
  if (value instanceof Slice) return value.items
  if (!(value instanceof Struct)) return value
  if (value.type === 'time.Time') return new Scalar(value.json as string)
  if (value instanceof Complex) return openStruct(value)
  if (typeof value.json === 'string') return value.json
  return new Fields(exportedFields(value).map(([name, field]) => [name.toLowerCase(), field]))
}

const longestLine = 70

/** A string as go-yaml v3 writes it: in base64 and on lines of their own where its bytes are not UTF-8. */
export function scalarOf(text: string): string | Scalar {
  if (!hasInvalidBytes(text)) return text
  const packed = encodeBase64(toBytes(text))
  return new Scalar(packed.length < longestLine ? packed : packed.replace(/.{1,70}/g, '$&\n'), '!!binary')
}

const encodedFiles = (files: TypedMap): ReadonlyMap<string, Value> =>
  new Map([...files].map(([path, bytes]) => [path, typeof bytes === 'string' ? encodeBase64(toBytes(bytes)) : bytes]))

const base64OfBytes = (bytes: Slice): string =>
  encodeBase64(bytes.items.map(each => (each instanceof Int ? Number(each.n) : Number(each))))
