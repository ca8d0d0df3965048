import { concatBytes } from '@noble/hashes/utils.js'

// DER, written (ITU-T X.690).

/** A value with its tag and length. */
export function tagged(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const content = concatBytes(...parts)
  const length: number[] = []
  if (content.length < 0x80) length.push(content.length)
  else {
    for (let rest = content.length; rest > 0; rest >>>= 8) length.unshift(rest & 0xff)
    length.unshift(0x80 | length.length)
  }
  return concatBytes(Uint8Array.of(tag, ...length), content)
}

export const sequence = (...parts: readonly Uint8Array[]): Uint8Array => tagged(0x30, ...parts)
export const set = (...parts: readonly Uint8Array[]): Uint8Array => tagged(0x31, ...parts)
export const octets = (bytes: Uint8Array): Uint8Array => tagged(0x04, bytes)
/** Whole bytes as a bit string. */
export const bits = (bytes: Uint8Array, unused = 0): Uint8Array => tagged(0x03, Uint8Array.of(unused), bytes)
/** What follows a tag of its own, such as `[0]`. */
export const explicit = (number: number, part: Uint8Array): Uint8Array => tagged(0xa0 | number, part)
export const nothing = Uint8Array.of(0x05, 0)
export const yes = Uint8Array.of(0x01, 1, 0xff)

/** An integer that is not negative. */
export function integer(value: bigint): Uint8Array {
  const bytes = bytesOf(value)
  return bytes[0]! >= 0x80 ? tagged(0x02, Uint8Array.of(0), bytes) : tagged(0x02, bytes)
}

/** An object identifier in its dotted form. */
export function identifier(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  return tagged(0x06, Uint8Array.from([first * 40 + second, ...rest].flatMap(base128)))
}

function base128(value: number): number[] {
  const bytes = [value & 0x7f]
  for (let rest = value >>> 7; rest > 0; rest >>>= 7) bytes.unshift((rest & 0x7f) | 0x80)
  return bytes
}

/** The bytes of an integer that is not negative, highest first: as few as it needs, or `size`. */
export function bytesOf(value: bigint, size = 1): Uint8Array {
  const hex = value.toString(16)
  const digits = hex.padStart(Math.max(size * 2, hex.length + (hex.length & 1)), '0')
  return Uint8Array.from({ length: digits.length / 2 }, (_, at) => parseInt(digits.slice(at * 2, at * 2 + 2), 16))
}

/** The integer that bytes spell, highest first. */
export function integerOf(bytes: Uint8Array): bigint {
  let hex = '0x0'
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0')
  return BigInt(hex)
}
