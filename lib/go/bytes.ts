/**
 * Go strings are bytes; ours are JavaScript strings in which a byte that is not part of valid
 * UTF-8 stands as a lone U+DC80…U+DCFF. Everything here goes between the two.
 */

const ascii = /^[\x00-\x7f]*$/
const surrogate = /[\ud800-\udfff]/
const loneByte = /(?<![\ud800-\udbff])[\udc80-\udcff]/

/** Whether bytes and UTF-16 units are the same for this string. */
export const isAscii = (text: string): boolean => ascii.test(text)

/** Whether the string holds a byte that is not UTF-8. */
export const hasInvalidBytes = (text: string): boolean => surrogate.test(text) && loneByte.test(text)

/** The bytes that Go would hold for the string. */
export function toBytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 3)
  let end = 0
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit < 0x80) bytes[end++] = unit
    else if (unit < 0x800) {
      bytes[end++] = 0xc0 | (unit >> 6)
      bytes[end++] = 0x80 | (unit & 0x3f)
    } else if (unit >= 0xdc80 && unit <= 0xdcff) bytes[end++] = unit & 0xff
    else if (unit >= 0xd800 && unit <= 0xdbff && at + 1 < text.length) {
      const point = text.codePointAt(at)!
      at++
      bytes[end++] = 0xf0 | (point >> 18)
      bytes[end++] = 0x80 | ((point >> 12) & 0x3f)
      bytes[end++] = 0x80 | ((point >> 6) & 0x3f)
      bytes[end++] = 0x80 | (point & 0x3f)
    } else {
      bytes[end++] = 0xe0 | (unit >> 12)
      bytes[end++] = 0x80 | ((unit >> 6) & 0x3f)
      bytes[end++] = 0x80 | (unit & 0x3f)
    }
  }
  return bytes.subarray(0, end)
}

/** How many bytes Go would count. */
export function byteLength(text: string): number {
  let length = text.length
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit < 0x80) continue
    if (unit < 0x800) length++
    else if (unit >= 0xd800 && unit <= 0xdbff) {
      length += 2
      at++
    } else if (unit < 0xdc80 || unit > 0xdcff) length += 2
  }
  return length
}

/** The code point of the UTF-8 sequence at `at` and its width; width 0 where there is none. */
export function sequenceAt(bytes: ArrayLike<number>, at: number): [point: number, width: number] {
  const first = bytes[at]!
  const width = first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0
  if (width < 2) return [first, width]
  if (at + width > bytes.length) return [0, 0]
  let point = first & (0xff >> (width + 1))
  for (let next = 1; next < width; next++) {
    const byte = bytes[at + next]!
    if ((byte & 0xc0) !== 0x80) return [0, 0]
    point = (point << 6) | (byte & 0x3f)
  }
  const tooLong = (width === 3 && point < 0x800) || (width === 4 && (point < 0x10000 || point > 0x10ffff))
  return tooLong || (point >= 0xd800 && point <= 0xdfff) ? [0, 0] : [point, width]
}

const chunk = 8192

/** The string that holds these bytes; put together in parts, for millions of pieces of one character do not fit. */
export function fromBytes(bytes: ArrayLike<number>): string {
  let text = ''
  let units: number[] = []
  for (let at = 0; at < bytes.length; ) {
    const [point, width] = sequenceAt(bytes, at)
    if (width === 0) units.push(0xdc00 | bytes[at]!)
    else if (point < 0x10000) units.push(point)
    else units.push(0xd7c0 + (point >> 10), 0xdc00 | (point & 0x3ff))
    at += width || 1
    if (units.length < chunk) continue
    text += String.fromCharCode(...units)
    units = []
  }
  return text + String.fromCharCode(...units)
}

/** One character, U+0000 to U+00FF, for each byte of a string, so that offsets are bytes. */
export const byteChars = (text: string): string => (isAscii(text) ? text : charsOfBytes(toBytes(text)))

function charsOfBytes(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += chunk) text += String.fromCharCode(...bytes.subarray(at, at + chunk))
  return text
}

/** Bytes that became valid UTF-8 by being put side by side become the characters they spell. */
export const joinBytes = (text: string): string => (hasInvalidBytes(text) ? fromBytes(toBytes(text)) : text)

/** The part of a string between two byte offsets, as Go's `s[from:to]`. */
export function byteSlice(text: string, from: number, to: number): string {
  return isAscii(text) ? text.slice(from, to) : fromBytes(toBytes(text).subarray(from, to))
}

/** The string as `[]rune` and back would have it: U+FFFD for each byte that is not UTF-8. */
export const withReplacements = (text: string): string =>
  hasInvalidBytes(text) ? text.replace(new RegExp(loneByte, 'g'), '\ufffd') : text

/** The runes of a string; a byte that is not UTF-8 gives itself as a lone surrogate. */
export const runesOf = (text: string): string[] => Array.from(text)

const order = (unit: number): number => (unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x2000 : unit - 0x800)

/** Compares as Go does, byte by byte: negative, zero or positive. */
export function compareStrings(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let at = 0; at < length; at++) {
    const left = a.charCodeAt(at)
    const right = b.charCodeAt(at)
    if (left === right) continue
    if (left < 0xd800 && right < 0xd800) return left - right
    return hasInvalidBytes(a) || hasInvalidBytes(b) ? compareBytes(a, b) : order(left) - order(right)
  }
  return a.length - b.length
}

function compareBytes(a: string, b: string): number {
  const left = toBytes(a)
  const right = toBytes(b)
  for (let at = 0; at < left.length && at < right.length; at++)
    if (left[at] !== right[at]) return left[at]! - right[at]!
  return left.length - right.length
}

/** The keys of a map in Go's order, byte by byte. */
export const sortedKeys = (map: ReadonlyMap<string, unknown>): string[] => [...map.keys()].sort(compareStrings)
