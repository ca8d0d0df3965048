import type { TypedMap, Value } from '../go/value.ts'
import type { Recall } from './engine.ts'
import { seededRandom } from './random.ts'
import { changedKeys, Watch, watchedValues } from './watched.ts'

type Values = Map<string, Value>
type Execute = (values: TypedMap, recall: Recall, random: () => number) => Map<string, string>

/**
 * The last rendering of a chart: what each template gave and which values it read. When values
 * change, only the templates that read a changed one run again; the result equals a full one.
 */
export class Memory {
  private values: Values | undefined
  private readonly known = new Map<string, { readonly reads: ReadonlySet<string>; readonly text: string }>()

  /** Runs the templates that must, by `execute`, and gives the texts of all. */
  render(values: Values, execute: Execute): Map<string, string> {
    this.forget(values)
    const watch = new Watch()
    let recalled = 0
    const recall: Recall = (name, work) => {
      const found = this.known.get(name)
      if (found) {
        recalled++
        return found.text
      }
      watch.reads = new Set()
      const text = work()
      this.known.set(name, { reads: watch.reads, text })
      return text
    }
    const random = seededRandom(1)
    const spoiling = () => {
      watch.spoiled = true
      return random()
    }
    const texts = execute(watchedValues(values, watch), recall, spoiling)
    if (!watch.spoiled) return texts
    // A template changed the values or drew a number, which others may see: nothing can be kept.
    this.known.clear()
    return recalled > 0 ? this.render(values, execute) : texts
  }

  private forget(values: Values): void {
    if (this.values !== undefined) {
      const changed = [...changedKeys(this.values, values)]
      for (const [name, { reads }] of this.known) if (changed.some(key => reads.has(key))) this.known.delete(name)
    }
    this.values = values
  }
}
