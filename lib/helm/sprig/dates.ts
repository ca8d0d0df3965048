import { attempt } from '../../go/attempt.ts'
import { parseDecimal } from '../../go/parse-int.ts'
import { durationText } from '../../go/print.ts'
import { func, Int, Struct, type Func, type Value } from '../../go/value.ts'
import { parseDuration, roundedDuration } from './duration.ts'
import { formatted, local, utc, zeroSeconds, type Instant } from './layout.ts'
import { parsed } from './parse-time.ts'
import { rounded, within } from './spans.ts'
import { fieldsOf, instantOf, moved, nanosOf, rfc3339, timeOf } from './time.ts'
import { zoneAt } from './zones.ts'

/** A moment from what a template passed; anything but a time or an integer means now. */
function given(value: Value, now: Clock): Instant {
  if (value instanceof Struct && value.type === 'time.Time') return instantOf(value)
  const isUnix = value instanceof Int && ['int', 'int64', 'int32'].includes(value.type)
  return isUnix ? { seconds: value.value, nanos: 0, zone: local } : now()
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
  if (typeof value === 'string') return parseDecimal(value).value
  return value instanceof Int && value.type === 'int64' ? value.value : 0n
}

/** The nanoseconds that have passed since a moment. */
const elapsed = (since: Instant, now: Clock): bigint => within(nanosOf(now()) - nanosOf(since))

function nanosGiven(value: Value, now: Clock): bigint {
  if (typeof value === 'string') return attempt(() => parseDuration(value), () => 0n)
  if (value instanceof Int && value.type === 'int64') return value.value
  return value instanceof Struct && value.type === 'time.Time' ? elapsed(instantOf(value), now) : 0n
}

const ago = (value: Value, now: Clock): string => durationText(rounded(elapsed(given(value, now), now), 1000000000n))

const modify = func(['string', 'time.Time'], (by, time) => attempt(() => modified(by, time), () => time))
const mustModify = func(['string', 'time.Time'], modified)

/** A time from a text such as `2024-05-06T00:00:00Z`, whose zone may have a name of its own. Throws `GoError`. */
export function timeFromText(text: string, zone?: string): Struct {
  const instant = parsed(rfc3339, text)
  return timeOf(zone === undefined ? instant : { ...instant, zone: { name: zone, offset: 0 } })
}

type Clock = () => Instant

const instantAt = (milliseconds: number): Instant =>
  ({ seconds: BigInt(Math.floor(milliseconds / 1000)), nanos: Math.floor((((milliseconds % 1000) + 1000) % 1000) * 1000000), zone: local })

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
