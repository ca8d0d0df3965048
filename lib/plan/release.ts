import { chassisChart } from '../chart/index.ts'
import type { Config } from '../config/index.ts'
import { toValue } from '../go/plain.ts'
import type { Value } from '../go/value.ts'
import { renderChart, type RenderResult } from '../helm/index.ts'
import { valuesTree } from './values.ts'

/** The chart rendered with a configuration's values; throws what Helm would say where the chart refuses them. */
export const releaseOf = (config: Config): RenderResult =>
  renderChart(chassisChart(), toValue(valuesTree(config)) as Map<string, Value>, {
    name: config['release.name'],
    namespace: config['release.namespace'],
    kubeVersion: config['release.kubeVersion'],
  })
