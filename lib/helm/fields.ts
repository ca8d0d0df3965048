import { singleText } from '../go/float.ts'
import { Int, type Value } from '../go/value.ts'
import { misfit } from '../yaml/index.ts'

/** A table of YAML as the fields of a Go struct, which are found whatever the case of their names. */
export class Fields {
  private readonly named = new Map<string, Value>()

  /** `struct` is the struct's name, and `path` that of the fields where this one stands, each with a point behind. */
  constructor(
    map: ReadonlyMap<string, Value>,
    names: readonly string[],
    private readonly struct: string,
    private readonly path = '',
  ) {
    const byLower = new Map(names.map((name) => [name.toLowerCase(), name]))
    for (const [key, value] of map) {
      const name = byLower.get(key.toLowerCase())
      // The right case wins.
      if (name !== undefined && (key === name || !map.has(name))) this.named.set(name, value)
    }
  }

  has(name: string): boolean {
    return this.named.has(name)
  }

  get(name: string): Value {
    return this.named.get(name) ?? null
  }

  text(name: string): string {
    return this.textOf(this.get(name), name)
  }

  texts(name: string): string[] {
    return this.list(name, '[]string').map((item) => this.textOf(item, name))
  }

  flag(name: string): boolean {
    const value = this.get(name)
    return value === null ? false : typeof value === 'boolean' ? value : this.fail(value, name, 'bool')
  }

  list(name: string, type: string): readonly Value[] {
    const value = this.get(name)
    return value === null ? [] : Array.isArray(value) ? value : this.fail(value, name, type)
  }

  /** A list of structs; those that are null are left out. */
  structs<Item>(name: string, type: string, names: readonly string[], read: (fields: Fields) => Item): Item[] {
    const struct = type.replace(/^.*\./, '')
    return this.list(name, `[]*${type}`).flatMap((item) => {
      if (item === null) return []
      return item instanceof Map ? read(new Fields(item, names, `${struct}.`, `${this.path}${name}.`)) : this.fail(item, name, type)
    })
  }

  /** A table of texts; nothing if there is none. */
  textMap(name: string): ReadonlyMap<string, string> | undefined {
    const value = this.get(name)
    if (value === null) return undefined
    if (!(value instanceof Map)) return this.fail(value, name, 'map[string]string')
    return new Map([...value].map(([key, item]) => [key, this.textOf(item, name)] as const))
  }

  /** A string takes numbers and booleans too. Source: sigs.k8s.io/yaml `convertToJSONableObject`. */
  private textOf(value: Value, name: string): string {
    if (value === null || value === undefined) return ''
    if (typeof value === 'string') return value
    if (typeof value === 'boolean') return String(value)
    if (value instanceof Int) return String(value.n)
    return typeof value === 'number' ? singleText(value) : this.fail(value, name, 'string')
  }

  private fail(value: Value, name: string, type: string): never {
    throw misfit(value, `Go struct field ${this.struct}${this.path}${name} of type ${type}`)
  }
}
