import { GoError, Int, type Struct, type Value } from '../go/value.ts'
import { timeFromText } from './sprig/index.ts'

type Table = Map<string, Value>

const escapes = new Map([['b', '\b'], ['t', '\t'], ['n', '\n'], ['f', '\f'], ['r', '\r'], ['e', '\x1b'], ['"', '"'], ['\\', '\\']])

const dateTime = /(?:(\d{4}-\d\d-\d\d)(?:[Tt ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)([Zz]|[+-]\d\d:\d\d)?)?|(\d\d:\d\d(?::\d\d(?:\.\d+)?)?))(?![\w.])/y
const numeric = /[+-]?(?:0x[0-9a-fA-F_]+|0o[0-7_]+|0b[01_]+|inf|nan|\d[\d_]*(?:\.\d[\d_]*)?(?:[eE][+-]?\d[\d_]*)?)(?![\w.])/y

class Reader {
  private at = 0
  private readonly root: Table = new Map()
  private table = this.root
  /** Tables that were made as elements of arrays are never made twice. */
  private readonly defined = new Set<Table>()

  constructor(private readonly text: string) {}

  document(): Table {
    for (;;) {
      this.skip(true)
      if (this.at >= this.text.length) return this.root
      if (this.text[this.at] === '[') this.header()
      else this.pair(this.table)
      this.lineEnd()
    }
  }

  private fail(problem: string): never {
    const line = this.text.slice(0, this.at).split('\n').length
    throw new GoError(`toml: line ${line}: ${problem}`)
  }

  private skip(lines: boolean): void {
    const pattern = lines ? /(?:[ \t\r\n]|#[^\n]*)*/y : /[ \t]*/y
    pattern.lastIndex = this.at
    this.at += pattern.exec(this.text)![0].length
  }

  private lineEnd(): void {
    const pattern = /[ \t]*(?:#[^\n]*)?(?:\r?\n|$)/y
    pattern.lastIndex = this.at
    if (!pattern.test(this.text)) this.fail(`expected a top-level item to end with a newline, comment, or EOF, but got ${JSON.stringify(this.text[this.at] ?? '')} instead`)
    this.at = pattern.lastIndex
  }

  private expect(text: string): void {
    this.skip(false)
    if (!this.text.startsWith(text, this.at)) this.fail(`expected ${JSON.stringify(text)}`)
    this.at += text.length
  }

  private header(): void {
    const many = this.text.startsWith('[[', this.at)
    this.at += many ? 2 : 1
    const path = this.keys()
    this.expect(many ? ']]' : ']')
    const parent = this.inner(this.root, path.slice(0, -1))
    const last = path.at(-1)!
    this.table = many ? this.appended(parent, last) : this.named(parent, last)
  }

  private appended(parent: Table, key: string): Table {
    const list = parent.get(key) ?? []
    if (!Array.isArray(list)) return this.fail(`Key '${key}' has already been defined.`)
    const table: Table = new Map()
    list.push(table)
    parent.set(key, list)
    return table
  }

  private named(parent: Table, key: string): Table {
    const table = this.inner(parent, [key])
    if (this.defined.has(table)) this.fail(`Key '${key}' has already been defined.`)
    this.defined.add(table)
    return table
  }

  /** The table at a path, made where it is not there; of an array of tables the last. */
  private inner(from: Table, path: readonly string[]): Table {
    let table = from
    for (const key of path) {
      if (!table.has(key)) table.set(key, new Map())
      const found = table.get(key)
      const next = Array.isArray(found) ? found.at(-1) : found
      if (!(next instanceof Map)) return this.fail(`Key '${key}' has already been defined.`)
      table = next
    }
    return table
  }

  private keys(): string[] {
    const path: string[] = []
    do {
      this.skip(false)
      path.push(this.key())
      this.skip(false)
    } while (this.text[this.at] === '.' && ++this.at)
    return path
  }

  private key(): string {
    const char = this.text[this.at]
    if (char === '"') return this.basic()
    if (char === "'") return this.literal()
    const bare = /[\w-]+/y
    bare.lastIndex = this.at
    const found = bare.exec(this.text)
    if (!found) return this.fail('expected a key')
    this.at = bare.lastIndex
    return found[0]
  }

  private pair(table: Table): void {
    const path = this.keys()
    this.expect('=')
    this.skip(false)
    const target = this.inner(table, path.slice(0, -1))
    const key = path.at(-1)!
    if (target.has(key)) this.fail(`Key '${path.join('.')}' has already been defined.`)
    target.set(key, this.value())
  }

  private value(): Value {
    const { text, at } = this
    if (text.startsWith('"""', at)) return this.multiline('"""', true)
    if (text.startsWith("'''", at)) return this.multiline("'''", false)
    switch (text[at]) {
      case '"':
        return this.basic()
      case "'":
        return this.literal()
      case '[':
        return this.array()
      case '{':
        return this.inlineTable()
    }
    return this.scalar()
  }

  private scalar(): Value {
    const word = /(?:true|false)(?!\w)/y
    word.lastIndex = this.at
    const found = word.exec(this.text)
    if (found) {
      this.at = word.lastIndex
      return found[0] === 'true'
    }
    return this.date() ?? this.number()
  }

  private date(): Struct | undefined {
    dateTime.lastIndex = this.at
    const found = dateTime.exec(this.text)
    if (!found) return undefined
    this.at = dateTime.lastIndex
    const [, day = '0000-01-01', clock = found[4] ?? '00:00:00', zone = 'Z'] = found
    return timeFromText(`${day}T${clock.length === 5 ? `${clock}:00` : clock}${zone.toUpperCase()}`)
  }

  private number(): Value {
    numeric.lastIndex = this.at
    const found = numeric.exec(this.text)
    if (!found) return this.fail(`expected value but found ${JSON.stringify(this.text[this.at] ?? '')} instead`)
    this.at = numeric.lastIndex
    const text = found[0].replaceAll('_', '')
    if (/^[+-]?inf$/.test(text)) return text.startsWith('-') ? -Infinity : Infinity
    if (/nan$/.test(text)) return NaN
    if (!/^[+-]?0[xob]/.test(text) && /[.eE]/.test(text)) return Number(text)
    const size = BigInt(text.replace(/^[+-]/, ''))
    return new Int(text.startsWith('-') ? -size : size, 'int64')
  }

  private literal(): string {
    const end = this.text.indexOf("'", this.at + 1)
    const content = this.text.slice(this.at + 1, end)
    if (end < 0 || content.includes('\n')) return this.fail('strings cannot contain newlines')
    this.at = end + 1
    return content
  }

  private basic(): string {
    const pattern = /"((?:[^"\\\n]|\\.)*)"/y
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)
    if (!found) return this.fail('strings cannot contain newlines')
    this.at = pattern.lastIndex
    return this.unescaped(found[1]!)
  }

  private multiline(mark: string, escapable: boolean): string {
    const pattern = escapable ? /"""(?:\r?\n)?((?:[^\\]|\\[^])*?)"""("{0,2})/y : /'''(?:\r?\n)?([^]*?)'''('{0,2})/y
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)
    if (!found) return this.fail(`unexpected EOF; expected ${mark}`)
    this.at = pattern.lastIndex
    const content = found[1]! + found[2]!
    return escapable ? this.unescaped(content.replace(/\\[ \t]*\r?\n[ \t\r\n]*/g, '')) : content
  }

  private unescaped(text: string): string {
    return text.replace(/\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))/gs, (_, short?: string, long?: string, char?: string) => {
      if (char === undefined) return String.fromCodePoint(parseInt((short ?? long)!, 16))
      return escapes.get(char) ?? this.fail(`invalid escape character ${JSON.stringify(char)}`)
    })
  }

  private array(): Value[] {
    const items: Value[] = []
    this.at++
    for (;;) {
      this.skip(true)
      if (this.text[this.at] === ']') break
      items.push(this.value())
      this.skip(true)
      if (this.text[this.at] === ',') this.at++
      else if (this.text[this.at] !== ']') this.fail('expected a comma or array terminator')
    }
    this.at++
    return items
  }

  private inlineTable(): Table {
    const table: Table = new Map()
    this.at++
    this.skip(false)
    while (this.text[this.at] !== '}') {
      this.pair(table)
      this.skip(false)
      if (this.text[this.at] === ',') {
        this.at++
        this.skip(false)
      } else if (this.text[this.at] !== '}') this.fail('expected a comma or an inline table terminator')
    }
    this.at++
    return table
  }
}

/** Reads TOML: integers are `int64`, dates `time.Time`. Throws `GoError`; its words are not Go's. */
export const readToml = (text: string): Map<string, Value> => new Reader(text).document()
