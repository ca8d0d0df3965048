import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import {
  dockerOf,
  dockerStandIn,
  setDocker,
  type DockerState,
} from '../../../testing/docker-stand-in.ts'
import { machine, type Machine } from '../../../testing/scripts.ts'
import { variation } from '../../../testing/variations.ts'
import type { Config } from '../../config/index.ts'
import { secretFilesOf } from '../../plan/index.ts'
import { envFile } from '../env-file/index.ts'
import { proxy } from '../proxy/index.ts'
import { compose } from './index.ts'

const script = 'ops/deploy-compose.sh'
const config = variation('vm-compose')

let host: Machine | undefined
afterEach(() => {
  host?.remove()
  host = undefined
})

const start = (of: Config = config): Machine =>
  (host = machine(
    [
      ...compose.render(of),
      ...envFile.render(of),
      ...proxy.render(of),
      ...secretFilesOf(of, 'compose').map((path) => ({ path, text: 'X=1\n' })),
    ],
    dockerStandIn,
  ))

const read = ({ folder }: Machine, path: string): string => readFileSync(join(folder, path), 'utf8')
const write = ({ folder }: Machine, path: string, text: string): void =>
  writeFileSync(join(folder, path), text)
const trouble = (made: Machine, state: Partial<DockerState>): void =>
  setDocker(made, { ...dockerOf(made), ...state })
const ups = (made: Machine) => dockerOf(made).calls.filter(({ args }) => / up /.test(args))

test('deploys, and keeps what a way back needs', () => {
  const made = start()
  const { status, stderr } = made.run(script)
  expect(stderr).toBe('deploy-compose: chassis runs and is ready\n')
  expect(status).toBe(0)
  expect(ups(made).map(({ args }) => args)).toEqual([
    'compose --project-name chassis --file docker-compose.deploy.yml up --detach --remove-orphans --wait --wait-timeout 180',
  ])
  expect(dockerOf(made).calls.map(({ args }) => args)).toContain(
    'tag sha256:configured chassis-rollback:configured',
  )
  expect(read(made, 'deploy/.previous/deploy/app.env')).toBe(read(made, 'deploy/app.env'))
  expect(read(made, 'deploy/.previous/docker-compose.deploy.yml')).toBe(
    read(made, 'docker-compose.deploy.yml'),
  )
  expect(existsSync(join(made.folder, 'deploy/.previous/secrets'))).toBe(false)
  expect((statSync(join(made.folder, 'deploy/Caddyfile')).mode & 0o777).toString(8)).toBe('644')
})

test('runs another image where one is given', () => {
  const made = start()
  expect(made.run(script, { args: ['ghcr.io/a/b:v2'] }).status).toBe(0)
  expect(dockerOf(made).containers.app?.image).toBe('ghcr.io/a/b:v2')
})

describe('configuration and image go back together', () => {
  test.each([
    ['when the new image does not become ready', { bad: ['ghcr.io/a/b:v2'] }, false],
    ['when the new configuration does not work', {}, true],
    ['when it is interrupted', { interruptAt: 'compose up' }, false],
  ])('%s', (_, state, badFile) => {
    const made = start()
    made.run(script)
    const before = read(made, 'deploy/app.env')
    const changed = `${before}# changed\n${badFile ? 'BAD=1\n' : ''}`
    write(made, 'deploy/app.env', changed)
    trouble(made, state)
    const { status, stderr } = made.run(script, { args: ['ghcr.io/a/b:v2'] })
    expect(status).not.toBe(0)
    expect(stderr).toMatch(/the previous deployment runs again/)
    expect(dockerOf(made).containers.app).toEqual({
      image: 'configured',
      running: true,
      good: true,
    })
    expect(read(made, 'deploy/app.env')).toBe(before)
    expect(read(made, 'deploy/.failed/deploy/app.env')).toBe(changed)
    expect(ups(made).at(-1)).toMatchObject({ file: before, image: 'chassis-rollback:configured' })
    expect(ups(made).at(-1)?.args).toMatch(/ --no-deps postgres redis app caddy$/)
  })

  test('without the migration that the application would make at its start', () => {
    const sqlite = variation('sqlite in Compose')
    const made = start(sqlite)
    made.run(script)
    trouble(made, { bad: ['ghcr.io/a/b:v2'] })
    made.run(script, { args: ['ghcr.io/a/b:v2'] })
    expect(ups(made).at(-1)?.args).toContain('--file deploy/.rollback.yml')
    expect(read(made, 'deploy/.rollback.yml')).toBe(
      'services: {app: {environment: {RUN_DB_MIGRATIONS: "false"}}}\n',
    )
  })

  test('a first deployment has nowhere to go: the application is stopped', () => {
    const made = start()
    setDocker(made, { bad: ['configured'] })
    const { status, stderr } = made.run(script)
    expect(status).toBe(1)
    expect(stderr).toMatch(/the application is stopped/)
    expect(dockerOf(made).containers.app?.running).toBe(false)
    expect(existsSync(join(made.folder, 'deploy/.previous'))).toBe(false)
  })
})

test.each([
  [
    'missing secrets',
    (made: Machine) => write(made, 'secrets/app.env', ''),
    {},
    /secrets\/app\.env is missing: run ops\/create-secrets\.sh/,
  ],
  [
    'an image that cannot be pulled',
    (made: Machine) => trouble(made, { failAt: 'compose pull' }),
    {},
    /could not be pulled; nothing was changed/,
  ],
  [
    'files that Compose does not accept',
    (made: Machine) => trouble(made, { failAt: 'compose config' }),
    {},
    /does not accept/,
  ],
  ['a text that is no image', () => undefined, { args: ['a b'] }, /must be a reference/],
  ['an option for an image', () => undefined, { env: { APP_IMAGE: '-x' } }, /must be a reference/],
] as const)('refuses %s before it touches what runs', (_, prepare, options, message) => {
  const made = start()
  prepare(made)
  const { status, stderr } = made.run(script, options)
  expect(status).toBe(1)
  expect(stderr).toMatch(message)
  expect(ups(made)).toEqual([])
})

test('another major version of Postgres wants a decision', () => {
  const made = start()
  made.run(script)
  for (const { path, text } of compose.render({ ...config, 'vm.postgresVersion': '18' }))
    write(made, path, text)
  expect(made.run(script).stderr).toMatch(/Postgres 17, and Postgres 18 would begin with none/)
  expect(made.run(script, { env: { NEW_POSTGRES: 'yes' } }).status).toBe(0)
})
