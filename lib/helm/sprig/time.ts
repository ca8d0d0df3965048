import { toBytes } from '../../go/bytes.ts'
import { quote } from '../../go/quote.ts'
import { BadSignature, func, GoError, Int, NilList, Slice, Struct, type Func, type Methods, type Value } from '../../go/value.ts'
import { civil, formatted, local, secondsOf, utc, zeroSeconds, type Instant, type Zone } from './layout.ts'
import { durationOf, namedDay } from './spans.ts'

const instants = new WeakMap<Struct, Instant>()
const standard = '2006-01-02 15:04:05.999999999 -0700 MST'
/** The layout of RFC 3339 with a fraction of a second. */
export const rfc3339 = '2006-01-02T15:04:05.999999999Z07:00'

const structOf = (type: string, fields: Record<string, Value>, address?: bigint): Struct =>
  new Struct(type, new Map(Object.entries(fields)), undefined, undefined, false, undefined, undefined, address)

const int64 = (value: bigint | number): Int => new Int(value, 'int64')
const earliest = int64(-(2n ** 63n))
const latest = int64(2n ** 63n - 1n)
// Where the machine's zone stands in Helm 4.1.4 for Linux on x86-64; it is a variable of Go's, not on the heap.
const localAddress = 0x3ffc320n

const zones = new WeakMap<Struct, Zone>()

const nameOf = ({ name, isBlank }: Zone): string => (isBlank ? '' : name)

/** What a zone is to verbs that are not for a `Stringer`: UTC and the machine's zone have no tables, an offset has those of one zone. */
function fieldsOfZone(zone: Zone): Record<string, Value> {
  const hasTables = zone !== utc && zone !== local && !zone.isBlank
  const own = structOf('time.zone', { name: zone.name, offset: new Int(zone.offset), isDST: false })
  const since = structOf('time.zoneTrans', { when: earliest, index: new Int(0, 'uint8'), isstd: false, isutc: false })
  return {
    name: nameOf(zone),
    zone: new Slice('time.zone', hasTables ? [own] : new NilList()),
    tx: new Slice('time.zoneTrans', hasTables ? [since] : new NilList()),
    extend: '',
    cacheStart: hasTables ? earliest : int64(0),
    cacheEnd: hasTables ? latest : int64(0),
    cacheZone: structOf('*time.zone', {}, hasTables ? undefined : 0n),
  }
}

/** Of the same zone always the same, for it is a pointer. */
function pointerTo(made: WeakMap<Zone, Struct>, zone: Zone, make: () => Struct): Struct {
  const found = made.get(zone) ?? make()
  made.set(zone, found)
  return found
}

const held = new WeakMap<Zone, Struct>()

/** The zone that a time holds: nil for UTC. */
const heldZone = (zone: Zone): Struct =>
  pointerTo(held, zone, () => structOf('*time.Location', zone === utc ? {} : fieldsOfZone(zone), zone === utc ? 0n : zone === local ? localAddress : undefined))

const locations = new WeakMap<Zone, Struct>()

/** Go's `*time.Location` as a method gives it. */
function locationOf(zone: Zone): Struct {
  return pointerTo(locations, zone, () => {
    const name = nameOf(zone)
    const methods: Methods = new Map([['String', func([], () => name)]])
    const location = new Struct('*time.Location', new Map(Object.entries(fieldsOfZone(zone))), name, methods, true, undefined, undefined, undefined, true)
    zones.set(location, zone)
    return location
  })
}

/** What Go's `deepCopy` makes of a zone, whose fields it does not see. */
export const blankLocation = (): Struct => locationOf({ ...utc, isBlank: true })

/** Seconds since the year 1, which is how Go keeps them, in 64 bits. */
const sinceZero = (seconds: bigint): bigint => BigInt.asIntN(64, seconds - zeroSeconds)

/** What verbs see that are not for a `Stringer`: nanoseconds, seconds since the year 1, and the zone. */
export const fieldsOf = ({ seconds, nanos, zone }: Instant): Map<string, Value> =>
  new Map<string, Value>([['wall', new Int(nanos, 'uint64')], ['ext', int64(sinceZero(seconds))], ['loc', heldZone(zone)]])

/** A time as Go source. */
function goText(instant: Instant): string {
  const { year, day, hour, minute, second } = civil(instant)
  const { zone } = instant
  const location = zone === utc ? 'time.UTC' : zone === local ? 'time.Local' : `time.Location(${quote(zone.name)})`
  return `time.Date(${[year, `time.${formatted(instant, 'January')}`, day, hour, minute, second, instant.nanos, location].join(', ')})`
}

/** Go's `time.Time`. */
export function timeOf(instant: Instant, fields = fieldsOf(instant)): Struct {
  const struct = new Struct('time.Time', fields, formatted(instant, standard), methodsOf(instant), true, formatted(instant, rfc3339), goText(instant))
  instants.set(struct, instant)
  return struct
}

/** The moment that a `time.Time` is. */
export const instantOf = (time: Struct): Instant => instants.get(time)!

/** Nanoseconds since the year 1. */
export const nanosOf = ({ seconds, nanos }: Instant): bigint => sinceZero(seconds) * 1000000000n + BigInt(nanos)

/** A moment that is so many nanoseconds later. */
export function moved(instant: Instant, by: bigint): Instant {
  const total = nanosOf(instant) + by
  const nanos = ((total % 1000000000n) + 1000000000n) % 1000000000n
  const since = (total - nanos) / 1000000000n
  // At the other end Go stops one second before its first (time, Add).
  const reached = since > latest.value ? latest.value : since < earliest.value ? -latest.value : since
  return { ...instant, seconds: BigInt.asIntN(64, reached + zeroSeconds), nanos: Number(nanos) }
}

function dateAdded(instant: Instant, years: number, months: number, days: number): Instant {
  const { year, month, day, hour, minute, second } = civil(instant)
  const sum = (part: number, by: number): bigint => BigInt.asIntN(64, BigInt(part) + BigInt(by))
  const seconds = secondsOf(sum(year, years), sum(month, months), sum(day, days), hour * 3600 + minute * 60 + second)
  return { ...instant, seconds: BigInt.asIntN(64, seconds - BigInt(instant.zone.offset)) }
}

const numbers = (instant: Instant): Record<string, Func> => {
  const at = civil(instant)
  const { seconds, nanos } = instant
  const constant = (value: Value): Func => func([], () => value)
  const count = (perSecond: bigint): Func => constant(int64(BigInt.asIntN(64, seconds * perSecond + BigInt(nanos) / (1000000000n / perSecond))))
  return {
    Year: constant(new Int(at.year)),
    Month: constant(namedDay(at.month, 'time.Month')),
    Day: constant(new Int(at.day)),
    Weekday: constant(namedDay(at.weekday, 'time.Weekday')),
    YearDay: constant(new Int(at.yearDay)),
    Hour: constant(new Int(at.hour)),
    Minute: constant(new Int(at.minute)),
    Second: constant(new Int(at.second)),
    Nanosecond: constant(new Int(nanos)),
    Unix: count(1n),
    UnixMilli: count(1000n),
    UnixMicro: count(1000000n),
    UnixNano: count(1000000000n),
    IsZero: constant(seconds === zeroSeconds && nanos === 0),
    IsDST: constant(false),
    String: constant(formatted(instant, standard)),
    GoString: func([], () => goText(instant)),
  }
}

const unfit = (problem: string): Func =>
  func([], () => {
    throw new BadSignature(problem)
  })
const second = (name: string, type: string): Func => unfit(`invalid function signature for ${name}: second return value should be error; is ${type}`)

/** Methods that no template can call, for what they give. */
const unusable = {
  Date: unfit('function Date has 3 return values; should be 1 or 2'),
  Clock: unfit('function Clock has 3 return values; should be 1 or 2'),
  ISOWeek: second('ISOWeek', 'int'),
  Zone: second('Zone', 'int'),
  ZoneBounds: second('ZoneBounds', 'time.Time'),
}

const bytes = (items: Iterable<number>): Value[] => Array.from(items, (byte) => new Int(byte, 'uint8'))
const appended = (before: Slice, text: string): Slice => new Slice('uint8', [...before.items, ...bytes(toBytes(text))])
const nothing = new Slice('uint8', [])

/** As RFC 3339 has it. Throws `GoError` for what it has no text for. */
function strict(instant: Instant, method: string): string {
  const text = formatted(instant, rfc3339)
  if (!/^\d{4}-/.test(text)) throw new GoError(`Time.${method}: year outside of range [0,9999]`)
  if (/[+-](?:\d{3,}|2[4-9]|[3-9]\d):\d\d$/.test(text)) throw new GoError(`Time.${method}: timezone hour outside of range [0,23]`)
  return text
}

/** As Go's `MarshalBinary` writes it: the version, seconds since the year 1, nanoseconds, and minutes from UTC. */
function binary({ seconds, nanos, zone }: Instant): number[] {
  const minutes = zone === utc ? -1 : Math.trunc(zone.offset / 60)
  const rest = zone.offset % 60
  if (zone !== utc && (minutes === -1 || minutes < -32768 || minutes > 32767)) throw new GoError('Time.MarshalBinary: unexpected zone offset')
  const view = new DataView(new ArrayBuffer(rest ? 16 : 15))
  view.setUint8(0, rest ? 2 : 1)
  view.setBigInt64(1, sinceZero(seconds))
  view.setUint32(9, nanos)
  view.setInt16(13, minutes)
  if (rest) view.setInt8(15, rest)
  return [...new Uint8Array(view.buffer)]
}

const writers = (instant: Instant): Record<string, Func> => ({
  Format: func(['string'], layout => formatted(instant, layout)),
  AppendFormat: func(['[]uint8', 'string'], (before, layout) => appended(before, formatted(instant, layout))),
  MarshalText: func([], () => appended(nothing, strict(instant, 'MarshalText'))),
  AppendText: func(['[]uint8'], before => appended(before, strict(instant, 'AppendText'))),
  MarshalJSON: func([], () => appended(nothing, `"${strict(instant, 'MarshalJSON')}"`)),
  MarshalBinary: func([], () => new Slice('uint8', bytes(binary(instant)))),
  GobEncode: func([], () => new Slice('uint8', bytes(binary(instant)))),
  AppendBinary: func(['[]uint8'], before => new Slice('uint8', [...before.items, ...bytes(binary(instant))])),
})

/** The time since the year 1 that is left of a multiple of a duration. */
const beyond = (instant: Instant, unit: bigint): bigint => ((nanosOf(instant) % unit) + unit) % unit

function roundedTime(instant: Instant, unit: bigint): Instant {
  if (unit <= 0n) return instant
  const rest = beyond(instant, unit)
  return moved(instant, rest * 2n < unit ? -rest : unit - rest)
}

function inLocation(instant: Instant, location: Struct | null): Struct {
  if (location === null) throw new GoError('time: missing Location in call to Time.In')
  return timeOf({ ...instant, zone: zones.get(location) ?? utc })
}

const methodsOf = (instant: Instant): Methods => {
  const order = (other: Struct): number => {
    const apart = nanosOf(instant) - nanosOf(instantOf(other))
    return apart < 0n ? -1 : apart > 0n ? 1 : 0
  }
  return new Map(Object.entries({
    ...numbers(instant),
    ...unusable,
    ...writers(instant),
    Add: func(['time.Duration'], by => timeOf(moved(instant, by.value))),
    AddDate: func(['int', 'int', 'int'], (years, months, days) => timeOf(dateAdded(instant, years, months, days))),
    Sub: func(['time.Time'], other => durationOf(nanosOf(instant) - nanosOf(instantOf(other)))),
    Round: func(['time.Duration'], ({ value }) => timeOf(roundedTime(instant, value))),
    Truncate: func(['time.Duration'], ({ value }) => timeOf(value <= 0n ? instant : moved(instant, -beyond(instant, value)))),
    Before: func(['time.Time'], other => order(other) < 0),
    After: func(['time.Time'], other => order(other) > 0),
    Equal: func(['time.Time'], other => order(other) === 0),
    Compare: func(['time.Time'], other => new Int(order(other))),
    UTC: func([], () => timeOf({ ...instant, zone: utc })),
    Local: func([], () => timeOf({ ...instant, zone: local })),
    In: func(['*time.Location'], location => inLocation(instant, location)),
    Location: func([], () => locationOf(instant.zone)),
  }))
}
