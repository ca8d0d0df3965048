import { parseDecimal } from '../../go/parse-int.ts'
import { printed } from '../../go/print.ts'
import { func, GoError, Int, type Value } from '../../go/value.ts'
import { parseInteger } from '../../gotemplate/index.ts'
import { decimalSum, decimalDifference, decimalProduct, decimalQuotient } from './decimal.ts'
import { floatOf, int64, integerOf } from './convert.ts'

type Integer = number | bigint

const big = (value: Integer): bigint => BigInt(value)

const sum = (a: Integer, b: Integer): Integer => {
  const quick = typeof a === 'number' && typeof b === 'number' ? a + b : NaN
  return Number.isSafeInteger(quick) ? quick : BigInt.asIntN(64, big(a) + big(b))
}

const product = (a: Integer, b: Integer): Integer => {
  const quick = typeof a === 'number' && typeof b === 'number' ? a * b : NaN
  return Number.isSafeInteger(quick) ? quick + 0 : BigInt.asIntN(64, big(a) * big(b))
}

function divided(a: Integer, b: Integer, remainder: boolean): Int {
  if (b === 0) throw new GoError('runtime error: integer divide by zero')
  return int64(remainder ? big(a) % big(b) : big(a) / big(b))
}

const integers = (combine: (a: Integer, b: Integer) => Integer) => (first: Value, others: readonly Value[]): Int =>
  int64(others.map(integerOf).reduce(combine, integerOf(first)))

const largest = integers((a, b) => (b > a ? b : a))
const smallest = integers((a, b) => (b < a ? b : a))
const multiplied = integers(product)

/** In Go the infinite is larger, and smaller, than what is no number. */
const largerFloat = (a: number, b: number): number => (a === Infinity || b === Infinity ? Infinity : Math.max(a, b))
const smallerFloat = (a: number, b: number): number => -largerFloat(-a, -b)

/** A power of ten with Go's rounding: the mantissa is squared and multiplied bit by bit (math, Pow). */
function powerOfTen(exponent: number): number {
  if (exponent === 0) return 1
  let [mantissa, mantissaExponent, base, baseExponent] = [1, 0, 0.625, 4]
  for (let left = Math.abs(exponent); left > 0; left = Math.floor(left / 2)) {
    if (Math.abs(baseExponent) > 4096) {
      mantissaExponent += baseExponent
      break
    }
    if (left % 2 === 1) {
      mantissa *= base
      mantissaExponent += baseExponent
    }
    base *= base
    baseExponent *= 2
    if (base < 0.5) {
      base += base
      baseExponent--
    }
  }
  if (exponent < 0) [mantissa, mantissaExponent] = [1 / mantissa, -mantissaExponent]
  // In two steps, so that neither is out of a float's range before the product is.
  const half = Math.trunc(mantissaExponent / 2)
  return mantissa * 2 ** half * 2 ** (mantissaExponent - half)
}

/** Half away from zero is up: the part after the point is compared with `threshold` (Sprig, round). */
function round(value: Value, places: number, threshold = 0.5): number {
  const power = powerOfTen(places)
  const scaled = power * floatOf(value)
  const fraction = scaled % 1
  return (fraction >= threshold ? Math.ceil(scaled) : Math.floor(scaled)) / power
}

function toDecimal(value: Value): Int {
  const text = printed(value)
  const parsed = /^[+-]?[0-7]+$/.test(text) ? parseInteger(text.replace(/^([+-]?)/, '$10o')) : undefined
  return new Int(parsed !== undefined && parsed < 1n << 63n && parsed >= -(1n << 63n) ? parsed : 0, 'int64')
}

const biggest = func(['any', '...any'], (first, ...others) => largest(first, others))

export const math = {
  int: func(['any'], value => new Int(integerOf(value))),
  int64: func(['any'], value => int64(integerOf(value))),
  float64: func(['any'], floatOf),
  atoi: func(['string'], text => new Int(parseDecimal(text).value)),
  toDecimal: func(['any'], toDecimal),
  add1: func(['any'], value => int64(sum(integerOf(value), 1))),
  add: func(['...any'], (...values) => int64(values.map(integerOf).reduce(sum, 0))),
  sub: func(['any', 'any'], (a, b) => int64(big(integerOf(a)) - big(integerOf(b)))),
  mul: func(['any', '...any'], (first, ...others) => multiplied(first, others)),
  div: func(['any', 'any'], (a, b) => divided(integerOf(a), integerOf(b), false)),
  mod: func(['any', 'any'], (a, b) => divided(integerOf(a), integerOf(b), true)),
  max: biggest,
  biggest,
  min: func(['any', '...any'], (first, ...others) => smallest(first, others)),
  maxf: func(['any', '...any'], (first, ...others) => others.map(floatOf).reduce(largerFloat, floatOf(first))),
  minf: func(['any', '...any'], (first, ...others) => others.map(floatOf).reduce(smallerFloat, floatOf(first))),
  ceil: func(['any'], value => Math.ceil(floatOf(value))),
  floor: func(['any'], value => Math.floor(floatOf(value))),
  round: func(['any', 'int', '...float64'], (value, places, threshold) => round(value, places, threshold)),
  add1f: func(['any'], value => decimalSum(floatOf(value), [1])),
  addf: func(['...any'], (...values) => decimalSum(0, values.map(floatOf))),
  subf: func(['any', '...any'], (first, ...others) => decimalDifference(floatOf(first), others.map(floatOf))),
  mulf: func(['any', '...any'], (first, ...others) => decimalProduct(floatOf(first), others.map(floatOf))),
  divf: func(['any', '...any'], (first, ...others) => decimalQuotient(floatOf(first), others.map(floatOf))),
}
