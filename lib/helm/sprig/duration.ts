import { GoError } from '../../go/value.ts'
import { timeQuote } from './layout.ts'

const units = new Map([['ns', 1n], ['us', 1000n], ['µs', 1000n], ['μs', 1000n], ['ms', 1000000n], ['s', 1000000000n], ['m', 60000000000n], ['h', 3600000000000n]])

const part = /(\d*)(?:\.(\d*))?(ns|us|µs|μs|ms|s|m|h)/y

function wrong(text: string): GoError {
  const [, number, unit] = /^[+-]?(\d*\.?\d*)([^\d.]*)/.exec(text)!
  if (number && number !== '.' && !unit) return new GoError(`time: missing unit in duration ${timeQuote(text)}`)
  if (number && number !== '.' && !units.has(unit!)) return new GoError(`time: unknown unit ${timeQuote(unit!)} in duration ${timeQuote(text)}`)
  return new GoError(`time: invalid duration ${timeQuote(text)}`)
}

/** The nanoseconds that a text such as `1h30m` means (time, ParseDuration). Throws `GoError`. */
export function parseDuration(text: string): bigint {
  const body = text.replace(/^[+-]/, '')
  if (body === '0') return 0n
  let total = 0n
  part.lastIndex = 0
  while (part.lastIndex < body.length) {
    const found = part.exec(body)
    if (!found || !(found[1] || found[2])) throw wrong(text)
    const scale = units.get(found[3]!)!
    const fraction = (found[2] ?? '').slice(0, 18)
    total += BigInt(found[1] || '0') * scale + (BigInt(fraction || '0') * scale) / 10n ** BigInt(fraction.length)
  }
  if (!body || total >= 1n << 63n) throw wrong(text)
  return text.startsWith('-') ? -total : total
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
