import { toBytes } from '../go/bytes.ts'
import { Int, type Value } from '../go/value.ts'
import { construct } from './construct.ts'
import { YamlError } from './error.ts'
import { Parser } from './parser.ts'
import { declined } from './simple-scalars.ts'
import { readSimple } from './simple.ts'
import { readUtf16 } from './utf16.ts'

const control = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]/
const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/

/** The bytes FF FE and FE FF as a text holds them. */
const utf16Mark = /^(?:\udcff\udcfe|\udcfe\udcff)/

function parserOf(source: string): Parser {
  const text = utf16Mark.test(source) ? readUtf16(toBytes(source)) : source
  const lone = /[\ud800-\udfff]/.test(text) ? text.search(loneSurrogate) : -1
  const wrong = text.search(control)
  if (lone >= 0 && (wrong < 0 || lone < wrong)) throw new YamlError(byteFault(toBytes(text.slice(lone, lone + 4)), lone + 4 >= text.length))
  if (wrong >= 0) throw new YamlError('control characters are not allowed')
  return new Parser(text)
}

/** What is wrong with bytes that are not UTF-8. Source: go-yaml's reader. */
function byteFault(bytes: Uint8Array, areAll: boolean): string {
  const [first] = bytes as unknown as [number]
  const width = first >= 0xf8 ? 0 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 0
  if (width === 0) return 'invalid leading UTF-8 octet'
  if (areAll && bytes.length < width) return 'incomplete UTF-8 octet sequence'
  if (bytes.slice(1, width).some((byte) => byte < 0x80 || byte > 0xbf)) return 'invalid trailing UTF-8 octet'
  const isShort = first < 0xc2 || (first === 0xe0 && bytes[1]! < 0xa0) || (first === 0xf0 && bytes[1]! < 0x90)
  return isShort ? 'invalid length of a UTF-8 sequence' : 'invalid Unicode character'
}

/**
 * Reads the first document as sigs.k8s.io/yaml does: YAML 1.1 words, merge keys, anchors, numbers
 * as float64, the last of equal keys. Empty text is `null`. With `asWritten` whole numbers are
 * `Int`. Throws `YamlError` with Go's message.
 */
export function readYaml(text: string, asWritten = false): Value {
  const simple = readSimple(text, asWritten)
  return simple === declined ? readInFull(text, asWritten) : simple
}

/** The same by way of tokens, whatever the text holds. */
export function readInFull(text: string, asWritten = false): Value {
  return converting(() => {
    const root = parserOf(text).document()
    return root ? construct(root, asWritten) : null
  })
}

/** All documents of a text, read like `readYaml`; empty text has none. */
export function readYamlDocuments(text: string): Value[] {
  return converting(() => {
    const parser = parserOf(text)
    const values: Value[] = []
    for (let root = parser.document(); root; root = parser.document()) values.push(construct(root))
    return values
  })
}

/** Reads a document that must be a map, as `readYaml` does; empty and null give an empty one. `type` is what Go reads it into. */
export function readYamlMap(text: string, { type = 'map[string]interface {}', asWritten = false } = {}): Map<string, Value> {
  const value = readYaml(text, asWritten)
  if (value === null || value === undefined) return new Map()
  if (value instanceof Map) return value
  throw misfit(value, `Go value of type ${type}`)
}

/** Reads a document that must be a list; empty and null give an empty one. */
export function readYamlList(text: string): Value[] {
  const value = readYaml(text)
  if (value === null || value === undefined) return []
  if (Array.isArray(value)) return value
  throw misfit(value, 'Go value of type []interface {}')
}

/** What JSON kind a value read from YAML has, in the words of Go's errors. */
export function jsonKind(value: Value): string {
  if (Array.isArray(value)) return 'array'
  if (value instanceof Map) return 'object'
  if (value instanceof Int) return 'number'
  return typeof value === 'boolean' ? 'bool' : typeof value
}

/** What Go says of a value that is not of the kind that it is read into. */
export const misfit = (value: Value, target: string): YamlError =>
  new YamlError(`error unmarshaling JSON: while decoding JSON: json: cannot unmarshal ${jsonKind(value)} into ${target}`)

function converting<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof YamlError)) throw error
    const detail = /^(?:json: |unsupported map key)/.test(error.message) ? error.message : `yaml: ${error.message}`
    throw new YamlError(`error converting YAML to JSON: ${detail}`, error.line, error.column)
  }
}
