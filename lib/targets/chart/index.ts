import { chartFiles } from '../../chart/index.ts'
import { runsOn, valuesOf } from '../../plan/index.ts'
import { commentedYaml } from '../../yaml/commented.ts'
import type { Target } from '../target.ts'

const heading = `What this deployment changes of the chart's own values; everything else is in chart/values.yaml.`

const bundled = chartFiles.map(({ path, text }) => ({ path: `chart/${path}`, text }))

/** The chart, installable as it is, and the values that differ from its own. */
export const chart: Target = {
  id: 'chart',
  label: 'Chart',
  render: (config) =>
    runsOn(config, 'kubernetes')
      ? [
          {
            path: 'deploy/values.yaml',
            text: commentedYaml(
              valuesOf(config).map(({ names, value, help }) => ({ path: names, value, comment: help })),
              heading,
            ),
          },
          ...bundled,
        ]
      : [],
}
