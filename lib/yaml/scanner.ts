import { runesOf } from '../go/bytes.ts'
import { Cursor, isBlankCode, isBlankOrEnd, isBreakCode, isBreakOrEnd, space, tab } from './cursor.ts'
import { YamlError } from './error.ts'
import { scanBlock, scanPlain, scanQuoted } from './scan-scalars.ts'
import { scanDirective, scanTag } from './tags.ts'
import { longestKey, type Mark, type Token, type TokenKind } from './tokens.ts'

/** A place where a key without `?` may have begun; a later `:` decides. */
interface SimpleKey {
  possible: boolean
  /** Whether nothing but a key can stand there. */
  required: boolean
  /** Index of its first token. */
  token: number
  mark: Mark
  /** Whether it is an empty flow collection: go-yaml's parser has it before its scanner sees that it is a key. */
  tooLate?: boolean
}

const maxDepth = 1000
const noKey = (): SimpleKey => ({ possible: false, required: false, token: 0, mark: { index: 0, line: 0, column: 0 } })

/**
 * All tokens of a text. An error becomes the last token, so that a parser that stops earlier
 * (at the end of the first document) never meets it.
 * Source: libyaml's scanner as go-yaml v2 carries it.
 */
export function scan(text: string): readonly Token[] {
  const scanner = new Scanner(text)
  try {
    scanner.run()
  } catch (error) {
    if (!(error instanceof YamlError)) throw error
    scanner.failed(error)
  }
  return scanner.tokens
}

class Scanner {
  readonly tokens: Token[] = []
  private readonly cursor: Cursor
  private readonly indents: number[] = []
  private indent = -1
  private flowLevel = 0
  private keyAllowed = true
  private readonly keys: SimpleKey[] = [noKey()]

  constructor(text: string) {
    this.cursor = new Cursor(text)
  }

  run(): void {
    const { cursor } = this
    for (;;) {
      this.skipToToken()
      this.unrollTo(cursor.column)
      if (cursor.code() === 0) return this.end()
      this.next(cursor.code())
      this.checkKeys()
    }
  }

  /** Puts an error where it would be met: before a token that is held back because it may be a key. */
  failed(error: YamlError): void {
    const held = this.keys.filter(key => key.possible && !key.tooLate).map(key => key.token)
    this.tokens.length = Math.min(this.tokens.length, ...held)
    this.push('error', { index: 0, line: error.line - 1, column: error.column - 1 }, error.message)
  }

  private push(kind: TokenKind, mark: Mark = this.cursor.mark(), text = '', plain = false): void {
    this.tokens.push({ kind, index: mark.index, line: mark.line, column: mark.column, text, plain })
  }

  private skipToToken(): void {
    const { cursor } = this
    for (;;) {
      if (cursor.column === 0 && cursor.code() === 0xfeff) cursor.index++
      const tabs = this.flowLevel > 0 || !this.keyAllowed
      while (cursor.code() === space || (tabs && cursor.code() === tab)) cursor.skip()
      if (cursor.code() === 0x23) while (!isBreakOrEnd(cursor.code())) cursor.skip()
      if (!isBreakCode(cursor.code())) return
      cursor.readBreak()
      if (this.flowLevel === 0) this.keyAllowed = true
    }
  }

  private next(code: number): void {
    const { cursor } = this
    if (cursor.column === 0 && code === 0x25) return this.directive()
    if (cursor.atDocumentIndicator()) return this.documentIndicator(code === 0x2d ? 'document start' : 'document end')
    const blankNext = isBlankOrEnd(cursor.code(1))
    const inFlow = this.flowLevel > 0
    switch (String.fromCharCode(code)) {
      case '[':
        return this.openFlow('flow sequence start')
      case '{':
        return this.openFlow('flow mapping start')
      case ']':
        return this.closeFlow('flow sequence end')
      case '}':
        return this.closeFlow('flow mapping end')
      case ',':
        this.dropKey()
        this.keyAllowed = true
        return this.indicator('flow entry')
      case '-':
        if (blankNext) return this.blockEntry()
        break
      case '?':
        if (inFlow || blankNext) return this.explicitKey()
        break
      case ':':
        if (inFlow || blankNext) return this.value()
        break
      case '*':
        return this.anchor('alias')
      case '&':
        return this.anchor('anchor')
      case '!':
        return this.tag()
      case '|':
      case '>':
        if (inFlow) break
        return this.block()
      case "'":
      case '"':
        return this.flowScalar(false)
    }
    if (this.startsPlain(code)) return this.flowScalar(true)
    cursor.fail('found character that cannot start any token')
  }

  private startsPlain(code: number): boolean {
    const { cursor } = this
    if (code === 0x2d) return !isBlankCode(cursor.code(1))
    if (code === 0x3f || code === 0x3a) return this.flowLevel === 0 && !isBlankOrEnd(cursor.code(1))
    return !isBlankOrEnd(code) && !',[]{}#&*!|>\'"%@`'.includes(String.fromCharCode(code))
  }

  private indicator(kind: TokenKind): void {
    this.push(kind)
    this.cursor.skip()
  }

  // Simple keys

  private get key(): SimpleKey {
    return this.keys[this.keys.length - 1]!
  }

  private saveKey(): void {
    if (!this.keyAllowed) return
    const mark = this.cursor.mark()
    this.dropKey()
    const required = this.flowLevel === 0 && this.indent === mark.column
    this.keys[this.keys.length - 1] = { possible: true, required, token: this.tokens.length, mark }
  }

  private dropKey(): void {
    const { key } = this
    if (key.possible && key.required) this.cursor.fail("could not find expected ':'")
    key.possible = false
  }

  /** A key must end on its line, after at most 1024 characters. */
  private checkKeys(): void {
    for (const key of this.keys) if (key.possible) this.checkKey(key)
  }

  private checkKey(key: SimpleKey): void {
    const { line, index } = this.cursor
    if (key.mark.line === line && !this.isFar(key.mark.index, index)) return
    if (key.required) this.cursor.fail("could not find expected ':'")
    key.possible = false
  }

  /** Whether more characters are between two places than a key can have; those beyond U+FFFF count once. */
  private isFar(from: number, to: number): boolean {
    return to - from > longestKey && runesOf(this.cursor.text.slice(from, to)).length > longestKey
  }

  // Indentation

  private rollTo(column: number, kind: TokenKind, mark: Mark, at = this.tokens.length): void {
    if (this.flowLevel > 0 || this.indent >= column) return
    this.indents.push(this.indent)
    this.indent = column
    this.limit(this.indents.length)
    this.tokens.splice(at, 0, { kind, index: mark.index, line: mark.line, column: mark.column, text: '', plain: false })
  }

  private unrollTo(column: number): void {
    if (this.flowLevel > 0) return
    while (this.indent > column) {
      this.push('block end')
      this.indent = this.indents.pop()!
    }
  }

  private limit(depth: number): void {
    if (depth > maxDepth) this.cursor.fail(`exceeded max depth of ${maxDepth}`)
  }

  // Tokens

  private end(): void {
    const { cursor } = this
    if (cursor.column !== 0) {
      cursor.column = 0
      cursor.line++
    }
    this.unrollTo(-1)
    this.dropKey()
    this.push('stream end')
    this.checkKeys()
  }

  private directive(): void {
    const { cursor } = this
    this.unrollTo(-1)
    this.dropKey()
    this.keyAllowed = false
    const mark = cursor.mark()
    this.push('directive', mark, scanDirective(cursor).join('\0'))
    cursor.readBreak()
  }

  private documentIndicator(kind: TokenKind): void {
    this.unrollTo(-1)
    this.dropKey()
    this.keyAllowed = false
    this.push(kind)
    this.cursor.skip(3)
  }

  private openFlow(kind: TokenKind): void {
    this.saveKey()
    this.keys.push(noKey())
    this.flowLevel++
    this.limit(this.flowLevel)
    this.keyAllowed = true
    this.indicator(kind)
  }

  private closeFlow(kind: TokenKind): void {
    this.dropKey()
    if (this.flowLevel > 0) {
      this.flowLevel--
      this.keys.pop()
      const isEmpty = /^flow (?:sequence|mapping) start$/.test(this.tokens.at(-1)!.kind)
      const isHeld = this.keys.slice(0, -1).some(key => key.possible && !key.tooLate)
      if (isEmpty && !isHeld && this.key.token === this.tokens.length - 1) this.key.tooLate = true
    }
    this.keyAllowed = false
    this.indicator(kind)
  }

  private blockEntry(): void {
    if (this.flowLevel === 0) {
      if (!this.keyAllowed) this.cursor.fail('block sequence entries are not allowed in this context')
      this.rollTo(this.cursor.column, 'block sequence start', this.cursor.mark())
    }
    this.dropKey()
    this.keyAllowed = true
    this.indicator('block entry')
  }

  private explicitKey(): void {
    if (this.flowLevel === 0) {
      if (!this.keyAllowed) this.cursor.fail('mapping keys are not allowed in this context')
      this.rollTo(this.cursor.column, 'block mapping start', this.cursor.mark())
    }
    this.dropKey()
    this.keyAllowed = this.flowLevel === 0
    this.indicator('key')
  }

  private value(): void {
    const { key, cursor } = this
    if (key.possible) this.checkKey(key)
    if (key.possible) {
      const { mark } = key
      const at = key.tooLate ? this.tokens.length : key.token
      this.tokens.splice(at, 0, { kind: 'key', ...mark, text: '', plain: false })
      this.rollTo(mark.column, 'block mapping start', mark, key.tooLate ? this.tokens.length : key.token)
      key.possible = false
      this.keyAllowed = false
    } else {
      if (this.flowLevel === 0) {
        if (!this.keyAllowed) cursor.fail('mapping values are not allowed in this context')
        this.rollTo(cursor.column, 'block mapping start', cursor.mark())
      }
      this.keyAllowed = this.flowLevel === 0
    }
    this.indicator('value')
  }

  private anchor(kind: 'alias' | 'anchor'): void {
    const { cursor } = this
    this.saveKey()
    this.keyAllowed = false
    const mark = cursor.mark()
    cursor.skip()
    const from = cursor.index
    while (/[\w-]/.test(String.fromCharCode(cursor.code()))) cursor.skip()
    const name = cursor.text.slice(from, cursor.index)
    const ends = isBlankOrEnd(cursor.code()) || '?:,]}%@`'.includes(String.fromCharCode(cursor.code()))
    if (name === '' || !ends) cursor.fail('did not find expected alphabetic or numeric character')
    this.push(kind, mark, name)
  }

  private tag(): void {
    const { cursor } = this
    this.saveKey()
    this.keyAllowed = false
    const mark = cursor.mark()
    this.push('tag', mark, scanTag(cursor).join('\0'))
  }

  private block(): void {
    this.dropKey()
    this.keyAllowed = true
    const mark = this.cursor.mark()
    this.push('scalar', mark, scanBlock(this.cursor, this.indent))
  }

  private flowScalar(plain: boolean): void {
    this.saveKey()
    this.keyAllowed = false
    const mark = this.cursor.mark()
    if (!plain) return this.push('scalar', mark, scanQuoted(this.cursor))
    const { text, broken } = scanPlain(this.cursor, this.flowLevel > 0, this.indent + 1)
    if (broken) this.keyAllowed = true
    this.push('scalar', mark, text, true)
  }
}
