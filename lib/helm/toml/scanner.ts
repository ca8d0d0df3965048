import { hasInvalidBytes } from '../../go/bytes.ts'
import { quote, quoteRune } from '../../go/quote.ts'
import { GoError } from '../../go/value.ts'

const isLineEnd = (char: string): boolean => char === '\n' || char === '\r'

/** A character as Go's messages quote it; the end of a text is a zero. */
export const shown = (char: string): string => quoteRune(char === '' ? 0 : char.codePointAt(0)!, false)

/** A piece of the text and the line on which its reading ended, where its faults are reported. */
export interface Token {
  readonly text: string
  readonly line: number
}

/** Reads a TOML text character by character. Its faults name the line and the key last read. */
export class Scanner {
  at = 0
  /** How many lines there are up to the last place that was asked for. */
  private counted = { at: 0, line: 1 }
  constructor(
    readonly text: string,
    /** The key that faults name. */
    private readonly lastKey: () => string,
  ) {}

  /** The line that counts for a place. */
  line(at = this.at): number {
    if (at < this.counted.at) this.counted = { at: 0, line: 1 }
    let { line } = this.counted
    for (let end = this.text.indexOf('\n', this.counted.at); end >= 0 && end < at; end = this.text.indexOf('\n', end + 1)) line++
    this.counted = { at, line }
    return line
  }

  failAt(line: number, problem: string): never {
    const key = this.lastKey()
    throw new GoError(`toml: line ${line}${key && ` (last key ${quote(key)})`}: ${problem}`)
  }

  /** At the end of the text a fault belongs to the line before, unless it is that of the character read last. */
  fail(problem: string, last = ''): never {
    const atEnd = last === '' && this.at >= this.text.length && this.text.endsWith('\n')
    return this.failAt(this.line() - (atEnd ? 1 : 0), problem)
  }

  failBefore(problem: string): never {
    return this.failAt(this.line() - 1, problem)
  }

  peek(): string {
    const char = String.fromCodePoint(this.text.codePointAt(this.at) ?? 0)
    if (this.at >= this.text.length) return ''
    if (hasInvalidBytes(char)) this.fail(`invalid UTF-8 byte: 0x${(char.charCodeAt(0) & 0xff).toString(16)}`)
    if (/[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/.test(char) || (char === '\r' && this.text[this.at + 1] !== '\n'))
      this.fail(`TOML files cannot contain control characters: '0x${char.charCodeAt(0).toString(16).padStart(2, '0')}'`)
    return char
  }

  next(): string {
    const char = this.peek()
    this.at += char.length
    return char
  }

  accept(text: string): boolean {
    if (!this.text.startsWith(text, this.at)) return false
    this.at += text.length
    return true
  }

  skipBlanks(): void {
    while (this.peek() === ' ' || this.peek() === '\t') this.at++
  }

  /** Skips blanks, line ends and comments. */
  skipLines(): void {
    for (;;) {
      const char = this.peek()
      if (char === '#') this.comment()
      else if (char === ' ' || char === '\t' || isLineEnd(char)) this.at++
      else return
    }
  }

  comment(): void {
    while (this.peek() !== '' && !isLineEnd(this.peek())) this.next()
  }

  /** The longest run of these characters. */
  run(chars: RegExp): Token {
    const start = this.at
    while (this.peek() !== '' && chars.test(this.peek())) this.next()
    return this.since(start)
  }

  since(start: number): Token {
    return { text: this.text.slice(start, this.at), line: this.line() }
  }

  /** A text in quotes, of one line or of several; the opening quote is next. */
  quoted(): string {
    const mark = this.text[this.at]!
    if (this.accept(mark.repeat(3))) return this.longText(mark)
    this.at++
    const start = this.at
    for (;;) {
      const char = this.next()
      if (char === '') this.fail(`unexpected EOF; expected ${mark === '"' ? `'"'` : `"'"`}`)
      if (isLineEnd(char)) this.failBefore('strings cannot contain newlines')
      if (char === '\\' && mark === '"') this.checkEscape()
      if (char !== mark) continue
      this.at--
      const token = this.since(start)
      this.at++
      return mark === '"' ? this.unescaped(token) : token.text
    }
  }

  private longText(mark: string): string {
    const start = this.at
    for (;;) {
      const char = this.next()
      if (char === '') this.fail(`unexpected EOF; expected ${mark === '"' ? `'"""'` : `"'''"`}`)
      if (char === '\\' && mark === '"' && !isLineEnd(this.peek())) this.checkEscape()
      if (char !== mark || !this.text.startsWith(mark.repeat(2), this.at)) continue
      if (this.text[this.at + 2] !== mark) break
      if (this.text.startsWith(mark.repeat(5), this.at)) this.tooManyQuotes(mark)
    }
    this.at--
    const token = this.since(start)
    this.at += 3
    const text = token.text.replace(/^\r?\n/, '')
    return mark === '"' ? this.unescaped({ text: withoutEscapedLineEnds(text), line: token.line }) : text
  }

  private tooManyQuotes(mark: string): never {
    this.at += 5
    return this.fail(mark === '"' ? `unexpected '""""""'` : `unexpected "''''''"`)
  }

  /** Checks what follows a backslash. */
  private checkEscape(): void {
    const start = this.at - 1
    const char = this.next()
    const count = { x: 2, u: 4, U: 8 }[char]
    if (count === undefined) {
      if (char === '') this.failBefore("invalid escape in string '\\\0'")
      if (!'ebtnfr"\\ \t'.includes(char)) this.failEscape(char)
      return
    }
    const words = { 2: 'two', 4: 'four', 8: 'eight' }[count]
    for (let read = 0; read < count; read++) {
      if (/^[\da-fA-F]$/.test(this.next())) continue
      const current = this.text.slice(this.lastStart(start), this.at)
      this.fail(`expected ${words} hexadecimal digits after '\\${char}', but got ${quote(current)} instead`)
    }
  }

  private failEscape(char: string): never {
    return this.fail(`invalid escape in string '\\${char}'`)
  }

  /** Where the text in quotes around a place begins. */
  private lastStart(at: number): number {
    const before = this.text.slice(0, at)
    const long = before.lastIndexOf('"""')
    const short = before.search(/(?<!\\)"[^"\n]*$/)
    return short >= 0 ? short + 1 : long + 3
  }

  private unescaped({ text, line }: Token): string {
    return text.replace(/\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([^]))/g, (_, byte?: string, short?: string, long?: string, char?: string) => {
      const code = byte ?? short ?? long
      if (code !== undefined) return this.charOf(code, line)
      return escapes.get(char!) ?? this.failAt(line, `invalid escape: '\\${char}'`)
    })
  }

  private charOf(code: string, line: number): string {
    const point = parseInt(code, 16)
    if (point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) this.failAt(line, `Escaped character '\\u${code}' is not valid UTF-8.`)
    return String.fromCodePoint(point)
  }
}

const escapes = new Map([['b', '\b'], ['t', '\t'], ['n', '\n'], ['f', '\f'], ['r', '\r'], ['e', '\x1b'], ['"', '"'], ['\\', '\\']])

/** A backslash at the end of a line takes away all white space up to what is next. */
const withoutEscapedLineEnds = (text: string): string =>
  text.replace(/\\\\|\\[ \t]*\r?\n[ \t\r\n]*/g, (found) => (found === '\\\\' ? found : ''))
