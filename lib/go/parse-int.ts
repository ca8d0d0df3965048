/** A number that was read, or the nearest that there is, and what is wrong with the text. */
interface Read {
  readonly value: bigint
  readonly problem: 'invalid syntax' | 'value out of range' | undefined
}

const largest = (1n << 63n) - 1n

/** A decimal number in a text, of 64 bits; 0 where there is none (strconv, Atoi and ParseInt). */
export function parseDecimal(text: string): Read {
  const [whole, sign, digits] = /^([+-]?)(\d*)/.exec(text) as unknown as [string, string, string]
  const size = BigInt(digits)
  // Go notices first that there are too many digits, then what is no digit, then the limits of the type.
  if (size < 1n << 64n && (digits === '' || whole !== text)) return { value: 0n, problem: 'invalid syntax' }
  const value = sign === '-' ? -size : size
  const nearest = size <= largest ? value : sign === '-' ? -largest - 1n : largest
  return { value: nearest, problem: nearest === value ? undefined : 'value out of range' }
}
