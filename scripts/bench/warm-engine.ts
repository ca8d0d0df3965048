import { inUse, median } from './measure.ts'
import { renderChange, renderPlain } from './subject.ts'

/** Milliseconds of the engine by itself. */
export interface Engine {
  readonly changed: number
  readonly full: number
}

const times: Engine = { changed: median(200, renderChange, inUse), full: median(100, renderPlain, inUse) }
console.log(JSON.stringify(times))
