import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Ajv from 'ajv'
import fc from 'fast-check'
import { parse } from 'yaml'
import { describe, expect, test } from 'vitest'
import { inFolder } from '../../../testing/oracle.ts'
import { shellcheck } from '../../../testing/scripts.ts'
import { requireTool } from '../../../testing/tools.ts'
import { hostile, hostileTexts, variations } from '../../../testing/variations.ts'
import { anyConfig } from '../../config/arbitrary.ts'
import { appServicesOf, environmentOf, runsOn, secretFilesOf } from '../../plan/index.ts'
import { envFileProblem, envNameProblem } from '../../text/env-file.ts'
import { envFile } from '../env-file/index.ts'
import { compose } from './index.ts'

const onCompose = variations.filter(([, config]) => runsOn(config, 'compose'))
const attacks = hostileTexts.map((text) => [text, hostile(text, ['compose'])] as const)
const textOf = (config: Parameters<typeof compose.render>[0], path: string) =>
  compose.render(config).find((file) => file.path === path)?.text

const schema = JSON.parse(
  readFileSync(
    join(import.meta.dirname, '../../../node_modules/dclint/schemas/compose.schema.json'),
    'utf8',
  ),
)
const validate = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile({
  ...schema,
  $schema: undefined,
})

test.each(onCompose)('the Compose schema accepts %s', (_, config) => {
  expect(
    validate(parse(textOf(config, 'docker-compose.deploy.yml') ?? '')),
    JSON.stringify(validate.errors),
  ).toBe(true)
})

test('the Compose schema accepts any configuration', () => {
  fc.assert(
    fc.property(anyConfig, (config) => {
      const text = textOf(
        { ...config, 'target.platforms': ['compose'] },
        'docker-compose.deploy.yml',
      )
      expect(validate(parse(text ?? '')), JSON.stringify(validate.errors)).toBe(true)
    }),
    { numRuns: 150 },
  )
})

const program = requireTool('shellcheck')
describe.skipIf(program === undefined)('ShellCheck accepts the script of', () => {
  test.each(onCompose)('%s', (_, config) => {
    expect(shellcheck(program as string, textOf(config, 'ops/deploy-compose.sh') ?? '')).toBe('')
  })
  // What its style rules say of such names does not matter: it must remain one program.
  test.each(attacks)('%j', (_, config) => {
    expect(
      shellcheck(program as string, textOf(config, 'ops/deploy-compose.sh') ?? '', 'error'),
    ).toBe('')
  })
})

const dockerCompose = requireTool('docker-compose')
describe.skipIf(dockerCompose === undefined)('Compose itself', () => {
    test.each(onCompose)('reads %s as the plan decided', async (_, config) => {
      const secrets = secretFilesOf(config, 'compose').map((path) => ({ path, text: 'X=1\n' }))
      await inFolder(
        [...compose.render(config), ...envFile.render(config), ...secrets],
        async (folder) => {
          writeFileSync(join(folder, '.env'), '')
          const args = ['-f', 'docker-compose.deploy.yml', '--profile', '*', 'config', '--format', 'json']
          const { status, stdout, stderr } = spawnSync(dockerCompose as string, args, {
            cwd: folder,
            encoding: 'utf8',
          })
          expect(stderr).toBe('')
          expect(status).toBe(0)
          const seen = JSON.parse(stdout)
          const wanted = environmentOf(config, 'compose').plain.filter(
            ({ name, value }) => !envNameProblem(name) && !envFileProblem(value),
          )
          // Compose prints what it would have to be given, with every dollar sign doubled.
          for (const name of appServicesOf(config)) expect(seen.services[name].environment).toEqual({
            ...Object.fromEntries(
              wanted.map(({ name, value }) => [name, value.replaceAll('$', '$$$$')]),
            ),
            ...(secrets.some(({ path }) => path === 'secrets/app.env') ? { X: '1' } : {}),
          })
          expect(seen.name).toBe(config['release.name'])
        },
      )
    })
  })
