import { machinePaths, runsOn, unitOf } from '../../plan/index.ts'
import type { Target } from '../target.ts'
import { dockerRun } from './docker-run.ts'
import { unit } from './unit.ts'

/** One container on one machine. */
export const container: Target = {
  id: 'container',
  label: 'Container',
  render: (config) =>
    runsOn(config, 'container')
      ? [
          { path: machinePaths.dockerRun, text: dockerRun(config), executable: true },
          ...(config['vm.systemd'] ? [{ path: unitOf(config), text: unit(config) }] : []),
        ]
      : [],
}
