/** Work that takes too long; unlike Go's errors no function swallows it. */
export class TooSlow extends Error {}

const mostMilliseconds = 5000

/** The time that a rendering may spend on one kind of work, all in all. */
export class Patience {
  private left = mostMilliseconds
  private since = 0

  constructor(private readonly what: string) {}

  /** Does some of the work. */
  during<Result>(work: () => Result): Result {
    this.since = Date.now()
    try {
      this.check()
      return work()
    } finally {
      this.left -= Date.now() - this.since
    }
  }

  /** To be called for each piece of the work: throws `TooSlow` when no time is left. */
  check(): void {
    if (Date.now() - this.since > this.left) throw new TooSlow(`stopped after ${mostMilliseconds / 1000} s of ${this.what}`)
  }
}
