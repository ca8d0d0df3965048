import { faultOf } from '../../go/attempt.ts'
import { GoError } from '../../go/value.ts'
import { integerOf } from './der.ts'

// Reads DER as Go's encoding/asn1 does, with its messages.

type Kind = 'int' | 'big' | 'octets' | 'bits' | 'oid' | 'any'

/** What is wanted of a value: a kind, or the fields of a sequence or of each item of a list by their Go names. */
export interface Shape {
  readonly kind: Kind | 'struct' | 'list'
  /** The Go type's name, as messages have it. */
  readonly type: string
  readonly fields?: Readonly<Record<string, Field>>
}

/** A field of a struct. */
export interface Field {
  readonly shape: Shape
  readonly optional?: boolean
  /** The number of an explicit tag around the value. */
  readonly explicit?: number
  readonly omitEmpty?: boolean
}

/** A value that was read. `any` gives its bytes with tag and length. */
export type Read = bigint | string | Uint8Array | ReadonlyMap<string, Read> | readonly Read[]

export const int: Shape = { kind: 'int', type: 'int' }
export const big: Shape = { kind: 'big', type: '' }
export const octetString: Shape = { kind: 'octets', type: '' }
export const bitString: Shape = { kind: 'bits', type: 'BitString' }
export const oid: Shape = { kind: 'oid', type: 'ObjectIdentifier' }
export const any: Shape = { kind: 'any', type: 'RawValue' }

const universal: Readonly<Record<Shape['kind'], number>> = { int: 2, big: 2, bits: 3, octets: 4, oid: 6, struct: 16, list: 16, any: -1 }

const syntaxError = (message: string): GoError => new GoError(`asn1: syntax error: ${message}`)
const structuralError = (message: string): GoError => new GoError(`asn1: structure error: ${message}`)

interface Header {
  readonly class: number
  readonly tag: number
  readonly length: number
  readonly isCompound: boolean
}

/** The first value of bytes, and what follows it. Throws `GoError`. */
export function unmarshal(bytes: Uint8Array, shape: Shape): { readonly value: Read; readonly rest: Uint8Array } {
  const { value, end } = field(bytes, 0, { shape })
  return { value: value!, rest: bytes.subarray(end) }
}

/** Whether bytes can be read so. */
export const fits = (bytes: Uint8Array, shape: Shape): boolean => faultOf(() => unmarshal(bytes, shape)) === undefined

interface Found {
  readonly value: Read | undefined
  readonly end: number
}

function field(bytes: Uint8Array, start: number, wanted: Field): Found {
  const absent: Found = { value: undefined, end: start }
  if (start === bytes.length) {
    if (wanted.optional) return absent
    throw syntaxError('sequence truncated')
  }
  let [header, at] = headerAt(bytes, start)
  if (wanted.explicit !== undefined) {
    if (at === bytes.length) throw structuralError('explicit tag has no child')
    if (header.class !== 2 || header.tag !== wanted.explicit || (header.length > 0 && !header.isCompound)) {
      if (wanted.optional) return absent
      throw structuralError("explicitly tagged member didn't match")
    }
    if (header.length === 0) throw structuralError('zero length explicit tag was not an asn1.Flag')
    ;[header, at] = headerAt(bytes, at)
  }
  const { kind } = wanted.shape
  const isCompound = kind === 'struct' || kind === 'list'
  if (kind !== 'any' && (header.class !== 0 || header.tag !== universal[kind] || header.isCompound !== isCompound)) {
    if (wanted.optional) return absent
    throw structuralError(`tags don't match (${universal[kind]} vs ${headerText(header)}) ${fieldText(wanted)} ${wanted.shape.type} @${at}`)
  }
  const end = at + header.length
  if (end > bytes.length) throw syntaxError('data truncated')
  const value = kind === 'any' ? bytes.subarray(start, end) : content(bytes.subarray(at, end), wanted.shape)
  return { value, end }
}

const headerText = ({ class: group, tag, length, isCompound }: Header): string => `{class:${group} tag:${tag} length:${length} isCompound:${isCompound}}`

/** Go's `%+v` of what it knows of a field; where the tag is, it prints an address. */
const fieldText = ({ optional = false, explicit, omitEmpty = false }: Field): string =>
  `{optional:${optional} explicit:${explicit !== undefined} application:false private:false defaultValue:<nil> tag:${explicit === undefined ? '<nil>' : '0xc000000000'} stringType:0 timeType:0 set:false omitEmpty:${omitEmpty}}`

function content(bytes: Uint8Array, { kind, fields = {} }: Shape): Read {
  switch (kind) {
    case 'int':
    case 'big':
      return integer(bytes, kind)
    case 'bits':
      return bitsOf(bytes)
    case 'oid':
      return identifierOf(bytes)
    case 'struct':
      return struct(bytes, fields)
    case 'list':
      return list(bytes, fields)
    default:
      return bytes
  }
}

function struct(bytes: Uint8Array, fields: Readonly<Record<string, Field>>): Read {
  const values = new Map<string, Read>()
  let at = 0
  for (const [name, wanted] of Object.entries(fields)) {
    const { value, end } = field(bytes, at, wanted)
    if (value !== undefined) values.set(name, value)
    at = end
  }
  return values
}

function list(bytes: Uint8Array, fields: Readonly<Record<string, Field>>): Read {
  const items: Uint8Array[] = []
  for (let at = 0; at < bytes.length; ) {
    const [{ class: group, tag, length, isCompound }, start] = headerAt(bytes, at)
    if (group !== 0 || tag !== universal.struct || !isCompound) throw structuralError('sequence tag mismatch')
    if (start + length > bytes.length) throw syntaxError('truncated sequence')
    items.push(bytes.subarray(start, start + length))
    at = start + length
  }
  return items.map((item) => struct(item, fields))
}

function headerAt(bytes: Uint8Array, start: number): [Header, number] {
  const first = bytes[start]!
  let [tag, at] = [first & 0x1f, start + 1]
  if (tag === 0x1f) {
    ;[tag, at] = base128(bytes, at)
    if (tag < 0x1f) throw syntaxError('non-minimal tag')
  }
  const [length, end] = lengthAt(bytes, at)
  return [{ class: first >> 6, tag, length, isCompound: (first & 0x20) !== 0 }, end]
}

function lengthAt(bytes: Uint8Array, start: number): [number, number] {
  let at = start
  const next = (): number => {
    if (at >= bytes.length) throw syntaxError('truncated tag or length')
    return bytes[at++]!
  }
  const first = next()
  if (first < 0x80) return [first, at]
  if (first === 0x80) throw syntaxError('indefinite length found (not DER)')
  let length = 0
  for (let count = first & 0x7f; count > 0; count--) {
    const byte = next()
    if (length >= 1 << 23) throw structuralError('length too large')
    length = length * 256 + byte
    if (length === 0) throw structuralError('superfluous leading zeros in length')
  }
  if (length < 0x80) throw structuralError('non-minimal length')
  return [length, at]
}

function base128(bytes: Uint8Array, start: number): [number, number] {
  let value = 0
  for (let at = start; at < bytes.length; at++) {
    if (at - start === 5) throw structuralError('base 128 integer too large')
    const byte = bytes[at]!
    if (at === start && byte === 0x80) throw syntaxError('integer is not minimally encoded')
    value = value * 128 + (byte & 0x7f)
    if (byte >= 0x80) continue
    if (value > 0x7fffffff) throw structuralError('base 128 integer too large')
    return [value, at + 1]
  }
  throw syntaxError('truncated base 128 integer')
}

function integer(bytes: Uint8Array, kind: 'int' | 'big'): bigint {
  const [first, second] = bytes
  if (first === undefined) throw structuralError('empty integer')
  const isLong = second !== undefined && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80))
  if (isLong) throw structuralError('integer not minimally-encoded')
  if (kind === 'int' && bytes.length > 8) throw structuralError('integer too large')
  return BigInt.asIntN(bytes.length * 8, integerOf(bytes))
}

function bitsOf(bytes: Uint8Array): Uint8Array {
  const [unused] = bytes
  if (unused === undefined) throw syntaxError('zero length BIT STRING')
  const isWrong = unused > 7 || (bytes.length === 1 && unused > 0) || (bytes.at(-1)! & ((1 << unused) - 1)) !== 0
  if (isWrong) throw syntaxError('invalid padding bits in BIT STRING')
  return bytes.subarray(1)
}

function identifierOf(bytes: Uint8Array): string {
  if (bytes.length === 0) throw syntaxError('zero length OBJECT IDENTIFIER')
  const parts: number[] = []
  for (let at = 0; at < bytes.length; ) {
    const [value, end] = base128(bytes, at)
    if (parts.length > 0) parts.push(value)
    else if (value < 80) parts.push(Math.floor(value / 40), value % 40)
    else parts.push(2, value - 80)
    at = end
  }
  return parts.join('.')
}
