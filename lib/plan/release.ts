import { chassisChart } from '../chart/index.ts'
import type { Config } from '../config/index.ts'
import { toValue } from '../go/plain.ts'
import type { Value } from '../go/value.ts'
import { explainChart, renderChart, type Explanation, type RenderResult } from '../helm/index.ts'
import { valuesTree } from './values.ts'

/** Two hundred times what the presets need: a template without end, which can stand in an object of the user's own, ends soon. */
const limits = { steps: 2_000_000 }

/** The chart rendered with a configuration's values; throws what Helm would say where the chart refuses them. */
export const releaseOf = (config: Config): RenderResult => renderChart(chassisChart(), treeOf(config), releaseOptionsOf(config), { limits })

/** The same, with the reason of every line. */
export const explainedRelease = (config: Config): Explanation => explainChart(chassisChart(), treeOf(config), releaseOptionsOf(config), { limits })

const treeOf = (config: Config): Map<string, Value> => toValue(valuesTree(config)) as Map<string, Value>

const releaseOptionsOf = (config: Config) => ({
  name: config['release.name'],
  namespace: config['release.namespace'],
  kubeVersion: config['release.kubeVersion'],
})
