import { attempt } from '../../go/attempt.ts'
import { durationText } from '../../go/print.ts'
import { func, Int, Struct, type Func, type Methods, type Value } from '../../go/value.ts'
import { parseDuration, roundedDuration } from './duration.ts'
import { quote } from '../../go/quote.ts'
import { civil, formatted, local, parsed, secondsOf, utc, zeroSeconds, type Instant, type Zone } from './layout.ts'
import { zoneAt } from './zones.ts'

const instants = new WeakMap<Struct, Instant>()
const standard = '2006-01-02 15:04:05.999999999 -0700 MST'
const rfc3339 = '2006-01-02T15:04:05.999999999Z07:00'

const structOf = (type: string, fields: Record<string, Value>, address?: bigint): Struct =>
  new Struct(type, new Map(Object.entries(fields)), undefined, undefined, false, undefined, undefined, address)

const int64 = (value: bigint | number): Int => new Int(value, 'int64')
const earliest = int64(-(2n ** 63n))
const latest = int64(2n ** 63n - 1n)
// Where the machine's zone stands in Helm 4.1.4 for Linux on x86-64; it is a variable of Go's, not on the heap.
const localAddress = 0x3ffc320n

/** Go's `*time.Location`: nil for UTC, and a table of one zone for an offset. */
function locationOf(zone: Zone): Struct {
  if (zone === utc) return structOf('*time.Location', {}, 0n)
  const isLocal = zone === local
  const own = structOf('time.zone', { name: zone.name, offset: new Int(zone.offset), isDST: false })
  const since = structOf('time.zoneTrans', { when: earliest, index: new Int(0, 'uint8'), isstd: false, isutc: false })
  const cache = structOf('*time.zone', {}, isLocal ? 0n : undefined)
  return structOf('*time.Location', {
    name: zone.name, zone: isLocal ? [] : [own], tx: isLocal ? [] : [since], extend: '',
    cacheStart: isLocal ? int64(0) : earliest, cacheEnd: isLocal ? int64(0) : latest, cacheZone: cache,
  }, isLocal ? localAddress : undefined)
}

/** What verbs see that are not for a `Stringer`: nanoseconds, seconds since the year 1, and the zone. */
const fieldsOf = ({ seconds, nanos, zone }: Instant): Map<string, Value> =>
  new Map<string, Value>([['wall', new Int(nanos, 'uint64')], ['ext', int64(seconds - zeroSeconds)], ['loc', locationOf(zone)]])

/** A time as Go source. */
function goText(instant: Instant): string {
  const { year, day, hour, minute, second } = civil(instant)
  const { zone } = instant
  const location = zone === utc ? 'time.UTC' : zone === local ? 'time.Local' : `time.Location(${quote(zone.name)})`
  return `time.Date(${[year, `time.${formatted(instant, 'January')}`, day, hour, minute, second, instant.nanos, location].join(', ')})`
}

/** Go's `time.Time`. */
function timeOf(instant: Instant, fields = fieldsOf(instant)): Struct {
  const struct = new Struct('time.Time', fields, formatted(instant, standard), methodsOf(instant), true, formatted(instant, rfc3339), goText(instant))
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
    Local: func([], () => timeOf({ ...instant, zone: local })),
  }))
}

/** A moment from what a template passed; anything but a time or an integer means now. */
function given(value: Value, now: Clock): Instant {
  if (value instanceof Struct && value.type === 'time.Time') return instantOf(value)
  const isUnix = value instanceof Int && ['int', 'int64', 'int32'].includes(value.type)
  return isUnix ? { seconds: Number(value.n), nanos: 0, zone: local } : now()
}

const inZone = (layout: string, value: Value, zone: string, now: Clock): string => {
  const instant = given(value, now)
  return formatted({ ...instant, zone: zoneAt(zone, instant.seconds) }, layout)
}

function modified(by: string, time: Struct): Struct {
  return timeOf(moved(instantOf(time), parseDuration(by)))
}

const zeroTime = (): Struct => timeOf({ seconds: zeroSeconds, nanos: 0, zone: utc })

function secondsGiven(value: Value): bigint {
  if (typeof value === 'string') return /^[+-]?\d{1,18}$/.test(value) ? BigInt(value.replace('+', '')) : 0n
  return value instanceof Int && value.type === 'int64' ? value.value : 0n
}

function nanosGiven(value: Value, now: Clock): bigint {
  if (typeof value === 'string') return attempt(() => parseDuration(value), () => 0n)
  if (value instanceof Int && value.type === 'int64') return value.value
  return value instanceof Struct && value.type === 'time.Time' ? nanosOf(now()) - nanosOf(instantOf(value)) : 0n
}

function ago(value: Value, now: Clock): string {
  const nanos = nanosOf(now()) - nanosOf(given(value, now))
  const half = nanos < 0n ? -500000000n : 500000000n
  return durationText(((nanos + half) / 1000000000n) * 1000000000n)
}

const modify = func(['string', 'time.Time'], (by, time) => attempt(() => modified(by, time), () => time))
const mustModify = func(['string', 'time.Time'], modified)

/** A time from a text such as `2024-05-06T00:00:00Z`, whose zone may have a name of its own. Throws `GoError`. */
export function timeFromText(text: string, zone?: string): Struct {
  const instant = parsed(rfc3339, text)
  return timeOf(zone === undefined ? instant : { ...instant, zone: { name: zone, offset: 0 } })
}

type Clock = () => Instant

const instantAt = (milliseconds: number): Instant =>
  ({ seconds: Math.floor(milliseconds / 1000), nanos: Math.floor((((milliseconds % 1000) + 1000) % 1000) * 1000000), zone: local })

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
    toDate: func(['string', 'string'], (layout, text) => attempt(() => timeOf(parsed(layout, text)), zeroTime)),
    mustToDate: func(['string', 'string'], (layout, text) => timeOf(parsed(layout, text))),
    unixEpoch: func(['time.Time'], time => String(instantOf(time).seconds)),
    ago: func(['any'], value => ago(value, now)),
    duration: func(['any'], value => durationText(BigInt.asIntN(64, secondsGiven(value) * 1000000000n))),
    durationRound: func(['any'], value => roundedDuration(nanosGiven(value, now))),
  }
}
