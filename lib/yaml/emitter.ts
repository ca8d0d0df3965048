import { byteLength, hasInvalidBytes, toBytes } from '../go/bytes.ts'
import { textOf } from '../go/print.ts'
import { Int, Struct, type Value } from '../go/value.ts'
import { encodeBase64 } from './base64.ts'
import { YamlError } from './error.ts'
import { compareKeys, type KeyOrder } from './order.ts'
import { Fields, plainOf } from './plain.ts'
import { isAmbiguous } from './scalars.ts'
import { analyze, isBreak, isPrintable } from './style.ts'

/** What differs between the two libraries that Helm writes YAML with. */
export interface Flavour {
  /** Whether a nil map or slice is null, not empty. */
  readonly nilIsNull: boolean
  readonly order: KeyOrder
  /** Lines are folded past this column. */
  readonly width: number
  /** Whether a list under a key stands two columns further in. */
  readonly indentLists: boolean
  readonly tabsInBlocks: boolean
  number(n: number): string
  /** Prepares a string or key; may throw. */
  text(raw: string, isKey: boolean): string
}

/** An entry of a table or list, and where it begins. */
export interface YamlEntry {
  readonly container: ReadonlyMap<string, Value> | readonly Value[]
  readonly key: string | number
  /** Counted from 0. */
  readonly line: number
  /** In how many others it is. */
  readonly depth: number
}

const maxDepth = 1000
const longestSimpleKey = 128

/**
 * Writes values in libyaml's block style, indented by two. One instance writes one document.
 * Source: libyaml's emitter as go-yaml carries it; `whitespace` and `indention` are its words
 * for "a blank was just written" and "nothing but indentation stands on this line".
 */
export class Emitter {
  private out = ''
  private column = 0
  private indent = -1
  private whitespace = true
  private indention = true
  private depth = 0

  constructor(
    private readonly flavour: Flavour,
    /** Takes down where each entry begins. */
    private readonly entries?: YamlEntry[],
  ) {}

  /** The document, ending in a newline. */
  document(value: Value): string {
    this.node(value, false)
    this.startLine()
    return this.out
  }

  private node(value: Value, underKey: boolean): void {
    const plain = plainOf(value, this.flavour.nilIsNull)
    if (!this.flavour.nilIsNull && value instanceof Struct && value.type === 'time.Time') return this.plain(plain as string, false)
    if (!this.flavour.nilIsNull && plain instanceof Int && plain.type === 'time.Duration') return this.plain(textOf(plain)!, false)
    if (!this.flavour.nilIsNull && typeof plain === 'string' && hasInvalidBytes(plain)) this.plain(`!!binary ${encodeBase64(toBytes(plain))}`, false)
    else if (typeof plain === 'string') this.prepared(this.flavour.text(plain, false), false)
    else if (plain === null) this.plain('null', false)
    else if (typeof plain === 'number') this.plain(this.flavour.number(plain), false)
    else if (typeof plain === 'boolean') this.plain(String(plain), false)
    else if (plain instanceof Int) this.plain(String(plain.n), false)
    else this.nested(() => (plain instanceof Map ? this.map(plain) : this.list(plain as readonly Value[], underKey)))
  }

  private nested(write: () => void): void {
    if (++this.depth > maxDepth) throw new YamlError(`exceeded max depth of ${maxDepth}`)
    const { indent } = this
    write()
    this.indent = indent
    this.depth--
  }

  private deeper(): void {
    this.indent = this.indent < 0 ? 0 : this.indent + 2
  }

  private map(entries: ReadonlyMap<string, Value>): void {
    if (entries.size === 0) return this.indicator('{}', true, false, false)
    this.deeper()
    const { flavour } = this
    const keys = [...entries.keys()].map(key => [flavour.text(key, true), key] as const)
    if (keys.length > 1 && !(entries instanceof Fields)) keys.sort((a, b) => compareKeys(a[0], b[0], flavour.order))
    for (const [key, original] of keys) {
      this.startLine()
      this.begin(entries, original)
      this.key(key)
      this.node(entries.get(original), true)
    }
  }

  private begin(container: YamlEntry['container'], key: string | number): void {
    this.entries?.push({ container, key, line: this.out.split('\n').length - 1, depth: this.depth })
  }

  private key(key: string): void {
    if (isSimpleKey(key)) {
      this.prepared(key, true)
      this.indicator(':', false, false, false)
      return
    }
    this.indicator('?', true, false, true)
    this.prepared(key, false)
    this.startLine()
    this.indicator(':', true, false, true)
  }

  private list(items: readonly Value[], underKey: boolean): void {
    if (items.length === 0) return this.indicator('[]', true, false, false)
    const flush = underKey && !this.indention && !this.flavour.indentLists
    if (!flush || this.indent < 0) this.deeper()
    for (const [at, item] of items.entries()) {
      this.startLine()
      this.begin(items, at)
      this.indicator('-', true, false, true)
      this.node(item, false)
    }
  }

  private prepared(text: string, isKey: boolean): void {
    const { indent } = this
    this.indent = indent < 0 ? 2 : indent + 2
    this.styled(text, isKey)
    this.indent = indent
  }

  private styled(text: string, isKey: boolean): void {
    const allowed = analyze(text, this.flavour.tabsInBlocks)
    if (text.includes('\n')) {
      if (allowed.block && !isKey) this.literal(text)
      else this.double(text, isKey)
    } else if (isAmbiguous(text) || (isKey && allowed.multiline)) this.double(text, isKey)
    else if (allowed.plain) this.plain(text, isKey)
    else if (allowed.single) this.single(text, isKey)
    else this.double(text, isKey)
  }

  private put(text: string): void {
    this.out += text
    this.column += text.length
  }

  private newline(): void {
    this.out += '\n'
    this.column = 0
  }

  private startLine(): void {
    const indent = Math.max(this.indent, 0)
    if (!this.indention || this.column > indent || (this.column === indent && !this.whitespace)) this.newline()
    if (this.column < indent) this.put(' '.repeat(indent - this.column))
    this.whitespace = true
    this.indention = true
  }

  private indicator(text: string, spaceBefore: boolean, isBlank: boolean, keepsIndention: boolean): void {
    if (spaceBefore && !this.whitespace) this.put(' ')
    this.put(text)
    this.whitespace = isBlank
    this.indention &&= keepsIndention
  }

  /** Whether a scalar of this length is sure to stay on its line. */
  private fits(text: string, isKey: boolean): boolean {
    return isKey || this.column + text.length < this.flavour.width
  }

  private plain(text: string, isKey: boolean): void {
    if (!this.whitespace) this.put(' ')
    if (this.fits(text, isKey)) this.put(text)
    else this.folded(text, false)
    this.whitespace = false
    this.indention = false
  }

  private single(text: string, isKey: boolean): void {
    this.indicator("'", true, false, false)
    if (this.fits(text, isKey) && !/['\u2028\u2029]/.test(text)) this.put(text)
    else this.folded(text, true, isKey)
    this.indicator("'", false, false, false)
    this.indention = false
  }

  /** The inside of a plain or single quoted scalar, broken at single spaces past the width. */
  private folded(text: string, quoted: boolean, isKey = false): void {
    let afterSpace = false
    let afterBreak = false
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i)
      if (code === 0x20) {
        const inner = !quoted || (i > 0 && i < text.length - 1)
        const fold = !isKey && !afterSpace && this.column > this.flavour.width && inner && text[i + 1] !== ' '
        if (fold) this.startLine()
        else this.put(' ')
        afterSpace = true
      } else if (isBreak(code)) {
        this.out += text[i]
        this.column = 0
        this.indention = true
        afterBreak = true
      } else {
        if (afterBreak) this.startLine()
        this.put(quoted && text[i] === "'" ? "''" : text[i]!)
        this.indention = false
        afterSpace = false
        afterBreak = false
      }
    }
  }

  private double(text: string, isKey: boolean): void {
    this.indicator('"', true, false, false)
    const byteOrderMark = text.charCodeAt(0) === 0xfeff
    let afterSpace = false
    for (let i = 0; i < text.length; i++) {
      const code = text.codePointAt(i)!
      if (code === 0x20) {
        const fold = !isKey && !afterSpace && this.column > this.flavour.width && i > 0 && i < text.length - 1
        if (fold) {
          this.startLine()
          if (text[i + 1] === ' ') this.put('\\')
        } else this.put(' ')
        afterSpace = true
        continue
      }
      afterSpace = false
      if (code > 0xffff) i++
      this.put(byteOrderMark || mustEscape(code) ? escape(code) : String.fromCharCode(code))
    }
    this.indicator('"', false, false, false)
    this.indention = false
  }

  private literal(text: string): void {
    this.indicator('|', true, false, false)
    const first = text.charCodeAt(0)
    if (first === 0x20 || isBreak(first)) this.put('2')
    this.put(chomping(text))
    this.newline()
    this.whitespace = true
    this.indention = true
    let afterBreak = true
    for (const piece of text.split(/([\n\u2028\u2029])/)) {
      if (piece === '') continue
      if (isBreak(piece.charCodeAt(0)) && piece.length === 1) {
        this.out += piece
        this.column = 0
        this.indention = true
        afterBreak = true
      } else {
        if (afterBreak) this.startLine()
        this.put(piece)
        this.indention = false
        afterBreak = false
      }
    }
  }
}

function chomping(text: string): string {
  if (!isBreak(text.charCodeAt(text.length - 1))) return '-'
  return text.length === 1 || isBreak(text.charCodeAt(text.length - 2)) ? '+' : ''
}

/** A key on one line and not too long in bytes needs no `?`. */
function isSimpleKey(key: string): boolean {
  if (key.length > longestSimpleKey || /[\n\r\x85\u2028\u2029]/.test(key)) return false
  return key.length * 3 <= longestSimpleKey || byteLength(key) <= longestSimpleKey
}

const mustEscape = (code: number): boolean =>
  !isPrintable(code) || code === 0x22 || code === 0x5c || code === 0x2028 || code === 0x2029

const shortEscapes = new Map([
  [0x00, '0'], [0x07, 'a'], [0x08, 'b'], [0x09, 't'], [0x0a, 'n'], [0x0b, 'v'], [0x0c, 'f'], [0x0d, 'r'], [0x1b, 'e'],
  [0x22, '"'], [0x5c, '\\'], [0x85, 'N'], [0xa0, '_'], [0x2028, 'L'], [0x2029, 'P'],
])

function escape(code: number): string {
  const short = shortEscapes.get(code)
  if (short) return `\\${short}`
  const hex = code.toString(16).toUpperCase()
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`
}
