import { chassisChart } from '../../chart/index.ts'
import type { Config } from '../../config/index.ts'
import { toValue } from '../../go/plain.ts'
import type { Value } from '../../go/value.ts'
import { renderChart, type RenderResult } from '../../helm/index.ts'
import { runsOn, valuesTree } from '../../plan/index.ts'
import type { Target } from '../target.ts'

/** What `helm template` prints for the bundle's chart and values: one file per template, and all of it. */
export const manifests: Target = {
  id: 'manifests',
  label: 'Manifests',
  render: (config) => {
    if (!runsOn(config, 'kubernetes')) return []
    const { manifest, templates } = releaseOf(config)
    return [
      { path: 'manifests/all.yaml', text: manifest },
      ...templates.map(({ path, text }) => ({ path: `manifests/${path.replace(/^chassis\/templates\//, '')}`, text })),
    ]
  },
}

/** The chart rendered with a configuration's values; throws what Helm would say where the chart refuses them. */
export const releaseOf = (config: Config): RenderResult =>
  renderChart(chassisChart(), toValue(valuesTree(config)) as Map<string, Value>, {
    name: config['release.name'],
    namespace: config['release.namespace'],
    kubeVersion: config['release.kubeVersion'],
  })
