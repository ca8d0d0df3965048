import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { dockerOf, dockerStandIn, setDocker } from '../../../testing/docker-stand-in.ts'
import { machine, shellcheck, type Machine } from '../../../testing/scripts.ts'
import { requireTool } from '../../../testing/tools.ts'
import { hostile, hostileTexts, variation, variations } from '../../../testing/variations.ts'
import type { Config } from '../../config/index.ts'
import { containerOf, runsOn } from '../../plan/index.ts'
import { envFile } from '../env-file/index.ts'
import { container } from './index.ts'

const script = 'ops/docker-run.sh'
const config = variation('vm-container')
const textOf = (of: Config): string => container.render(of)[0]?.text ?? ''

const program = requireTool('shellcheck')
describe.skipIf(program === undefined)('ShellCheck accepts the script of', () => {
  test.each(variations.filter(([, one]) => runsOn(one, 'container')))('%s', (_, one) =>
    expect(shellcheck(program as string, textOf(one))).toBe(''),
  )
  test.each(hostileTexts)('%j', (text) =>
    expect(shellcheck(program as string, textOf(hostile(text, ['container'])), 'error')).toBe(''),
  )
})

let host: Machine | undefined
afterEach(() => {
  host?.remove()
  host = undefined
})

const start = (of: Config = config, extra: Parameters<typeof machine>[0] = []): Machine =>
  (host = machine([...container.render(of), ...envFile.render(of), ...extra], dockerStandIn))

const old = { image: 'old', running: true, good: true }
const image = containerOf(config).image

test('runs the container of the plan, hardened', () => {
  const made = start()
  const { status, stderr } = made.run(script)
  expect(stderr).toBe(`docker-run: chassis runs ${image} and is ready\n`)
  expect(status).toBe(0)
  const { containers, networks, calls } = dockerOf(made)
  expect(containers).toEqual({ chassis: { image, running: true, good: true } })
  expect(networks).toEqual({ 'chassis-edge': '172.30.0.0/24' })
  const run = calls.find(({ args }) => args.startsWith('run '))?.args
  for (const option of [
    '--read-only',
    '--cap-drop ALL',
    '--security-opt no-new-privileges:true',
    '--user 10001:10001',
    '--pids-limit 200',
    '--memory 512m',
    '--cpus 1.0',
    '--restart unless-stopped',
    '--stop-timeout 42',
    '--tmpfs /tmp:rw,noexec,nosuid,nodev,size=64m',
    '--log-opt max-size=10m',
    '--env-file deploy/app.env',
    '--volume chassis-data:/app/data',
    '--publish 127.0.0.1:8000:8000',
    '--network chassis-edge',
  ])
    expect(run).toContain(` ${option} `)
  expect(run).not.toContain('secrets/')
})

test('replaces the one that runs, and takes another image', () => {
  const made = start()
  setDocker(made, { containers: { chassis: old } })
  expect(made.run(script, { args: ['ghcr.io/a/b@sha256:abc'] }).status).toBe(0)
  expect(dockerOf(made).containers).toEqual({
    chassis: { image: 'ghcr.io/a/b@sha256:abc', running: true, good: true },
  })
})

test('runs twice as well as once', () => {
  const made = start()
  made.run(script)
  expect(made.run(script).status).toBe(0)
  expect(Object.keys(dockerOf(made).containers)).toEqual(['chassis'])
})

test('tries the new one beside the old one first, without its port', () => {
  const made = start({ ...config, 'database.backend': 'postgres' }, [{ path: 'secrets/app.env', text: 'X=1\n' }])
  made.run(script)
  const env = join(made.folder, 'deploy/app.env')
  const before = readFileSync(env, 'utf8')
  writeFileSync(env, `${before}BAD=1\n`)
  const { status, stderr } = made.run(script, { env: { DEPLOY_TIMEOUT: '2' } })
  expect(status).toBe(1)
  expect(stderr).toMatch(/beside the old one, which runs on/)
  expect(dockerOf(made).containers).toEqual({ chassis: { image, running: true, good: true } })
  expect(readFileSync(env, 'utf8')).toBe(before)
  expect(readFileSync(join(made.folder, 'deploy/.failed/env'), 'utf8')).toContain('BAD=1')
  const runs = dockerOf(made).calls.filter(({ args }) => args.startsWith('run '))
  expect(runs.at(-1)?.args).toContain('--name chassis-trial --network chassis-edge --restart no --stop-timeout')
  expect(runs.at(-1)?.args).not.toContain('--publish')
  expect(dockerOf(made).calls.filter(({ args }) => /^(stop|rename)/.test(args))).toEqual([])
})

test('one SQLite file has one writer: nothing is tried beside it', () => {
  const made = start()
  made.run(script)
  made.run(script)
  expect(dockerOf(made).calls.some(({ args }) => args.includes('--name chassis-trial'))).toBe(false)
})

test('a dry run asks and changes nothing', () => {
  const made = start()
  setDocker(made, { containers: { chassis: old } })
  const { status, stderr } = made.run(script, { args: ['--dry-run', 'a/b:2'] })
  expect(status).toBe(0)
  expect(stderr).toMatch(/would pull a\/b:2 and replace chassis/)
  expect(dockerOf(made).calls.filter(({ args }) => !/^(version|ps) ?/.test(args))).toEqual([])
})

test('with a systemd unit Docker restarts nothing by itself', () => {
  const made = start({ ...config, 'vm.systemd': true })
  made.run(script)
  expect(dockerOf(made).calls.find(({ args }) => args.startsWith('run '))?.args).toContain(' --restart no --publish ')
})

describe('the old container comes back', () => {
  test.each([
    ['when the new one is not ready', { bad: [image] }],
    ['when the new one does not start', { failAt: 'run' }],
    ['when the old one does not stop', { failAt: 'stop' }],
    ['when the old one cannot be set aside', { failAt: 'rename chassis chassis-previous' }],
    [
      'when it is interrupted while the old one is set aside',
      { interruptAt: 'rename chassis chassis-previous' },
    ],
    ['when it is interrupted while the old one stops', { interruptAt: 'stop' }],
    ['when it is interrupted after the new one has started', { interruptAt: 'run' }],
    ['when it is interrupted while it waits', { interruptAt: 'inspect' }],
  ])('%s', (_, trouble) => {
    const made = start()
    setDocker(made, { containers: { chassis: old }, ...trouble })
    const { status, stderr } = made.run(script, { env: { DEPLOY_TIMEOUT: '4' } })
    expect(status).not.toBe(0)
    expect(dockerOf(made).containers).toEqual({ chassis: old })
    expect(stderr).toMatch(/previous container runs again|runs as before/)
  })

  test('after a run that was killed between two steps', () => {
    const made = start()
    setDocker(made, {
      containers: { 'chassis-previous': { ...old, running: false } },
      failAt: 'run',
    })
    expect(made.run(script).status).toBe(1)
    expect(dockerOf(made).containers).toEqual({ chassis: old })
  })
})

test('a first container that does not work is removed', () => {
  const made = start()
  setDocker(made, { bad: [image] })
  expect(made.run(script, { env: { DEPLOY_TIMEOUT: '2' } }).status).toBe(1)
  expect(dockerOf(made).containers).toEqual({})
})

test.each([
  [
    'an image that cannot be pulled',
    { failAt: 'pull' },
    {},
    /could not be pulled; nothing was changed/,
  ],
  [
    'a network with another subnet',
    { networks: { 'chassis-edge': '172.31.0.0/24' } },
    {},
    /has the subnet 172\.31\.0\.0\/24/,
  ],
  ['a text that is no image', {}, { args: ['x; reboot'] }, /must be a reference/],
  ['an option for an image', {}, { args: ['--privileged'] }, /there is no option --privileged/],
  ['a timeout that is no number', {}, { env: { DEPLOY_TIMEOUT: '1m' } }, /number of seconds/],
])('refuses %s before it touches what runs', (_, state, options, message) => {
  const made = start()
  setDocker(made, { containers: { chassis: old }, ...state })
  const { status, stderr } = made.run(script, options)
  expect(status).toBe(1)
  expect(stderr).toMatch(message)
  expect(dockerOf(made).containers).toEqual({ chassis: old })
})

test('two at once: the second does nothing', () => {
  const made = start(config, [{ path: 'hold.sh', text: `cd "$(dirname "$0")"\n(flock 8 && sh ${script}) 8>deploy/.lock\n` }])
  const { status, stderr } = made.run('hold.sh')
  expect(status).toBe(1)
  expect(stderr).toMatch(/another deployment or restore is under way/)
  expect(dockerOf(made).containers).toEqual({})
})

test('secret values come from their file, which must be there', () => {
  const withSecrets = variation('shared JWT secret, tracing headers')
  expect(start(withSecrets).run(script).stderr).toMatch(/secrets\/app\.env is missing/)
  host?.remove()
  const made = start(withSecrets, [{ path: 'secrets/app.env', text: 'X=1\n' }])
  expect(made.run(script).status).toBe(0)
  expect(
    dockerOf(made).calls.some(({ args }) =>
      args.includes('--env-file deploy/app.env --env-file secrets/app.env'),
    ),
  ).toBe(true)
})
