export type { Condition, Field } from './field.ts'
export { sections } from './sections/index.ts'
export {
  allSettings,
  applies,
  defaults,
  differences,
  fieldAt,
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
