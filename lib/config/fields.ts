import type { Condition, Field, Scalar, SecretField, ValueOf } from './field.ts'
import { declared, sections } from './sections/index.ts'

type Declared = typeof declared

/** The path of a setting that has a value; secrets have none. */
export type Path = { [P in keyof Declared]: Declared[P] extends SecretField ? never : P }[keyof Declared]

/**
 * What the user wants: one value per setting, by path. A flat record: a patch is a part of
 * it, a difference is a comparison by key, and no path can reach a prototype.
 */
export type Config = { readonly [P in Path]: ValueOf<Declared[P]> }

/** Some settings, to lay over a configuration. */
export type Patch = Partial<Config>

/** The value of any setting. */
export type SettingValue = Config[Path]

export interface Setting {
  readonly path: string
  readonly field: Field
  readonly section: string
}

/** Every declared field in the order of the form: settings, secrets, and keys only the chart knows. */
export const allSettings: readonly Setting[] = sections.flatMap((section) =>
  Object.entries(section.fields as Readonly<Record<string, Field>>).map(([path, field]) => ({
    path,
    field,
    section: section.id,
  })),
)

/** The settings that a configuration holds, in the order of the form. */
export const settings: readonly (Setting & { readonly path: Path })[] = allSettings.filter(
  (setting): setting is Setting & { readonly path: Path } => setting.field.kind !== 'secret' && !setting.field.chartOnly,
)

const byPath = new Map(allSettings.map((setting) => [setting.path, setting]))

/** The setting at a path; undefined where none is declared. */
export const settingAt = (path: string): Setting | undefined => byPath.get(path)

/** The field at a path that is known to be declared. */
export const fieldAt = (path: keyof Declared): Field => declared[path]

/** Whether a path names a setting that a configuration holds. */
export const isPath = (path: string): path is Path => {
  const setting = byPath.get(path)
  return setting !== undefined && setting.field.kind !== 'secret' && !setting.field.chartOnly
}

export const defaults: Config = Object.fromEntries(settings.map(({ path, field }) => [path, field.default])) as Config

const deliveryRoots = new Set(['target', 'release', 'public', 'proxy', 'vm', 'workflows', 'gitops', 'secrets'])

/** Whether the chart's values have a key at this path. */
export const isChartKey = ({ path, field }: Setting): boolean =>
  field.chart !== false && !deliveryRoots.has(path.split('.')[0] as string)

/** One condition as pairs, so that asking costs no allocation. */
type Demands = readonly (readonly [path: Path, accepted: readonly Scalar[]])[]

const demandsOf = (condition: Condition): Demands =>
  Object.entries(condition).map(([path, wanted]) => [path as Path, Array.isArray(wanted) ? (wanted as readonly Scalar[]) : [wanted as Scalar]])

const conditions = new Map<string, readonly Demands[]>(
  allSettings.flatMap(({ path, field }) => (field.when === undefined ? [] : [[path, ([field.when].flat() as readonly Condition[]).map(demandsOf)]])),
)

/** Whether a setting or secret applies to a configuration: one of its conditions holds. */
export function applies(config: Config, path: string): boolean {
  const alternatives = conditions.get(path)
  return alternatives === undefined || alternatives.some((demands) => demands.every(([named, accepted]) => holds(config[named], accepted)))
}

const holds = (value: SettingValue, accepted: readonly Scalar[]): boolean =>
  Array.isArray(value) ? accepted.some((one) => (value as readonly Scalar[]).includes(one)) : accepted.includes(value as Scalar)

/** Whether two values of one setting are the same; lists compare in order, maps by key. */
export function sameValue(left: SettingValue, right: SettingValue): boolean {
  if (left === right) return true
  if (typeof left !== 'object' || typeof right !== 'object') return false
  if (Array.isArray(left) || Array.isArray(right))
    return Array.isArray(left) && Array.isArray(right) && left.length === right.length && left.every((item, at) => item === right[at])
  const [one, other] = [left as Record<string, string>, right as Record<string, string>]
  const keys = Object.keys(one)
  return keys.length === Object.keys(other).length && keys.every((key) => Object.hasOwn(other, key) && one[key] === other[key])
}

/** The paths at which two configurations differ, in the order of the form. */
export const differences = (left: Config, right: Config): readonly Path[] =>
  settings.map(({ path }) => path).filter((path) => !sameValue(left[path], right[path]))

/** A field's placeholder with the names of this configuration filled in. */
export const placeholderOf = (config: Config, field: Field): string =>
  (field.placeholder ?? '')
    .replace('{release}-secrets', config['secret.name'] || `${config['release.name']}-secrets`)
    .replace('{release}', config['release.name'])
    .replace('{namespace}', config['release.namespace'])
    .replace('{tag}', config['image.tag'])
