import { durationText, textOf } from '../../go/print.ts'
import { func, Int, IntWithMethods, type Func, type IntType, type Value } from '../../go/value.ts'

const longest = (1n << 63n) - 1n
/** The nearest duration that there is. */
export const within = (nanoseconds: bigint): bigint => (nanoseconds > longest ? longest : nanoseconds < -longest - 1n ? -longest - 1n : nanoseconds)

const absolute = (value: bigint): bigint => (value < 0n ? -value : value)

/** The nearest multiple of `unit`, half away from zero. */
export function rounded(value: bigint, unit: bigint): bigint {
  if (unit <= 0n) return value
  const rest = value % unit
  const isNear = absolute(rest) * 2n < unit
  return within(isNear ? value - rest : value - rest + (value < 0n ? -unit : unit))
}

/** Go's `time.Duration`; one that is too long becomes the longest. */
export function durationOf(nanoseconds: bigint): Int {
  const span = within(nanoseconds)
  const constant = (value: Value): Func => func([], () => value)
  const int64 = (value: bigint): Func => constant(new Int(value, 'int64'))
  const units = (nanos: bigint): Func => constant(Number(span / nanos) + Number(span % nanos) / Number(nanos))
  return new IntWithMethods(span, 'time.Duration', new Map(Object.entries({
    Hours: units(3600000000000n),
    Minutes: units(60000000000n),
    Seconds: units(1000000000n),
    Milliseconds: int64(span / 1000000n),
    Microseconds: int64(span / 1000n),
    Nanoseconds: int64(span),
    String: constant(durationText(span)),
    Abs: func([], () => durationOf(absolute(span))),
    Round: func(['time.Duration'], ({ value }) => durationOf(rounded(span, value))),
    Truncate: func(['time.Duration'], ({ value }) => durationOf(value <= 0n ? span : span - (span % value))),
  })))
}

/** Go's `time.Month` or `time.Weekday`. */
export function namedDay(value: number, type: Extract<IntType, 'time.Month' | 'time.Weekday'>): Int {
  const name = textOf(new Int(value, type))!
  return new IntWithMethods(value, type, new Map([['String', func([], () => name)]]))
}
