import type { TypedMap, Value } from '../go/value.ts'
import type { Recall } from './engine.ts'
import { seededRandom } from './random.ts'
import { changedKeys, readsTemplate, Watch, watchedScope, watchedValues } from './watched.ts'

type Values = Map<string, Value>

/** What a rendering is given, so that its memory sees what it does. */
export interface Watched {
  readonly values: TypedMap
  readonly random: () => number
  readonly recall: Recall
  scope(scope: TypedMap): TypedMap
}
type Execute = (watched: Watched) => Map<string, string>

interface Known {
  readonly reads: ReadonlySet<string>
  readonly text: string
}

/**
 * The last rendering of a chart: what each template file, and each named template that was
 * included with the whole scope, gave and which values it read. When values change, only those
 * that read a changed one run again; the result equals a full rendering.
 */
export class Memory {
  private values: Values | undefined
  private readonly known = new Map<string, Known>()

  /** Runs what must run, by `execute`, and gives the texts of all files. */
  render(values: Values, execute: Execute): Map<string, string> {
    this.forget(values)
    const watch = new Watch()
    const recaller = new Recaller(this.known, watch)
    const random = seededRandom(1)
    const texts = execute({
      values: watchedValues(values, watch),
      scope: scope => watchedScope(scope, watch),
      recall: recaller,
      random: () => {
        watch.spoiled = true
        return random()
      },
    })
    if (!watch.spoiled) return texts
    // A template changed what others see, or drew a number: nothing can be kept.
    this.known.clear()
    return recaller.recalled > 0 ? new Memory().render(values, watched => execute({ ...watched, recall: forgetful })) : texts
  }

  private forget(values: Values): void {
    if (this.values !== undefined) {
      const changed = [...changedKeys(this.values, values)]
      for (const [name, { reads }] of this.known) if (changed.some(key => reads.has(key))) this.known.delete(name)
    }
    this.values = values
  }
}

/** Remembers nothing. */
const forgetful: Recall = { file: (_, work) => work(), include: (_, work) => work() }

class Recaller implements Recall {
  recalled = 0
  constructor(
    private readonly known: Map<string, Known>,
    private readonly watch: Watch,
  ) {}

  file(name: string, work: () => string): string {
    return this.unit(`file ${name}`, work, () => true)
  }

  include(name: string, work: () => string): string {
    return this.unit(`include ${name}`, work, reads => !readsTemplate(reads))
  }

  private unit(name: string, work: () => string, isKept: (reads: ReadonlySet<string>) => boolean): string {
    const { watch } = this
    const outer = watch.reads
    const found = this.known.get(name)
    if (found) {
      this.recalled++
      for (const key of found.reads) outer.add(key)
      return found.text
    }
    const reads = new Set<string>()
    watch.reads = reads
    try {
      const text = work()
      if (isKept(reads)) this.known.set(name, { reads, text })
      return text
    } finally {
      watch.reads = outer
      for (const key of reads) outer.add(key)
    }
  }
}
