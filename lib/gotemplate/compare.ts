import { compareStrings } from '../go/bytes.ts'
import { kindOf, typeOf } from '../go/kinds.ts'
import { formatValue, noFlags } from '../go/print.ts'
import { Complex, GoError, Int, isNilMap, isNilSlice, Struct, type Value } from '../go/value.ts'

type BasicKind = 'bool' | 'int' | 'uint' | 'float' | 'complex' | 'string' | undefined

/** The class of values that a value can be compared with. */
function basicKind(value: Value): BasicKind {
  switch (typeof value) {
    case 'string':
      return 'string'
    case 'boolean':
      return 'bool'
    case 'number':
      return 'float'
  }
  if (value instanceof Int) return kindOf(value).startsWith('uint') ? 'uint' : 'int'
  return value instanceof Complex ? 'complex' : undefined
}

const isNothing = (value: Value): boolean => value === null || value === undefined
const isNil = (value: Value): boolean => isNothing(value) || isNilSlice(value) || isNilMap(value) || (value instanceof Struct && value.type.startsWith('*') && value.address === 0n)

const incompatible = (a: Value, b: Value): GoError =>
  new GoError(`incompatible types for comparison: ${typeOf(a)} and ${typeOf(b)}`)

const asString = (value: Value): string => formatValue(value, 's', noFlags())
const asValue = (value: Value): string => formatValue(value, 'v', noFlags())

function sameUncomparable(a: Value, b: Value): boolean {
  if (!isNothing(a) && !isNothing(b) && kindOf(a) !== kindOf(b))
    throw new GoError(`non-comparable types ${asString(a)}: ${typeOf(a)}, ${typeOf(b)}: ${asValue(b)}`)
  if (isNil(a) || isNil(b)) return isNil(a) && isNil(b)
  if (!(b instanceof Struct)) throw new GoError(`non-comparable type ${asString(b)}: ${typeOf(b)}`)
  return a === b || (!b.type.startsWith('*') && a instanceof Struct && a.type === b.type && a.text === b.text && sameFields(a, b))
}

function sameFields(a: Struct, b: Struct): boolean {
  for (const [name, value] of a.fields) if (!sameField(value, b.fields.get(name))) return false
  return true
}

/** Pointers are the same only where they are one. */
const sameField = (a: Value, b: Value): boolean => a === b || (a instanceof Int && b instanceof Int && a.n === b.n)

function same(a: Value, b: Value): boolean {
  const left = basicKind(a)
  const right = basicKind(b)
  if (a instanceof Int && b instanceof Int) return a.n === b.n
  if (left !== right) {
    if (isNothing(a) || isNothing(b)) return false
    throw incompatible(a, b)
  }
  if (a instanceof Complex) return a.equals(b as Complex)
  return left === undefined ? sameUncomparable(a, b) : a === b
}

/** Whether the first value equals any of the others (text/template, eq). */
export function equal(first: Value, others: readonly Value[]): boolean {
  if (!others.length) throw new GoError('missing argument for comparison')
  return others.some(other => same(first, other))
}

/** Whether `a` comes before `b` (text/template, lt). */
export function less(a: Value, b: Value): boolean {
  const left = basicKind(a)
  const right = basicKind(b)
  if (!left || !right) throw new GoError('invalid type for comparison')
  if (a instanceof Int && b instanceof Int) return a.n < b.n
  if (left !== right) throw incompatible(a, b)
  if (left === 'bool' || left === 'complex') throw new GoError('invalid type for comparison')
  return left === 'string' ? compareStrings(a as string, b as string) < 0 : (a as number) < (b as number)
}
