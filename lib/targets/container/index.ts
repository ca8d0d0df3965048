import type { Config } from '../../config/index.ts'
import type { TextFile } from '../../files/file.ts'
import { backupOf, machinePaths, runsOn, unitOf } from '../../plan/index.ts'
import { backupSqlite } from '../backup-sqlite.ts'
import type { Target } from '../target.ts'
import { restoreContainer } from './backup.ts'
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
          ...backupFiles(config),
        ]
      : [],
}

function backupFiles(config: Config): readonly TextFile[] {
  const backup = backupOf(config, 'container')
  if (!backup) return []
  return [
    // Where the stack has it already, it is the same file.
    ...(runsOn(config, 'compose') ? [] : [{ path: backup.script, text: backupSqlite }]),
    { path: backup.restore, text: restoreContainer(config, backup), executable: true },
  ]
}
