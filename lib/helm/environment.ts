import type { Value } from '../go/value.ts'

/** What functions need to know beyond their arguments. */
export interface Environment {
  /** Renders a named template: `include`. */
  include(name: string, dot: Value): string
  /** Renders a text as a template: `tpl`. */
  tpl(text: string, dot: Value): string
  /** Whether `required` and `fail` let go, as under `helm lint`. */
  readonly lint: boolean
  /** The time that `now` gives, in milliseconds since 1970. */
  now(): number
  /** The next random number, at least 0 and less than 1. */
  readonly random: () => number
  /** Counts work that takes long, in steps of execution. */
  spend(steps: number): void
}
