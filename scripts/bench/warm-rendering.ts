import { check } from '../../lib/checks/index.ts'
import { presetConfig, presets, type Config } from '../../lib/config/index.ts'
import { runsOn } from '../../lib/plan/index.ts'
import { render } from '../../lib/render.ts'
import { inUse, median } from './measure.ts'

/** Milliseconds for every file, and for the checks, after one changed setting, by preset. */
export type Rendered = Readonly<Record<string, { readonly files: number; readonly checks: number }>>

const changed = (config: Config, turn: number): Config => ({ ...config, 'app.name': `Orders ${turn}` })

const times: Rendered = Object.fromEntries(
  presets
    .map((preset) => [preset.id, presetConfig(preset)] as const)
    .filter(([, config]) => runsOn(config, 'kubernetes'))
    .map(([id, config]) => [id, { files: median(200, (turn) => render(changed(config, turn)), inUse), checks: median(200, (turn) => check(changed(config, turn))) }]),
)
console.log(JSON.stringify(times))
