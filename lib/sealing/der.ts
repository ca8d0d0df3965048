import { SealingError } from './error.ts'

/** One value of a DER text: its tag, its content, and all of it with tag and length. */
export interface Der {
  readonly tag: number
  readonly content: Uint8Array
  readonly whole: Uint8Array
}

const damaged = (): SealingError => new SealingError('The certificate is damaged: it is cut off, or no X.509 certificate at all.')

/** Reads the value that begins at an offset; refuses what DER does not allow and what ends too early. Source: X.690, sections 8.1 and 10.1. */
export function readDer(bytes: Uint8Array, from = 0): Der {
  const tag = bytes[from]
  const first = bytes[from + 1]
  // Tags of several bytes occur in no certificate.
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f) throw damaged()
  let length = first
  let start = from + 2
  if (first >= 0x80) {
    const count = first & 0x7f
    if (count === 0 || count > 3 || start + count > bytes.length) throw damaged()
    length = 0
    for (const byte of bytes.subarray(start, start + count)) length = length * 256 + byte
    if (length < 0x80 || (count > 1 && bytes[start] === 0)) throw damaged()
    start += count
  }
  const end = start + length
  if (end > bytes.length) throw damaged()
  return { tag, content: bytes.subarray(start, end), whole: bytes.subarray(from, end) }
}

/** The values inside a value, one after another. */
export function partsOf({ content }: Der, most = 64): readonly Der[] {
  const parts: Der[] = []
  for (let at = 0; at < content.length; at += (parts.at(-1) as Der).whole.length) {
    if (parts.length === most) throw damaged()
    parts.push(readDer(content, at))
  }
  return parts
}

/** A part that must be there and have this tag. */
export function partAt(parts: readonly Der[], at: number, tag: number): Der {
  const part = parts[at]
  if (part?.tag !== tag) throw damaged()
  return part
}

export const tags = { integer: 0x02, bitString: 0x03, oid: 0x06, utcTime: 0x17, generalizedTime: 0x18, sequence: 0x30, version: 0xa0 } as const
