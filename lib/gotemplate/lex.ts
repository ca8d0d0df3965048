/** The kinds of token; keywords are kinds of their own. */
export type Kind =
  | 'error' | 'eof' | 'text' | 'left' | 'right' | 'assign' | 'declare' | 'pipe' | 'comma'
  | 'string' | 'raw' | 'rune' | 'number' | 'complex' | 'bool' | 'variable' | 'field' | 'identifier'
  | '(' | ')' | 'char' | 'dot' | 'nil' | Keyword
/** Words that begin an action. */
export type Keyword =
  | 'block' | 'break' | 'continue' | 'define' | 'else' | 'end' | 'if' | 'range' | 'template' | 'with'

/** A piece of a template, and where it begins. */
export interface Token {
  readonly kind: Kind
  readonly text: string
  readonly at: number
  /** Whether there is white space before it in its action, which ends an operand. */
  readonly spaced: boolean
}

/** Words that are no identifiers. */
const wordKinds = new Map<string, Kind>([
  ...(['block', 'break', 'continue', 'define', 'else', 'end', 'if', 'nil', 'range', 'template', 'with'] as const).map(word => [word, word] as const),
  ['true', 'bool'],
  ['false', 'bool'],
])
const asciiWord = /\w*/y
const words = /[\p{L}\p{Nd}_]*/uy
const spaces = /[ \t\r\n]+/y
const alphanumeric = /[\p{L}\p{Nd}_]/u
const quoted = /"(?:[^"\\\n]|\\[^\n])*"/y
const rune = /'(?:[^'\\\n]|\\[^\n])*'/y
const number = /[+-]?(?:0[xX][0-9a-fA-F_]*(?:\.[0-9a-fA-F_]*)?(?:[pP][+-]?[0-9_]*)?|0[oO][0-7_]*(?:\.[0-7_]*)?|0[bB][01_]*(?:\.[01_]*)?|[0-9_]*(?:\.[0-9_]*)?(?:[eE][+-]?[0-9_]*)?)i?/y

const isSpace = (code: number): boolean => code === 0x20 || code === 0x0a || code === 0x09 || code === 0x0d
const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39
const hyphen = 0x2d

/** A character as Go's `%#U`: `U+002D '-'`. */
function described(char: string): string {
  const code = char.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')
  return /[\p{L}\p{M}\p{N}\p{P}\p{S} ]/u.test(char) ? `U+${code} '${char}'` : `U+${code}`
}

/** Cuts a template into tokens, one at a time (text/template/parse, lex). */
export class Lexer {
  private at = 0
  private start = 0
  private inAction = false
  private spaced = false
  private parens = 0

  constructor(readonly input: string) {}

  /** The next token; after an error or the end there are no more. */
  next(): Token {
    return this.inAction ? this.insideAction() : this.text()
  }

  private take(kind: Kind): Token {
    const { start, at, spaced } = this
    this.start = at
    return { kind, text: this.input.slice(start, at), at: start, spaced }
  }

  private error(text: string): Token {
    return { kind: 'error', text, at: this.start, spaced: this.spaced }
  }

  private text(): Token {
    const { input } = this
    this.spaced = false
    for (;;) {
      const open = input.indexOf('{{', this.at)
      if (open < 0) {
        this.at = input.length
        return this.take(this.at > this.start ? 'text' : 'eof')
      }
      let end = open
      if (this.trimsLeft(open + 2)) while (end > this.start && isSpace(input.charCodeAt(end - 1))) end--
      this.at = open
      if (end > this.start) {
        const token: Token = { kind: 'text', text: input.slice(this.start, end), at: this.start, spaced: false }
        this.start = open
        return token
      }
      this.start = open
      const token = this.leftDelimiter()
      if (token) return token
    }
  }

  private trimsLeft(at: number): boolean {
    return this.input.charCodeAt(at) === hyphen && isSpace(this.input.charCodeAt(at + 1))
  }

  /** The opening delimiter; nothing after a comment, which is skipped. */
  private leftDelimiter(): Token | undefined {
    const after = this.at + 2 + (this.trimsLeft(this.at + 2) ? 2 : 0)
    if (this.input.startsWith('/*', after)) {
      this.at = this.start = after
      return this.comment()
    }
    this.at += 2
    const token = this.take('left')
    this.inAction = true
    this.parens = 0
    this.at = this.start = after
    return token
  }

  private comment(): Token | undefined {
    const close = this.input.indexOf('*/', this.at + 2)
    if (close < 0) return this.error('unclosed comment')
    this.at = close + 2
    const width = this.input.startsWith('}}', this.at) ? 2 : isSpace(this.input.charCodeAt(this.at)) && this.input.startsWith('-}}', this.at + 1) ? 4 : 0
    if (width === 0) return this.error('comment ends before closing delimiter')
    this.skipRightDelimiter(width)
    return undefined
  }

  private skipRightDelimiter(width: 2 | 4): void {
    this.at += width
    if (width === 4) this.skipSpaces()
    this.start = this.at
  }

  private skipSpaces(): void {
    if (!isSpace(this.input.charCodeAt(this.at))) return
    spaces.lastIndex = this.at
    spaces.test(this.input)
    this.at = spaces.lastIndex
  }

  /** The closing delimiter here, with a trim marker four characters wide. */
  private rightDelimiter(width: 2 | 4): Token {
    if (this.parens > 0) return this.error('unclosed left paren')
    const token: Token = { kind: 'right', text: '}}', at: this.at + width - 2, spaced: this.spaced }
    this.skipRightDelimiter(width)
    this.inAction = false
    return token
  }

  private insideAction(): Token {
    const { input } = this
    this.skipSpaces()
    this.spaced = this.at > this.start
    if (this.spaced && input.startsWith('-}}', this.at)) {
      // The last space belongs to the trim marker.
      this.at--
      this.start = this.at
      return this.rightDelimiter(4)
    }
    this.start = this.at
    const code = input.charCodeAt(this.at)
    switch (code) {
      case 0x22:
        return this.matched(quoted, 'string', 'unterminated quoted string')
      case 0x24:
        this.at++
        return this.fieldOrVariable('variable')
      case 0x27:
        return this.matched(rune, 'rune', 'unterminated character constant')
      case 0x28:
        this.parens++
        return this.one('(')
      case 0x29:
        this.at++
        return --this.parens < 0 ? this.error('unexpected right paren') : this.take(')')
      case 0x2e:
        if (this.at + 1 >= input.length || isDigit(input.charCodeAt(this.at + 1))) return this.number()
        this.at++
        return this.fieldOrVariable('field')
      case 0x3a:
        this.at++
        if (input[this.at] !== '=') return this.error('expected :=')
        return this.one('declare')
      case 0x3d:
        return this.one('assign')
      case 0x60:
        return this.rawString()
      case 0x7c:
        return this.one('pipe')
      case 0x7d:
        if (input.charCodeAt(this.at + 1) === 0x7d) return this.rightDelimiter(2)
    }
    return this.wordOrNumber(code)
  }

  private wordOrNumber(code: number): Token {
    if (Number.isNaN(code)) return this.error('unclosed action')
    if (isDigit(code) || code === hyphen || code === 0x2b) return this.number()
    const point = String.fromCodePoint(this.input.codePointAt(this.at)!)
    if (alphanumeric.test(point)) return this.identifier()
    this.at += point.length
    if (code >= 0x20 && code <= 0x7e) return this.take('char')
    return this.error(`unrecognized character in action: ${described(point)}`)
  }

  private one(kind: Kind): Token {
    this.at++
    return this.take(kind)
  }

  private matched(pattern: RegExp, kind: Kind, problem: string): Token {
    pattern.lastIndex = this.at
    if (!pattern.test(this.input)) return this.error(problem)
    this.at = pattern.lastIndex
    return this.take(kind)
  }

  private rawString(): Token {
    const close = this.input.indexOf('`', this.at + 1)
    if (close < 0) return this.error('unterminated raw quoted string')
    this.at = close + 1
    return this.take('raw')
  }

  private skipWord(): void {
    asciiWord.lastIndex = this.at
    asciiWord.test(this.input)
    this.at = asciiWord.lastIndex
    if (!(this.input.charCodeAt(this.at) > 0x7f)) return
    words.lastIndex = this.at
    words.test(this.input)
    this.at = words.lastIndex
  }

  private identifier(): Token {
    this.skipWord()
    if (!this.atTerminator()) return this.badCharacter()
    return this.take(wordKinds.get(this.input.slice(this.start, this.at)) ?? 'identifier')
  }

  private fieldOrVariable(kind: 'field' | 'variable'): Token {
    if (this.atTerminator()) return this.take(kind === 'variable' ? 'variable' : 'dot')
    this.skipWord()
    return this.atTerminator() ? this.take(kind) : this.badCharacter()
  }

  private badCharacter(): Token {
    return this.error(`bad character ${described(String.fromCodePoint(this.input.codePointAt(this.at)!))}`)
  }

  private atTerminator(): boolean {
    switch (this.input.charCodeAt(this.at)) {
      case 0x20:
      case 0x09:
      case 0x0a:
      case 0x0d:
      case 0x28:
      case 0x29:
      case 0x2c:
      case 0x2e:
      case 0x3a:
      case 0x7c:
        return true
      case 0x7d:
        return this.input.charCodeAt(this.at + 1) === 0x7d
    }
    return this.at >= this.input.length
  }

  private number(): Token {
    if (!this.scanNumber()) return this.badNumber()
    const sign = this.input[this.at]
    if (sign !== '+' && sign !== '-') return this.take('number')
    return this.scanNumber() && this.input[this.at - 1] === 'i' ? this.take('complex') : this.badNumber()
  }

  private badNumber(): Token {
    return this.error(`bad number syntax: "${this.input.slice(this.start, this.at)}"`)
  }

  private scanNumber(): boolean {
    number.lastIndex = this.at
    number.test(this.input)
    this.at = number.lastIndex
    const next = this.input.codePointAt(this.at)
    if (next === undefined || !alphanumeric.test(String.fromCodePoint(next))) return true
    this.at += next > 0xffff ? 2 : 1
    return false
  }
}
