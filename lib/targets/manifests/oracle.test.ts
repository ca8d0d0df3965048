import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { presetConfig, presets, type Config } from '../../config/index.ts'
import { check, render } from '../../render.ts'
import { runsOn } from '../../plan/index.ts'
import { requireTool } from '../../../testing/tools.ts'
import { helmIn, inFolder } from '../../../testing/oracle.ts'
import { anyKubernetesConfig } from '../../../testing/repaired.ts'

const helm = requireTool('helm')

/** The bundle's chart and values, rendered by Helm and by us: the same bytes, or the same refusal. */
async function agree(helm: string, config: Config): Promise<void> {
  const { files, refusal } = render(config)
  const bundled = files.filter(({ path }) => path.startsWith('chart/') || path === 'deploy/values.yaml')
  await inFolder(bundled, async (folder) => {
    const release = [config['release.name'], './chart', '-f', 'deploy/values.yaml', '--namespace', config['release.namespace']]
    const [printed, linted] = await Promise.all([
      helmIn(helm, folder, ['template', ...release, '--kube-version', config['release.kubeVersion']]),
      helmIn(helm, folder, ['lint', '--strict', './chart', '-f', 'deploy/values.yaml', '--namespace', config['release.namespace']]),
    ])
    if (printed.failed !== undefined || refusal !== undefined) {
      expect(refusal).toBe(printed.failed?.replace(/\n\nUse --debug flag.*$/s, ''))
      expect(check(config).filter(({ severity }) => severity === 'error'), `refused, and no check says so: ${refusal}`).not.toEqual([])
      return
    }
    expect(files.find(({ path }) => path === 'manifests/all.yaml')?.text).toBe(printed.output)
    expect(linted.failed, linted.output).toBeUndefined()
  })
}

describe.skipIf(helm === undefined)('the preview is what Helm prints', () => {
  test.each(presets.filter((preset) => runsOn(presetConfig(preset), 'kubernetes')).map((preset) => [preset.id, preset] as const))(
    '%s',
    (_, preset) => agree(helm as string, presetConfig(preset)),
  )

  test('300 random configurations', { timeout: 600_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(anyKubernetesConfig, (config) => agree(helm as string, config)),
      { numRuns: 300, endOnFailure: false, interruptAfterTimeLimit: 540_000, markInterruptAsFailure: true },
    )
  })
})
