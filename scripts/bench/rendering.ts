import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { presetConfig, presets, type Config } from '../../lib/config/index.ts'
import { runsOn } from '../../lib/plan/index.ts'
import { render } from '../../lib/render.ts'
import { findTool } from '../../testing/tools.ts'
import { measured } from './bundled.ts'
import { median, milliseconds } from './measure.ts'
import type { Rendered } from './warm-rendering.ts'

/** All files of a bundle after one changed setting, against one `helm template` process for the same chart and values. */
export function rendering(): readonly string[] {
  const helm = findTool('helm')
  const times = measured<Rendered>('warm-rendering.ts')
  return presets
    .filter((preset) => runsOn(presetConfig(preset), 'kubernetes'))
    .map((preset) => {
      const config = presetConfig(preset)
      const { files: ours, checks } = times[preset.id] as Rendered[string]
      if (helm === undefined) return `render ${preset.id}: ${milliseconds(ours)} for every file; no helm to compare with`
      const theirs = helmTime(helm, config)
      return `render ${preset.id}: every file in ${milliseconds(ours)}, helm template ${milliseconds(theirs)}: ${(theirs / ours).toFixed(1)} times faster (bar: 20); checks ${milliseconds(checks)}`
    })
}

function helmTime(helm: string, config: Config): number {
  const folder = mkdtempSync(join(tmpdir(), 'chassis-bench-'))
  for (const { path, text } of render(config).files.filter(({ path }) => path.startsWith('chart/') || path === 'deploy/values.yaml')) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  const time = median(15, () => spawnSync(helm, ['template', config['release.name'], './chart', '-f', 'deploy/values.yaml'], { cwd: folder }))
  rmSync(folder, { recursive: true, force: true })
  return time
}
