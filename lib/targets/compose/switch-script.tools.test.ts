import { chmodSync, existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { dockerOf, dockerStandIn, setDocker, type DockerState } from '../../../testing/docker-stand-in.ts'
import { machine, type Machine } from '../../../testing/scripts.ts'
import { variation } from '../../../testing/variations.ts'
import type { Config } from '../../config/index.ts'
import { secretFilesOf } from '../../plan/index.ts'
import { envFile } from '../env-file/index.ts'
import { proxy } from '../proxy/index.ts'
import { compose } from './index.ts'

const script = 'ops/deploy-compose.sh'
const config = { ...variation('vm-compose'), 'vm.zeroDowntime': true }

let host: Machine | undefined
afterEach(() => {
  host?.remove()
  host = undefined
})

const start = (of: Config = config): Machine =>
  (host = machine(
    [...[compose, envFile, proxy].flatMap((target) => target.render(of)), ...secretFilesOf(of, 'compose').map((path) => ({ path, text: 'X=1\n' }))],
    dockerStandIn,
  ))
const trouble = (made: Machine, state: Partial<DockerState>): void => setDocker(made, { ...dockerOf(made), ...state })
const read = ({ folder }: Machine, path: string): string => readFileSync(join(folder, path), 'utf8')
const callsAfter = (made: Machine, first: number): readonly string[] =>
  dockerOf(made).calls.slice(first).map(({ args }) => args.replace(/^compose .*?--profile green /, ''))

describe.each(['caddy', 'nginx', 'traefik'] as const)('%s changes over', (kind) => {
  const of = { ...config, 'proxy.kind': kind }

  test('from nothing to blue, to green, and back', () => {
    const made = start(of)
    const files = (): string => proxy.render(of).map(({ path }) => read(made, `deploy/live/${path.split('/').at(-1)}`)).join('')
    expect(made.run(script, { args: ['a/b:1'] }).stderr).toBe('deploy-compose: app-blue serves and is ready\n')
    expect(files()).toContain('app-blue:8000')
    expect(files()).not.toContain('app-active')
    expect(made.run(script, { args: ['a/b:2'] }).stderr).toBe('deploy-compose: app-green serves and is ready\n')
    expect(files()).toContain('app-green:8000')
    expect(dockerOf(made).containers['app-blue']).toEqual({ image: 'a/b:1', running: false, good: true })
    if (kind !== 'traefik') expect(dockerOf(made).served).toBe('app-green')
    expect(made.run(script, { args: ['--back'] }).stderr).toBe('deploy-compose: app-blue serves and is ready\n')
    expect(files()).toContain('app-blue:8000')
    expect(dockerOf(made).containers).toMatchObject({ 'app-blue': { image: 'a/b:1', running: true }, 'app-green': { image: 'a/b:2', running: false } })
  })
})

test('the old version serves until the proxy has changed over, and is stopped after that', () => {
  const made = start()
  made.run(script)
  const first = dockerOf(made).calls.length
  made.run(script)
  const calls = callsAfter(made, first)
  const at = (call: string): number => calls.findIndex((one) => one.startsWith(call))
  const order = [
    at('config'),
    at('pull'),
    at('up --detach --wait --wait-timeout 180 postgres redis'),
    at('up --detach --wait --wait-timeout 180 app-green'),
    at('exec -T app-green python'),
    at('exec -T caddy wget'),
    at('up --detach --no-deps --remove-orphans --wait --wait-timeout 180 caddy'),
    at('exec -T caddy caddy reload'),
    at('stop app-blue'),
  ]
  expect(order).toEqual(order.toSorted((left, right) => left - right))
  expect(order).not.toContain(-1)
  expect(calls.filter((one) => one.includes('app-blue'))).toEqual(['ps --quiet --status running app-blue', 'stop app-blue'])
})

test('a version that does not become ready takes nothing with it', () => {
  const made = start()
  made.run(script, { args: ['a/b:1'] })
  const before = read(made, 'deploy/live/Caddyfile')
  trouble(made, { bad: ['a/b:2'] })
  const { status, stderr } = made.run(script, { args: ['a/b:2'] })
  expect(status).toBe(1)
  expect(stderr).toMatch(/app-blue serves as before\n$/)
  expect(read(made, 'deploy/live/Caddyfile')).toBe(before)
  expect(dockerOf(made)).toMatchObject({ served: 'app-blue', containers: { 'app-blue': { running: true }, 'app-green': { running: false } } })
})

test('a proxy that does not read its file again leaves the old version serving', () => {
  const made = start()
  made.run(script)
  trouble(made, { failAt: 'compose exec -T caddy caddy reload' })
  const { status, stderr } = made.run(script)
  expect(status).toBe(1)
  expect(stderr).toMatch(/app-blue serves as before\n$/)
  expect(read(made, 'deploy/live/Caddyfile')).toContain('app-blue:8000')
})

test('a first version that does not become ready is stopped', () => {
  const made = start()
  setDocker(made, { bad: ['configured'] })
  const { status, stderr } = made.run(script)
  expect(status).toBe(1)
  expect(stderr).toMatch(/no earlier version to go back to; the application is stopped\n$/)
  expect(existsSync(join(made.folder, 'deploy/.previous'))).toBe(false)
  expect(made.run(script, { args: ['--back'] }).stderr).toMatch(/there is no earlier version/)
})

test('a dry run asks and changes nothing', () => {
  const made = start()
  made.run(script)
  const first = dockerOf(made).calls.length
  const caddyfile = join(made.folder, 'deploy/Caddyfile')
  chmodSync(caddyfile, 0o600)
  expect(made.run(script, { args: ['--dry-run'] }).stderr).toMatch(/would pull the images, start app-green .* stop app-blue\n$/)
  expect(callsAfter(made, first)).toEqual(['compose version', 'config --quiet'])
  expect(statSync(caddyfile).mode & 0o777).toBe(0o600)
})

test('without profiles neither colour starts', () => {
  const file = compose.render(config)[0]?.text ?? ''
  expect(file.match(/profiles:\n {6}- (blue|green)/g)).toHaveLength(2)
  expect(file).toContain('- ./deploy/live:/etc/caddy:ro')
  expect(file).not.toMatch(/^ {2}app:/m)
})
