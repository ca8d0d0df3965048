import { join } from 'node:path'
import { readFileSync, statSync } from 'node:fs'
import { afterEach, describe, expect, test } from 'vitest'
import { dockerOf, dockerStandIn, setDocker, type DockerState } from '../../../testing/docker-stand-in.ts'
import { machine, shellcheck, type Machine } from '../../../testing/scripts.ts'
import { requireTool } from '../../../testing/tools.ts'
import { hostile, hostileTexts, variation } from '../../../testing/variations.ts'
import type { Config } from '../../config/index.ts'
import { backupSqlite } from '../backup-sqlite.ts'
import { envFile } from '../env-file/index.ts'
import { container } from './index.ts'

const script = 'ops/restore.sh'
const config: Config = { ...variation('vm-container'), 'vm.backup': true, 'vm.backupHours': 6 }
const running = { chassis: { image: 'a', running: true, good: true } }
const dumps = ['20260101T000000Z.db', '20260102T000000Z.db']

let host: Machine | undefined
afterEach(() => {
  host?.remove()
  host = undefined
})

function start(state: Partial<DockerState> = {}): Machine {
  host = machine([...container.render(config), ...envFile.render(config), { path: 'copy.db', text: 'content' }], dockerStandIn)
  setDocker(host, { containers: running, dumps, ...state })
  return host
}
const textOf = (of: Config): string => container.render(of).find(({ path }) => path === script)?.text ?? ''
const callsOf = (made: Machine): readonly string[] => dockerOf(made).calls.map(({ args }) => args)

const program = requireTool('shellcheck')
describe.skipIf(program === undefined)('ShellCheck accepts it', () => {
  test('as it is', () => expect(shellcheck(program as string, textOf(config))).toBe(''))
  test.each(hostileTexts)('%j', (text) =>
    expect(shellcheck(program as string, textOf({ ...hostile(text, ['container']), 'database.backend': 'sqlite', 'vm.backup': true }), 'error')).toBe(''),
  )
})

test('a deployment starts the copies in a hardened container without network, and anew', () => {
  const made = start({ containers: {} })
  for (const _ of [1, 2]) expect(made.run('ops/docker-run.sh').status).toBe(0)
  expect(Object.keys(dockerOf(made).containers)).toEqual(['chassis', 'chassis-backup'])
  const run = callsOf(made).findLast((args) => args.includes('--name chassis-backup'))
  for (const option of ['--restart unless-stopped', '--network none', '--user 10001:10001', '--read-only', '--cap-drop ALL', '--security-opt no-new-privileges:true', '--pids-limit 50', '--memory 256m', '--cpus 1.0', '--log-opt max-size=10m', '--env BACKUP_HOURS=6', '--env BACKUP_DATABASE=/source/app.db', '--volume chassis-data:/source', '--volume chassis-backups:/app/data', `--volume ${made.folder}/ops/backup.py:/ops/backup.py:ro`, '--entrypoint python'])
    expect(run).toContain(` ${option} `)
  expect(run).toMatch(/ \/ops\/backup\.py run$/)
  expect(readFileSync(join(made.folder, 'ops/backup.py'), 'utf8')).toBe(backupSqlite)
  expect((statSync(join(made.folder, 'ops/backup.py')).mode & 0o777).toString(8)).toBe('644')
})

test('copies that do not start take nothing back', () => {
  const made = start({ containers: {}, failAt: 'run --detach --name chassis-backup' })
  const { status, stderr } = made.run('ops/docker-run.sh')
  expect(stderr).toMatch(/the backups did not start[\s\S]*is ready\n$/)
  expect(status).toBe(0)
})

test('lists and gives out the copies', () => {
  const made = start()
  expect(made.run(script, { args: ['--list'] }).stdout).toBe(`${dumps.join('\n')}\n`)
  expect(made.run(script, { args: ['--save', dumps[0] as string] }).stdout).toBe('content\n')
})

test('refuses while the application runs, after it has read the copy', () => {
  const made = start()
  expect(made.run(script, { args: ['latest'] }).stderr).toMatch(/the application runs: chassis; stop it, or use --force/)
  expect(made.run(script, { args: ['--dry-run', 'latest'] }).stderr).toMatch(/is whole; nothing was changed/)
  expect(dockerOf(made)).toMatchObject({ restored: undefined, containers: running })
})

test('with --force it stops under another name, for systemd would start it again, and comes back', () => {
  const made = start()
  const { status, stderr } = made.run(script, { args: ['--force', 'latest'] })
  expect(stderr).toMatch(/restored 20260102T000000Z\.db[\s\S]*the application runs again\n$/)
  expect(status).toBe(0)
  expect(dockerOf(made)).toMatchObject({ restored: dumps[1], containers: running })
  const calls = callsOf(made)
  const order = ['backup.py check', 'rename chassis chassis-previous', 'stop chassis-previous', 'backup.py restore', 'rename chassis-previous chassis', 'start chassis'].map((part) => calls.findIndex((call) => call.includes(part)))
  expect(order).not.toContain(-1)
  expect(order).toEqual(order.toSorted((left, right) => left - right))
  expect(calls.find((call) => call.includes('backup.py restore'))).toContain(' sha256:a ')
})

test('restores a file of the machine, and starts what was running when that fails', () => {
  const made = start({ failAt: 'run --rm --interactive --network none --user 10001:10001 --read-only' })
  expect(made.run(script, { args: ['--force', './copy.db'] }).status).toBe(1)
  expect(dockerOf(made).containers).toEqual(running)
  setDocker(made, { containers: running, dumps })
  expect(made.run(script, { args: ['--force', './copy.db'] }).status).toBe(0)
  expect(dockerOf(made)).toMatchObject({ restored: 'received.dump', containers: running })
})
