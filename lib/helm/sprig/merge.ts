import { sortedKeys } from '../../go/bytes.ts'
import { NilMap, Struct, type Value } from '../../go/value.ts'
import { isEmpty } from './convert.ts'

const missing = (value: Value): boolean => value === null || value === undefined

const counts = (value: Value): boolean => !(value instanceof Struct) && isEmpty(value)

/** Puts a source's entry into the target where the target has a value of its own. */
function mergeEntry(target: Map<string, Value>, key: string, fresh: Value, overwrite: boolean): void {
  const old = target.get(key)
  if (old instanceof Map && fresh instanceof Map) {
    if (!(old instanceof NilMap)) merged(old, fresh, overwrite)
    if (old.size === 0) target.set(key, fresh)
    return
  }
  if (overwrite) {
    if (!(fresh instanceof Map && fresh.size === 0 && old instanceof Map)) target.set(key, fresh)
  } else if (counts(old) && !missing(fresh)) target.set(key, fresh)
}

/**
 * Merges a dictionary into another: without `overwrite` the target's values win unless they are
 * empty, with it the source's win even if they are (dario.cat/mergo). Maps that the target lacks are
 * shared, not copied.
 */
export function merged(target: Map<string, Value>, source: ReadonlyMap<string, Value>, overwrite: boolean): void {
  for (const key of sortedKeys(source)) {
    const fresh = source.get(key)
    if (target.has(key)) mergeEntry(target, key, fresh, overwrite)
    else if (overwrite || !missing(fresh)) target.set(key, fresh)
  }
}
