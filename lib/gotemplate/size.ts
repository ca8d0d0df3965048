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
  return typeof value === 'object' && value !== null ? largest - left(value, largest, 0) : 0
}

/** What is left of a budget after a value that has parts. */
function left(value: object, budget: number, depth: number): number {
  let rest = budget - each
  if (value instanceof Struct || depth === deepest) return rest
  const items = value instanceof Map ? (value.values() as Iterable<Value>) : value instanceof Slice ? value.items : Array.isArray(value) ? (value as Value[]) : []
  for (const item of items) {
    if (typeof item === 'string') rest -= each + item.length
    else if (typeof item === 'object' && item !== null) rest = left(item, rest, depth + 1)
    else rest -= each
    if (rest < 0) throw tooLarge()
  }
  return rest
}

/**
 * The same for a table into which others are merged: what counts is what they have in common, for
 * all else is shared and not looked at.
 */
export function checkOverlap(tables: readonly Value[]): number {
  let rest = largest
  for (let at = 1; at < tables.length; at++)
    for (let before = 0; before < at; before++) rest = leftOfOverlap(tables[before], tables[at], rest, 0)
  return largest - rest
}

// Tables that are watched do not take this for a template's doing.
const { entries, get } = Map.prototype as Map<string, Value>

function leftOfOverlap(target: Value, source: Value, budget: number, depth: number): number {
  if (!(target instanceof Map && source instanceof Map) || depth === deepest) return budget
  let rest = budget
  for (const [key, fresh] of entries.call(source)) {
    if ((rest -= each) < 0) throw tooLarge()
    if (fresh instanceof Map) rest = leftOfOverlap(get.call(target, key), fresh, rest, depth + 1)
  }
  return rest
}

const tooLarge = (): GoError => new GoError(`more than ${largest} bytes`)
