import { Int, type TypedMap, type Value } from '../go/value.ts'
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
interface Known extends Trace {
  readonly text: string
}
interface Trace {
  readonly reads: ReadonlySet<string>
  readonly parts: readonly Known[]
}

const mostKnown = 5000

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
    this.forget(changedKeys(this.values, adopted))
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

  private forget(changed: ReadonlySet<string>): void {
    if (changed.size === 0) return
    if (this.known.size > mostKnown) this.known.clear()
    const judged = new Map<Known, boolean>()
    const isStale = (known: Known): boolean => {
      const found = judged.get(known)
      if (found !== undefined) return found
      const stale = meet(changed, known.reads) || known.parts.some(isStale)
      judged.set(known, stale)
      return stale
    }
    for (const [name, known] of this.known) if (isStale(known)) this.known.delete(name)
  }
}

function meet(few: ReadonlySet<string>, many: ReadonlySet<string>): boolean {
  for (const one of few) if (many.has(one)) return true
  return false
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
  private parts: Known[] = []
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
    const given = this.keyOf(dot, 2)
    if (given === undefined) return work()
    // What a template does to a table that it was given is no text that could be remembered.
    return this.unit(`include ${name} ${given}`, work, reads => !readsTemplate(reads) && this.keyOf(dot, 2) === given)
  }

  private unit(name: string, work: () => string, isKept: (reads: ReadonlySet<string>) => boolean): string {
    const { watch, parts: outerParts } = this
    const outerReads = watch.reads
    const found = this.known.get(name)
    if (found) {
      this.recalled++
      outerParts.push(found)
      return found.text
    }
    const reads = (watch.reads = new Set<string>())
    const parts: Known[] = (this.parts = [])
    let known: Known | undefined
    try {
      const text = work()
      if (isKept(reads)) this.known.set(name, (known = { reads, parts, text }))
      return text
    } finally {
      watch.reads = outerReads
      this.parts = outerParts
      if (known) outerParts.push(known)
      else addTo(outerReads, outerParts, { reads, parts })
    }
  }

  /**
   * Tells what a template is given from everything else that it could be given; tables of the
   * values by where they are, for what is read of them is noted. Nothing for what has no short key.
   */
  private keyOf(dot: Value, depth: number): string | undefined {
    if (dot === this.scope) return '.'
    if (typeof dot === 'string') return JSON.stringify(dot)
    if (dot === undefined || dot === null || typeof dot !== 'object') return Object.is(dot, -0) ? '-0' : String(dot)
    if (dot instanceof Int) return `${dot.n}:${dot.type}`
    const path = pathOf(dot)
    if (path !== undefined) return `@${JSON.stringify(path)}`
    if (depth === 0) return undefined
    if (Array.isArray(dot)) return joined('[', dot.map(item => this.keyOf(item, depth - 1)))
    if (Object.getPrototypeOf(dot) !== Map.prototype) return undefined
    return joined('{', [...(dot as Values)].map(([name, item]) => pair(name, this.keyOf(item, depth - 1))))
  }
}

const pair = (name: string, key: string | undefined): string | undefined => (key === undefined ? undefined : `${JSON.stringify(name)}:${key}`)

const joined = (opening: string, keys: readonly (string | undefined)[]): string | undefined => (keys.includes(undefined) ? undefined : `${opening}${keys.join()}`)

function addTo(reads: Set<string>, parts: Known[], trace: Trace): void {
  for (const key of trace.reads) reads.add(key)
  parts.push(...trace.parts)
}
