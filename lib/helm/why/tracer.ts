import { Int, Slice, type Value } from '../../go/value.ts'
import { executeOn } from '../../gotemplate/index.ts'
import type { YamlEntry } from '../../yaml/index.ts'
import type { Execute } from '../engine.ts'
import type { Runner, Watched } from '../memory.ts'
import { seededRandom } from '../random.ts'
import { entriesOf, prefixOf, separator, Watch, watchedScope, watchedSection, watchedValues } from '../watched.ts'
import { because, joined, nothing, ofPaths, together, type Origin, type Paths } from './made.ts'
import { TracingMachine } from './machine.ts'
import { textOrigin, yamlOrigin } from './texts.ts'

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
const readsClock = new Set(['now', 'ago', 'durationRound', 'lookup'])
const ofElsewhere: Origin = { ...nothing, varies: true }
const deepest = 100

/** Runs the templates of one rendering and finds out what their lines were made of. */
export class Tracer implements Runner {
  /** By template file. */
  readonly files = new Map<string, Origin>()
  values: Values = new Map()
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
    if (typeof value === 'string') return joined(this.textCall(call), extra)
    if (isContainer(value) && this.isKnown(value)) return together([...origins, extra])
    const all = together([...this.deepOrigins(call), extra])
    if (!isContainer(value)) return all
    this.known.set(value, { whole: all, entries: new Map() })
    return nothing
  }

  private deepOrigins = ({ values, origins }: Call): Origin[] => origins.map((origin, at) => joined(origin, this.deep(values[at])))

  private textCall(call: Call): Origin {
    const { name, values, value } = call
    const origins = this.deepOrigins(call)
    const asYaml = yamlOrigin(name, values[0], value as string, call.origins[0] ?? nothing, entry => this.yamlEntry(entry))
    return asYaml ?? textOrigin(name, values, origins, value as string)
  }

  private yamlEntry({ container, key }: YamlEntry): Origin | undefined {
    const prefix = prefixOf(container as Values)
    const list = this.listPath(container as Value[])
    if (prefix === undefined && list === undefined && !this.known.has(container)) return undefined
    const path = prefix !== undefined ? prefix + key : list !== undefined ? `${list}[${key}]` : undefined
    return joined(this.tracked(container as Container, key), path === undefined ? nothing : ofPaths(new Set([path])))
  }

  private isKnown = (value: Container): boolean => prefixOf(value) !== undefined || this.listPath(value) !== undefined || this.known.has(value)

  /** Functions that put values into tables and lists. */
  private containerCall({ name, values, origins, reads, value, conditions }: Call): Origin | undefined {
    const origin = (at: number): Origin => origins[at] ?? nothing
    if (name === 'dict' && value instanceof Map) {
      const entries = new Map(values.flatMap((key, at): [string, Origin][] => (at % 2 === 0 ? [[String(key), origin(at + 1)]] : [])))
      this.known.set(value, { whole: together(origins.filter((_, at) => at % 2 === 0)), entries })
      return nothing
    }
    if ((name === 'list' || name === 'tuple') && Array.isArray(value)) {
      this.known.set(value, { whole: nothing, entries: new Map(origins.map((each, at) => [at, each])) })
      return nothing
    }
    const target = values[0]
    if (!(target instanceof Map)) return undefined
    if (name === 'set') this.put(target).entries.set(values[1] as string, because(joined(origin(2), origin(1)), conditions))
    else if (merging.has(name)) {
      const known = this.put(target)
      const added = together([...origins, ...values.slice(1).map(each => this.deep(each)), this.ofReads(reads, undefined)])
      known.whole = because(joined(known.whole, added), conditions)
    } else if (name === 'get' && this.known.has(target)) {
      return joined(this.tracked(target, values[1] as string), together([origin(0), origin(1), this.ofReads(reads, value)]))
    } else return undefined
    return origin(0)
  }

  private put(target: Container): Tracked {
    if (prefixOf(target) !== undefined) this.changesValues = true
    const known = this.known.get(target) ?? { whole: nothing, entries: new Map() }
    this.known.set(target, known)
    return known
  }
}
