import { loadChart, type Chart } from '../helm/index.ts'
import { chartSource } from './source.generated.ts'

/** The files of the chassis chart as they stand in `chart/`. */
export const chartFiles = chartSource

let loaded: Chart | undefined

/** The chassis chart, loaded once. */
export const chassisChart = (): Chart => (loaded ??= loadChart(chartSource))
