import { chassisChart } from '../chart/index.ts'
import type { Config } from '../config/index.ts'
import { toValue } from '../go/plain.ts'
import type { Value } from '../go/value.ts'
import { explainChart, renderChart, type Explanation, type RenderResult } from '../helm/index.ts'
import { valuesTree } from './values.ts'

/** The chart rendered with a configuration's values; throws what Helm would say where the chart refuses them. */
export const releaseOf = (config: Config): RenderResult => renderChart(chassisChart(), treeOf(config), optionsOf(config))

/** The same, with the reason of every line. */
export const explainedRelease = (config: Config): Explanation => explainChart(chassisChart(), treeOf(config), optionsOf(config))

const treeOf = (config: Config): Map<string, Value> => toValue(valuesTree(config)) as Map<string, Value>

const optionsOf = (config: Config) => ({
  name: config['release.name'],
  namespace: config['release.namespace'],
  kubeVersion: config['release.kubeVersion'],
})
