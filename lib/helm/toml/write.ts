import { sortedKeys } from '../../go/bytes.ts'
import { floatText } from '../../go/float.ts'
import { itemsOf, typeOf } from '../../go/kinds.ts'
import { textOf } from '../../go/print.ts'
import { GoError, Int, Struct, type Value } from '../../go/value.ts'

const escapes = new Map([['"', '\\"'], ['\\', '\\\\'], ['\b', '\\b'], ['\t', '\\t'], ['\n', '\\n'], ['\f', '\\f'], ['\r', '\\r']])

const escaped = (char: string): string => escapes.get(char) ?? `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`

const quoted = (text: string): string => `"${text.replace(/["\\\x00-\x1f\x7f]/g, escaped)}"`

const keyText = (key: string): string => (/^[\w-]+$/.test(key) ? key : quoted(key))

const isNil = (value: Value): boolean => value === null || value === undefined

function isTableArray(value: Value): boolean {
  const items = itemsOf(value)
  if (!items?.length) return false
  if (items.some(isNil)) throw new GoError('toml: cannot encode array with nil element')
  items.forEach(isTableArray)
  return items.every(item => item instanceof Map)
}

/** The entries of a map, or of a struct that is not written as a text of its own; nothing for other values. */
function entriesOf(value: Value): ReadonlyMap<string, Value> | undefined {
  if (value instanceof Map) return value
  if (!(value instanceof Struct) || value.json !== undefined) return undefined
  return new Map([...value.fields].filter(([name]) => /^[A-Z]/.test(name)))
}

const isTable = (value: Value): boolean => entriesOf(value) !== undefined || isTableArray(value)

function floatWithPoint(value: number): string {
  if (Number.isNaN(value)) return 'nan'
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf'
  const text = floatText(value)
  return /[.e]/.test(text) ? text : `${text}.0`
}

function inlineTable(table: ReadonlyMap<string, Value>): string {
  const keys = sortedKeys(table).filter(key => !isNil(table.get(key)))
  const ordered = [...keys.filter(key => !isTable(table.get(key))), ...keys.filter(key => isTable(table.get(key)))]
  return `{${ordered.map(key => `${keyText(key)} = ${element(table.get(key))}`).join(', ')}}`
}

function element(value: Value): string {
  if (typeof value === 'string') return quoted(value)
  if (typeof value === 'number') return floatWithPoint(value)
  if (typeof value === 'boolean') return String(value)
  if (value instanceof Int) return value.type === 'time.Duration' ? quoted(textOf(value)!) : String(value.n)
  if (value instanceof Map) return inlineTable(value)
  const items = itemsOf(value)
  if (items) return `[${items.map(element).join(', ')}]`
  if (value instanceof Struct && typeof value.json === 'string') return value.type === 'time.Time' ? value.json : quoted(value.json)
  throw new GoError(`unexpected type: ${typeOf(value)}`)
}

class Writer {
  text = ''

  private lineEnd(): void {
    if (this.text) this.text += '\n'
  }

  write(path: readonly string[], value: Value): void {
    if (isNil(value)) return
    const table = entriesOf(value)
    if (table) this.table(path, table, value instanceof Struct)
    else if (isTableArray(value)) this.tables(path, itemsOf(value)!)
    else if (path.length === 0) this.text += element(value)
    else this.text += `${indent(path)}${keyText(path.at(-1)!)} = ${element(value)}\n`
  }

  private tables(path: readonly string[], tables: readonly Value[]): void {
    if (!path.length) throw new GoError('toml: top-level values must be Go maps or structs')
    for (const table of tables) {
      this.lineEnd()
      this.text += `${indent(path)}[[${path.map(keyText).join('.')}]]\n`
      this.entries(path, table as ReadonlyMap<string, Value>)
    }
  }

  private table(path: readonly string[], table: ReadonlyMap<string, Value>, inOrder: boolean): void {
    if (path.length === 1) this.lineEnd()
    if (path.length) this.text += `${indent(path)}[${path.map(keyText).join('.')}]\n`
    this.entries(path, table, inOrder)
  }

  /** The fields of a struct keep their order. */
  private entries(path: readonly string[], table: ReadonlyMap<string, Value>, inOrder = false): void {
    const keys = inOrder ? [...table.keys()] : sortedKeys(table)
    for (const key of keys) if (!isTable(table.get(key))) this.write([...path, key], table.get(key))
    for (const key of keys) if (isTable(table.get(key))) this.write([...path, key], table.get(key))
  }
}

const indent = (path: readonly string[]): string => '  '.repeat(path.length - 1)

/** A value as TOML (BurntSushi/toml, Encode). Throws `GoError` for what TOML cannot say. */
export function writeToml(value: Value): string {
  const writer = new Writer()
  writer.write([], value)
  return writer.text
}
