import type { Config } from '../../config/index.ts'
import { backupOf, containerOf, machinePaths, switchesColours, unitOf, type MachinePlatform } from '../../plan/index.ts'
import { markdownBlock, markdownCode } from '../../text/markdown.ts'
import { shellCommand, shellWord } from '../../text/shell.ts'

/** Writes a command that runs in the bundle's directory on the machine; `terminal` where it asks for a password. */
type Remote = (command: string, terminal?: boolean) => string

/** How systemd takes over from Docker's restart policy; nothing where it does not. */
export function systemdStep(config: Config, remote: Remote): readonly string[] {
  if (!config['vm.systemd']) return []
  const unit = unitOf(config)
  const name = unit.replace(/^deploy\//, '')
  return [
    'The unit starts the container with the machine and after it has ended. Deployments need nothing of it: it follows the container of this name.',
    markdownBlock('sh', [
      remote(
        `sudo install -m 644 ${shellWord(unit)} /etc/systemd/system/ && sudo systemctl daemon-reload && sudo ${shellCommand(['systemctl', 'enable', '--now', name])}`,
        true,
      ),
    ]),
  ]
}

/** What a deployment without a pause does, and its way back; nothing where there is a pause. */
export const coloursText = (config: Config, remote: Remote): readonly string[] =>
  switchesColours(config)
    ? [
        '### No downtime',
        `The new version starts beside the one that serves, as ${markdownCode('app-blue')} or ${markdownCode('app-green')} in turn; the proxy changes over when it is ready, and the old one is stopped after up to ${containerOf(config).stopGraceSeconds} seconds. It stays on the machine, stopped, so that from the second deployment on the way back is as quick:`,
        markdownBlock('sh', [remote(`sh ${machinePaths.deployCompose} --back`)]),
      ]
    : []

/** Where the dumps are, how one leaves the machine and how one comes back; nothing where none are made. */
export function backupText(config: Config, platform: MachinePlatform, remote: Remote): readonly string[] {
  const backup = backupOf(config, platform)
  if (!backup) return []
  const ending = backup.kind === 'sqlite' ? 'db' : 'dump'
  const name = `20260101T000000Z.${ending}`
  const restore = (words: string): string => remote(`sh ${backup.restore} ${words}`)
  return [
    '### Backups',
    `${platform === 'compose' ? `The service ${markdownCode('backup')}` : `The container ${markdownCode(`${config['release.name']}-backup`)}`} writes a dump to the volume ${markdownCode(backup.volume)} every ${backup.hours} hours, with ${backup.kind === 'sqlite' ? "SQLite's own backup" : markdownCode('pg_dump')}, and deletes those older than ${backup.days} days, but never the newest one. Each is read to its end before it counts. Where the newest is too old, ${markdownCode('docker ps')} shows it as unhealthy. See what there is, and take one to where the machine's disk does not matter:`,
    markdownBlock('sh', [restore('--list'), `${restore(`--save ${name}`)} >${name}`]),
    `A restore reads the dump first, keeps the database as it is besides, and stops the application only with ${markdownCode('--force')}. Try the newest without changing anything, restore it, or restore a file that you have copied to the machine:`,
    markdownBlock('sh', [restore('--dry-run latest'), restore('--force latest'), restore(`--force ./${name}`)]),
    backup.kind === 'postgres'
      ? `The database as it was stays as ${markdownCode('restore_old')} until the next restore. Deploy once more when the dump is older than the schema of the application.`
      : 'The database as it was is the newest of the copies then. Deploy once more when the copy is older than the schema of the application.',
  ]
}
