import { durationText } from '../../go/print.ts'
import { func, GoError, Int, Struct, type Func, type Methods, type Value } from '../../go/value.ts'
import { parseDuration, roundedDuration } from './duration.ts'
import { civil, formatted, parsed, secondsOf, utc, zeroSeconds, type Instant } from './layout.ts'
import { zoneAt } from './zones.ts'

const instants = new WeakMap<Struct, Instant>()
const standard = '2006-01-02 15:04:05.999999999 -0700 MST'
const rfc3339 = '2006-01-02T15:04:05.999999999Z07:00'

/** What verbs see that are not for a `Stringer`: nanoseconds, seconds since the year 1, and the zone, which is nil for UTC. */
const fieldsOf = ({ seconds, nanos, zone }: Instant): Map<string, Value> =>
  new Map<string, Value>([['wall', new Int(nanos, 'uint64')], ['ext', new Int(seconds - zeroSeconds, 'int64')], ['loc', new Struct('*time.Location', new Map(), zone === utc ? '<nil>' : undefined)]])

/** Go's `time.Time`. */
function timeOf(instant: Instant, fields = fieldsOf(instant)): Struct {
  const struct = new Struct('time.Time', fields, formatted(instant, standard), methodsOf(instant), true, formatted(instant, rfc3339))
  instants.set(struct, instant)
  return struct
}

const instantOf = (time: Struct): Instant => instants.get(time)!

const nanosOf = ({ seconds, nanos }: Instant): bigint => BigInt(seconds) * 1000000000n + BigInt(nanos)

function moved({ zone, ...instant }: Instant, by: bigint): Instant {
  const total = nanosOf({ zone, ...instant }) + by
  const nanos = ((total % 1000000000n) + 1000000000n) % 1000000000n
  return { seconds: Number((total - nanos) / 1000000000n), nanos: Number(nanos), zone }
}

function dateAdded(instant: Instant, years: number, months: number, days: number): Instant {
  const { year, month, day, hour, minute, second } = civil(instant)
  const seconds = secondsOf(year + years, month + months, day + days, hour, minute, second) - instant.zone.offset
  return { ...instant, seconds }
}

const duration = (nanoseconds: bigint): Int => new Int(nanoseconds, 'time.Duration')

const numbers = (instant: Instant): Record<string, Func> => {
  const at = civil(instant)
  const nanos = nanosOf(instant)
  const constant = (value: Value): Func => func([], () => value)
  return {
    Year: constant(new Int(at.year)),
    Month: constant(new Int(at.month, 'time.Month')),
    Day: constant(new Int(at.day)),
    Weekday: constant(new Int(at.weekday, 'time.Weekday')),
    YearDay: constant(new Int(at.yearDay)),
    Hour: constant(new Int(at.hour)),
    Minute: constant(new Int(at.minute)),
    Second: constant(new Int(at.second)),
    Nanosecond: constant(new Int(instant.nanos)),
    Unix: constant(new Int(instant.seconds, 'int64')),
    UnixMilli: constant(new Int(nanos / 1000000n, 'int64')),
    UnixMicro: constant(new Int(nanos / 1000n, 'int64')),
    UnixNano: constant(new Int(nanos, 'int64')),
    IsZero: constant(instant.seconds === zeroSeconds && instant.nanos === 0),
    String: constant(formatted(instant, standard)),
  }
}

const methodsOf = (instant: Instant): Methods => {
  const compared = (test: (order: bigint) => boolean): Func => func(['time.Time'], other => test(nanosOf(instant) - nanosOf(instantOf(other))))
  return new Map(Object.entries({
    ...numbers(instant),
    Format: func(['string'], layout => formatted(instant, layout)),
    Add: func(['time.Duration'], by => timeOf(moved(instant, by.value))),
    AddDate: func(['int', 'int', 'int'], (years, months, days) => timeOf(dateAdded(instant, years, months, days))),
    Sub: func(['time.Time'], other => duration(nanosOf(instant) - nanosOf(instantOf(other)))),
    Before: compared(order => order < 0n),
    After: compared(order => order > 0n),
    Equal: compared(order => order === 0n),
    UTC: func([], () => timeOf({ ...instant, zone: utc })),
    Local: func([], () => timeOf({ ...instant, zone: utc })),
  }))
}

/** A moment from what a template passed; anything but a time or an integer means now. */
function given(value: Value, now: Clock): Instant {
  if (value instanceof Struct && value.type === 'time.Time') return instantOf(value)
  const isUnix = value instanceof Int && ['int', 'int64', 'int32'].includes(value.type)
  return isUnix ? { seconds: Number(value.n), nanos: 0, zone: utc } : now()
}

const inZone = (layout: string, value: Value, zone: string, now: Clock): string => {
  const instant = given(value, now)
  return formatted({ ...instant, zone: zoneAt(zone, instant.seconds) }, layout)
}

function modified(by: string, time: Struct): Struct {
  return timeOf(moved(instantOf(time), parseDuration(by)))
}

const lenient = <Result>(attempt: () => Result, otherwise: Result): Result => {
  try {
    return attempt()
  } catch (error) {
    if (error instanceof GoError) return otherwise
    throw error
  }
}

const zeroTime = (): Struct => timeOf({ seconds: zeroSeconds, nanos: 0, zone: utc })

function secondsGiven(value: Value): bigint {
  if (typeof value === 'string') return /^[+-]?\d{1,18}$/.test(value) ? BigInt(value.replace('+', '')) : 0n
  return value instanceof Int && value.type === 'int64' ? value.value : 0n
}

function nanosGiven(value: Value, now: Clock): bigint {
  if (typeof value === 'string') return lenient(() => parseDuration(value), 0n)
  if (value instanceof Int && value.type === 'int64') return value.value
  return value instanceof Struct && value.type === 'time.Time' ? nanosOf(now()) - nanosOf(instantOf(value)) : 0n
}

function ago(value: Value, now: Clock): string {
  const nanos = nanosOf(now()) - nanosOf(given(value, now))
  const half = nanos < 0n ? -500000000n : 500000000n
  return durationText(((nanos + half) / 1000000000n) * 1000000000n)
}

const modify = func(['string', 'time.Time'], (by, time) => lenient(() => modified(by, time), time))
const mustModify = func(['string', 'time.Time'], modified)

/** A time from a text such as `2024-05-06T00:00:00Z`, whose zone may have a name of its own. Throws `GoError`. */
export function timeFromText(text: string, zone?: string): Struct {
  const instant = parsed(rfc3339, text)
  return timeOf(zone === undefined ? instant : { ...instant, zone: { name: zone, offset: 0 } })
}

type Clock = () => Instant

const instantAt = (milliseconds: number): Instant =>
  ({ seconds: Math.floor(milliseconds / 1000), nanos: (((milliseconds % 1000) + 1000) % 1000) * 1000000, zone: utc })

/** Sprig's functions of dates; `clock` gives the milliseconds since 1970 that they take for now. */
export function dates(clock: () => number): Record<string, Func> {
  let readings = 0
  const now: Clock = () => instantAt(clock())
  // What the clock that only goes forward reads is another each time, so that no two are equal.
  const reading = (instant: Instant): Struct => timeOf(instant, fieldsOf(instant).set('ext', new Int(++readings, 'int64')))
  const dateInZone = func(['string', 'any', 'string'], (layout, value, zone) => inZone(layout, value, zone, now))
  return {
    now: func([], () => reading(now())),
    date: func(['string', 'any'], (layout, value) => inZone(layout, value, 'Local', now)),
    dateInZone,
    date_in_zone: dateInZone,
    htmlDate: func(['any'], value => inZone('2006-01-02', value, 'Local', now)),
    htmlDateInZone: func(['any', 'string'], (value, zone) => inZone('2006-01-02', value, zone, now)),
    dateModify: modify,
    date_modify: modify,
    mustDateModify: mustModify,
    must_date_modify: mustModify,
    toDate: func(['string', 'string'], (layout, text) => lenient(() => timeOf(parsed(layout, text)), zeroTime())),
    mustToDate: func(['string', 'string'], (layout, text) => timeOf(parsed(layout, text))),
    unixEpoch: func(['time.Time'], time => String(instantOf(time).seconds)),
    ago: func(['any'], value => ago(value, now)),
    duration: func(['any'], value => durationText(BigInt.asIntN(64, secondsGiven(value) * 1000000000n))),
    durationRound: func(['any'], value => roundedDuration(nanosGiven(value, now))),
  }
}
