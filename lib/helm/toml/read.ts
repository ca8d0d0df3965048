import { quote } from '../../go/quote.ts'
import { GoError, type Value } from '../../go/value.ts'
import { isDigit, numberOrDate, signed } from './scalars.ts'
import { Scanner, shown } from './scanner.ts'
import { Tables } from './tables.ts'

type Table = Map<string, Value>

const isLineEnd = (char: string): boolean => char === '\n' || char === '\r'

class Reader {
  /** The line of the key that is being read, where a fault of its place is reported. */
  private keyLine = 1
  private readonly tables = new Tables((problem) => this.scanner.failAt(this.keyLine, problem))
  private readonly scanner: Scanner

  constructor(text: string) {
    this.scanner = new Scanner(text, () => this.tables.current())
  }

  document(): Table {
    const { scanner } = this
    for (;;) {
      scanner.skipLines()
      if (scanner.peek() === '') return this.tables.root
      if (scanner.peek() === '[') this.header()
      else this.topLevelPair()
      this.lineEnd()
    }
  }

  private lineEnd(): void {
    const { scanner } = this
    scanner.skipBlanks()
    if (scanner.peek() === '#') return scanner.comment()
    if (scanner.peek() === '') return
    const char = scanner.next()
    if (!isLineEnd(char)) scanner.fail(`expected a top-level item to end with a newline, comment, or EOF, but got ${shown(char)} instead`)
  }

  private header(): void {
    const { scanner } = this
    scanner.next()
    const many = scanner.accept('[')
    const key: string[] = []
    do key.push(this.headerPart(key.length === 0))
    while (this.headerGoesOn())
    if (many) {
      const char = scanner.next()
      if (char !== ']') scanner.fail(`expected end of table array name delimiter ']', but got ${shown(char)} instead`, char)
    }
    this.tables.enter(key, many)
  }

  private headerPart(first: boolean): string {
    const { scanner } = this
    scanner.skipBlanks()
    const char = scanner.peek()
    if (char === ']' || char === '') scanner.fail('unexpected end of table name (table names cannot be empty)')
    if (char === '.') scanner.fail('unexpected table separator (table names cannot be empty)')
    return this.part(first)
  }

  private headerGoesOn(): boolean {
    const { scanner } = this
    scanner.skipBlanks()
    const char = scanner.next()
    if (char === ']') return false
    if (char !== '.') scanner.fail(`expected '.' or ']' to end table name, but got ${shown(char)} instead`, char)
    return true
  }

  /** One part of a key. */
  private part(first: boolean): string {
    const { scanner } = this
    const char = scanner.peek()
    const text = char === '"' || char === "'" ? this.quotedPart(char) : scanner.run(/[A-Za-z\d_-]/).text
    if (first) this.keyLine = scanner.line()
    return text
  }

  /** In a key three quotes are an empty text and one that begins another. */
  private quotedPart(mark: string): string {
    const { scanner } = this
    if (!scanner.text.startsWith(mark.repeat(3), scanner.at)) return scanner.quoted()
    scanner.at += 2
    return ''
  }

  private topLevelPair(): void {
    const { tables } = this
    const outer = tables.context
    this.pair()
    tables.context = outer
    tables.key = ''
  }

  /** A key and its value, which go to the tables; tells the way to the value. */
  private pair(): { path: readonly string[]; value: Value } {
    const { tables } = this
    const path = this.keys()
    const last = path.at(-1)!
    tables.key = last
    for (const part of path.slice(0, -1)) tables.enterImplicit([...tables.context, part])
    const value = this.value(false)
    tables.set(last, value)
    return { path, value }
  }

  private keys(): string[] {
    const { scanner } = this
    scanner.skipBlanks()
    const char = scanner.peek()
    if (char === '=' || char === '') scanner.failAt(scanner.line(), "unexpected '=': key name appears blank")
    if (char === '.') scanner.fail("unexpected '.': keys cannot start with a '.'")
    const path: string[] = []
    do path.push(this.keyPart(path.length === 0))
    while (this.keyGoesOn())
    return path
  }

  private keyPart(first: boolean): string {
    const { scanner } = this
    scanner.skipBlanks()
    const char = scanner.peek()
    if (char === '=' || char === '') scanner.fail("unexpected '='")
    if (char === '.') scanner.fail("unexpected '.'")
    return this.part(first)
  }

  private keyGoesOn(): boolean {
    const { scanner } = this
    scanner.skipBlanks()
    const char = scanner.next()
    if (char === '.') return true
    if (char === '=') return false
    if (char === '') scanner.fail("unexpected EOF; expected key separator '='")
    const problem = `expected '.' or '=', but got ${shown(char)} instead`
    return char === '\n' ? scanner.failBefore(problem) : scanner.fail(problem)
  }

  private value(inArray: boolean): Value {
    const { scanner } = this
    scanner.skipBlanks()
    const char = scanner.peek()
    if (isDigit(char)) return numberOrDate(scanner)
    switch (char) {
      case '[':
        return this.array()
      case '{':
        return this.inlineTable(inArray)
      case '"':
      case "'":
        return scanner.quoted()
      case '-':
      case '+':
        return signed(scanner)
    }
    if (scanner.accept('inf')) return Infinity
    if (scanner.accept('nan')) return NaN
    if (char === 'i' || char === 'n') this.passFloatStart()
    const first = scanner.next()
    if (char === '.') scanner.fail("floats must start with a digit, not '.'")
    if (/^\p{L}/u.test(first)) return this.word(first)
    if (char === '') scanner.fail('unexpected EOF; expected value')
    const problem = `expected value but found ${shown(char)} instead`
    return char === '\n' ? scanner.failBefore(problem) : scanner.fail(problem)
  }

  /** Go goes back by one character from what it took for the start of `inf` or `nan`. */
  private passFloatStart(): void {
    const { scanner } = this
    const start = scanner.at++
    scanner.accept('n')
    scanner.accept('a')
    if (scanner.at > start) scanner.at--
  }

  private word(first: string): boolean {
    const text = first + this.scanner.run(/\p{L}/u).text
    if (text !== 'true' && text !== 'false') this.scanner.fail(`expected value but found ${quote(text)} instead`)
    return text === 'true'
  }

  private array(): Value[] {
    const { scanner } = this
    scanner.next()
    this.tables.markArray()
    const items: Value[] = []
    for (;;) {
      scanner.skipLines()
      if (scanner.peek() === ',') {
        scanner.next()
        scanner.fail('unexpected comma')
      }
      if (scanner.accept(']')) return items
      items.push(this.value(true))
      scanner.skipLines()
      if (scanner.accept(']')) return items
      const char = scanner.next()
      if (char !== ',') scanner.fail(`expected a comma (',') or array terminator (']'), but got ${orEnd(char)}`)
    }
  }

  private inlineTable(inArray: boolean): Table {
    const { scanner, tables } = this
    const { context, key } = tables
    scanner.next()
    tables.key = ''
    tables.enterImplicit([...context, key], inArray)
    const within = tables.context
    const table: Table = new Map()
    while (this.inlineGoesOn()) {
      const { path, value } = this.pair()
      put(table, path, value)
      tables.context = within
      if (!this.afterInlinePair()) break
    }
    tables.context = context
    tables.key = key
    return table
  }

  /** Whether another pair begins, which is not so at the closing brace. */
  private inlineGoesOn(): boolean {
    const { scanner } = this
    scanner.skipLines()
    if (scanner.accept(',')) scanner.fail('unexpected comma')
    return !scanner.accept('}')
  }

  private afterInlinePair(): boolean {
    const { scanner } = this
    scanner.skipLines()
    if (scanner.accept('}')) return false
    const char = scanner.next()
    if (char !== ',') scanner.fail(`expected a comma or an inline table terminator '}', but got ${orEnd(char)} instead`)
    return true
  }
}

const orEnd = (char: string): string => (char === '' ? 'end of file' : `'${char}'`)

/** Puts a value into the tables on its way. */
function put(table: Table, path: readonly string[], value: Value): void {
  let inner = table
  for (const part of path.slice(0, -1)) {
    if (!inner.has(part)) inner.set(part, new Map())
    inner = inner.get(part) as Table
  }
  inner.set(path.at(-1)!, value)
}

/** Reads TOML: integers are `int64`, dates `time.Time`. Throws `GoError` with the message of BurntSushi/toml. */
export function readToml(text: string): Map<string, Value> {
  const unmarked = text.replace(/^\ufeff/, '')
  if (unmarked.slice(0, 6).includes('\0')) throw new GoError('toml: line 1: files cannot contain NULL bytes; probably using UTF-16; TOML files must be UTF-8')
  return new Reader(unmarked).document()
}
