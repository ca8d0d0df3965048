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

/** Nearly every token, found in one look, which is what makes parsing quick; `unusual` finds out what anything else is. */
const usual = /(?:[A-Za-z_$]|\.(?!\d))\w*(?=[ \t\r\n().,:|]|\}\})|\d+(?=[ \t\r\n)|]|\}\})|[()|=,]|:=|"[^"\\\n]*(?:\\[^\n][^"\\\n]*)*"|'[^'\\\n]*(?:\\[^\n][^'\\\n]*)*'/y
const words = /[\p{L}\p{Nd}_]*/uy
const spaces = /[ \t\r\n]+/y
const alphanumeric = /[\p{L}\p{Nd}_]/u
const number = /[+-]?(?:0[xX][0-9a-fA-F_]*(?:\.[0-9a-fA-F_]*)?(?:[pP][+-]?[0-9_]*)?|0[oO][0-7_]*(?:\.[0-7_]*)?|0[bB][01_]*(?:\.[01_]*)?|[0-9_]*(?:\.[0-9_]*)?(?:[eE][+-]?[0-9_]*)?)i?/y

const isSpace = (code: number): boolean => code === 0x20 || code === 0x0a || code === 0x09 || code === 0x0d
const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39
const hyphen = 0x2d

/** A character as Go's `%#U`: `U+002D '-'`. */
function described(char: string): string {
  const code = char.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')
  return /[\p{L}\p{M}\p{N}\p{P}\p{S} ]/u.test(char) ? `U+${code} '${char}'` : `U+${code}`
}

/** The kind of a usual token, by its first character. */
function kindOf(code: number, text: string): Kind {
  switch (code) {
    case 0x22:
      return 'string'
    case 0x24:
      return 'variable'
    case 0x27:
      return 'rune'
    case 0x28:
      return '('
    case 0x29:
      return ')'
    case 0x2c:
      return 'char'
    case 0x2e:
      return text.length > 1 ? 'field' : 'dot'
    case 0x3a:
      return 'declare'
    case 0x3d:
      return 'assign'
    case 0x7c:
      return 'pipe'
  }
  return isDigit(code) ? 'number' : (wordKinds.get(text) ?? 'identifier')
}

/** Its methods say whether there is more to read. */
class Lexer {
  readonly tokens: Token[] = []
  private at = 0
  private start = 0
  private spaced = false
  private parens = 0

  constructor(private readonly input: string) {}

  /** Text, comments and the delimiter that opens an action. */
  text(): boolean {
    const { input } = this
    this.spaced = false
    for (;;) {
      const open = input.indexOf('{{', this.at)
      if (open < 0) return this.end()
      const trims = this.trimsLeft(open + 2)
      this.at = open
      if (trims) while (this.at > this.start && isSpace(input.charCodeAt(this.at - 1))) this.at--
      if (this.at > this.start) this.take('text')
      this.start = open
      this.at = open + (trims ? 4 : 2)
      if (!input.startsWith('/*', this.at)) break
      this.start = this.at
      if (!this.comment()) return false
    }
    this.tokens.push({ kind: 'left', text: '{{', at: this.start, spaced: false })
    return true
  }

  /** An action up to and with its closing delimiter. */
  action(): boolean {
    const { input } = this
    this.parens = 0
    for (;;) {
      let { at } = this
      let code = input.charCodeAt(at)
      while (isSpace(code)) code = input.charCodeAt(++at)
      this.start = at
      this.spaced = at > this.at
      if (code === 0x7d && input.charCodeAt(at + 1) === 0x7d) return this.rightDelimiter(at, 2)
      if (code === hyphen && this.spaced && input.startsWith('-}}', at)) return this.rightDelimiter(at - 1, 4)
      usual.lastIndex = at
      if (!usual.test(input)) {
        this.at = at
        if (!this.unusual(code)) return false
        continue
      }
      this.at = usual.lastIndex
      if (code === 0x28) this.parens++
      else if (code === 0x29 && this.parens-- === 0) return this.error('unexpected right paren')
      const text = input.slice(at, this.at)
      this.tokens.push({ kind: kindOf(code, text), text, at, spaced: this.spaced })
    }
  }

  private take(kind: Kind): true {
    this.tokens.push({ kind, text: this.input.slice(this.start, this.at), at: this.start, spaced: this.spaced })
    return true
  }

  private error(text: string): false {
    this.tokens.push({ kind: 'error', text, at: this.start, spaced: this.spaced })
    return false
  }

  private end(): false {
    this.at = this.input.length
    if (this.at > this.start) this.take('text')
    this.start = this.at
    this.take('eof')
    return false
  }

  private trimsLeft(at: number): boolean {
    return this.input.charCodeAt(at) === hyphen && isSpace(this.input.charCodeAt(at + 1))
  }

  private comment(): boolean {
    const { input } = this
    const close = input.indexOf('*/', this.at + 2)
    if (close < 0) return this.error('unclosed comment')
    const after = close + 2
    if (input.startsWith('}}', after)) this.goOn(after + 2, false)
    else if (isSpace(input.charCodeAt(after)) && input.startsWith('-}}', after + 1)) this.goOn(after + 4, true)
    else return this.error('comment ends before closing delimiter')
    return true
  }

  /** Continues after a closing delimiter. */
  private goOn(at: number, trims: boolean): void {
    spaces.lastIndex = at
    this.at = this.start = trims && spaces.test(this.input) ? spaces.lastIndex : at
  }

  /** The closing delimiter at `at`, with a trim marker four characters wide. */
  private rightDelimiter(at: number, width: 2 | 4): boolean {
    this.start = at
    if (this.parens > 0) return this.error('unclosed left paren')
    this.tokens.push({ kind: 'right', text: '}}', at: at + width - 2, spaced: this.spaced })
    this.goOn(at + width, width === 4)
    return true
  }

  private unusual(code: number): boolean {
    const { input } = this
    switch (code) {
      case 0x22:
        return this.error('unterminated quoted string')
      case 0x27:
        return this.error('unterminated character constant')
      case 0x60:
        return this.rawString()
      case 0x3a:
        return this.error('expected :=')
      case 0x24:
        this.at++
        return this.fieldOrVariable('variable')
      case 0x2e:
        if (this.at + 1 >= input.length || isDigit(input.charCodeAt(this.at + 1))) return this.number()
        this.at++
        return this.fieldOrVariable('field')
    }
    if (Number.isNaN(code)) return this.error('unclosed action')
    if (isDigit(code) || code === hyphen || code === 0x2b) return this.number()
    const point = String.fromCodePoint(input.codePointAt(this.at)!)
    if (alphanumeric.test(point)) return this.identifier()
    this.at += point.length
    if (code >= 0x20 && code <= 0x7e) return this.take('char')
    return this.error(`unrecognized character in action: ${described(point)}`)
  }

  private rawString(): boolean {
    const close = this.input.indexOf('`', this.at + 1)
    if (close < 0) return this.error('unterminated raw quoted string')
    this.at = close + 1
    return this.take('raw')
  }

  private skipWord(): void {
    words.lastIndex = this.at
    words.test(this.input)
    this.at = words.lastIndex
  }

  private identifier(): boolean {
    this.skipWord()
    if (!this.atTerminator()) return this.badCharacter()
    return this.take(wordKinds.get(this.input.slice(this.start, this.at)) ?? 'identifier')
  }

  private fieldOrVariable(kind: 'field' | 'variable'): boolean {
    if (this.atTerminator()) return this.take(kind === 'variable' ? 'variable' : 'dot')
    this.skipWord()
    return this.atTerminator() ? this.take(kind) : this.badCharacter()
  }

  private badCharacter(): false {
    return this.error(`bad character ${described(String.fromCodePoint(this.input.codePointAt(this.at)!))}`)
  }

  private atTerminator(): boolean {
    const { input, at } = this
    return at >= input.length || ' \t\r\n().,:|'.includes(input[at]!) || input.startsWith('}}', at)
  }

  private number(): boolean {
    if (!this.scanNumber()) return this.badNumber()
    const sign = this.input[this.at]
    if (sign !== '+' && sign !== '-') return this.take('number')
    return this.scanNumber() && this.input[this.at - 1] === 'i' ? this.take('complex') : this.badNumber()
  }

  private badNumber(): false {
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

/** The tokens of a template: to its end, or to the first fault, which is the last of them (text/template/parse, lex). */
export function tokensOf(input: string): readonly Token[] {
  const lexer = new Lexer(input)
  while (lexer.text() && lexer.action()) {}
  return lexer.tokens
}
