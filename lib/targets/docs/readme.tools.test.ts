import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { inFolder } from '../../../testing/oracle.ts'
import { calling, shellcheck } from '../../../testing/scripts.ts'
import { requireTool } from '../../../testing/tools.ts'
import { hostile, hostileTexts, variations } from '../../../testing/variations.ts'
import type { Config } from '../../config/index.ts'
import { runsOn, secretReference, secretsModeOf, secretsOf } from '../../plan/index.ts'
import { readme } from './readme.ts'

const blocksOf = (config: Config): readonly string[] =>
  [...readme(config).matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block]) => block as string)

const program = requireTool('shellcheck')
describe.skipIf(program === undefined)('ShellCheck accepts the commands for', () => {
  test.each(variations)('%s', (_, config) => {
    expect(
      shellcheck(program as string, blocksOf(config).join('\n'), 'style', 'bash').replace(
        /^.*SC2154[\s\S]*$/m,
        '',
      ),
    ).toBe('')
  })
  test.each(hostileTexts)('%j', (text) => {
    expect(
      shellcheck(
        program as string,
        blocksOf(hostile(text, ['kubernetes', 'compose', 'container'])).join('\n'),
        'error',
        'bash',
      ),
    ).toBe('')
  })
})

const [kubectl, openssl] = [requireTool('kubectl'), requireTool('openssl')]
describe.skipIf(kubectl === undefined || openssl === undefined)('kubectl makes the Secrets of', () => {
  test.each(
    variations.filter(
      ([, config]) => runsOn(config, 'kubernetes') && secretsOf(config, 'kubernetes').length > 0 && secretsModeOf(config) !== 'eso',
    ),
  )('%s', async (_, config) => {
    const wanted = secretsOf(config, 'kubernetes')
    await inFolder([], async (folder) => {
      mkdirSync(join(folder, 'bin'))
      writeFileSync(
        join(folder, 'bin/kubectl'),
        `#!/bin/sh\nexec ${kubectl} "$@" --dry-run=client --output=json\n`,
      )
      writeFileSync(join(folder, 'bin/openssl'), calling(openssl as string))
      // What would be encrypted is shown instead.
      for (const name of ['sops', 'kubeseal']) writeFileSync(join(folder, 'bin', name), '#!/bin/sh\nexec cat >&2\n')
      for (const name of ['kubectl', 'openssl', 'sops', 'kubeseal']) chmodSync(join(folder, 'bin', name), 0o755)
      mkdirSync(join(folder, 'deploy/secrets'), { recursive: true })
      writeFileSync(join(folder, 'public-key.pem'), 'a\nb\n')
      const made = blocksOf(config)
        .filter((block) => block.startsWith('('))
        .flatMap((block) => {
          const { status, stdout, stderr } = spawnSync('bash', ['--norc', '-c', block], {
            cwd: folder,
            encoding: 'utf8',
            input: 'typed $value\n'.repeat(9),
            env: {
              ...process.env,
              HOME: folder,
              PATH: `${join(folder, 'bin')}:${process.env.PATH}`,
            },
          })
          expect(status, stderr).toBe(0)
          const shown = stdout.includes('{') ? stdout : stderr
          const secret = JSON.parse(shown.slice(shown.indexOf('{'))) as {
            metadata: { name: string }
            data: Record<string, string>
          }
          return Object.entries(secret.data).map(
            ([key, value]) =>
              [`${secret.metadata.name}/${key}`, Buffer.from(value, 'base64').toString()] as const,
          )
        })
      expect(Object.fromEntries(made)).toEqual(
        Object.fromEntries(
          wanted.map(({ name, path, origin }) => {
            const { secret, key } = secretReference(config, name)
            const value =
              path === 'auth.jwtPublicKey'
                ? 'a\nb\n'
                : origin === 'generate'
                  ? expect.stringMatching(/^[0-9a-f]{64}$/)
                  : 'typed $value'
            return [`${secret}/${key}`, value]
          }),
        ),
      )
    })
  })
})
