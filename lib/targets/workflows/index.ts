import type { Config } from '../../config/index.ts'
import type { TextFile } from '../../files/file.ts'
import { runsOn } from '../../plan/index.ts'
import type { Target } from '../target.ts'
import { dependabot } from './dependabot.ts'
import { helmWorkflow } from './helm.ts'
import { machineWorkflow } from './machine.ts'

/** GitHub Actions that deploy each platform when somebody starts them. */
export const workflows: Target = {
  id: 'workflows',
  label: 'Workflows',
  render: (config) =>
    config['workflows.enabled'] && config['target.platforms'].length > 0 ? files(config) : [],
}

const files = (config: Config): readonly TextFile[] => [
  ...(runsOn(config, 'kubernetes')
    ? [{ path: '.github/workflows/deploy-helm.yml', text: helmWorkflow(config) }]
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
  { path: '.github/dependabot.yml', text: dependabot() },
]
