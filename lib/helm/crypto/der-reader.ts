import { GoError } from '../../go/value.ts'
import { integerOf } from './der.ts'

/** Tags of DER that certificates have. */
export const tags = {
  boolean: 0x01, integer: 0x02, bits: 0x03, octets: 0x04, identifier: 0x06, utf8: 0x0c, numeric: 0x12, printable: 0x13, t61: 0x14, ia5: 0x16,
  utcTime: 0x17, generalizedTime: 0x18, bmp: 0x1e, sequence: 0x30, set: 0x31,
} as const

/** A value that was read. */
export interface Element {
  readonly tag: number
  readonly content: DerReader
  /** With tag and length. */
  readonly whole: Uint8Array
}

/**
 * Reads values of DER one after another, as strictly as golang.org/x/crypto/cryptobyte. What is
 * not as asked ends with a `GoError` of the message that the caller gives.
 */
export class DerReader {
  private at = 0
  constructor(readonly bytes: Uint8Array) {}

  get isEmpty(): boolean {
    return this.at >= this.bytes.length
  }

  next(tag: number): boolean {
    return this.bytes[this.at] === tag
  }

  /** The next value, of a tag if one is given. */
  element(problem: string, tag?: number): Element {
    const { bytes, at } = this
    const found = bytes[at]
    const [length, header] = lengthAt(bytes, at + 1)
    const end = header + length
    if (found === undefined || (found & 0x1f) === 0x1f || !(end <= bytes.length) || (tag !== undefined && found !== tag)) throw new GoError(problem)
    this.at = end
    return { tag: found, content: new DerReader(bytes.subarray(header, end)), whole: bytes.subarray(at, end) }
  }

  read(tag: number, problem: string): DerReader {
    return this.element(problem, tag).content
  }

  /** What is there if it has this tag. */
  optional(tag: number, problem: string): DerReader | undefined {
    return this.next(tag) ? this.read(tag, problem) : undefined
  }

  boolean(problem: string): boolean {
    const { bytes } = this.read(tags.boolean, problem)
    if (bytes.length !== 1 || (bytes[0] !== 0 && bytes[0] !== 0xff)) throw new GoError(problem)
    return bytes[0] === 0xff
  }

  integer(problem: string, tag: number = tags.integer): bigint {
    const { bytes } = this.read(tag, problem)
    const [first, second] = bytes
    const isLong = second !== undefined && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80))
    if (first === undefined || isLong) throw new GoError(problem)
    return BigInt.asIntN(bytes.length * 8, integerOf(bytes))
  }

  /** An integer that Go's `int` can hold. */
  int(problem: string, tag?: number): bigint {
    const value = this.integer(problem, tag)
    if (BigInt.asIntN(64, value) !== value) throw new GoError(problem)
    return value
  }

  /** The bytes of a bit string, those of one that ends within a byte moved to the end. */
  bits(problem: string): Uint8Array {
    const { bytes } = this.read(tags.bits, problem)
    const [unused = 8] = bytes
    const isWrong = unused > 7 || (bytes.length === 1 && unused > 0) || (bytes.length > 1 && (bytes.at(-1)! & ((1 << unused) - 1)) !== 0)
    if (isWrong) throw new GoError(problem)
    const whole = bytes.subarray(1)
    return unused === 0 ? whole : whole.map((byte, at) => ((at > 0 ? whole[at - 1]! << (8 - unused) : 0) | (byte >> unused)) & 0xff)
  }

  /** An object identifier in its dotted form. */
  identifier(problem: string): string {
    const { bytes } = this.read(tags.identifier, problem)
    if (bytes.length === 0 || bytes.at(-1)! >= 0x80) throw new GoError(problem)
    const parts: number[] = []
    let [value, isFirst] = [0, true]
    for (const byte of bytes) {
      if ((isFirst && byte === 0x80) || value >= 2 ** 24) throw new GoError(problem)
      value = value * 128 + (byte & 0x7f)
      isFirst = byte < 0x80
      if (!isFirst) continue
      if (parts.length > 0) parts.push(value)
      else parts.push(Math.min(Math.floor(value / 40), 2), value < 80 ? value % 40 : value - 80)
      value = 0
    }
    return parts.join('.')
  }
}

/** A length and where its content begins; not a number where it is none in the fewest bytes. */
function lengthAt(bytes: Uint8Array, at: number): [length: number, start: number] {
  const first = bytes[at]
  if (first === undefined) return [NaN, at]
  if (first < 0x80) return [first, at + 1]
  const count = first & 0x7f
  const start = at + 1 + count
  if (count === 0 || count > 4 || start > bytes.length || bytes[at + 1] === 0) return [NaN, at]
  const length = bytes.subarray(at + 1, start).reduce((sum, byte) => sum * 256 + byte, 0)
  return [length < 0x80 ? NaN : length, start]
}
