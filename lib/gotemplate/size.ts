import { GoError, Slice, Struct, type Value } from '../go/value.ts'

const largest = 32_000_000
const deepest = 5000
/** What a value weighs beside its text. */
const each = 16

/**
 * Refuses a value that would be too large written out, counting what is in it several times as
 * often: tables that hold one another twice have few parts and no end. Gives the size of what has
 * parts, and 0 for all else. Throws `GoError`.
 */
export function checkSize(value: Value): number {
  if (typeof value !== 'object' || value === null) return 0
  const rest = left(value, largest, 0)
  if (rest < 0) throw new GoError(`more than ${largest} bytes`)
  return largest - rest
}

/** What is left of a budget after a value. */
function left(value: Value, budget: number, depth: number): number {
  let rest = budget - each
  if (typeof value === 'string') return rest - value.length
  if (typeof value !== 'object' || value === null || value instanceof Struct || depth === deepest) return rest
  const items = value instanceof Map ? value.values() : value instanceof Slice ? value.items : Array.isArray(value) ? value : []
  for (const item of items) if ((rest = left(item, rest, depth + 1)) < 0) return rest
  return rest
}
