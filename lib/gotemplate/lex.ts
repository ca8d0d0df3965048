/** The kinds of token; keywords are kinds of their own. */
export type Kind =
  | 'error' | 'eof' | 'text' | 'left' | 'right' | 'space' | 'assign' | 'declare' | 'pipe' | 'comma'
  | 'string' | 'raw' | 'rune' | 'number' | 'complex' | 'bool' | 'variable' | 'field' | 'identifier'
  | '(' | ')' | 'char' | 'dot' | 'nil' | Keyword
export type Keyword =
  | 'block' | 'break' | 'continue' | 'define' | 'else' | 'end' | 'if' | 'range' | 'template' | 'with'

export interface Token {
  readonly kind: Kind
  readonly text: string
  readonly at: number
}

const keywords = new Set(['block', 'break', 'continue', 'define', 'else', 'end', 'if', 'nil', 'range', 'template', 'with'])
const words = /[\p{L}\p{Nd}_]*/uy
const spaces = /[ \t\r\n]+/y
const alphanumeric = /[\p{L}\p{Nd}_]/u
const quoted = /"(?:[^"\\\n]|\\[^\n])*"/y
const rune = /'(?:[^'\\\n]|\\[^\n])*'/y
const number = /[+-]?(?:0[xX][0-9a-fA-F_]*(?:\.[0-9a-fA-F_]*)?(?:[pP][+-]?[0-9_]*)?|0[oO][0-7_]*(?:\.[0-7_]*)?|0[bB][01_]*(?:\.[01_]*)?|[0-9_]*(?:\.[0-9_]*)?(?:[eE][+-]?[0-9_]*)?)i?/y

const isSpace = (char: string | undefined): boolean => char === ' ' || char === '\t' || char === '\r' || char === '\n'

/** A character as Go's `%#U`: `U+002D '-'`. */
function described(char: string): string {
  const code = char.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')
  return /[\p{L}\p{M}\p{N}\p{P}\p{S} ]/u.test(char) ? `U+${code} '${char}'` : `U+${code}`
}

/** A state scans one token. */
type State = () => Token

/** Cuts a template into tokens, one at a time (text/template/parse, lex). */
export class Lexer {
  private at = 0
  private start = 0
  private inAction = false
  private parens = 0

  constructor(readonly input: string) {}

  /** The next token; after an error or the end there are no more. */
  next(): Token {
    return this.inAction ? this.insideAction() : this.text()
  }

  private take(kind: Kind): Token {
    const token = { kind, text: this.input.slice(this.start, this.at), at: this.start }
    this.start = this.at
    return token
  }

  private error(text: string): Token {
    return { kind: 'error', text, at: this.start }
  }

  private readonly text: State = () => {
    const { input } = this
    for (;;) {
      const open = input.indexOf('{{', this.at)
      if (open < 0) {
        this.at = input.length
        return this.take(this.at > this.start ? 'text' : 'eof')
      }
      let end = open
      if (this.trimsLeft(open + 2)) while (end > this.start && isSpace(input[end - 1])) end--
      this.at = open
      if (end > this.start) {
        const token = { kind: 'text', text: input.slice(this.start, end), at: this.start } as const
        this.start = open
        return token
      }
      this.start = open
      const token = this.leftDelimiter()
      if (token) return token
    }
  }

  private trimsLeft(at: number): boolean {
    return this.input[at] === '-' && isSpace(this.input[at + 1])
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
    const width = this.rightDelimiterWidth()
    if (!width) return this.error('comment ends before closing delimiter')
    this.skipRightDelimiter(width)
    return undefined
  }

  /** The width of a closing delimiter here, four with a trim marker, zero if there is none. */
  private rightDelimiterWidth(): number {
    const { input, at } = this
    if (input[at] === '}' && input[at + 1] === '}') return 2
    return isSpace(input[at]) && input[at + 1] === '-' && input.startsWith('}}', at + 2) ? 4 : 0
  }

  private skipRightDelimiter(width: number): void {
    this.at += width
    if (width === 4) {
      spaces.lastIndex = this.at
      if (spaces.test(this.input)) this.at = spaces.lastIndex
    }
    this.start = this.at
  }

  private rightDelimiter(width: number): Token {
    const token: Token = { kind: 'right', text: '}}', at: this.at + width - 2 }
    this.skipRightDelimiter(width)
    this.inAction = false
    return token
  }

  private readonly insideAction: State = () => {
    const { input } = this
    const width = this.rightDelimiterWidth()
    if (width) return this.parens === 0 ? this.rightDelimiter(width) : this.error('unclosed left paren')
    const char = input[this.at]
    if (char === undefined) return this.error('unclosed action')
    if (isSpace(char)) return this.space()
    switch (char) {
      case '=':
        return this.one('assign')
      case '|':
        return this.one('pipe')
      case ':':
        this.at++
        if (input[this.at] !== '=') return this.error('expected :=')
        return this.one('declare')
      case '"':
        return this.matched(quoted, 'string', 'unterminated quoted string')
      case "'":
        return this.matched(rune, 'rune', 'unterminated character constant')
      case '`':
        return this.rawString()
      case '$':
        this.at++
        return this.fieldOrVariable('variable')
      case '(':
        this.parens++
        return this.one('(')
      case ')':
        this.at++
        return --this.parens < 0 ? this.error('unexpected right paren') : this.take(')')
    }
    return this.wordOrNumber(char)
  }

  private wordOrNumber(char: string): Token {
    const { input } = this
    if (char === '.' && this.at + 1 < input.length && !/[0-9]/.test(input[this.at + 1]!)) {
      this.at++
      return this.fieldOrVariable('field')
    }
    if (/[-+.0-9]/.test(char)) return this.number()
    const point = String.fromCodePoint(input.codePointAt(this.at)!)
    if (alphanumeric.test(point)) return this.identifier()
    this.at += point.length
    if (/[\x20-\x7e]/.test(char)) return this.take('char')
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

  private space(): Token {
    spaces.lastIndex = this.at
    spaces.test(this.input)
    this.at = spaces.lastIndex
    if (!this.input.startsWith('-}}', this.at)) return this.take('space')
    // The last space belongs to the trim marker.
    this.at--
    return this.at === this.start ? this.rightDelimiter(4) : this.take('space')
  }

  private identifier(): Token {
    words.lastIndex = this.at
    const word = words.exec(this.input)![0]
    this.at += word.length
    if (!this.atTerminator()) return this.badCharacter()
    if (keywords.has(word)) return this.take(word as Keyword)
    return this.take(word === 'true' || word === 'false' ? 'bool' : 'identifier')
  }

  private fieldOrVariable(kind: 'field' | 'variable'): Token {
    if (this.atTerminator()) return this.take(kind === 'variable' ? 'variable' : 'dot')
    words.lastIndex = this.at
    this.at += words.exec(this.input)![0].length
    return this.atTerminator() ? this.take(kind) : this.badCharacter()
  }

  private badCharacter(): Token {
    return this.error(`bad character ${described(String.fromCodePoint(this.input.codePointAt(this.at)!))}`)
  }

  private atTerminator(): boolean {
    const char = this.input[this.at]
    return char === undefined || ' \t\r\n.,|:)('.includes(char) || this.input.startsWith('}}', this.at)
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
