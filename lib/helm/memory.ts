import type { TypedMap, Value } from '../go/value.ts'
import type { Recall } from './engine.ts'
import { seededRandom } from './random.ts'
import { sharing } from './sharing.ts'
import { changedKeys, pathOf, readsTemplate, Watch, watchedScope, watchedValues } from './watched.ts'

type Values = Map<string, Value>

/** What a rendering is given, so that its memory sees what it does. */
export interface Watched {
  readonly values: TypedMap
  readonly random: () => number
  readonly recall: Recall
  scope(scope: TypedMap): TypedMap
}
type Execute = (watched: Watched) => Map<string, string>

/** What a template gave, which values it read, and what of others it holds, which read values too. */
class Known {
  /** Whether what it read has changed since. */
  stale = false
  constructor(
    readonly text: string,
    readonly reads: ReadonlySet<string>,
    readonly parts: ReadonlySet<Known>,
  ) {}

  ages(changed: readonly string[]): boolean {
    for (const key of changed) if (this.reads.has(key)) return true
    for (const part of this.parts) if (part.stale) return true
    return false
  }
}

const mostKnown = 1000

/**
 * The last rendering of a chart: what each template file, and each named template with what it was
 * given, made and which values it read. When values change, only those that read a changed one
 * run again; the result equals a full rendering.
 */
export class Memory {
  private values: Values = new Map()
  private watch = new Watch()
  private readonly known = new Map<string, Known>()

  /**
   * Begins a rendering of these values, which are the memory's from now on and must not change.
   * Gives the same values; what is as in the rendering before is the same object, too.
   */
  adopt(values: Values): Values {
    const adopted = sharing(this.values, values) as Values
    this.forget([...changedKeys(this.values, adopted)])
    this.values = adopted
    return adopted
  }

  /** Runs what must run, by `execute`, and gives the texts of all files. */
  render(execute: Execute): Map<string, string> {
    const { values, watch } = this
    const recaller = new Recaller(this.known, watch)
    const random = seededRandom(1)
    const texts = execute({
      values: watchedValues(values, watch),
      scope: scope => recaller.within(watchedScope(scope, watch)),
      recall: recaller,
      random: () => {
        watch.spoiled = true
        return random()
      },
    })
    if (!watch.spoiled) return texts
    // A template changed what others see, or drew a number: nothing can be kept.
    this.known.clear()
    this.watch = new Watch()
    return recaller.recalled > 0 ? anew(values, execute) : texts
  }

  private forget(changed: readonly string[]): void {
    if (changed.length === 0) return
    if (this.known.size > mostKnown) this.known.clear()
    // What is held is older than what holds it, so that it comes first.
    for (const [name, known] of this.known) {
      known.stale = known.ages(changed)
      if (known.stale) this.known.delete(name)
    }
  }
}

/** Remembers nothing. */
const forgetful: Recall = { file: (_, work) => work(), include: (_name, _dot, work) => work() }

function anew(values: Values, execute: Execute): Map<string, string> {
  const memory = new Memory()
  memory.adopt(values)
  return memory.render(watched => execute({ ...watched, recall: forgetful }))
}

class Recaller implements Recall {
  recalled = 0
  private parts = new Set<Known>()
  private scope: TypedMap | undefined
  constructor(
    private readonly known: Map<string, Known>,
    private readonly watch: Watch,
  ) {}

  /** Sets what the template files see as `.`. */
  within(scope: TypedMap): TypedMap {
    this.scope = scope
    return scope
  }

  file(name: string, work: () => string): string {
    return this.unit(`file ${name}`, work, () => true)
  }

  include(name: string, dot: Value, work: () => string): string {
    const given = this.keyOf(dot, deepest)
    if (given === undefined) return work()
    // What a template does to a table that it was given is no text that could be remembered.
    return this.unit(`include ${name} ${given}`, work, reads => !readsTemplate(reads) && this.keyOf(dot, deepest) === given)
  }

  private unit(name: string, work: () => string, isKept: (reads: ReadonlySet<string>) => boolean): string {
    const { watch, parts: outerParts } = this
    const outerReads = watch.reads
    const found = this.known.get(name)
    if (found) {
      this.recalled++
      outerParts.add(found)
      return found.text
    }
    const reads = (watch.reads = new Set<string>())
    const parts = (this.parts = new Set<Known>())
    let known: Known | undefined
    try {
      const text = work()
      if (isKept(reads)) this.known.set(name, (known = new Known(text, reads, parts)))
      return text
    } finally {
      watch.reads = outerReads
      this.parts = outerParts
      if (known) outerParts.add(known)
      else {
        addAll(outerReads, reads)
        addAll(outerParts, parts)
      }
    }
  }

  /**
   * Tells what a template is given from everything else that it could be given; tables of the
   * values by where they are, for what is read of them is noted. Nothing for what has no short
   * key, and for plain values, for which templates do too little to be worth it.
   */
  private keyOf(dot: Value, depth: number): string | undefined {
    if (dot === this.scope) return '.'
    if (dot === undefined || dot === null || typeof dot !== 'object') return depth === deepest ? undefined : scalarKey(dot)
    const path = pathOf(dot)
    if (path !== undefined) return `@${JSON.stringify(path)}`
    if (depth === 0 || Object.getPrototypeOf(dot) !== Map.prototype) return undefined
    const table = dot as Values
    if (table.size > mostGiven) return undefined
    let key = '{'
    for (const [name, item] of table) {
      const inner = this.keyOf(item, depth - 1)
      if (inner === undefined) return undefined
      key += `${JSON.stringify(name)}:${inner},`
    }
    return key
  }
}

const deepest = 2
const mostGiven = 8
const longestGiven = 100

function scalarKey(value: Exclude<Value, object>): string | undefined {
  if (typeof value !== 'string') return Object.is(value, -0) ? '-0' : String(value)
  return value.length > longestGiven ? undefined : JSON.stringify(value)
}

function addAll<T>(to: Set<T>, from: ReadonlySet<T>): void {
  for (const one of from) to.add(one)
}
