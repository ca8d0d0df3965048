import type { Value } from '../go/value.ts'

/**
 * `now`, in which whatever equals the value at the same place of `before` is that very object, so
 * that what was learnt about it can be looked up by identity. Tables of `now` may be changed to
 * that end, and nobody may change either afterwards. Equal tables have their keys in one order.
 */
export function sharing(before: Value, now: Value): Value {
  if (Object.is(before, now)) return now
  if (Array.isArray(before) && Array.isArray(now)) return sharingList(before, now)
  if (before instanceof Map && now instanceof Map) return sharingTable(before, now)
  return now
}

function sharingList(before: Value[], now: Value[]): Value[] {
  let equal = before.length === now.length
  for (let at = 0; at < now.length; at++) {
    now[at] = sharing(before[at], now[at])
    if (!Object.is(now[at], before[at])) equal = false
  }
  return equal ? before : now
}

function sharingTable(before: Map<string, Value>, now: Map<string, Value>): Map<string, Value> {
  let equal = before.size === now.size
  const names = before.keys()
  for (const [name, value] of now) {
    const old = before.get(name)
    const kept = sharing(old, value)
    if (kept !== value) now.set(name, kept)
    if (!Object.is(kept, old) || names.next().value !== name) equal = false
  }
  return equal ? before : now
}
