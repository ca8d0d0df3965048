import type { TypedMap, Value } from '../go/value.ts'
import type { Execute, Recall } from './engine.ts'
import { seededRandom } from './random.ts'
import { copiedSection, type SectionOf } from './scope.ts'
import { sharing } from './sharing.ts'
import { copyValues } from './values.ts'
import { valuesObject } from './values-object.ts'
import { changedKeys, placeOf, readsTemplate, Watch, watchedScope, watchedSection, watchedValues } from './watched.ts'

type Values = Map<string, Value>

/** What a rendering is given, so that its memory sees what it does. */
export interface Watched {
  readonly values: TypedMap
  readonly random: () => number
  readonly recall: Recall
  readonly execute?: Execute
  /** What the templates of a chart see, by the chart's path. */
  scope(scope: TypedMap, chart: string): TypedMap
  /** A subchart's values, which are a section of its parent's. */
  readonly sectionOf: SectionOf
}
type Work = (watched: Watched) => Map<string, string>

/** What a template gave, which values it read, and what of others it holds, which read values too. */
class Known {
  /** Whether what it read has changed since. */
  stale = false
  constructor(
    readonly name: string,
    /** What it was given, as a key; `ofFile` for a template file. */
    readonly given: string,
    readonly text: string,
    readonly reads: ReadonlySet<string>,
    readonly parts: ReadonlySet<Known>,
  ) {}

  ages(changed: ReadonlySet<string>): boolean {
    for (const key of changed) if (this.reads.has(key)) return true
    for (const part of this.parts) if (part.stale) return true
    return false
  }
}

const mostKnown = 1000
/** No key of what a template can be given. */
const ofFile = ''

/** What is known, by name and by what it was given, the oldest first. */
class Units {
  private readonly inOrder = new Set<Known>()
  private readonly byName = new Map<string, Map<string, Known>>()

  get size(): number {
    return this.inOrder.size
  }

  get(name: string, given: string): Known | undefined {
    return this.byName.get(name)?.get(given)
  }

  add(known: Known): void {
    const named = this.byName.get(known.name) ?? new Map<string, Known>()
    this.byName.set(known.name, named.set(known.given, known))
    this.inOrder.add(known)
  }

  clear(): void {
    this.inOrder.clear()
    this.byName.clear()
  }

  /** Drops all that read one of these values, or holds what did. */
  forget(changed: ReadonlySet<string>): void {
    if (changed.size === 0) return
    if (this.inOrder.size > mostKnown) this.clear()
    // What is held is older than what holds it, so that it comes first.
    for (const known of this.inOrder) {
      known.stale = known.ages(changed)
      if (!known.stale) continue
      this.inOrder.delete(known)
      this.byName.get(known.name)!.delete(known.given)
    }
  }
}

/** Runs a chart's templates, and knows more of it than their texts. */
export interface Runner {
  /** Whether a template asked for the time or a random number, now or for what is remembered. */
  chance: boolean
  adopt(values: Values): Values
  render(execute: Work): Map<string, string>
}

/**
 * The last rendering of a chart: what each template file, and each named template with what it was
 * given, made and which values it read. When values change, only those that read a changed one
 * run again; the result equals a full rendering.
 */
export class Memory implements Runner {
  chance = false
  private values: Values = new Map()
  private readonly watch = new Watch()
  /** Whether templates were found out to do what nothing can be remembered of. */
  private isFutile = false
  private readonly known = new Units()
  private readonly pure = new Pure()

  /**
   * Begins a rendering of these values, which are the memory's from now on and must not change.
   * Gives the same values; what is as in the rendering before is the same object, too.
   */
  adopt(values: Values): Values {
    const adopted = sharing(this.values, values) as Values
    if (this.known.size > 0) this.known.forget(changedKeys(this.values, adopted))
    this.values = adopted
    return adopted
  }

  /** Runs what must run, by `execute`, and gives the texts of all files. */
  render(execute: Work): Map<string, string> {
    const { values, watch } = this
    if (this.isFutile) return this.renderUnwatched(execute)
    const recaller = new Recaller(this.known, this.pure, watch)
    const random = seededRandom(1)
    const watched: Watched = {
      values: watchedValues(values, watch),
      scope: (scope, chart) => recaller.within(watchedScope(scope, watch), chart),
      sectionOf: (above, name) => watchedSection(above, name, watch),
      recall: recaller,
      random: () => {
        watch.spoiled = true
        return random()
      },
    }
    try {
      return execute(watched)
    } finally {
      if (watch.spoiled) this.forgetAll()
    }
  }

  /** A template changed what others see, or drew a number: nothing can be kept, now or later. */
  private forgetAll(): void {
    this.known.clear()
    this.pure.clear()
    this.isFutile = true
  }

  private renderUnwatched(execute: Work): Map<string, string> {
    const runner = new Unwatched()
    runner.adopt(this.values)
    return runner.render(execute)
  }
}

type Plain = undefined | null | boolean | number | string

const isPlain = (value: Value): value is Plain => value === undefined || value === null || typeof value !== 'object'

/** What templates made of plain values: they can read nothing else, so that it holds for all renderings. */
class Pure {
  private readonly texts = new Map<string, Map<Plain, string>>()
  private size = 0

  get(name: string, given: Plain): string | undefined {
    return this.texts.get(name)?.get(given)
  }

  set(name: string, given: Plain, text: string): void {
    if (this.size++ > mostKnown) this.clear()
    const texts = this.texts.get(name) ?? new Map<Plain, string>()
    this.texts.set(name, texts.set(given, text))
  }

  clear(): void {
    this.texts.clear()
    this.size = 0
  }
}

/** Runs everything, and remembers and watches nothing. */
export class Unwatched implements Runner {
  chance = false
  private values: Values = new Map()

  adopt(values: Values): Values {
    this.values = values
    return values
  }

  render(execute: Work): Map<string, string> {
    return execute({ values: valuesObject(copyValues(this.values)), random: seededRandom(1), recall: forgetful, scope: scope => scope, sectionOf: copiedSection })
  }
}

/** Remembers nothing. */
const forgetful: Recall = { file: (_, work) => work(), include: (_name, _dot, work) => work() }

/** Recalls until a template spoils what is known: what was recalled before was right, and all that follows is made. */
class Recaller implements Recall {
  private parts = new Set<Known>()
  private readonly scopes = new Map<Value, string>()
  constructor(
    private readonly known: Units,
    private readonly pure: Pure,
    private readonly watch: Watch,
  ) {}

  /** Sets what the template files of a chart see as `.`. */
  within(scope: TypedMap, chart: string): TypedMap {
    this.scopes.set(scope, `.${chart}`)
    return scope
  }

  file(name: string, work: () => string): string {
    return this.watch.spoiled ? work() : this.unit(name, ofFile, work, () => true)
  }

  include(name: string, dot: Value, work: () => string): string {
    if (this.watch.spoiled) return work()
    if (isPlain(dot)) return this.plain(name, dot, work)
    const given = this.keyOf(dot, deepest)
    if (given === undefined) return work()
    // What a template does to a table that it was given is no text that could be remembered.
    return this.unit(name, given, work, reads => !readsTemplate(reads) && this.keyOf(dot, deepest) === given)
  }

  private plain(name: string, given: Plain, work: () => string): string {
    // A table of names takes the two zeros for one.
    if (Object.is(given, -0)) return work()
    const found = this.pure.get(name, given)
    if (found !== undefined) return found
    const text = work()
    this.pure.set(name, given, text)
    return text
  }

  private unit(name: string, given: string, work: () => string, isKept: (reads: ReadonlySet<string>) => boolean): string {
    const { watch, parts: outerParts } = this
    const outerReads = watch.reads
    const found = this.known.get(name, given)
    if (found) {
      outerParts.add(found)
      return found.text
    }
    const reads = (watch.reads = new Set<string>())
    const parts = (this.parts = new Set<Known>())
    let known: Known | undefined
    try {
      const text = work()
      if (isKept(reads)) this.known.add((known = new Known(name, given, text, reads, parts)))
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
   * values by where they are, for what is read of them is noted. Nothing for what has no short key.
   */
  private keyOf(dot: Value, depth: number): string | undefined {
    const scope = this.scopes.get(dot)
    if (scope !== undefined) return scope
    if (isPlain(dot)) return plainKey(dot)
    const place = placeOf(dot)
    if (place !== undefined) return place
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

function plainKey(value: Plain): string | undefined {
  if (typeof value !== 'string') return Object.is(value, -0) ? '-0' : String(value)
  return value.length > longestGiven ? undefined : JSON.stringify(value)
}

function addAll<T>(to: Set<T>, from: ReadonlySet<T>): void {
  for (const one of from) to.add(one)
}
