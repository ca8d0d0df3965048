import { GoError } from '../../go/value.ts'

/** A decimal number: `value` × 10^`exponent`. */
interface Decimal {
  readonly value: bigint
  readonly exponent: number
}

function decimalOf(number: number): Decimal {
  if (!Number.isFinite(number)) throw new GoError(`Cannot create a Decimal from ${Number.isNaN(number) ? 'NaN' : number > 0 ? '+Inf' : '-Inf'}`)
  const [mantissa, exponent] = number.toExponential().split('e')
  const [whole, fraction = ''] = mantissa!.split('.')
  return { value: BigInt(whole! + fraction), exponent: Number(exponent) - fraction.length }
}

const numberOf = ({ value, exponent }: Decimal): number => Number(`${value}e${exponent}`)

const scaled = ({ value, exponent }: Decimal, to: number): bigint => value * 10n ** BigInt(exponent - to)

function sum(a: Decimal, b: Decimal): Decimal {
  const exponent = Math.min(a.exponent, b.exponent)
  return { value: scaled(a, exponent) + scaled(b, exponent), exponent }
}

const product = (a: Decimal, b: Decimal): Decimal => ({ value: a.value * b.value, exponent: a.exponent + b.exponent })

const digits = 16

/** The quotient rounded half away from zero to 16 places. */
function quotient(a: Decimal, b: Decimal): Decimal {
  if (b.value === 0n) throw new GoError('decimal division by 0')
  const shift = a.exponent - b.exponent + digits
  const top = (a.value < 0n ? -a.value : a.value) * (shift > 0 ? 10n ** BigInt(shift) : 1n)
  const bottom = (b.value < 0n ? -b.value : b.value) * (shift < 0 ? 10n ** BigInt(-shift) : 1n)
  const size = (top * 2n + bottom) / (bottom * 2n)
  return { value: a.value < 0n !== b.value < 0n ? -size : size, exponent: -digits }
}

const folded = (combine: (a: Decimal, b: Decimal) => Decimal) => (first: number, others: readonly number[]): number =>
  numberOf(others.map(decimalOf).reduce(combine, decimalOf(first)))

/** Floats added as the decimals that they are written as (shopspring/decimal). */
export const decimalSum = folded(sum)
/** The first number less the others, as shopspring/decimal counts. */
export const decimalDifference = folded((a, b) => sum(a, { ...b, value: -b.value }))
/** All numbers multiplied, as shopspring/decimal counts. */
export const decimalProduct = folded(product)
/** The first number divided by the others, as shopspring/decimal counts. */
export const decimalQuotient = folded(quotient)
