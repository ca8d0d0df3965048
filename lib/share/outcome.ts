import type { Config } from '../config/index.ts'
import { defaults, isPath, settingAt, type Path, type SettingValue } from '../config/index.ts'
import { hasShape } from '../config/schema.ts'

/** What reading a text from outside gave. Reading never throws. */
export interface Outcome {
  readonly config: Config
  /** What was left out or not understood, one sentence each. */
  readonly notes: readonly string[]
  /** Why nothing could be read; the configuration is the default one then. */
  readonly failed?: string
}

export const failure = (failed: string): Outcome => ({ config: defaults, notes: [], failed })

/** Lays untrusted values over a base; what is unknown or of the wrong shape is left out and noted. */
export function layOver(base: Config, values: Iterable<readonly [path: string, value: unknown]>): Outcome {
  const taken: Partial<Record<Path, SettingValue>> = {}
  const notes: string[] = []
  for (const [path, value] of values) {
    if (!isPath(path)) notes.push(unknown(path))
    else if (!hasShape(fieldOf(path), value)) notes.push(`${shown(path)} does not take ${shown(value)}; its default stays`)
    else taken[path] = value
  }
  return { config: { ...base, ...taken } as Config, notes }
}

const fieldOf = (path: Path) => {
  const setting = settingAt(path)
  if (setting === undefined) throw new Error(`bug: ${path} is not declared`)
  return setting.field
}

const unknown = (path: string): string =>
  settingAt(path)?.field.kind === 'secret'
    ? `${shown(path)} is a secret and has no place here; it was left out`
    : `${shown(path)} is no setting of this version; it was left out`

/** Any value in a message: short, on one line, in quotes. */
export function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value))
  return `“${text.length > 60 ? `${text.slice(0, 60)}…` : text}”`.replace(/\s+/g, ' ')
}
