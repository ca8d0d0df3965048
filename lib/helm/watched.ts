import { TypedMap, type Func, type Methods, type Value } from '../go/value.ts'
import { methodsOf } from './values-object.ts'

/**
 * Notes which values a template reads, as keys: the names on the way, joined, and `*` at the
 * end where a whole table was looked at. `spoiled` says that what was rendered depends on more
 * than the values: a template changed them, or used a random number.
 */
export class Watch {
  reads: Set<string> = new Set()
  spoiled = false
  /** The watched form of the tables met so far; those that have not changed need no other. */
  readonly tables = new WeakMap<ReadonlyMap<string, Value>, WatchedTable>()
  /** The path of each list, where items are told apart. */
  readonly lists = new WeakMap<readonly Value[], string>()
  constructor(
    /** Whether the tables in a list know their place in it. */
    readonly countsItems = false,
  ) {}
}

/** Stands between the names of a key. */
export const separator = '\0'
/** Ends the key of a table that was looked at as a whole. */
export const whole = '*'
/** Ends the path of what is in a list. */
const item = '[]'
/**
 * Begins the keys of what stands beside `.Values`; no key of the values begins so. It stays as it
 * is but for `Template`, which differs from file to file.
 */
const beside = '\0'

/** `.Values` in which every table notes what is read of it. */
export function watchedValues(values: ReadonlyMap<string, Value>, watch: Watch): TypedMap {
  const methods: Map<string, Func> = new Map()
  const root = new WatchedValues('', watch, methods)
  for (const [name, method] of methodsOf(root)) methods.set(name, method)
  fill(root, values, '', watch)
  return root
}

function fill(table: Map<string, Value>, values: ReadonlyMap<string, Value>, prefix: string, watch: Watch): void {
  for (const [key, value] of values) plain.set.call(table, key, watchedValue(value, prefix + key, watch))
}

function watchedValue(value: Value, path: string, watch: Watch): Value {
  // A list is compared whole; its tables are watched only because a template could change them.
  if (Array.isArray(value)) return watchedList(value, path, watch)
  if (!(value instanceof Map) || value instanceof TypedMap) return value
  const prefix = path + separator
  const found = watch.tables.get(value)
  if (found?.prefix === prefix) return found
  const table = new WatchedTable(prefix, watch)
  fill(table, value, prefix, watch)
  watch.tables.set(value, table)
  return table
}

function watchedList(list: readonly Value[], path: string, watch: Watch): Value[] {
  const items = list.map((each, at) => watchedValue(each, path + (watch.countsItems ? `[${at}]` : item), watch))
  if (watch.countsItems) watch.lists.set(items, path)
  return items
}

/** The part of watched values that a subchart sees as its `.Values`; what is in it stays what it is. */
export function watchedSection(values: TypedMap, name: string, watch: Watch): TypedMap {
  const methods: Map<string, Func> = new Map()
  const table = plain.get.call(values, name)
  const prefix = (values as unknown as Begins).prefix + name + separator
  const section = new WatchedValues(prefix, watch, methods)
  for (const [key, method] of methodsOf(section)) methods.set(key, method)
  if (table instanceof Map) for (const [key, value] of entriesOf(table)) plain.set.call(section, key, value)
  return section
}

/** The entries of a table without anything being noted. */
export const entriesOf = (table: ReadonlyMap<string, Value>): MapIterator<[string, Value]> => plain.entries.call(table as Map<string, Value>)

const plain = Map.prototype as Map<string, Value>
const sizeOf = Object.getOwnPropertyDescriptor(Map.prototype, 'size')!.get as (this: Map<string, Value>) => number

/** The same for a plain table and for `common.Values`, whose Go types differ. */
function watching<M extends Map<string, Value>>(Base: new (...args: never[]) => M): new (...args: unknown[]) => M & Begins {
  class Watching extends (Base as unknown as new (...args: unknown[]) => Map<string, Value>) {
    prefix = ''
    private key: string | undefined
    private watch: Watch | undefined
    /** The keys noted so far, with the prefix: to look one up is cheaper than to write it. */
    private noted: Map<string, string> | undefined
    begin(prefix: string, watch: Watch): void {
      this.prefix = prefix
      this.watch = watch
    }
    /** Tells this place from all others; nothing for what is in a list, where items share theirs. */
    get place(): string | undefined {
      this.key ??= this.prefix.includes(item) ? '' : `@${JSON.stringify(this.prefix)}`
      return this.key === '' ? undefined : this.key
    }
    private note(key: string): void {
      const { watch } = this
      if (!watch || (this.prefix === beside && key !== 'Template' && key !== whole)) return
      this.noted ??= new Map()
      let full = this.noted.get(key)
      if (full === undefined) this.noted.set(key, (full = this.prefix + key))
      watch.reads.add(full)
    }
    override get(key: string): Value {
      this.note(key)
      return super.get(key)
    }
    override has(key: string): boolean {
      this.note(key)
      return super.has(key)
    }
    override get size(): number {
      this.note(whole)
      return sizeOf.call(this)
    }
    override keys(): MapIterator<string> {
      this.note(whole)
      return super.keys()
    }
    override values(): MapIterator<Value> {
      this.note(whole)
      return super.values()
    }
    override entries(): MapIterator<[string, Value]> {
      this.note(whole)
      return super.entries()
    }
    override [Symbol.iterator](): MapIterator<[string, Value]> {
      return this.entries()
    }
    override forEach(body: (value: Value, key: string, all: Map<string, Value>) => void): void {
      this.note(whole)
      super.forEach(body)
    }
    override set(key: string, value: Value): this {
      if (this.watch) this.watch.spoiled = true
      return super.set(key, value)
    }
    override delete(key: string): boolean {
      if (this.watch) this.watch.spoiled = true
      return super.delete(key)
    }
    override clear(): void {
      if (this.watch) this.watch.spoiled = true
      super.clear()
    }
  }
  return Watching as unknown as new (...args: unknown[]) => M & Begins
}

interface Begins {
  readonly prefix: string
  readonly place: string | undefined
  begin(prefix: string, watch: Watch): void
}

class WatchedTable extends watching<Map<string, Value>>(Map) {
  constructor(prefix: string, watch: Watch) {
    super()
    this.begin(prefix, watch)
  }
}

class WatchedValues extends watching<TypedMap>(TypedMap) {
  constructor(prefix: string, watch: Watch, methods: Methods) {
    super('common.Values', undefined, methods)
    this.begin(prefix, watch)
  }
}

/** What begins the keys of a watched table; nothing for any other value. */
export const prefixOf = (value: Value): string | undefined =>
  value instanceof WatchedTable || value instanceof WatchedValues ? value.prefix : undefined

/** Tells a watched table from all values at other places; nothing where others are at the same. */
export const placeOf = (value: Value): string | undefined =>
  value instanceof WatchedTable || value instanceof WatchedValues ? value.place : undefined

/** What a template sees as `.`, noting and guarding what stands beside `.Values` too. */
export function watchedScope(scope: TypedMap, watch: Watch): TypedMap {
  const methods: Map<string, Func> = new Map()
  const watched = new WatchedValues(beside, watch, methods)
  for (const [name, method] of methodsOf(watched)) methods.set(name, method)
  fill(watched, scope, beside, watch)
  return watched
}

/** Whether what was read tells one template file from another: `.Template`, or `.` as a whole. */
export const readsTemplate = (reads: ReadonlySet<string>): boolean => reads.has(`${beside}Template`) || reads.has(beside + whole)

/** The keys that reading one of two sets of values and then the other could tell apart. */
export function changedKeys(before: ReadonlyMap<string, Value>, after: ReadonlyMap<string, Value>, prefix = ''): Set<string> {
  const changed = new Set<string>()
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const [old, now] = [before.get(key), after.get(key)]
    if (Object.is(old, now) && before.has(key) === after.has(key)) continue
    if (old instanceof Map && now instanceof Map) for (const inner of changedKeys(old, now, prefix + key + separator)) changed.add(inner)
    else if (!sameValue(old, now)) {
      changed.add(prefix + key)
      for (const inner of keysBelow(old, prefix + key)) changed.add(inner)
      for (const inner of keysBelow(now, prefix + key)) changed.add(inner)
    }
  }
  if (changed.size > 0) changed.add(prefix + whole)
  return changed
}

function* keysBelow(value: Value, path: string): Generator<string> {
  if (!(value instanceof Map)) return
  yield path + separator + whole
  for (const [key, item] of value) {
    yield path + separator + key
    yield* keysBelow(item, path + separator + key)
  }
}

function sameValue(left: Value, right: Value): boolean {
  if (Object.is(left, right)) return true
  if (Array.isArray(left)) return Array.isArray(right) && left.length === right.length && left.every((item, at) => sameValue(item, right[at]))
  if (left instanceof Map && right instanceof Map)
    return left.size === right.size && [...left].every(([key, item]) => right.has(key) && sameValue(item, right.get(key)))
  return false
}
