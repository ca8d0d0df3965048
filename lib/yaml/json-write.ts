import { sortedKeys } from '../go/bytes.ts'
import { Int, Struct, type Value } from '../go/value.ts'
import { unsupportedNumber, YamlError } from './error.ts'
import { jsonNumber } from './numbers.ts'
import { plainOf } from './plain.ts'

/** What differs between `toJson`, `toPrettyJson` and `toRawJson`. */
export interface JsonOptions {
  /** One step of indentation; nothing means a single line. */
  readonly indent?: string
  /** Whether `<`, `>` and `&` are escaped, as Go does unless told otherwise. */
  readonly escapeHtml?: boolean
}

const maxDepth = 1000

/** JSON text as Go's encoding/json writes it: keys in byte order, no newline at the end. Throws `YamlError`. */
export function writeJson(value: Value, { indent = '', escapeHtml = true }: JsonOptions = {}): string {
  const quote = escapeHtml ? quoteForHtml : quoteRaw

  function write(value: Value, newline: string, depth: number): string {
    if (depth > maxDepth) throw new YamlError('json: unsupported value: exceeded max depth')
    const plain = plainOf(value)
    if (typeof plain === 'string') return quote(plain)
    if (typeof plain === 'number') return finite(plain)
    if (plain === null || typeof plain === 'boolean') return String(plain)
    if (plain instanceof Int) return String(plain.n)
    const inner = newline && newline + indent
    if (plain instanceof Map) {
      const keys = value instanceof Struct ? [...plain.keys()] : sortedKeys(plain)
      const colon = indent ? ': ' : ':'
      return wrap('{', keys.map(key => quote(key) + colon + write(plain.get(key), inner, depth + 1)), '}', newline, inner)
    }
    return wrap('[', (plain as readonly Value[]).map(item => write(item, inner, depth + 1)), ']', newline, inner)
  }

  return write(value, indent && '\n', 0)
}

function wrap(open: string, parts: string[], close: string, newline: string, inner: string): string {
  return parts.length === 0 ? open + close : open + inner + parts.join(`,${inner}`) + newline + close
}

function finite(n: number): string {
  if (Number.isFinite(n)) return jsonNumber(n)
  throw unsupportedNumber(n)
}

const escapes = new Map([
  ['"', '\\"'], ['\\', '\\\\'], ['\b', '\\b'], ['\f', '\\f'], ['\n', '\\n'], ['\r', '\\r'], ['\t', '\\t'],
])

const escapeOne = (character: string): string =>
  escapes.get(character) ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`

const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/** Bytes that are not UTF-8 become an escaped U+FFFD. */
const wellFormed = (text: string): string => text.replace(loneSurrogate, '\\ufffd')

/** Quotes with these characters escaped; most texts hold none of them. */
function quoting(escaped: string): (text: string) => string {
  const all = new RegExp(`[${escaped}]`, 'g')
  const any = new RegExp(`[${escaped}\\ud800-\\udfff]`)
  return text => `"${any.test(text) ? wellFormed(text.replace(all, escapeOne)) : text}"`
}

const always = '"\\\\\\x00-\\x1f\\u2028\\u2029'
const quoteRaw = quoting(always)
const quoteForHtml = quoting(`${always}<>&`)
