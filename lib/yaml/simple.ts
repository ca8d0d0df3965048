import type { Value } from '../go/value.ts'
import { readFlow } from './simple-flow.ts'
import { decline, declined, plainKey, plainValue, quotedSource, unlessDeclined, unquoted } from './simple-scalars.ts'

/** Breaks other than a newline, tabs, controls, byte order marks and halves of pairs. */
const unusual = /[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]/
/** Indentation, a dash with its spaces, a key, plain or quoted, with its colon, and what is left of the line. */
const lineParts = /( *)(- +|-(?=\n|$))?(?:(?:([A-Za-z_][\w./-]{0,99})|"([^"\\\n]{0,99})"|'([^'\n]{0,99})'):(?: +|(?=\n|$)))?([^\n]*)(?:\n|$)/y
const comment = / #.*/
const trailing = / +$/
const plain = /^(?:[^\s,[\]{}#&*!|>'"%@`?:-]|-(?! |$))/
const quoted = new RegExp(`^(?:${quotedSource})$`)
const deepest = 100

/**
 * Reads a document that is written as most are: tables and lists in block style, short ones in
 * flow style, scalars on one line or more, literal texts. Gives what the full reader would, or `declined` wherever anything else
 * occurs; so it needs to know no error. With `asWritten` whole numbers are `Int`.
 */
export function readSimple(text: string, asWritten = false): Value | typeof declined {
  return unusual.test(text) ? declined : unlessDeclined(() => new Reader(text, asWritten).document())
}

class Reader {
  // The line that is looked at; its indentation is −1 after the last one.
  private indent = -1
  /** Where what follows the dash stands; 0 without a dash. */
  private inner = 0
  private key: string | undefined
  private rest = ''
  private hasComment = false
  /** Whether a comment or an empty line stands between this line and the one before. */
  private isApart = false
  private at = 0
  private depth = 0

  constructor(
    private readonly text: string,
    private readonly asWritten: boolean,
  ) {}

  document(): Value {
    this.next()
    if (this.isAtRoot && this.rest === '---') this.next()
    if (this.indent < 0) return null
    const value = this.isAtRoot ? this.root() : this.block()
    if (this.isAtRoot && this.rest === '---') this.next()
    if (this.indent >= 0) decline()
    return value
  }

  private get isAtRoot(): boolean {
    return this.indent === 0 && this.inner === 0 && this.key === undefined
  }

  /** A document that is one scalar or one line in flow style. */
  private root(): Value {
    return /^(?:---|\.\.\.|\|)/.test(this.rest) ? decline() : this.scalar(-1)
  }

  /** Goes to the next line with something on it. */
  private next(): void {
    const { text } = this
    this.isApart = this.hasComment
    while (this.at < text.length) {
      lineParts.lastIndex = this.at
      const [, spaces, dash, plain, double, single, rest] = lineParts.exec(text)!
      this.at = lineParts.lastIndex
      const quotedKey = double ?? single
      this.key = plain ?? quotedKey
      if (!dash && this.key === undefined && (rest === '' || rest!.charCodeAt(0) === 0x23)) {
        this.isApart = true
        continue
      }
      if (plain !== undefined) plainKey(plain)
      this.indent = spaces!.length
      this.inner = dash ? spaces!.length + Math.max(dash.length, 2) : 0
      const cut = rest!.includes('#') ? (rest!.startsWith('#') ? '' : rest!.replace(comment, '')) : rest!
      this.hasComment = cut !== rest
      this.rest = cut.endsWith(' ') ? cut.replace(trailing, '') : cut
      return
    }
    this.indent = -1
  }

  /** The list or table that begins on this line. */
  private block(): Value {
    if (++this.depth > deepest) decline()
    const value = this.inner > 0 ? this.list(this.indent) : this.table(this.indent)
    this.depth--
    return value
  }

  private table(indent: number): Map<string, Value> {
    const table = new Map<string, Value>()
    while (this.indent === indent && this.inner === 0 && this.key !== undefined) {
      const { key } = this
      table.set(key, this.rest === '' ? this.nested(indent, true) : this.scalar(indent))
    }
    if (this.indent > indent || table.size === 0) decline()
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
    if (this.indent > indent) decline()
    return items
  }

  /** What stands below a key or a dash that has nothing beside it; a list below a key need not be indented. */
  private nested(indent: number, isKey: boolean): Value {
    this.next()
    if (this.indent > indent) return this.inner > 0 || this.key !== undefined ? this.block() : this.scalar(indent)
    return isKey && this.indent === indent && this.inner > 0 ? this.block() : null
  }

  /** The scalar, or the line in flow style, beside a key or a dash. */
  private scalar(indent: number): Value {
    const { rest } = this
    if (rest === '|' || rest === '|-') return this.literal(indent, rest === '|')
    this.next()
    if (plain.test(rest)) return plainValue(this.folded(rest, indent), this.asWritten)
    if (rest[0] === '[' || rest[0] === '{') return readFlow(rest, this.asWritten)
    const [, double, single] = quoted.exec(rest) ?? decline()
    return unquoted(double, single)
  }

  /** A scalar without quotes with the lines that go on with it. */
  private folded(first: string, indent: number): string {
    let text = first
    while (this.indent > indent && this.indent > 0) {
      if (this.isApart || this.inner > 0 || this.key !== undefined) decline()
      text += ` ${this.rest}`
      this.next()
    }
    return text.includes(': ') || text.endsWith(':') ? decline() : text
  }

  private literal(parent: number, endsLine: boolean): string {
    const { text } = this
    let indent = 0
    let content = ''
    let blanks = ''
    let widest = 0
    let hasBreak = false
    while (this.at < text.length) {
      const found = text.indexOf('\n', this.at)
      const end = found < 0 ? text.length : found
      let start = this.at
      while (start < end && text.charCodeAt(start) === 0x20) start++
      const width = start - this.at
      if (start === end) {
        // A blank line wider than the text's indentation is part of it, or an error before it.
        if (indent > 0 && width > indent) decline()
        widest = Math.max(widest, width)
        blanks += '\n'
      } else {
        if (width <= parent) break
        if (indent === 0) indent = width
        if (width < indent) break
        if (widest > indent) decline()
        content += blanks + text.slice(this.at + indent, end)
        blanks = '\n'
        hasBreak = found >= 0
      }
      this.at = end + 1
    }
    if (indent === 0 && widest > 0) decline()
    this.next()
    return endsLine && hasBreak ? `${content}\n` : content
  }
}
