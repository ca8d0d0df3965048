import {
  applies,
  settingAt,
  type Condition,
  type Config,
  type Path,
  type Setting,
} from '../../lib/config/index.ts'

/** Why a setting does not apply: the setting that decides it, and what that one is. */
export interface Obstacle {
  readonly path: Path
  /** `Backend is SQLite`. */
  readonly because: string
}

/** The first setting that keeps another from applying; undefined when it applies. */
export function obstacleOf(config: Config, setting: Setting): Obstacle | undefined {
  if (applies(config, setting.path)) return undefined
  const { when } = setting.field
  const conditions = (Array.isArray(when) ? when : [when]) as readonly Condition[]
  const [path] = conditions
    .map((condition) => Object.keys(condition).filter((key) => !holds(config, key, condition)))
    .reduce((best, failing) => (failing.length < best.length ? failing : best))
  return path === undefined
    ? undefined
    : { path: path as Path, because: stateOf(config, path as Path) }
}

function holds(config: Config, path: string, condition: Condition): boolean {
  const wanted = [condition[path]].flat()
  return [config[path as Path]].flat().some((value) => wanted.includes(value as never))
}

function stateOf(config: Config, path: Path): string {
  const field = settingAt(path)?.field
  const value = config[path]
  if (field === undefined) return path
  if (field.kind === 'bool') return `${field.label} is ${value === true ? 'on' : 'off'}`
  if (field.kind === 'choice' || field.kind === 'choices') {
    const names = [value]
      .flat()
      .map((one) => field.options.find((option) => option.value === one)?.label ?? String(one))
    return `${field.label} is ${names.join(' and ') || 'not chosen'}`
  }
  return `of ${field.label}`
}

/** Settings that do not apply, gathered under what decides it. */
export interface Hidden extends Obstacle {
  readonly count: number
}

/** What a page leaves out, and why; the largest part first. */
export function hiddenIn(config: Config, settings: readonly Setting[]): readonly Hidden[] {
  const found = new Map<string, Hidden>()
  for (const setting of settings) {
    const obstacle = obstacleOf(config, setting)
    if (obstacle === undefined) continue
    found.set(obstacle.path, { ...obstacle, count: (found.get(obstacle.path)?.count ?? 0) + 1 })
  }
  return [...found.values()].sort((left, right) => right.count - left.count)
}
