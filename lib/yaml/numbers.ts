import type { Int } from '../go/value.ts'

/** A float as Go's `strconv.FormatFloat(n, 'g', -1, 64)` writes it: exponent form below 1e-4 and from 1e6 up. */
export function formatFloat(n: number): string {
  if (Number.isNaN(n)) return 'NaN'
  if (!Number.isFinite(n)) return n > 0 ? '+Inf' : '-Inf'
  if (n === 0) return Object.is(n, -0) ? '-0' : '0'
  const [mantissa, exponent] = n.toExponential().split('e') as [string, string]
  const power = Number(exponent)
  if (power >= -4 && power < 6) return String(n)
  return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`
}

/** A float as Go's encoding/json writes it: as JavaScript does, but with a negative zero. */
export const jsonNumber = (n: number): string => (Object.is(n, -0) ? '-0' : String(n))

/**
 * A float as sigs.k8s.io/yaml writes it: by way of JSON, where whole numbers that fit 64 bits
 * become integers again.
 */
export function yamlNumber(n: number): string {
  if (Number.isInteger(n) && n <= 18446744073709551615 && n >= -9223372036854775808) {
    const digits = String(n)
    if (fits(digits)) return digits
  }
  return formatFloat(n)
}

const fits = (digits: string): boolean => {
  if (digits.length < 19) return true
  const value = BigInt(digits)
  return value >= -9223372036854775808n && value <= 18446744073709551615n
}

/** Digits of a Go integer. */
export const integerText = (value: Int): string => String(value.n)
