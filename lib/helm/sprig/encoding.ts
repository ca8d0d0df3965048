import { attempt } from '../../go/attempt.ts'
import { fromBytes, toBytes } from '../../go/bytes.ts'
import { func, GoError } from '../../go/value.ts'

/** An alphabet of 2^bits letters whose groups of letters spell whole bytes. */
interface Base {
  readonly letters: string
  readonly bits: number
  readonly group: number
}

const base64: Base = { letters: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/', bits: 6, group: 4 }
const base32: Base = { letters: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', bits: 5, group: 8 }

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

const wrongAt = (name: string, at: number): GoError => new GoError(`illegal ${name} data at input byte ${at}`)
const isBreak = (char: string | undefined): boolean => char === '\n' || char === '\r'

/** The letters before the padding, as numbers. Source: Go encoding/base64. */
function lettersOf64(text: string): number[] {
  const codes: number[] = []
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!
    if (isBreak(char)) continue
    if (char === '=') {
      checkPadding64(text, at, codes.length % 4)
      return codes
    }
    const code = base64.letters.indexOf(char)
    if (code < 0) throw wrongAt('base64', at)
    codes.push(code)
  }
  if (codes.length % 4) throw wrongAt('base64', text.length - (codes.length % 4))
  return codes
}

function checkPadding64(text: string, start: number, seen: number): void {
  if (seen < 2) throw wrongAt('base64', start)
  let at = start + 1
  const skip = (): void => {
    while (isBreak(text[at])) at++
  }
  skip()
  if (seen === 2) {
    if (at === text.length) throw wrongAt('base64', at)
    if (text[at++] !== '=') throw wrongAt('base64', at - 2)
    skip()
  }
  if (at < text.length) throw wrongAt('base64', at)
}

/** The same for base 32, which knows no breaks and does not look at what is behind the padding. Source: Go encoding/base32. */
function lettersOf32(text: string): number[] {
  const bytes = toBytes(text.replace(/[\r\n]/g, ''))
  const codes: number[] = []
  for (const [at, byte] of bytes.entries()) {
    const seen = codes.length % 8
    if (byte === 0x3d && seen >= 2 && bytes.length - at <= 8) {
      checkPadding32(bytes, at, seen)
      return codes
    }
    const code = base32.letters.indexOf(String.fromCharCode(byte))
    if (code < 0) throw wrongAt('base32', at)
    codes.push(code)
  }
  if (codes.length % 8) throw wrongAt('base32', bytes.length - (codes.length % 8))
  return codes
}

function checkPadding32(bytes: Uint8Array, start: number, seen: number): void {
  if (bytes.length - start < 8 - seen) throw wrongAt('base32', bytes.length)
  const other = bytes.slice(start + 1, start + 8 - seen).findIndex((byte) => byte !== 0x3d)
  if (other >= 0) throw wrongAt('base32', start + other)
  if (seen === 3 || seen === 6) throw wrongAt('base32', start)
}

/** The bytes that a text spells. Throws `GoError` with Go's message. */
function bytesOf(base: Base, text: string): number[] {
  const bytes: number[] = []
  let held = 0
  let count = 0
  for (const code of base === base64 ? lettersOf64(text) : lettersOf32(text)) {
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
