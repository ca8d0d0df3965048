import { roomy } from '../../go/capacity.ts'
import { bytesText, printed, textOf } from '../../go/print.ts'
import { itemsOf } from '../../go/kinds.ts'
import { Complex, Int, Slice, Struct, type Value } from '../../go/value.ts'
import { parseFloatLiteral, parseInteger } from '../../gotemplate/index.ts'

/** A value as text: `toString` (Sprig, strval). */
export function strval(value: Value): string {
  if (typeof value === 'string') return value
  if (value instanceof Slice && value.elem === 'uint8') return bytesText(value)
  return textOf(value) ?? printed(value)
}

/** A value as a list of texts without nils; what is no list stands alone (Sprig, strslice). */
export function strslice(value: Value): string[] {
  if (value === null || value === undefined) return []
  const items = itemsOf(value)
  if (!items) return [strval(value)]
  return items.filter(item => item !== null && item !== undefined).map(strval)
}

const smallest = -(1n << 63n)

/** A float64 cut to an integer as Go's conversion on amd64 does. */
const truncated = (value: number): number | bigint =>
  !(Math.abs(value) < 2 ** 63) ? smallest : Number.isSafeInteger(Math.trunc(value)) ? Math.trunc(value) + 0 : BigInt(Math.trunc(value))

/** Zeros behind a point are cut off, and points behind them (spf13/cast, trimZeroDecimal). */
function integerOfText(text: string): number | bigint {
  const value = parseInteger(text.replace(/\.0+\.*$/, '')) ?? 0n
  const fits = value >= smallest && value < 1n << 63n
  return fits ? new Int(value).n : 0
}

/** A value as an integer, zero where it is none: `int64` (spf13/cast, ToInt64). */
export function integerOf(value: Value): number | bigint {
  if (value instanceof Int) return value.type === 'time.Duration' ? 0 : value.n
  if (typeof value === 'number') return truncated(value)
  if (typeof value === 'boolean') return value ? 1 : 0
  return typeof value === 'string' ? integerOfText(value) : 0
}

function floatOfText(text: string): number {
  const special = /^([+-]?)(?:inf(?:inity)?|nan)$/i.exec(text)
  if (special) return /nan/i.test(text) ? NaN : special[1] === '-' ? -Infinity : Infinity
  return parseFloatLiteral(text) ?? 0
}

/** A value as a float64, zero where it is none: `float64` (spf13/cast, ToFloat64). */
export function floatOf(value: Value): number {
  if (typeof value === 'number') return value
  if (value instanceof Int) return Number(integerOf(value))
  if (typeof value === 'boolean') return value ? 1 : 0
  return typeof value === 'string' ? floatOfText(value) : 0
}

/** An integer wrapped to 64 bits. */
export function int64(value: number | bigint): Int {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return new Int(value, 'int64')
  return new Int(BigInt.asIntN(64, BigInt(value)), 'int64')
}

/** Whether a value counts as not given: nil, false, zero or empty, never a struct (Sprig, empty). */
export function isEmpty(value: Value): boolean {
  if (value === null || value === undefined || value === false || value === 0 || value === '') return true
  if (value instanceof Int) return value.n === 0
  if (value instanceof Map) return value.size === 0
  if (value instanceof Struct) return value instanceof Complex && value.isZero
  return itemsOf(value)?.length === 0
}

/** A `[]string`. */
export const strings = (items: readonly string[]): Slice => new Slice('string', items as string[])

/** A value as `[]string`, which it may be already; nils are left out, but there was room for them (Sprig, strslice). */
export function toStrings(value: Value): Slice {
  if (value instanceof Slice && value.type === '[]string') return value
  const texts = strslice(value)
  const room = itemsOf(value)?.length ?? texts.length
  return strings(roomy(texts, () => room, ''))
}
