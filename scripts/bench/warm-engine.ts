import { chassisChart } from '../../lib/chart/index.ts'
import { toValue } from '../../lib/go/plain.ts'
import type { Value } from '../../lib/go/value.ts'
import { explainChart, renderChart } from '../../lib/helm/index.ts'
import { valuesTree } from '../../lib/plan/values.ts'
import { largest } from './largest.ts'
import { inUse, least, median } from './measure.ts'

/** Milliseconds of the engine by itself; `before` and `after` are the least of a full rendering as long as, and once, a `why` has been asked for. */
export interface Engine {
  readonly changed: number
  readonly full: number
  readonly before: number
  readonly why: number
  readonly after: number
}

const release = { name: 'release' }
const chart = chassisChart()
const values = Array.from({ length: 400 }, (_, turn) => toValue(valuesTree({ ...largest, 'app.name': `Orders ${turn}` })) as Map<string, Value>)
const valuesOf = (turn: number) => values[turn % values.length] as Map<string, Value>
const plain = (turn: number) => renderChart(chart, valuesOf(turn), release, { noMemory: true })

const times: Engine = {
  changed: median(200, (turn) => renderChart(chart, valuesOf(turn), release), inUse),
  full: median(100, plain, inUse),
  before: least(200, plain),
  why: median(20, (turn) => explainChart(chart, valuesOf(turn), release)),
  after: least(200, plain, inUse),
}
console.log(JSON.stringify(times))
