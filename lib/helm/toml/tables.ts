import { Slice, type Value } from '../../go/value.ts'

type Table = Map<string, Value>

const isArrayOfTables = (value: Value): value is Slice => value instanceof Slice

/** A key as it would be written: parts that need quotes have them. */
const keyText = (key: readonly string[]): string => key.map((part) => (/^[A-Za-z\d_-]+$/.test(part) ? part : `"${part.replace(/["\\]/g, '\\$&')}"`)).join('.')

/** How many tables may be passed on the way to others in one document: a way of so many parts is as long for every key on it. */
const longestWays = 5_000_000

/** The tables of a document, and which of them may still be defined (BurntSushi/toml, parser). */
export class Tables {
  readonly root: Table = new Map()
  /** The table that keys go to. */
  context: readonly string[] = []
  /** The key whose value is read. */
  key = ''
  private readonly implicit = new Set<string>()
  private readonly arrays = new Set<string>()
  private passed = 0

  constructor(private readonly fail: (problem: string) => never) {}

  /** The key that a fault names. */
  current(): string {
    if (this.key === '') return keyText(this.context)
    return this.context.length > 0 ? `${keyText(this.context)}.${this.key}` : this.key
  }

  /** Goes to a table, which is made if it is not there; of an array of tables to a new one. */
  enter(key: readonly string[], inArray: boolean): void {
    this.pass(key.length)
    let table = this.root
    const parents: string[] = []
    for (const part of key.slice(0, -1)) {
      parents.push(part)
      if (!table.has(part)) {
        this.implicit.add(keyText(parents))
        table.set(part, new Map())
      }
      table = this.within(table.get(part)) ?? this.fail(`Key '${keyText(parents)}' was already created as a hash.`)
    }
    this.context = parents
    const last = key.at(-1)!
    if (inArray) this.append(table, key)
    else this.set(last, new Map())
    this.context = [...parents, last]
  }

  enterImplicit(key: readonly string[], inArray = false): void {
    this.implicit.add(keyText(key))
    this.enter(key, inArray)
  }

  /** Says that the value of a key is an array. */
  markArray(): void {
    this.arrays.add(keyText([...this.context, this.key]))
  }

  set(key: string, value: Value): void {
    this.pass(this.context.length)
    const path: string[] = []
    let table = this.root
    for (const part of this.context) {
      path.push(part)
      table = this.within(table.get(part)) ?? this.fail(`Key '${keyText(path)}' has already been defined.`)
    }
    const name = keyText([...this.context, key])
    if (!table.has(key)) table.set(key, value)
    else if (!this.implicit.delete(name)) this.fail(`Key '${name}' has already been defined.`)
    else if (this.arrays.has(name)) table.set(key, value)
  }

  private pass(parts: number): void {
    if ((this.passed += parts) > longestWays) throw new RangeError('nested too deeply')
  }

  private within(value: Value): Table | undefined {
    const found = isArrayOfTables(value) ? value.items.at(-1) : value
    return found instanceof Map ? found : undefined
  }

  private append(table: Table, key: readonly string[]): void {
    const last = key.at(-1)!
    if (!table.has(last)) table.set(last, new Slice('map[string]interface {}', []))
    const found = table.get(last)
    if (!isArrayOfTables(found)) this.fail(`Key '${keyText(key)}' was already created and cannot be used as an array.`)
    ;(found as Slice).items.push(new Map())
  }
}
