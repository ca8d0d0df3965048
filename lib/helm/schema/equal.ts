import { Int, type Value } from '../../go/value.ts'

/** A number of any Go type, or nothing. */
export function numberOf(value: Value): number | undefined {
  if (typeof value === 'number') return value
  return value instanceof Int ? Number(value.n) : undefined
}

/** Numbers in texts as `big.Rat` reads them, in the forms that people use. */
const rational = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/
const fraction = /^([+-]?\d+)\/(\d+)$/

function rationalOf(text: string): number | undefined {
  if (rational.test(text)) return Number(text)
  const [, above, below] = fraction.exec(text) ?? []
  return below === undefined ? undefined : Number(above) / Number(below)
}

/** Whether two values are the same to JSON. Helm's library takes a text for the second where the first is a number. */
export function equalValues(a: Value, b: Value): boolean {
  const number = numberOf(a)
  if (number !== undefined) return number === (typeof b === 'string' ? rationalOf(b) : numberOf(b))
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, i) => equalValues(item, b[i]))
  }
  if (!(a instanceof Map)) return (a ?? null) === (b ?? null)
  if (!(b instanceof Map) || a.size !== b.size) return false
  for (const [key, item] of a) if (!b.has(key) || !equalValues(item, b.get(key))) return false
  return true
}

/** The first two items that are equal. */
export function duplicates(items: readonly Value[]): readonly [number, number] | undefined {
  for (let later = 1; later < items.length; later++) {
    for (let earlier = 0; earlier < later; earlier++) {
      if (equalValues(items[later], items[earlier])) return [earlier, later]
    }
  }
  return undefined
}

/** Whether one number is a whole multiple of another, both taken as the decimals they are written in. */
export function isMultiple(value: number, of: number): boolean {
  const left = decimal(value)
  const right = decimal(of)
  if (right.digits === 0n) return false
  const scale = Math.max(left.scale, right.scale)
  const widen = ({ digits, scale: own }: Decimal): bigint => digits * 10n ** BigInt(scale - own)
  return widen(left) % widen(right) === 0n
}

interface Decimal {
  readonly digits: bigint
  readonly scale: number
}

function decimal(value: number): Decimal {
  const [mantissa, exponent] = value.toExponential().split('e') as [string, string]
  const [whole, fraction = ''] = mantissa.split('.') as [string, string?]
  const scale = fraction.length - Number(exponent)
  const digits = BigInt(whole + fraction)
  return scale >= 0 ? { digits, scale } : { digits: digits * 10n ** BigInt(-scale), scale: 0 }
}
