import { seededRandom } from '../../lib/helm/random.ts'

/** Draws that are the same for the same seed. */
export class Random {
  private readonly next: () => number
  constructor(seed: number) {
    this.next = seededRandom(seed)
  }

  /** An integer from 0 up to `count`, which is not drawn. */
  below(count: number): number {
    return Math.floor(this.next() * count)
  }

  chance(probability: number): boolean {
    return this.next() < probability
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T
  }

  times<T>(least: number, most: number, make: (at: number) => T): T[] {
    return Array.from({ length: least + this.below(most - least + 1) }, (_, at) => make(at))
  }
}
