import { Int, Slice, Struct, TypedMap, type Value } from '../go/value.ts'

/** A value as encoders see it: structs opened, bytes as base64 text, typed lists as lists. */
export type Plain = null | boolean | number | string | Int | readonly Value[] | ReadonlyMap<string, Value>

/** Opens one level of a value; its children are values again. Source: Go encoding/json. */
export function plainOf(value: Value): Plain {
  if (value === undefined || value === null) return null
  if (typeof value !== 'object' || value instanceof Int || Array.isArray(value)) return value
  if (value instanceof Slice) return value.elem === 'uint8' ? base64OfBytes(value) : value.items
  if (value instanceof Struct) return openStruct(value)
  if (value instanceof TypedMap && value.type === 'engine.files') return encodedFiles(value)
  return value
}

function openStruct(value: Struct): Plain {
  if (value.json !== undefined) return plainOf(value.json)
  return new Map([...value.fields].filter(([name]) => /^[A-Z]/.test(name)))
}

const encodedFiles = (files: TypedMap): ReadonlyMap<string, Value> =>
  new Map([...files].map(([path, bytes]) => [path, typeof bytes === 'string' ? base64(utf8(bytes)) : bytes]))

const base64OfBytes = (bytes: Slice): string =>
  base64(bytes.items.map(each => (each instanceof Int ? Number(each.n) : Number(each))))

/** UTF-8 bytes of a string; lone U+DC80…U+DCFF stand for the bytes themselves. */
export function utf8(text: string): number[] {
  const bytes: number[] = []
  for (const character of text) pushUtf8(bytes, character.codePointAt(0)!)
  return bytes
}

function pushUtf8(bytes: number[], code: number): void {
  if (code < 0x80) bytes.push(code)
  else if (code < 0x800) bytes.push(0xc0 | (code >> 6), tail(code))
  else if (code >= 0xdc80 && code <= 0xdcff) bytes.push(code - 0xdc00)
  else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), tail(code >> 6), tail(code))
  else bytes.push(0xf0 | (code >> 18), tail(code >> 12), tail(code >> 6), tail(code))
}

const tail = (code: number): number => 0x80 | (code & 0x3f)

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Standard base64 with padding. */
export function base64(bytes: readonly number[]): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const triple = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    const left = bytes.length - i
    text += alphabet[triple >> 18]! + alphabet[(triple >> 12) & 63]!
    text += left > 1 ? alphabet[(triple >> 6) & 63]! : '='
    text += left > 2 ? alphabet[triple & 63]! : '='
  }
  return text
}
