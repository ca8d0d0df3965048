import { byteChars, byteLength, byteSlice, fromBytes, joinBytes, toBytes } from '../../go/bytes.ts'
import { printed } from '../../go/print.ts'
import { quote } from '../../go/quote.ts'
import { func, GoError, TypedMap, type Value } from '../../go/value.ts'
import { strings as stringSlice, strslice, strval, toStrings } from './convert.ts'
import { checkItems, repeated } from './limits.ts'

const given = (values: readonly Value[]): Value[] => values.filter(value => value !== null && value !== undefined)

const indent = (count: number, text: string): string => {
  const pad = repeated(' ', count)
  return pad + text.replaceAll('\n', `\n${pad}`)
}

/** The first `count` bytes, or for a negative count the last. */
function trunc(count: number, text: string): string {
  const length = byteLength(text)
  if (count < 0 && length + count > 0) return byteSlice(text, length + count, length)
  return count >= 0 && length > count ? byteSlice(text, 0, count) : text
}

/** Neither of Go's outermost ints is written like its float64. */
const bound = (value: number): string => (value >= 2 ** 63 ? '9223372036854775807' : BigInt(value).toString())

/** The error of Go's `s[from:to]` for bounds that are not in the text; an absent `to` is its length. */
function checkBounds(from: number, to: number | undefined, length: number): void {
  const end = to ?? length
  const outside = (bounds: string): GoError => new GoError(`runtime error: slice bounds out of range [${bounds}]`)
  if (end < 0) throw outside(`:${bound(end)}`)
  if (end > length) throw new GoError(`runtime error: slice bounds out of range [:${bound(end)}] with length ${length}`)
  if (from > end) throw outside(`${bound(from)}:${bound(end)}`)
}

function substr(start: number, end: number, text: string): string {
  const length = byteLength(text)
  const to = start >= 0 && (end < 0 || end > length) ? undefined : end
  const from = Math.max(start, 0)
  checkBounds(from, to, length)
  return byteSlice(text, from, to ?? length)
}

/** Go's `strings.SplitN`; a negative count means all, an empty separator splits into characters. */
function splitN(text: string, separator: string, count: number): string[] {
  if (count === 0) return []
  const all = separator === '' ? Array.from(text) : text.split(separator)
  checkItems(all.length)
  if (count < 0 || all.length <= count) return all
  return [...all.slice(0, count - 1), all.slice(count - 1).join(separator)]
}

const numbered = (parts: readonly string[]): TypedMap =>
  new TypedMap('map[string]string', parts.map((part, at) => [`_${at}`, part] as const))

function abbreviated(bytes: Uint8Array, offset: number, width: number): string {
  const { length } = bytes
  if (length <= width) return fromBytes(bytes)
  let start = Math.min(offset, length)
  if (length - start < width - 3) start = length - (width - 3)
  if (start <= 4) return `${fromBytes(bytes.subarray(0, width - 3))}...`
  if (start + width - 3 < length) return `...${abbreviated(bytes.subarray(start), 0, width - 3)}`
  return `...${fromBytes(bytes.subarray(length - (width - 3)))}`
}

const abbrev = (width: number, text: string): string => (width < 4 ? text : abbreviated(toBytes(text), 0, width))

const abbrevboth = (left: number, right: number, text: string): string =>
  right < 4 || (left > 0 && right < 7) ? text : abbreviated(toBytes(text), left, right)

/** Breaks a text into lines of at most `width` bytes (goutils, WrapCustom). */
function wrapped(text: string, width: number, lineEnd: string, breakWords: boolean): string {
  const bytes = byteChars(text)
  const size = Math.max(width, 1)
  const lines: string[] = []
  let at = 0
  while (bytes.length - at > size) {
    if (bytes[at] === ' ') {
      at++
      continue
    }
    const space = bytes.slice(at, at + size + 1).lastIndexOf(' ')
    const long = space < 0 && !breakWords ? bytes.indexOf(' ', at + size) : -1
    if (space < 0 && !breakWords && long < 0) break
    const end = space >= 0 ? at + space : breakWords ? at + size : long
    lines.push(bytes.slice(at, end))
    at = end + (space < 0 && breakWords ? 0 : 1)
  }
  lines.push(bytes.slice(at))
  return lines.map(line => fromBytes(Array.from(line, char => char.charCodeAt(0)))).join(lineEnd || '\n')
}

/** `old` replaced everywhere; an empty one stands between any two characters. */
function replace(old: string, fresh: string, text: string): string {
  if (old) return bytewise(text, old) ?? text.split(old).join(fresh)
  return fresh + Array.from(text, char => char + fresh).join('')
  function bytewise(source: string, part: string): string | undefined {
    if (!/[\udc80-\udcff]/.test(part)) return undefined
    const parts = byteChars(source).split(byteChars(part))
    const bytes = parts.join(byteChars(fresh))
    return fromBytes(Array.from(bytes, char => char.charCodeAt(0)))
  }
}

/** Whether the bytes of `part` are somewhere in `text`. */
function contains(part: string, text: string): boolean {
  if (text.includes(part)) return true
  return /[\udc80-\udcff]/.test(part) && byteChars(text).includes(byteChars(part))
}

export const texts = {
  abbrev: func(['int', 'string'], abbrev),
  abbrevboth: func(['int', 'int', 'string'], abbrevboth),
  trunc: func(['int', 'string'], trunc),
  substr: func(['int', 'int', 'string'], substr),
  repeat: func(['int', 'string'], (count, text) => joinBytes(repeated(text, count))),
  wrap: func(['int', 'string'], (width, text) => (text ? wrapped(text, width, '', false) : '')),
  wrapWith: func(['int', 'string', 'string'], (width, lineEnd, text) => (text ? joinBytes(wrapped(text, width, lineEnd, true)) : '')),
  contains: func(['string', 'string'], contains),
  hasPrefix: func(['string', 'string'], (prefix, text) => text.startsWith(prefix)),
  hasSuffix: func(['string', 'string'], (suffix, text) => text.endsWith(suffix)),
  quote: func(['...any'], (...values) => given(values).map(value => quote(strval(value))).join(' ')),
  squote: func(['...any'], (...values) => given(values).map(value => `'${printed(value)}'`).join(' ')),
  cat: func(['...any'], (...values) => given(values).map(printed).join(' ')),
  indent: func(['int', 'string'], indent),
  nindent: func(['int', 'string'], (count, text) => `\n${indent(count, text)}`),
  replace: func(['string', 'string', 'string'], (old, fresh, text) => joinBytes(replace(old, fresh, text))),
  plural: func(['string', 'string', 'int'], (one, many, count) => (count === 1 ? one : many)),
  toString: func(['any'], strval),
  toStrings: func(['any'], toStrings),
  join: func(['string', 'any'], (separator, value) => joinBytes(strslice(value).join(separator))),
  split: func(['string', 'string'], (separator, text) => numbered(splitN(text, separator, -1))),
  splitn: func(['string', 'int', 'string'], (separator, count, text) => numbered(splitN(text, separator, count))),
  splitList: func(['string', 'string'], (separator, text) => stringSlice(splitN(text, separator, -1))),
  hello: func([], () => 'Hello!'),
}
