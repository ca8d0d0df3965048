import { Cursor, isBlankCode, isBlankOrEnd, isBreakCode, isBreakOrEnd, space, tab } from './cursor.ts'

const code = (character: string): number => character.charCodeAt(0)
const hash = code('#')
const colon = code(':')
const backslash = code('\\')

/** White space between words of a scalar: blanks on one line, or line breaks. */
class Gap {
  blanks = ''
  first = ''
  rest = ''
  broken = false

  get isEmpty(): boolean {
    return !this.broken && this.blanks === ''
  }

  /** Eats one blank or break; a blank after a break does not count. */
  eat(cursor: Cursor): void {
    const at = cursor.code()
    if (isBlankCode(at)) {
      if (!this.broken) this.blanks += String.fromCharCode(at)
      cursor.skip()
    } else if (this.broken) this.rest += cursor.readBreak()
    else {
      this.blanks = ''
      this.first = cursor.readBreak()
      this.broken = true
    }
  }

  /** What the white space stands for, and starts anew. */
  fold(): string {
    const { broken, blanks, first, rest } = this
    this.blanks = this.first = this.rest = ''
    this.broken = false
    if (!broken) return blanks
    return first !== '\n' ? first + rest : rest === '' ? ' ' : rest
  }
}

/**
 * Reads a plain scalar. Returns its text and whether a line break followed it.
 * Source: libyaml `yaml_parser_scan_plain_scalar`.
 */
export function scanPlain(cursor: Cursor, inFlow: boolean, indent: number): { text: string; broken: boolean } {
  const gap = new Gap()
  let text = ''
  for (;;) {
    if (cursor.atDocumentIndicator() || cursor.code() === hash) break
    const length = plainRun(cursor, inFlow)
    if (length > 0) {
      if (!gap.isEmpty) text += gap.fold()
      text += cursor.text.slice(cursor.index, cursor.index + length)
      cursor.skip(length)
    }
    let at = cursor.code()
    if (!isBlankCode(at) && !isBreakCode(at)) break
    for (; isBlankCode(at) || isBreakCode(at); at = cursor.code()) {
      if (gap.broken && cursor.column < indent && at === tab) {
        cursor.fail('found a tab character that violates indentation')
      }
      gap.eat(cursor)
    }
    if (!inFlow && cursor.column < indent) break
  }
  return { text, broken: gap.broken }
}

/** How many characters from here on belong to a plain scalar. */
function plainRun(cursor: Cursor, inFlow: boolean): number {
  let length = 0
  for (let at = cursor.code(); !isBlankOrEnd(at); at = cursor.code(++length)) {
    if (at === colon && isBlankOrEnd(cursor.code(length + 1))) break
    if (inFlow && endsFlowScalar(at)) break
  }
  return length
}

const flowEnds = new Set([...',?[]{}'].map(code))
const endsFlowScalar = (at: number): boolean => flowEnds.has(at)

/** Reads a quoted scalar, from its opening quote on. Source: libyaml `yaml_parser_scan_flow_scalar`. */
export function scanQuoted(cursor: Cursor): string {
  const quote = cursor.code()
  const single = quote === code("'")
  const gap = new Gap()
  let text = ''
  cursor.skip()
  for (;;) {
    if (cursor.atDocumentIndicator()) cursor.fail('found unexpected document indicator')
    if (cursor.code() === 0) cursor.fail('found unexpected end of stream')
    for (;;) {
      const length = quotedRun(cursor, quote)
      text += cursor.text.slice(cursor.index, cursor.index + length)
      cursor.skip(length)
      const at = cursor.code()
      if (single && at === quote && cursor.code(1) === quote) {
        text += "'"
        cursor.skip(2)
      } else if (!single && at === backslash) {
        if (isBreakCode(cursor.code(1))) {
          cursor.skip()
          cursor.readBreak()
          gap.broken = true
          break
        }
        text += scanEscape(cursor)
      } else break
    }
    if (cursor.code() === quote) break
    while (isBlankCode(cursor.code()) || isBreakCode(cursor.code())) gap.eat(cursor)
    text += gap.fold()
  }
  cursor.skip()
  return text
}

/** How many characters from here on stand for themselves between these quotes. */
function quotedRun(cursor: Cursor, quote: number): number {
  const escape = quote === code('"') ? backslash : quote
  let length = 0
  for (let at = cursor.code(); !isBlankOrEnd(at) && at !== quote && at !== escape; at = cursor.code(length)) length++
  return length
}

const escapes = new Map([
  ['0', '\0'], ['a', '\x07'], ['b', '\b'], ['t', '\t'], ['\t', '\t'], ['n', '\n'], ['v', '\v'], ['f', '\f'], ['r', '\r'],
  ['e', '\x1b'], [' ', ' '], ['"', '"'], ["'", "'"], ['\\', '\\'], ['N', '\x85'], ['_', '\xa0'], ['L', '\u2028'], ['P', '\u2029'],
])
const hexLengths = new Map([['x', 2], ['u', 4], ['U', 8]])

function scanEscape(cursor: Cursor): string {
  const name = String.fromCharCode(cursor.code(1))
  const length = hexLengths.get(name)
  if (length === undefined) {
    const text = escapes.get(name)
    if (text === undefined) cursor.fail('found unknown escape character')
    cursor.skip(2)
    return text
  }
  cursor.skip(2)
  const digits = cursor.text.slice(cursor.index, cursor.index + length)
  if (digits.length < length || !/^[\da-fA-F]+$/.test(digits)) cursor.fail('did not find expected hexdecimal number')
  const value = parseInt(digits, 16)
  if ((value >= 0xd800 && value <= 0xdfff) || value > 0x10ffff) cursor.fail('found invalid Unicode character escape code')
  cursor.skip(length)
  return String.fromCodePoint(value)
}

/** Reads a block scalar, from its `|` or `>` on. Source: libyaml `yaml_parser_scan_block_scalar`. */
export function scanBlock(cursor: Cursor, parentIndent: number): string {
  const literal = cursor.code() === code('|')
  cursor.skip()
  const { chomping, increment } = scanBlockHeader(cursor)
  const start = increment > 0 ? Math.max(parentIndent, 0) + increment : 0
  const first = scanBlockBreaks(cursor, start, parentIndent)
  const { indent } = first
  let { breaks } = first
  let text = ''
  let lineBreak = ''
  let blankBefore = false
  while (cursor.column === indent && cursor.code() !== 0) {
    const blank = isBlankCode(cursor.code())
    const folds = !literal && lineBreak === '\n' && !blankBefore && !blank
    text += folds ? (breaks === '' ? ' ' : '') : lineBreak
    text += breaks
    blankBefore = blank
    const from = cursor.index
    while (!isBreakOrEnd(cursor.code())) cursor.skip()
    text += cursor.text.slice(from, cursor.index)
    lineBreak = cursor.readBreak()
    breaks = scanBlockBreaks(cursor, indent, parentIndent).breaks
  }
  if (chomping !== '-') text += lineBreak
  return chomping === '+' ? text + breaks : text
}

/** Chomping and indentation in either order, then nothing but a comment on the line. */
function scanBlockHeader(cursor: Cursor): { chomping: string; increment: number } {
  let chomping = ''
  let increment = 0
  for (let i = 0; i < 2; i++) {
    const character = String.fromCharCode(cursor.code())
    if (!chomping && (character === '+' || character === '-')) chomping = character
    else if (!increment && character >= '0' && character <= '9') {
      if (character === '0') cursor.fail('found an indentation indicator equal to 0')
      increment = Number(character)
    } else break
    cursor.skip()
  }
  while (isBlankCode(cursor.code())) cursor.skip()
  if (cursor.code() === hash) while (!isBreakOrEnd(cursor.code())) cursor.skip()
  if (!isBreakOrEnd(cursor.code())) cursor.fail('did not find expected comment or line break')
  cursor.readBreak()
  return { chomping, increment }
}

/** Blank lines of a block; without a known indentation (0) they and the first line decide it. */
function scanBlockBreaks(cursor: Cursor, known: number, parentIndent: number): { breaks: string; indent: number } {
  let breaks = ''
  let widest = 0
  for (;;) {
    while ((known === 0 || cursor.column < known) && cursor.code() === space) cursor.skip()
    widest = Math.max(widest, cursor.column)
    if ((known === 0 || cursor.column < known) && cursor.code() === tab) {
      cursor.fail('found a tab character where an indentation space is expected')
    }
    if (!isBreakCode(cursor.code())) break
    breaks += cursor.readBreak()
  }
  return { breaks, indent: known || Math.max(widest, parentIndent + 1, 1) }
}
