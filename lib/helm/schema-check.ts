import type { Value } from '../go/value.ts'
import type { ActiveChart } from './dependencies.ts'

/** Throws `HelmError` if values do not fit the schemas of the chart and its subcharts. */
export function validateValues(_active: ActiveChart, _values: ReadonlyMap<string, Value>): void {}
