import { toBytes } from '../go/bytes.ts'
import { quote } from '../go/quote.ts'
import type { Value } from '../go/value.ts'
import { JsonMisfit, YamlError } from './error.ts'

const maxDepth = 1000
const wordStarts = new Map<string, readonly [string, Value]>([
  ['t', ['true', true]],
  ['f', ['false', false]],
  ['n', ['null', null]],
])
const shortEscapes = new Map([
  ['"', '"'], ['\\', '\\'], ['/', '/'], ['b', '\b'], ['f', '\f'], ['n', '\n'], ['r', '\r'], ['t', '\t'],
])

/**
 * Reads one JSON value as Go's encoding/json does: numbers as float64, the last of equal keys.
 * Throws `YamlError` with Go's message.
 */
export function readJson(text: string): Value {
  if (!needsCare.test(text)) {
    try {
      return goValue(JSON.parse(text), maxDepth)
    } catch {
      // What is wrong with it is found out below, in Go's words.
    }
  }
  const reader = new JsonReader(text)
  const value = reader.value('looking for beginning of value')
  reader.end()
  if (reader.problem !== undefined) throw new JsonMisfit(reader.problem, value)
  return value
}

/** What JSON.parse takes otherwise than Go: halves of surrogate pairs, and numbers that may be too large. */
const needsCare = /\\u[dD]|[\ud800-\udfff]|[eE][+]?\d{3}|\d{300}/

/** What JSON.parse gave as Go has it; `depth` is how many levels it may have. */
function goValue(value: unknown, depth: number): Value {
  if (typeof value !== 'object' || value === null) return value as Value
  if (depth === 0) throw new RangeError('too deep')
  if (Array.isArray(value)) return value.map(item => goValue(item, depth - 1))
  const map = new Map<string, Value>()
  for (const key of Object.keys(value)) map.set(key, goValue((value as Record<string, unknown>)[key], depth - 1))
  return map
}

class JsonReader {
  /** What was wrong with a value, after which Go reads on. */
  problem: string | undefined
  private at = 0
  private depth = 0

  constructor(private readonly text: string) {}

  end(): void {
    if (this.peek() !== '') this.unexpected('after top-level value')
  }

  /** The next character that is not white space; empty at the end. */
  private peek(): string {
    while (' \t\r\n'.includes(this.text[this.at] ?? 'x')) this.at++
    return this.text[this.at] ?? ''
  }

  private unexpected(where: string): never {
    const character = this.text[this.at]
    // At the end Go reads a space, which may end what goes before.
    if (character === undefined && !/^(?:in literal|in numeric|after decimal|in exponent|in string escape|in \\u)/.test(where)) throw new YamlError('unexpected end of JSON input')
    const byte = String.fromCharCode(toBytes(this.text.slice(this.at, this.at + 2))[0] ?? 0x20)
    const shown = byte === "'" ? "\\'" : byte === '"' ? '"' : quoted(byte)
    throw new YamlError(`invalid character '${shown}' ${where}`)
  }

  value(where: string): Value {
    const first = this.peek()
    if (first === '{') return this.nested(() => this.object())
    if (first === '[') return this.nested(() => this.array())
    if (first === '"') return this.string()
    if (first === '-' || (first >= '0' && first <= '9')) return this.number()
    const word = wordStarts.get(first)
    if (!word) this.unexpected(where)
    return this.word(...word)
  }

  private nested<T>(read: () => T): T {
    if (++this.depth > maxDepth) throw new YamlError('exceeded max depth')
    this.at++
    const value = read()
    this.depth--
    return value
  }

  private object(): Map<string, Value> {
    const map = new Map<string, Value>()
    if (this.peek() === '}') {
      this.at++
      return map
    }
    for (;;) {
      if (this.peek() !== '"') this.unexpected('looking for beginning of object key string')
      const key = this.string()
      if (this.peek() !== ':') this.unexpected('after object key')
      this.at++
      map.set(key, this.value('looking for beginning of value'))
      const next = this.peek()
      if (next !== ',' && next !== '}') this.unexpected('after object key:value pair')
      this.at++
      if (next === '}') return map
    }
  }

  private array(): Value[] {
    const items: Value[] = []
    if (this.peek() === ']') {
      this.at++
      return items
    }
    for (;;) {
      items.push(this.value('looking for beginning of value'))
      const next = this.peek()
      if (next !== ',' && next !== ']') this.unexpected('after array element')
      this.at++
      if (next === ']') return items
    }
  }

  private word(word: string, value: Value): Value {
    for (const [i, letter] of [...word].entries()) {
      if (this.text[this.at] !== letter) this.unexpected(i ? `in literal ${word} (expecting '${letter}')` : '')
      this.at++
    }
    return value
  }

  private number(): number | null {
    const from = this.at
    if (this.text[this.at] === '-') this.at++
    if (this.text[this.at] === '0') this.at++
    else this.digits('in numeric literal')
    if (this.text[this.at] === '.') {
      this.at++
      this.digits('after decimal point in numeric literal')
    }
    if (/[eE]/.test(this.text[this.at] ?? '')) {
      this.at++
      if (/[-+]/.test(this.text[this.at] ?? '')) this.at++
      this.digits('in exponent of numeric literal')
    }
    const written = this.text.slice(from, this.at)
    const value = Number(written)
    if (Number.isFinite(value)) return value
    this.problem ??= `json: cannot unmarshal number ${written} into Go value of type float64`
    return null
  }

  private digits(where: string): void {
    const from = this.at
    while (isDigit(this.text.charCodeAt(this.at))) this.at++
    if (this.at === from) this.unexpected(where)
  }

  private string(): string {
    let text = ''
    this.at++
    for (;;) {
      const from = this.at
      while (isOrdinary(this.text.charCodeAt(this.at))) this.at++
      text += this.text.slice(from, this.at)
      if (this.text[this.at] === '"') break
      if (this.text[this.at] !== '\\') this.unexpected('in string literal')
      this.at++
      text += this.escape()
    }
    this.at++
    return text.replace(loneSurrogate, '\ufffd')
  }

  private escape(): string {
    const name = this.text[this.at] ?? ''
    if (name !== 'u') {
      const character = shortEscapes.get(name)
      if (character === undefined) this.unexpected('in string escape code')
      this.at++
      return character
    }
    this.at++
    const from = this.at
    for (; this.at < from + 4; this.at++) {
      if (!/[\da-fA-F]/.test(this.text[this.at] ?? '')) this.unexpected('in \\u hexadecimal character escape')
    }
    return String.fromCharCode(parseInt(this.text.slice(from, this.at), 16))
  }
}

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39
const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g
/** Not a quote, a backslash, a control character or the end (NaN). */
const isOrdinary = (code: number): boolean => code >= 0x20 && code !== 0x22 && code !== 0x5c

/** A character as Go quotes it, without the quotes. */
const quoted = (character: string): string => quote(character).slice(1, -1)
