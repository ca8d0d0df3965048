import {
  applies,
  defaults,
  sameValue,
  settings,
  type Config,
  type Field,
  type Path,
  type SettingValue,
} from '../../lib/config/index.ts'
import { originOfLine, render } from '../../lib/render.ts'
import type { Explained, Reason } from './protocol.ts'

/** How many settings are tried before the search gives up, and how many answers are enough. */
const mostTries = 32
const mostReasons = 3

/**
 * The settings that a line follows from. Of a manifest the chart's rendering tells which values have a
 * part in the line; their settings are tried first.
 */
export async function why(
  config: Config,
  path: string,
  line: string,
  at: number,
): Promise<Explained> {
  const origin = originOf(config, path, at)
  const written = origin ? [...origin.via].reverse().concat(origin).map(placeText) : []
  const printed = settingsOf(config, origin?.values ?? [])
  const likely = new Set<string>(
    [...printed, ...settingsOf(config, origin?.conditions ?? [])].map((one) => one.path),
  )
  return { reasons: await tried(config, path, line, likely), written, varies: origin?.varies ?? false }
}

function originOf(config: Config, path: string, at: number) {
  try {
    return originOfLine(config, path, at)
  } catch {
    // Where Helm refuses, the page shows the manifests of before.
    return undefined
  }
}

const placeText = ({ file, line }: { readonly file: string; readonly line: number }): string =>
  `${file.replace(/^chassis\//, '')}:${line}`

/** The settings whose keys of the chart these paths are, or lie in. */
const settingsOf = (config: Config, values: readonly string[]): Reason[] =>
  settings
    .filter(
      ({ path }) =>
        applies(config, path) &&
        values.some((value) => `${value}.`.startsWith(`${path}.`) || value.startsWith(`${path}[`)),
    )
    .map(({ path }) => ({ path, changed: isChanged(config, path) }))

/**
 * Found by trying: a setting is a reason when the line goes away as soon as the setting has
 * another value. Gives way between two tries.
 */
async function tried(
  config: Config,
  path: string,
  line: string,
  likely: ReadonlySet<string>,
): Promise<readonly Reason[]> {
  const wanted = occurrences(config, path, line)
  const reasons: Reason[] = []
  for (const candidate of candidates(config, line, likely)) {
    if (reasons.length === mostReasons) break
    await new Promise((resume) => setTimeout(resume, 0))
    const other = {
      ...config,
      [candidate.path]: otherValue(config, candidate.path, candidate.field),
    } as Config
    if (occurrences(other, path, line) < wanted)
      reasons.push({ path: candidate.path, changed: isChanged(config, candidate.path) })
  }
  return reasons
}

function occurrences(config: Config, path: string, line: string): number {
  const text = render(config).files.find((file) => file.path === path)?.text ?? ''
  return text.split('\n').filter((one) => one === line).length
}

const isChanged = (config: Config, path: Path): boolean => !sameValue(config[path], defaults[path])

/** What to try, likeliest first: the variable or key that the line names, the values in it, what the user changed. */
function candidates(
  config: Config,
  line: string,
  likely: ReadonlySet<string>,
): readonly (typeof settings)[number][] {
  const words = new Set(line.split(/[^A-Za-z0-9_.-]+/))
  const score = ({ path, field }: (typeof settings)[number]): number => {
    const value = String(config[path])
    return (
      (likely.has(path) ? 10 : 0) +
      (field.env !== undefined && words.has(field.env) ? 8 : 0) +
      (value.length > 1 && line.includes(value) && value !== 'true' && value !== 'false' ? 4 : 0) +
      (isChanged(config, path) ? 3 : 0) +
      (words.has(path.split('.').at(-1) as string) ? 2 : 0)
    )
  }
  return settings
    .filter(({ path }) => applies(config, path))
    .map((setting) => ({ setting, score: score(setting) }))
    .filter((one) => one.score > 0)
    .sort((left, right) => right.score - left.score)
    .slice(0, mostTries)
    .map((one) => one.setting)
}

function otherValue(config: Config, path: Path, field: Field): SettingValue {
  if (isChanged(config, path)) return defaults[path]
  const value = config[path]
  switch (field.kind) {
    case 'bool':
      return !(value as boolean)
    case 'int':
      return (value as number) < field.max ? (value as number) + 1 : (value as number) - 1
    case 'choice':
      return (field.options.find((option) => option.value !== value) ?? { value })
        .value as SettingValue
    case 'choices':
      return field.options
        .map((option) => option.value)
        .filter((one) => !(value as readonly string[]).includes(one)) as unknown as SettingValue
    case 'list':
      return (value as readonly string[]).slice(0, -1)
    case 'map':
      return {}
    default:
      return `${String(value)}1`
  }
}
