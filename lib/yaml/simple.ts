import { Int, type Value } from '../go/value.ts'
import { resolveScalar } from './scalars.ts'

/** Stands for "this may be anything, read it in full". */
export const declined = Symbol('declined')

/** Breaks other than a newline, tabs, controls, byte order marks and halves of pairs. */
const unusual = /[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]/
/** Indentation, a dash with its spaces, a key with its colon, and what is left of the line. */
const lineParts = /( *)(- +|-(?=\n|$))?(?:([A-Za-z_][\w./-]{0,99}):(?: +|(?=\n|$)))?([^\n]*)(?:\n|$)/y
const comment = / #.*/
const trailing = / +$/
const plain = /^(?:[^\s,[\]{}#&*!|>'"%@`?:-]|-(?! |$))/
const quoted = /^(?:"([^"\\]*)"|'([^']*)') *$/
const quotedList = /^\["[^"\\]*"(?:, ?"[^"\\]*")*\]$/
const deepest = 100

class Declined extends Error {}

/**
 * Reads a document that is written as most are: tables and lists in block style, one scalar on a
 * line, literal texts. Gives what the full reader would, or `declined` wherever anything else
 * occurs; so it needs to know no error. With `asWritten` whole numbers are `Int`.
 */
export function readSimple(text: string, asWritten = false): Value | typeof declined {
  if (unusual.test(text)) return declined
  try {
    return new Reader(text, asWritten).document()
  } catch (error) {
    if (error instanceof Declined) return declined
    throw error
  }
}

class Reader {
  // The line that is looked at; its indentation is −1 after the last one.
  private indent = -1
  /** Where what follows the dash stands; 0 without a dash. */
  private inner = 0
  private key: string | undefined
  private rest = ''
  private at = 0
  private depth = 0

  constructor(
    private readonly text: string,
    private readonly asWritten: boolean,
  ) {}

  document(): Value {
    this.next()
    if (this.indent < 0) return null
    const value = this.block()
    if (this.indent >= 0) this.decline()
    return value
  }

  private decline(): never {
    throw new Declined()
  }

  /** Goes to the next line with something on it. */
  private next(): void {
    const { text } = this
    while (this.at < text.length) {
      lineParts.lastIndex = this.at
      const [, spaces, dash, key, rest] = lineParts.exec(text)!
      this.at = lineParts.lastIndex
      if (!dash && key === undefined && (rest === '' || rest!.charCodeAt(0) === 0x23)) continue
      this.indent = spaces!.length
      this.inner = dash ? spaces!.length + Math.max(dash.length, 2) : 0
      this.key = key
      const cut = rest!.includes('#') ? (rest!.startsWith('#') ? '' : rest!.replace(comment, '')) : rest!
      this.rest = cut.endsWith(' ') ? cut.replace(trailing, '') : cut
      return
    }
    this.indent = -1
  }

  /** The list or table that begins on this line. */
  private block(): Value {
    if (++this.depth > deepest) this.decline()
    const value = this.inner > 0 ? this.list(this.indent) : this.table(this.indent)
    this.depth--
    return value
  }

  private table(indent: number): Map<string, Value> {
    const table = new Map<string, Value>()
    while (this.indent === indent && this.inner === 0 && this.key !== undefined) {
      const { key } = this
      if (resolveScalar(key).tag !== 'str') this.decline()
      table.set(key, this.rest === '' ? this.nested(indent, true) : this.scalar(indent))
    }
    if (this.indent > indent || table.size === 0) this.decline()
    return table
  }

  private list(indent: number): Value[] {
    const items: Value[] = []
    while (this.indent === indent && this.inner > 0) {
      if (this.key !== undefined) {
        this.indent = this.inner
        this.inner = 0
        items.push(this.block())
      } else items.push(this.rest === '' ? this.nested(indent, false) : this.scalar(indent))
    }
    if (this.indent > indent) this.decline()
    return items
  }

  /** What stands below a key or a dash that has nothing beside it; a list below a key need not be indented. */
  private nested(indent: number, isKey: boolean): Value {
    this.next()
    const below = this.indent > indent || (isKey && this.indent === indent && this.inner > 0)
    return below ? this.block() : null
  }

  /** The scalar beside a key or a dash. */
  private scalar(indent: number): Value {
    const { rest } = this
    if (rest === '|' || rest === '|-') return this.literal(indent, rest === '|')
    this.next()
    if (plain.test(rest)) {
      if (rest.includes(': ') || rest.endsWith(':')) this.decline()
      return this.plainValue(rest)
    }
    if (rest === '[]') return []
    if (rest === '{}') return new Map()
    if (quotedList.test(rest)) return JSON.parse(rest) as string[]
    const [, double, single] = quoted.exec(rest) ?? this.decline()
    return double ?? single ?? ''
  }

  private plainValue(text: string): Value {
    const { tag, value } = resolveScalar(text)
    if (tag === 'int') return this.asWritten ? new Int(value as number, 'int64') : Number(value)
    if (tag === 'float' && !Number.isFinite(value)) this.decline()
    return value
  }

  private literal(parent: number, endsLine: boolean): string {
    const { text } = this
    let indent = 0
    let content = ''
    let blanks = ''
    let hasBreak = false
    while (this.at < text.length) {
      const found = text.indexOf('\n', this.at)
      const end = found < 0 ? text.length : found
      let start = this.at
      while (start < end && text.charCodeAt(start) === 0x20) start++
      const width = start - this.at
      if (start === end) {
        // A blank line wider than the text's indentation is part of it, or an error before it.
        if (indent === 0 ? width > 0 : width > indent) this.decline()
        blanks += '\n'
      } else {
        if (indent === 0) indent = width
        if (indent <= parent) this.decline()
        if (width < indent) break
        content += blanks + text.slice(this.at + indent, end)
        blanks = '\n'
        hasBreak = found >= 0
      }
      this.at = end + 1
    }
    if (indent === 0) this.decline()
    this.next()
    return endsLine && hasBreak ? `${content}\n` : content
  }
}
