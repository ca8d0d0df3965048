import { inUse, least, median } from './measure.ts'
import { explain, renderPlain } from './subject.ts'

/** Milliseconds; `before` and `after` are the least of a full rendering as long as, and once, a `why` has been asked for. */
export interface Why {
  readonly before: number
  readonly why: number
  readonly after: number
}

const times: Why = { before: least(200, renderPlain, inUse), why: median(20, explain), after: least(200, renderPlain, inUse) }
console.log(JSON.stringify(times))
