export type { Condition, Field, Kind, Option } from './field.ts'
export type { Section } from './sections/section.ts'
export { sections } from './sections/index.ts'
export {
  allSettings,
  applies,
  defaults,
  differences,
  fieldAt,
  isChartKey,
  isPath,
  placeholderOf,
  sameValue,
  settingAt,
  settings,
  type Config,
  type Patch,
  type Path,
  type Setting,
  type SettingValue,
} from './fields.ts'
export { nearestPreset, presetConfig, presets, type Preset } from './presets.ts'
