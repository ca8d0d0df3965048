import { parseDecimal } from '../go/parse-int.ts'
import { quote, quoteRune } from '../go/quote.ts'
import { Int, type Value } from '../go/value.ts'
import { readJson } from '../yaml/index.ts'
import { HelmError } from './failure.ts'
import { mergeLayers } from './values.ts'
import { trimSpace } from './trim.ts'

/** Which of Helm's flags a text was given to. */
export type SetFlag = '--set' | '--set-string' | '--set-file' | '--set-literal' | '--set-json'

const largestIndex = 65536
const deepest = 30

/**
 * Puts `a.b[0]=x,c={1,2}` into a table, which is changed. `readFile` gives the text of a file that
 * `--set-file` names. Throws `HelmError`, and for files whatever `readFile` throws, as `HelmError`.
 * Source: Helm `pkg/strvals`: `--set` knows booleans, null and integers, all else is a string.
 */
export function setValues(target: Map<string, Value>, flag: SetFlag, text: string, readFile: (path: string) => string = noFiles): void {
  if (flag === '--set-json') return setJson(target, text)
  const parser = flag === '--set-literal' ? new LiteralParser(text) : new Parser(text, conversion(flag, readFile))
  try {
    parser.run(target)
  } catch (error) {
    if (!(error instanceof SyntaxProblem)) throw error
    throw new HelmError(`failed parsing ${flag} data: ${error.message}`)
  }
}

function setJson(target: Map<string, Value>, text: string): void {
  try {
    if (!trimSpace(text).startsWith('{')) return new JsonParser(text).run(target)
    const merged = mergeLayers([target, readJson(text) as Map<string, Value>])
    for (const [key, value] of merged) target.set(key, value)
  } catch (error) {
    if (!(error instanceof Error)) throw error
    throw new HelmError(`failed parsing --set-json data ${trimSpace(text).startsWith('{') ? 'JSON: ' : ''}${text}`)
  }
}

class SyntaxProblem extends Error {}

function noFiles(path: string): never {
  throw new Error(`open ${path}: no such file or directory`)
}

function conversion(flag: SetFlag, readFile: (path: string) => string): (text: string) => Value {
  if (flag === '--set') return typed
  return flag === '--set-file' ? path => fileText(path, readFile) : asText
}

function fileText(path: string, readFile: (path: string) => string): string {
  try {
    return readFile(path)
  } catch (error) {
    throw new SyntaxProblem(error instanceof Error ? error.message : String(error))
  }
}

const asText = (text: string): Value => text

/** What a text means to `--set`. */
function typed(text: string): Value {
  const lower = text.toLowerCase()
  if (lower === 'true' || lower === 'false') return lower === 'true'
  if (lower === 'null') return null
  if (text === '0') return new Int(0, 'int64')
  if (!/^[-+]?\d+$/.test(text) || text.startsWith('0')) return text
  const value = BigInt(text.replace(/^\+/, ''))
  return BigInt.asIntN(64, value) === value ? new Int(value, 'int64') : text
}

/** Text up to a stop character, which is eaten; no stop means the end was reached. */
interface Piece {
  readonly text: string
  readonly stop: string
}

class Parser {
  protected at = 0
  protected readonly text: string
  /** Whether a backslash takes the next character literally. */
  protected readonly escapes: boolean = true

  constructor(
    text: string,
    private readonly convert: (text: string) => Value,
  ) {
    this.text = text
  }

  run(target: Map<string, Value>): void {
    while (this.key(target, 0) !== 'end') {}
  }

  protected until(stops: string): Piece {
    let text = ''
    while (this.at < this.text.length) {
      const character = String.fromCodePoint(this.text.codePointAt(this.at)!)
      this.at += character.length
      if (stops.includes(character)) return { text, stop: character }
      if (character !== '\\' || !this.escapes) text += character
      else if (this.at < this.text.length) text += this.text[this.at++]
    }
    return { text, stop: '' }
  }

  /** Whether `,` ends a key, which it may not. */
  protected readonly keyStops: string = '=[,.'

  /** Reads a key and its value. At the end of the text, wherever in a key that is, nothing more is asked. */
  private key(target: Map<string, Value>, depth: number): 'end' | undefined {
    const { text: name, stop } = this.until(this.keyStops)
    switch (stop) {
      case '=': {
        const isEnd = this.at >= this.text.length && this.endsAtValue
        put(target, name, this.value())
        return isEnd ? 'end' : undefined
      }
      case '[': {
        const index = this.index()
        if (index === 'end') return index
        const present = target.has(name) ? target.get(name)! : []
        if (!Array.isArray(present)) throw unfit(present, '[]interface {}')
        const { list, end } = this.item([...present], index, depth)
        put(target, name, list)
        return end
      }
      case '.':
        return this.inside(target, name, depth + 1)
      case ',':
        throw new SyntaxProblem(`key ${quote(name)} has no value (cannot end with ,)`)
      default:
        if (name !== '') throw new SyntaxProblem(`key ${quote(name)} has no value`)
        return 'end'
    }
  }

  private inside(target: Map<string, Value>, name: string, depth: number): 'end' | undefined {
    if (depth > deepest) throw new SyntaxProblem(`value name nested level is greater than maximum supported nested level of ${deepest}`)
    const present = target.has(name) ? target.get(name)! : new Map<string, Value>()
    if (!(present instanceof Map)) throw unfit(present, 'map[string]interface {}')
    const end = this.key(present, depth)
    if (present.size > 0) put(target, name, present)
    else if (end === undefined) throw new SyntaxProblem(`key map ${quote(name)} has no value`)
    return end
  }

  private index(): number | 'end' {
    const { text, stop } = this.until(']')
    if (stop === '') return 'end'
    const { value, problem } = parseDecimal(text)
    if (problem !== undefined) throw new SyntaxProblem(`error parsing index: strconv.Atoi: parsing ${quote(text)}: ${problem}`)
    return Number(value)
  }

  /** Sets an item of a list, or something inside it; the list is changed. */
  private item(list: Value[], index: number, depth: number): { list: Value[]; end?: 'end' | undefined } {
    if (index < 0) throw new SyntaxProblem(`negative ${index} index not allowed`)
    const { text, stop } = this.until('[.=')
    if (text !== '') throw new SyntaxProblem(`unexpected data at end of array index: [${Array.from(text, rune => quoteRune(rune.codePointAt(0)!)).join(' ')}]`)
    const present = list[index]
    if (stop === '=') return { list: withItem(list, index, this.value()) }
    if (stop === '[') {
      const next = this.index()
      if (next === 'end') return { list, end: next }
      if (present !== undefined && present !== null && !Array.isArray(present)) throw unfit(present, '[]interface {}')
      const inner = this.item(present ? [...present] : [], next, depth)
      return inner.end ? { list, end: inner.end } : { list: withItem(list, index, inner.list) }
    }
    if (stop === '') return { list, end: 'end' }
    const inner = present instanceof Map ? present : new Map<string, Value>()
    if (index < list.length) list[index] = inner
    const end = this.key(inner, depth)
    return end ? { list, end } : { list: withItem(list, index, inner) }
  }

  /** Whether a value that the end of the text cuts off ends the reading, too. */
  protected readonly endsAtValue: boolean = true

  /** What stands behind `=`. */
  protected value(): Value {
    if (this.at >= this.text.length) return ''
    if (this.text[this.at] !== '{') return this.convert(this.until(',').text)
    this.at++
    return this.list()
  }

  private list(): Value[] {
    const items: Value[] = []
    for (;;) {
      const { text, stop } = this.until(',}')
      if (stop === '') throw new SyntaxProblem("list must terminate with '}'")
      items.push(this.convert(text))
      if (stop === ',') continue
      if (this.text[this.at] === ',') this.at++
      return items
    }
  }
}

/** `--set-literal`: one key, and everything behind `=` is the value. */
class LiteralParser extends Parser {
  protected override readonly escapes = false
  protected override readonly endsAtValue = false
  protected override readonly keyStops = '=[.'

  constructor(text: string) {
    super(text, asText)
  }

  protected override value(): Value {
    const rest = this.text.slice(this.at)
    this.at = this.text.length
    return rest
  }
}

/** `--set-json`: JSON values, commas between. */
class JsonParser extends Parser {
  protected override readonly endsAtValue = false

  constructor(text: string) {
    super(text, asText)
  }

  protected override value(): Value {
    this.skipBlanks()
    if (this.at >= this.text.length || this.text[this.at] === ',') {
      this.at++
      return null
    }
    const rest = this.text.slice(this.at)
    const length = jsonLength(rest)
    this.at += length
    this.skipBlanks()
    if (this.text[this.at] === ',') this.at++
    return readJson(rest.slice(0, length))
  }

  private skipBlanks(): void {
    while (/\s/.test(this.text[this.at] ?? '')) this.at++
  }
}

/** How long the first JSON value of a text is. */
function jsonLength(text: string): number {
  let depth = 0
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]|(?:-?(?:0|[1-9]\d*)|-)(?:\.\d*)?(?:[eE][+-]?\d*)?|true|false|null|[^\s,[\]{}":]+/gs)) {
    if (token === '[' || token === '{') depth++
    else if (token === ']' || token === '}') depth--
    if (depth <= 0) return index + token.length
  }
  return text.length
}

/** An empty name sets nothing. */
function put(target: Map<string, Value>, name: string, value: Value): void {
  if (name !== '') target.set(name, value)
}

function withItem(list: Value[], index: number, value: Value): Value[] {
  if (index > largestIndex) throw new SyntaxProblem(`index of ${index} is greater than maximum supported index of ${largestIndex}`)
  while (list.length <= index) list.push(null)
  list[index] = value
  return list
}

function unfit(value: Value, wanted: string): SyntaxProblem {
  const found = value === null ? 'nil' : value instanceof Map ? 'map[string]interface {}' : Array.isArray(value) ? '[]interface {}' : goType(value)
  return new SyntaxProblem(`unable to parse key: interface conversion: interface {} is ${found}, not ${wanted}`)
}

const goType = (value: Value): string =>
  value instanceof Int ? value.type : typeof value === 'number' ? 'float64' : typeof value === 'boolean' ? 'bool' : 'string'
