import { Int, Slice, type Value } from '../../go/value.ts'
import { executeOn } from '../../gotemplate/index.ts'
import type { YamlEntry } from '../../yaml/index.ts'
import type { Execute } from '../engine.ts'
import type { Runner, Watched } from '../memory.ts'
import { seededRandom } from '../random.ts'
import { entriesOf, prefixOf, separator, Watch, watchedScope, watchedSection, watchedValues } from '../watched.ts'
import { because, flat, joined, nothing, ofPaths, together, type Origin, type Paths } from './made.ts'
import { TracingMachine } from './machine.ts'
import { entryLines, textOrigin, yamlOrigin } from './texts.ts'

type Values = Map<string, Value>
type Container = Map<string, Value> | Value[] | Slice

/** What is known of a table or list that templates made or changed. */
interface Tracked {
  /** Of all of its entries, and of which there are. */
  whole: Origin
  readonly entries: Map<string | number, Origin>
}

/** A call of a function, its arguments with their origins, and which values it read by itself. */
interface Call {
  readonly name: string
  readonly values: readonly Value[]
  readonly origins: readonly Origin[]
  readonly reads: Paths
  readonly drew: boolean
  readonly value: Value
  readonly conditions: Origin
}

const isContainer = (value: Value): value is Container => value instanceof Map || Array.isArray(value) || value instanceof Slice
const itemsIn = (value: Map<string, Value> | Value[] | Slice): Iterable<Value> =>
  value instanceof Map ? Array.from(entriesOf(value), ([, item]) => item) : value instanceof Slice ? value.items : value

const merging = new Set(['merge', 'mustMerge', 'mergeOverwrite', 'mustMergeOverwrite', 'unset'])
const adding = new Set(['append', 'mustAppend', 'push', 'mustPush', 'prepend', 'mustPrepend'])
const copying = new Set(['pick', 'omit', 'deepCopy', 'mustDeepCopy'])
const readsClock = new Set(['now', 'ago', 'durationRound', 'lookup'])
const ofElsewhere: Origin = { ...nothing, varies: true }
const deepest = 100

/** Runs the templates of one rendering and finds out what their lines were made of. */
export class Tracer implements Runner {
  /** By template file. */
  readonly files = new Map<string, Origin>()
  values: Values = new Map()
  chance = false
  private readonly watch = new Watch(true)
  private readonly known = new WeakMap<object, Tracked>()
  private changesValues = false
  private draws = 0
  private passed: Origin = nothing
  private last: Origin = nothing

  constructor(private readonly random: () => number = seededRandom(1)) {}

  adopt(values: Values): Values {
    this.values = values
    return values
  }

  render(execute: (watched: Watched) => Map<string, string>): Map<string, string> {
    const { watch } = this
    return execute({
      values: watchedValues(this.values, watch),
      scope: scope => watchedScope(scope, watch),
      sectionOf: (above, name) => watchedSection(above, name, watch),
      random: () => {
        this.draws++
        return this.random()
      },
      recall: { file: (name, work) => this.file(name, work), include: (_name, _dot, work) => work() },
      execute: this.execute,
    })
  }

  private file(name: string, work: () => string): string {
    this.passed = nothing
    const text = work()
    this.files.set(name, this.last)
    return text
  }

  private readonly execute: Execute = (run, template, dot) => {
    const machine = new TracingMachine(run, template, dot === null ? undefined : dot, this, this.passed)
    const text = executeOn(machine, run, template, dot)
    this.last = machine.result()
    return text
  }

  /** Tells what the next template sees was made of. */
  passes(origin: Origin): void {
    this.passed = origin
  }

  /** Does some work, and says which values it read. */
  reading<T>(work: () => T): { readonly value: T; readonly reads: Paths; readonly drew: boolean } {
    const { watch, draws } = this
    const outer = watch.reads
    const reads = (watch.reads = new Set<string>())
    try {
      return { value: work(), reads, drew: this.draws > draws }
    } finally {
      watch.reads = outer
    }
  }

  /** What was read, without the tables on the way and the result where its entries speak for themselves. */
  ofReads(reads: Paths, value: Value): Origin {
    if (reads.size === 0) return nothing
    const own = isContainer(value) ? (prefixOf(value)?.slice(0, -1) ?? this.listPath(value)) : undefined
    const all = [...reads]
    return ofPaths(new Set(all.filter(path => path !== own && !path.startsWith(separator) && !all.some(other => other.startsWith(path + separator)))))
  }

  private listPath(value: Value): string | undefined {
    return Array.isArray(value) ? this.watch.lists.get(value) : undefined
  }

  /** What decides which entries a table or list has. */
  whole(value: Value): Origin {
    if (!isContainer(value)) return nothing
    const prefix = prefixOf(value)
    const path = prefix === undefined ? this.listPath(value) : prefix.slice(0, -1)
    const own = path === undefined ? nothing : ofPaths(new Set([path]))
    return joined(this.known.get(value)?.whole ?? nothing, own)
  }

  /** What templates put into a table or list under a key. */
  tracked(container: Value, key: string | number): Origin {
    const known = isContainer(container) ? this.known.get(container) : undefined
    return known ? joined(known.entries.get(key) ?? nothing, known.whole) : nothing
  }

  /** What an entry was made of. */
  entry(container: Value, index: Value, element: Value): Origin {
    if (!isContainer(container)) return nothing
    const key = index instanceof Int ? Number(index.n) : String(index)
    const own = this.tracked(container, key)
    if (isContainer(element) && (prefixOf(element) !== undefined || this.listPath(element) !== undefined)) return own
    const prefix = prefixOf(container)
    const list = this.listPath(container)
    const path = prefix !== undefined ? prefix + key : list !== undefined ? `${list}[${key}]` : undefined
    return path === undefined ? own : joined(own, ofPaths(new Set([path])))
  }

  /** What a table or list holds that reading it does not tell. */
  deep(value: Value, depth = deepest): Origin {
    if (!isContainer(value)) return nothing
    const isWatched = prefixOf(value) !== undefined
    const known = this.known.get(value)
    const path = this.listPath(value)
    const own = [...(known ? [known.whole, ...known.entries.values()] : []), path === undefined ? nothing : ofPaths(new Set([path]))]
    if (depth === 0 || (isWatched && !this.changesValues)) return together(own)
    for (const item of itemsIn(value)) if (isContainer(item)) own.push(this.deep(item, depth - 1))
    return together(own)
  }

  /** What a function's result was made of. */
  called(call: Call): Origin {
    const { name, values, origins, reads, drew, value } = call
    const own = this.ofReads(reads, value)
    if (name === 'include' || name === 'tpl') return joined(this.last, together([origins[0] ?? nothing, own]))
    const special = this.containerCall(call)
    if (special) return special
    const outside = drew || readsClock.has(name) ? ofElsewhere : nothing
    const extra = together([own, outside])
    if (typeof value === 'string') return this.yamlCall(call) ?? joined(textOrigin(name, values, this.deepOrigins(call), value), extra)
    if (isContainer(value) && this.isKnown(value)) return together([...origins, extra])
    const all = together([...this.deepOrigins(call), extra])
    if (!isContainer(value)) return all
    this.known.set(value, { whole: all, entries: new Map() })
    return nothing
  }

  private deepOrigins = ({ values, origins }: Call): Origin[] => origins.map((origin, at) => joined(origin, this.deep(values[at])))

  private yamlCall({ name, values, origins, value }: Call): Origin | undefined {
    const own = because(origins[0] ?? nothing, this.whole(values[0]))
    return yamlOrigin(name, values[0], value as string, own, entry => this.yamlEntry(entry))
  }

  private yamlEntry({ container, key }: YamlEntry): Origin | undefined {
    const prefix = prefixOf(container as Values)
    const list = this.listPath(container as Value[])
    if (prefix === undefined && list === undefined && !this.known.has(container)) return undefined
    const path = prefix !== undefined ? prefix + key : list !== undefined ? `${list}[${key}]` : undefined
    return joined(this.tracked(container as Container, key), path === undefined ? nothing : ofPaths(new Set([path])))
  }

  private isKnown = (value: Container): boolean => prefixOf(value) !== undefined || this.listPath(value) !== undefined || this.known.has(value)

  // Tables and lists that templates make

  private containerCall(call: Call): Origin | undefined {
    const { name, value } = call
    if (Array.isArray(value)) return this.listCall(call, value)
    if (!(value instanceof Map)) return name === 'get' ? this.getCall(call) : undefined
    if (name === 'dict') return this.dictCall(call, value)
    if (name === 'fromYaml') return this.readCall(call, value)
    const [target] = call.values
    if (!(target instanceof Map)) return undefined
    if (name === 'get') return this.getCall(call)
    if (copying.has(name)) return this.copyCall(call, target, value)
    if (name === 'set') return this.setCall(call, target)
    return merging.has(name) ? this.mergeCall(call, target) : undefined
  }

  private make(container: Container, whole: Origin, entries: Map<string | number, Origin>): Origin {
    this.known.set(container, { whole, entries })
    return nothing
  }

  private dictCall({ values, origins }: Call, value: Container): Origin {
    const entries = new Map(values.flatMap((key, at): [string, Origin][] => (at % 2 === 0 ? [[String(key), origins[at + 1] ?? nothing]] : [])))
    return this.make(value, together(origins.filter((_, at) => at % 2 === 0)), entries)
  }

  /** Lists made of values, and of lists with more at an end. */
  private listCall({ name, values, origins, conditions }: Call, value: Value[]): Origin | undefined {
    if (name === 'list' || name === 'tuple') return this.make(value, nothing, new Map(origins.map((each, at) => [at, each])))
    if (name === 'concat') {
      const items = values.flatMap(list => this.itemOrigins(list))
      return this.make(value, together(origins), new Map(items.map((each, at) => [at, each])))
    }
    if (!adding.has(name)) return undefined
    const added = because(origins[1] ?? nothing, conditions)
    const items = this.itemOrigins(values[0])
    const all = name === 'prepend' || name === 'mustPrepend' ? [added, ...items] : [...items, added]
    this.make(value, this.known.get(values[0] as object)?.whole ?? nothing, new Map(all.map((each, at) => [at, each])))
    return origins[0] ?? nothing
  }

  private itemOrigins(list: Value): Origin[] {
    const items = list instanceof Slice ? list.items : Array.isArray(list) ? list : []
    return items.map((item, at) => this.entry(list, new Int(at), item))
  }

  private getCall({ values, origins, reads, value }: Call): Origin | undefined {
    const [target, key] = values
    if (!(target instanceof Map) || !this.known.has(target)) return undefined
    return joined(this.tracked(target, key as string), together([...origins, this.ofReads(reads, value)]))
  }

  private copyCall({ origins }: Call, source: Values, value: Values): Origin {
    const entries = Array.from(entriesOf(value), ([key, item]): [string, Origin] => {
      const original = Map.prototype.get.call(source, key) as Value
      return [key, together([this.entry(source, key, item), this.everyPath(original)])]
    })
    return this.make(value, together([...origins, this.whole(source)]), new Map(entries))
  }

  /** What somebody depends on who copies a value. */
  private everyPath(value: Value): Origin {
    return together([this.whole(value), this.deep(value)])
  }

  private setCall({ values, origins, conditions }: Call, target: Values): Origin {
    const origin = because(joined(origins[2] ?? nothing, origins[1] ?? nothing), conditions)
    this.put(target).entries.set(values[1] as string, origin)
    return origins[0] ?? nothing
  }

  private mergeCall({ values, origins, reads, conditions }: Call, target: Values): Origin {
    const known = this.put(target)
    const [own, ...others] = origins
    known.whole = because(joined(known.whole, together(others)), conditions)
    if (values.length === 1 || !values.every(each => each instanceof Map)) known.whole = joined(known.whole, this.ofReads(reads, undefined))
    for (const source of values.slice(1)) if (source instanceof Map) this.mergeEntries(known, source, conditions)
    return own ?? nothing
  }

  private mergeEntries(known: Tracked, source: Values, conditions: Origin): void {
    known.whole = because(joined(known.whole, this.whole(source)), conditions)
    for (const [key, item] of Array.from(entriesOf(source))) {
      const origin = because(together([this.entry(source, key, item), this.everyPath(item)]), conditions)
      known.entries.set(key, joined(known.entries.get(key) ?? nothing, origin))
    }
  }

  /** A text read as YAML: what its lines were made of, by the keys that begin them. */
  private readCall({ values, origins }: Call, value: Values): Origin | undefined {
    const lines = origins[0]?.lines
    if (!lines || typeof values[0] !== 'string') return undefined
    const entries = entryLines(values[0], lines)
    if (!entries || [...entries.keys()].sort().join('\n') !== [...value.keys()].sort().join('\n')) return undefined
    return this.make(value, flat({ ...origins[0]!, lines: undefined }), entries)
  }

  private put(target: Container): Tracked {
    if (prefixOf(target) !== undefined) this.changesValues = true
    const known = this.known.get(target) ?? { whole: nothing, entries: new Map() }
    this.known.set(target, known)
    return known
  }
}
