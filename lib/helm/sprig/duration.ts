import { GoError } from '../../go/value.ts'
import { timeQuote } from './layout.ts'

const units = new Map([['ns', 1n], ['us', 1000n], ['µs', 1000n], ['μs', 1000n], ['ms', 1000000n], ['s', 1000000000n], ['m', 60000000000n], ['h', 3600000000000n]])

const longest = 1n << 63n

/** Digits after a point; those that no longer fit a number of 64 bits do not count. */
function fractionOf(digits: string): { count: bigint; scale: number } {
  let count = 0n
  let scale = 1
  for (const digit of digits) {
    const next = count * 10n + BigInt(digit)
    if (count > (longest - 1n) / 10n || next > longest) break
    count = next
    scale *= 10
  }
  return { count, scale }
}

/** The nanoseconds that a text such as `1h30m` means (time, ParseDuration). Throws `GoError`. */
export function parseDuration(text: string): bigint {
  const fail = (what: string): GoError => new GoError(`time: ${what} ${timeQuote(text)}`)
  let rest = text.replace(/^[+-]/, '')
  if (rest === '0') return 0n
  if (rest === '') throw fail('invalid duration')
  let total = 0n
  while (rest !== '') {
    const [found, whole, fraction = '', unit] = /^(\d*)(?:\.(\d*))?([^.\d]*)/.exec(rest) as unknown as [string, string, string | undefined, string]
    rest = rest.slice(found.length)
    if ((whole === '' && fraction === '') || BigInt(whole) > longest) throw fail('invalid duration')
    if (unit === '') throw fail('missing unit in duration')
    const scale = units.get(unit)
    if (scale === undefined) throw fail(`unknown unit ${timeQuote(unit)} in duration`)
    const part = fractionOf(fraction)
    if (BigInt(whole) > longest / scale) throw fail('invalid duration')
    total += BigInt(whole) * scale + BigInt(Math.trunc(Number(part.count) * (Number(scale) / part.scale)))
    if (total > longest) throw fail('invalid duration')
  }
  if (text.startsWith('-')) return -total
  if (total === longest) throw fail('invalid duration')
  return total
}

const steps: readonly [bigint, string][] = [
  [365n * 86400n, 'y'], [30n * 86400n, 'mo'], [86400n, 'd'], [3600n, 'h'], [60n, 'm'], [1n, 's'],
]

/** A duration in its largest unit only and without its sign (Sprig, durationRound). */
export function roundedDuration(nanoseconds: bigint): string {
  const size = nanoseconds < 0n ? -nanoseconds : nanoseconds
  for (const [seconds, unit] of steps) {
    const scale = seconds * 1000000000n
    if (size > scale) return `${size / scale}${unit}`
  }
  return '0s'
}
