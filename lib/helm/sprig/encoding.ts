import { attempt } from '../../go/attempt.ts'
import { fromBytes, toBytes } from '../../go/bytes.ts'
import { func, GoError } from '../../go/value.ts'

/** An alphabet of 2^bits letters whose groups of letters spell whole bytes. */
interface Base {
  readonly name: string
  readonly letters: string
  readonly bits: number
  readonly group: number
}

const base64: Base = { name: 'base64', letters: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/', bits: 6, group: 4 }
const base32: Base = { name: 'base32', letters: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', bits: 5, group: 8 }

/** Bytes as text in a base, padded with `=`. */
function encoded({ letters, bits, group }: Base, bytes: ArrayLike<number>): string {
  let text = ''
  let held = 0
  let count = 0
  for (let at = 0; at < bytes.length; at++) {
    held = (held << 8) | bytes[at]!
    for (count += 8; count >= bits; count -= bits) text += letters[(held >> (count - bits)) & ((1 << bits) - 1)]
    held &= (1 << count) - 1
  }
  if (count) text += letters[(held << (bits - count)) & ((1 << bits) - 1)]
  return text.padEnd(Math.ceil(text.length / group) * group, '=')
}

const tails = { base64: [0, 2, 3], base32: [0, 2, 4, 5, 7] }

/** How many letters stand before the padding, or where the text goes wrong. */
function lettersOf({ letters, group, name }: Base, text: string): { codes: number[]; wrong: number } {
  const codes: number[] = []
  const allowed = tails[name as keyof typeof tails]
  let seen = 0
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!
    if (char === '\n' || char === '\r') continue
    if (char === '=') return { codes, wrong: paddingFault(text, at, seen, group, allowed) }
    const code = letters.indexOf(char)
    if (code < 0) return { codes, wrong: at }
    codes.push(code)
    seen = (seen + 1) % group
  }
  return { codes, wrong: seen ? text.length - seen : -1 }
}

/** Where padding that starts at `start` is wrong; −1 if it is not. */
function paddingFault(text: string, start: number, seen: number, group: number, allowed: readonly number[]): number {
  if (!seen || !allowed.includes(seen)) return start
  let missing = group - seen
  let at = start
  for (; at < text.length && missing; at++) {
    if (text[at] === '\n' || text[at] === '\r') continue
    if (text[at] !== '=') return at
    missing--
  }
  if (missing) return text.length
  while (text[at] === '\n' || text[at] === '\r') at++
  return at < text.length ? at : -1
}

/** The bytes that a text spells. Throws `GoError` with Go's message. */
function bytesOf(base: Base, text: string): number[] {
  const { codes, wrong } = lettersOf(base, text)
  if (wrong >= 0) throw new GoError(`illegal ${base.name} data at input byte ${wrong}`)
  const bytes: number[] = []
  let held = 0
  let count = 0
  for (const code of codes) {
    held = (held << base.bits) | code
    count += base.bits
    if (count < 8) continue
    count -= 8
    bytes.push(held >> count)
    held &= (1 << count) - 1
  }
  return bytes
}

/** The text whose bytes are spelled; for a wrong one Sprig takes the message for the result. */
const decoded = (base: Base, text: string): string => attempt(() => fromBytes(bytesOf(base, text)), ({ message }) => message)

/** The bytes that base64 text spells. Throws `GoError`. */
export const bytesOfBase64 = (text: string): Uint8Array => Uint8Array.from(bytesOf(base64, text))

/** A text's bytes in base64. */
const toBase64 = (text: string): string => encoded(base64, toBytes(text))

export const encodings = {
  b64enc: func(['string'], toBase64),
  b64dec: func(['string'], text => decoded(base64, text)),
  b32enc: func(['string'], text => encoded(base32, toBytes(text))),
  b32dec: func(['string'], text => decoded(base32, text)),
}

/** Bytes in base64. */
export const bytesToBase64 = (bytes: ArrayLike<number>): string => encoded(base64, bytes)
