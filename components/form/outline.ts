import {
  allSettings,
  sections,
  settingAt,
  type Field,
  type Path,
  type Setting,
} from '../../lib/config/index.ts'

/** A page of the form: what it asks, as data. */
export interface Page {
  readonly id: string
  readonly group: string
  readonly title: string
  readonly help: string
  readonly settings: readonly Setting[]
}

/** Every page that asks anything; keys that only the chart knows are not asked for. */
export const pages: readonly Page[] = sections
  .map(({ id, group, title, help }) => ({
    id,
    group,
    title,
    help,
    settings: allSettings.filter(({ section, field }) => section === id && !field.chartOnly),
  }))
  .filter(({ settings }) => settings.length > 0)

const byId = new Map(pages.map((page) => [page.id, page]))

export const pageAt = (id: string): Page => byId.get(id) ?? (pages[0] as Page)

/** Pages under the headings of the rail. */
export const groups: readonly { readonly title: string; readonly pages: readonly Page[] }[] = [
  ...new Set(pages.map(({ group }) => group)),
].map((title) => ({ title, pages: pages.filter(({ group }) => group === title) }))

export function settingOf(path: string): Setting {
  const setting = settingAt(path)
  if (setting === undefined) throw new Error(`bug: ${path} is not declared`)
  return setting
}

/** A setting in words, such as `Database › Host`. */
export function nameOf(path: string): string {
  const { section, field } = settingOf(path)
  return `${pageAt(section).title} › ${field.label}`
}

/** Whether a setting is one that a configuration holds. */
export const holdsValue = (setting: Setting): setting is Setting & { readonly path: Path } =>
  setting.field.kind !== 'secret'

/** Whether a value comes a keystroke at a time. */
export const isTyped = ({ kind }: Field): boolean =>
  kind !== 'bool' && kind !== 'choice' && kind !== 'choices'

/** The id of the element that edits a setting. */
export const controlId = (path: string): string => `setting-${path}`
