import type { Config } from '../../config/index.ts'
import type { TextFile } from '../../files/file.ts'
import {
  buildsImage,
  deploysByHelm,
  proposesReleases,
  publishesChart,
  runsOn,
} from '../../plan/index.ts'
import type { Target } from '../target.ts'
import { buildWorkflow } from './build.ts'
import { chartWorkflow } from './chart.ts'
import { dependabot } from './dependabot.ts'
import { helmWorkflow } from './helm.ts'
import { machineWorkflow } from './machine.ts'
import { proposalWorkflow } from './proposal.ts'

/** GitHub Actions that build the image, publish the chart, and deploy each platform when somebody starts them. */
export const workflows: Target = {
  id: 'workflows',
  label: 'Workflows',
  render: (config) =>
    config['workflows.enabled'] && config['target.platforms'].length > 0 ? files(config) : [],
}

const files = (config: Config): readonly TextFile[] => [
  ...(buildsImage(config)
    ? [{ path: '.github/workflows/build-image.yml', text: buildWorkflow(config) }]
    : []),
  ...(publishesChart(config)
    ? [{ path: '.github/workflows/publish-chart.yml', text: chartWorkflow(config) }]
    : []),
  ...(deploysByHelm(config)
    ? [{ path: '.github/workflows/deploy-helm.yml', text: helmWorkflow(config) }]
    : []),
  ...(proposesReleases(config)
    ? [{ path: '.github/workflows/propose-release.yml', text: proposalWorkflow(config) }]
    : []),
  ...(runsOn(config, 'compose')
    ? [{ path: '.github/workflows/deploy-compose.yml', text: machineWorkflow(config, 'compose') }]
    : []),
  ...(runsOn(config, 'container')
    ? [
        {
          path: '.github/workflows/deploy-container.yml',
          text: machineWorkflow(config, 'container'),
        },
      ]
    : []),
  { path: '.github/dependabot.yml', text: dependabot(config) },
]
