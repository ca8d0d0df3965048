import { sortedKeys } from '../../go/bytes.ts'
import { floatText } from '../../go/float.ts'
import { itemsOf, typeOf } from '../../go/kinds.ts'
import { textOf } from '../../go/print.ts'
import { Complex, GoError, Int, isNilMap, isNilSlice, Struct, type Value } from '../../go/value.ts'

const escapes = new Map([['"', '\\"'], ['\\', '\\\\'], ['\b', '\\b'], ['\t', '\\t'], ['\n', '\\n'], ['\f', '\\f'], ['\r', '\\r']])

const escaped = (char: string): string => escapes.get(char) ?? `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`

const quoted = (text: string): string => `"${text.replace(/["\\\x00-\x1f\x7f]/g, escaped)}"`

const keyText = (key: string): string => (/^[\w-]+$/.test(key) ? key : quoted(key))

const isNil = (value: Value): boolean => value === null || value === undefined || isNilSlice(value) || isNilMap(value)

/** What is written as a text of its own rather than by its parts: times and versions. */
const ownText = (value: Value): string | undefined => (value instanceof Struct && typeof value.json === 'string' ? value.json : undefined)

/** Whether a value has the TOML type of a table. */
const isHash = (value: Value): boolean => (value instanceof Map && !isNilMap(value)) || (value instanceof Struct && ownText(value) === undefined)

function checkType(value: Value): void {
  if (value instanceof Complex) throw new GoError('unsupported type: complex128')
}

function isTableArray(value: Value): boolean {
  const items = itemsOf(value)
  if (!items?.length) return false
  let tables = true
  for (const item of items) {
    if (isNil(item)) throw new GoError('toml: cannot encode array with nil element')
    checkType(item)
    isTableArray(item)
    tables &&= isHash(item)
  }
  return tables
}

function isTable(value: Value): boolean {
  checkType(value)
  return isHash(value) || isTableArray(value)
}

/** The entries of a map in order of their keys, or the fields of a struct in their own. */
function entriesOf(value: Map<string, Value> | Struct): readonly (readonly [string, Value])[] {
  const entries = value instanceof Struct ? [...value.fields].filter(([name]) => /^[A-Z]/.test(name)) : sortedKeys(value).map((key) => [key, value.get(key)] as const)
  return [...entries.filter(([, each]) => !isTable(each)), ...entries.filter(([, each]) => isTable(each))]
}

function floatWithPoint(value: number): string {
  if (Number.isNaN(value)) return 'nan'
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf'
  const text = floatText(value)
  return /[.e]/.test(text) ? text : `${text}.0`
}

/** A comma follows all entries but the last, be that one nil, of which nothing is written. */
function inlineTable(table: Map<string, Value>): string {
  const entries = entriesOf(table)
  const texts = entries.map(([key, value], at) => (isNil(value) ? '' : `${keyText(key)} = ${element(value)}${at < entries.length - 1 ? ', ' : ''}`))
  return `{${texts.join('')}}`
}

/** A time that was read without a zone is written without. */
function timeText(time: Struct, text: string): string {
  const zone = (time.fields.get('loc') as Struct).fields.get('name')
  const [day, clock] = text.replace(/Z$/, '').split('T') as [string, string]
  return zone === 'date-local' ? day : zone === 'time-local' ? clock : zone === 'datetime-local' ? `${day}T${clock}` : text
}

function element(value: Value): string {
  if (typeof value === 'string') return quoted(value)
  if (typeof value === 'number') return floatWithPoint(value)
  if (typeof value === 'boolean') return String(value)
  if (value instanceof Int) return value.type === 'time.Duration' ? quoted(textOf(value)!) : String(value.n)
  if (value instanceof Map) return inlineTable(value)
  const items = itemsOf(value)
  if (items) return `[${items.map(element).join(', ')}]`
  const text = ownText(value)
  if (text !== undefined) return (value as Struct).type === 'time.Time' ? timeText(value as Struct, text) : quoted(text)
  throw new GoError(`unexpected type: ${typeOf(value)}`)
}

class Writer {
  text = ''

  private lineEnd(): void {
    if (this.text) this.text += '\n'
  }

  write(path: readonly string[], value: Value): void {
    // Only where it stands alone a nil slice is an empty one.
    if (path.length === 0 && isNilSlice(value)) this.text += '[]'
    if (isNil(value)) return
    if (isHash(value)) this.table(path, value as Map<string, Value> | Struct)
    else if (isTableArray(value)) this.tables(path, itemsOf(value)!)
    else if (path.length === 0) this.text += element(value)
    else this.text += `${indent(path)}${keyText(path.at(-1)!)} = ${element(value)}\n`
  }

  private tables(path: readonly string[], tables: readonly Value[]): void {
    if (!path.length) throw new GoError('toml: top-level values must be Go maps or structs')
    for (const table of tables) {
      this.lineEnd()
      this.text += `${indent(path)}[[${path.map(keyText).join('.')}]]\n`
      this.entries(path, table as Map<string, Value> | Struct)
    }
  }

  private table(path: readonly string[], table: Map<string, Value> | Struct): void {
    if (path.length === 1) this.lineEnd()
    if (path.length) this.text += `${indent(path)}[${path.map(keyText).join('.')}]\n`
    this.entries(path, table)
  }

  private entries(path: readonly string[], table: Map<string, Value> | Struct): void {
    for (const [key, value] of entriesOf(table)) this.write([...path, key], value)
  }
}

const indent = (path: readonly string[]): string => '  '.repeat(path.length - 1)

/** A value as TOML (BurntSushi/toml, Encode). Throws `GoError` for what TOML cannot say. */
export function writeToml(value: Value): string {
  const writer = new Writer()
  writer.write([], value)
  return writer.text
}
