import { chassisChart } from '../../lib/chart/index.ts'
import { toValue } from '../../lib/go/plain.ts'
import type { Value } from '../../lib/go/value.ts'
import { explainChart, renderChart } from '../../lib/helm/index.ts'
import { valuesTree } from '../../lib/plan/values.ts'
import { largest } from './largest.ts'

const release = { name: 'release' }
const chart = chassisChart()
const values = Array.from({ length: 400 }, (_, turn) => toValue(valuesTree({ ...largest, 'app.name': `Orders ${turn}` })) as Map<string, Value>)
const valuesOf = (turn: number) => values[turn % values.length] as Map<string, Value>

/** Renders the chassis chart, one value other than the turn before; only what the change touches. */
export const renderChange = (turn: number) => renderChart(chart, valuesOf(turn), release)

/** Renders all of it. */
export const renderPlain = (turn: number) => renderChart(chart, valuesOf(turn), release, { noMemory: true })

/** Renders all of it and says why. */
export const explain = (turn: number) => explainChart(chart, valuesOf(turn), release)
