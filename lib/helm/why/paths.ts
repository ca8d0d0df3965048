import type { Value } from '../../go/value.ts'
import { separator, whole } from '../watched.ts'
import type { Paths } from './made.ts'

/** Writes what was read of values as paths, as `--set` takes them; the empty path is all values. */
export function pathTexts(paths: Paths, values: ReadonlyMap<string, Value>): string[] {
  const texts = new Set<string>()
  for (const path of paths) {
    const names = path.split(separator)
    if (names.at(-1) === whole) names.pop()
    texts.add(written(ownGlobal(names, values)))
  }
  return [...texts].sort()
}

const written = (names: readonly string[]): string => names.map(name => name.replace(/\./g, '\\.')).join('.')

/** A subchart's global that it has from the chart above is that one. */
function ownGlobal(names: readonly string[], values: ReadonlyMap<string, Value>): readonly string[] {
  const at = names.indexOf('global')
  if (at <= 0) return names
  let value: Value = values as Map<string, Value>
  for (const name of names.slice(at)) {
    value = value instanceof Map ? value.get(name.replace(/(\[\d+\])+$/, '')) : undefined
    if (value === undefined) return names
  }
  return names.slice(at)
}
