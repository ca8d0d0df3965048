import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hostile, hostileTexts, variation, variations } from '../../../testing/variations.ts'
import { anyConfig } from '../../config/arbitrary.ts'
import type { Config } from '../../config/index.ts'
import {
  envFileOf,
  environmentOf,
  runsOn,
  secretsOf,
  type MachinePlatform,
} from '../../plan/index.ts'
import { envFileProblem, envNameProblem } from '../../text/env-file.ts'
import { envFile } from './index.ts'

const platforms: readonly MachinePlatform[] = ['compose', 'container']

const textOf = (config: Config, path: string): string | undefined =>
  envFile.render(config).find((file) => file.path === path)?.text

/** As Docker's opts.ParseEnvFile reads it. */
const readByDocker = (text: string): ReadonlyMap<string, string> =>
  new Map(
    text
      .split('\n')
      .map((line) => line.trimStart())
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  )

/** As compose-go's dotenv reads the unquoted values that this file is restricted to. */
const readByCompose = (text: string): ReadonlyMap<string, string> =>
  new Map(
    [...readByDocker(text)].map(([name, value]) => [name, (value.split(' #')[0] as string).trim()]),
  )

function agrees(config: Config): void {
  for (const platform of platforms.filter((one) => runsOn(config, one))) {
    const text = textOf(config, envFileOf(config, platform)) as string
    const wanted = new Map(
      environmentOf(config, platform)
        .plain.filter(({ name, value }) => !envNameProblem(name) && !envFileProblem(value))
        .map(({ name, value }) => [name, value]),
    )
    expect(readByDocker(text)).toEqual(wanted)
    expect(readByCompose(text)).toEqual(wanted)
    expect(text.replace(/^#.*/gm, '')).not.toContain('$')
    for (const { name } of secretsOf(config, platform)) expect(wanted.has(name)).toBe(false)
  }
}

describe('the plain environment is what the plan decides, however it is read', () => {
  test.each(variations)('%s', (_, config) => agrees(config))
  test('any configuration', () => fc.assert(fc.property(anyConfig, agrees), { numRuns: 200 }))
  test.each(hostileTexts)('hostile %j', (text) => agrees(hostile(text, ['compose', 'container'])))
})

test('what cannot stand in an env file is named and left out', () => {
  const text = textOf(variation('values that no env file can hold'), 'deploy/app.env') as string
  expect(text).toMatch(/^# APP_APP_NAME is left out: Compose expands the dollar sign/m)
  expect(text).toMatch(/^# PRICE is left out: /m)
  expect(text).toMatch(/^# BAD NAME is left out: /m)
  expect(text).toMatch(/^GOOD=a=b c$/m)
  expect(text).toMatch(/^EMPTY=$/m)
})

test('two platforms have two files, for they trust different hosts', () => {
  expect(envFile.render(variation('all platforms')).map(({ path }) => path)).toEqual([
    'deploy/app.env',
    'deploy/container.env',
    'deploy/secrets.env.example',
    'ops/create-secrets.sh',
    'secrets/.gitignore',
  ])
})

test('no secrets, no files for them', () => {
  expect(envFile.render(variation('vm-container')).map(({ path }) => path)).toEqual([
    'deploy/app.env',
  ])
  expect(envFile.render(variation('kubernetes-postgres'))).toEqual([])
})

test.each(variations)('no file of %s holds a secret value', (_, config) => {
  for (const { path, text } of envFile.render(config))
    for (const { name } of secretsOf(config, 'compose'))
      if (!path.endsWith('.sh')) expect(text).not.toMatch(new RegExp(`^${name}=.`, 'm'))
})

test('a PEM key is left out, and the file says so', () => {
  const files = envFile.render(variation('PEM key'))
  expect(files.find(({ path }) => path === 'deploy/secrets.env.example')?.text).toMatch(
    /^# APP_AUTH_JWT_PUBLIC_KEY is left out/m,
  )
  expect(files.find(({ path }) => path === 'ops/create-secrets.sh')?.text).not.toContain(
    'PUBLIC_KEY',
  )
})
