import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { dockerOf, dockerStandIn, setDocker, type DockerState } from '../../../testing/docker-stand-in.ts'
import { machine, shellcheck, type Machine } from '../../../testing/scripts.ts'
import { requireTool } from '../../../testing/tools.ts'
import { hostile, hostileTexts, variation } from '../../../testing/variations.ts'
import type { Config } from '../../config/index.ts'
import { compose } from './index.ts'

const script = 'ops/restore.sh'
const config: Config = { ...variation('vm-compose'), 'vm.backup': true }
const running = { app: { image: 'a', running: true, good: true }, postgres: { image: 'p', running: true, good: true } }
const textOf = (of: Config): string => compose.render(of).find(({ path }) => path === script)?.text ?? ''
const dumps = ['20260101T000000Z.dump', '20260102T000000Z.dump']

let host: Machine | undefined
afterEach(() => {
  host?.remove()
  host = undefined
})

function start(state: Partial<DockerState> = {}, of: Config = config): Machine {
  host = machine([...compose.render(of), { path: 'deploy/app.env', text: '' }, { path: 'copy.dump', text: 'content' }], dockerStandIn)
  setDocker(host, { containers: running, dumps, ...state })
  return host
}

const program = requireTool('shellcheck')
describe.skipIf(program === undefined)('ShellCheck accepts it', () => {
  test.each([['as it is', config], ['for SQLite', variation('copies of SQLite')], ['in two colours', { ...config, 'vm.zeroDowntime': true }]] as const)('%s', (_, of) => {
    expect(shellcheck(program as string, textOf(of))).toBe('')
  })
  test.each(hostileTexts)('%j', (text) => {
    expect(shellcheck(program as string, textOf({ ...hostile(text, ['compose']), 'vm.backup': true }), 'error')).toBe('')
  })
})

test('lists and gives out the dumps', () => {
  const made = start()
  expect(made.run(script, { args: ['--list'] }).stdout).toBe(`${dumps.join('\n')}\n`)
  expect(made.run(script, { args: ['--save', dumps[0] as string] }).stdout).toBe('content\n')
})

test('refuses while the application runs, after it has read the dump', () => {
  const made = start()
  const { status, stderr } = made.run(script, { args: ['latest'] })
  expect(status).toBe(1)
  expect(stderr).toMatch(/the application runs: app; stop it, or use --force/)
  expect(dockerOf(made)).toMatchObject({ restored: undefined, containers: running })
})

test('with --force the application stops and starts again', () => {
  const made = start()
  const { status, stderr } = made.run(script, { args: ['--force', 'latest'] })
  expect(stderr).toMatch(/restored 20260102T000000Z\.dump[\s\S]*the application runs again\n$/)
  expect(status).toBe(0)
  expect(dockerOf(made)).toMatchObject({ restored: dumps[1], containers: running })
  const calls = dockerOf(made).calls.map(({ args }) => args.replace(/^.*--profile backup /, ''))
  const order = [' check ', 'stop app', ' restore ', 'up --detach --no-deps --no-recreate'].map((part) => calls.findIndex((call) => call.includes(part)))
  expect(order).toEqual(order.toSorted((left, right) => left - right))
})

test('restores a file of the machine, and nothing that is not whole', () => {
  const made = start({ containers: { postgres: running.postgres } })
  expect(made.run(script, { args: ['./copy.dump'] }).status).toBe(0)
  expect(dockerOf(made).restored).toBe('received.dump')
  expect(made.run(script, { args: ['--force', '20200101T000000Z.dump'] }).stderr).toMatch(/is not restored/)
  expect(made.run(script, { args: ['./none.dump'] }).stderr).toMatch(/there is no file/)
  expect(made.run(script).stderr).toMatch(/say which dump/)
})

test('a dry run only reads the dump', () => {
  const made = start()
  expect(made.run(script, { args: ['--dry-run', 'latest'] }).stderr).toMatch(/20260102T000000Z\.dump is whole/)
  expect(dockerOf(made)).toMatchObject({ restored: undefined, containers: running })
})

test('a restore that fails starts the application again', () => {
  const made = start({ failAt: 'compose run --rm --no-deps -T backup restore' })
  const { status, stderr } = made.run(script, { args: ['--force', 'latest'] })
  expect(status).toBe(1)
  expect(stderr).toMatch(/the application runs again\nrestore: not restored\n$/)
  expect(dockerOf(made).containers).toEqual(running)
  expect(existsSync(join(made.folder, 'deploy/.stopped'))).toBe(false)
})

test('there is none where no backups are made', () => {
  expect(compose.render(variation('vm-compose')).map(({ path }) => path)).toEqual(['docker-compose.deploy.yml', 'ops/deploy-compose.sh'])
  expect(compose.render(config).map(({ path }) => path)).toEqual(['docker-compose.deploy.yml', 'ops/deploy-compose.sh', 'ops/backup.sh', script])
})
