import { applies, settings, type Config, type Path, type Setting, type SettingValue } from '../../config/index.ts'
import { problemOf, unwritableProblem } from '../../config/schema.ts'
import { rawOf } from '../../plan/index.ts'
import type { Fix, Rule, Said } from '../rule.ts'
import { always } from '../when.ts'
import { short } from '../words.ts'
import { rawShapeProblem } from '../raw-shapes.ts'

type Held = Setting & { readonly path: Path }

/** Settings that do not stand at their default and that apply; only these can be wrong by themselves. */
const touched = (config: Config): readonly Held[] =>
  settings.filter(({ path, field }) => config[path] !== field.default && applies(config, path))

const yamlSettings = settings.filter(({ field }) => field.kind === 'yaml')

const typed = (config: Config): readonly (Held & { readonly shape: 'list' | 'map'; readonly text: string })[] =>
  yamlSettings.flatMap((setting) => {
    const text = config[setting.path] as string
    return setting.field.kind === 'yaml' && text.trim() !== '' && applies(config, setting.path)
      ? [{ ...setting, shape: setting.field.shape, text }]
      : []
  })

const invalid: Rule = {
  id: 'setting-invalid',
  severity: 'error',
  demand: 'Every setting holds a value that it can have',
  applies: always,
  check: (config) =>
    touched(config).flatMap((setting) => {
      const value = config[setting.path]
      const problem = problemOf(setting.path, value)
      return problem === undefined ? [] : [refused(setting, value, problem)]
    }),
}

const refused = (setting: Held, value: SettingValue, problem: string): Said => ({
  path: setting.path,
  title: 'Invalid value',
  message: `${setting.field.label}: ${problem}; now it is ${shown(value)}.`,
  fix: repair(setting, value),
})

const shown = (value: SettingValue): string => (value === '' ? 'empty' : short(typeof value === 'object' ? JSON.stringify(value) : String(value)))

/** Numbers move into their range, lists and maps lose what is wrong, all else goes back to its default. */
function repair({ path, field }: Held, value: SettingValue): Fix {
  if (field.kind === 'int' && Number.isFinite(value)) {
    const nearest = Math.min(field.max, Math.max(field.min, Math.round(value as number)))
    return { label: `Use ${nearest}`, patch: { [path]: nearest } }
  }
  if (field.kind === 'list' && Array.isArray(value)) {
    const kept = (value as readonly string[]).filter((item) => problemOf(path, [item]) === undefined).slice(0, 200)
    return { label: kept.length > 0 ? 'Keep the valid ones' : 'Clear it', patch: { [path]: kept } }
  }
  if (field.kind === 'map' && typeof value === 'object') {
    const kept = Object.entries(value as Record<string, string>).filter(([key, item]) => problemOf(path, { [key]: item }) === undefined)
    return { label: kept.length > 0 ? 'Keep the valid ones' : 'Clear it', patch: { [path]: Object.fromEntries(kept) } }
  }
  return { label: field.default === '' ? 'Clear it' : `Use ${short(String(field.default), 30)}`, patch: { [path]: field.default } }
}

const unreadable: Rule = {
  id: 'yaml-unreadable',
  severity: 'error',
  demand: 'Every YAML text can be read',
  applies: (config) => typed(config).length > 0,
  check: (config) =>
    typed(config).flatMap(({ path, field, shape, text }) => {
      const { problem, value } = rawOf(text, shape)
      const fault = problem ?? unwritableWithin(value)
      return fault === undefined
        ? []
        : [{ path, title: 'Unreadable YAML', message: `${field.label}: ${short(fault, 200)}.`, fix: { label: 'Clear it', patch: { [path]: '' } } }]
    }),
}

/** Escapes such as `"\\ud800"` hide characters from whoever looks at the text only. */
function unwritableWithin(value: unknown): string | undefined {
  if (typeof value === 'string') return unwritableProblem(value)
  if (typeof value !== 'object' || value === null) return undefined
  return Object.entries(value).flatMap(([key, inner]) => unwritableProblem(key) ?? unwritableWithin(inner) ?? [])[0]
}

const incomplete: Rule = {
  id: 'yaml-incomplete',
  severity: 'error',
  demand: 'Every entry of a YAML list has what Kubernetes asks for',
  applies: (config) => typed(config).length > 0,
  check: (config) =>
    typed(config).flatMap(({ path, field, shape, text }) => {
      const problem = rawShapeProblem(path, rawOf(text, shape).value)
      return problem === undefined ? [] : [{ path, title: 'Incomplete entry', message: `${field.label}: ${problem}.` }]
    }),
}

export const settingRules: readonly Rule[] = [invalid, unreadable, incomplete]
