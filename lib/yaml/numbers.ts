import { floatText } from '../go/float.ts'

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
  return floatText(n)
}

const fits = (digits: string): boolean => {
  if (digits.length < 19) return true
  const value = BigInt(digits)
  return value >= -9223372036854775808n && value <= 18446744073709551615n
}
