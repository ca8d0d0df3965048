import { presetConfig, presets, type Config } from '../../lib/config/index.ts'
import { runsOn } from '../../lib/plan/index.ts'

/** The preset with the most manifests. */
export const largest = presets.map(presetConfig).filter((config) => runsOn(config, 'kubernetes')).at(-1) as Config
