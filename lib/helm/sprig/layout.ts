import { toBytes } from '../../go/bytes.ts'

/** A point in time: seconds since 1970 in 64 bits, the rest in nanoseconds, and the zone that it is shown in. */
export interface Instant {
  readonly seconds: bigint
  readonly nanos: number
  readonly zone: Zone
}

/** A zone at some moment: its short name and how many seconds it is ahead of UTC. */
export interface Zone {
  readonly name: string
  readonly offset: number
  /** A copy of a zone has lost its name and tables; times in it are told in UTC. */
  readonly isBlank?: true
}

export const utc: Zone = { name: 'UTC', offset: 0 }
/** The zone of the machine, which is UTC here; Go tells the two apart where a time is printed as a struct. */
export const local: Zone = { name: 'UTC', offset: 0 }

const wholeHours = new Map<number, Zone>()

/** A zone of one offset; without a name, of whole hours and at most 12 behind and 14 ahead of UTC always the same, as Go has it. */
export function fixedZone(name: string, offset: number): Zone {
  const zone = wholeHours.get(name === '' ? offset : NaN) ?? { name, offset }
  if (name === '' && offset % 3600 === 0 && offset >= -12 * 3600 && offset <= 14 * 3600) wholeHours.set(offset, zone)
  return zone
}

/** Go's zero time: the first of January of the year 1. */
export const zeroSeconds = -62135596800n

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']
const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']

/** The year in whose March Go's calendar begins; it counts from there without sign, so that what is before it comes at the end. */
const firstYear = -292277022400n

const unsigned = (value: bigint): bigint => BigInt.asUintN(64, value)

/** Days from the beginning of the calendar to a day of it; months beyond the year carry over. Numbers too large wrap around as Go's do (time, Date). */
function dayNumber(year: bigint, month: bigint, day: bigint): bigint {
  const ofMonth = (((month - 1n) % 12n) + 12n) % 12n
  const january = year + (month - 1n - ofMonth) / 12n
  // A year that begins in March has its leap day at the end.
  const years = unsigned((ofMonth < 2n ? january - 1n : january) - firstYear)
  const centuries = unsigned((years / 100n) * 146097n) / 4n
  return unsigned(centuries + ((years % 100n) * 1461n) / 4n + (((ofMonth + 10n) % 12n) * 153n + 2n) / 5n + day - 1n)
}

/** Days from the beginning of the calendar to 1970. */
const unixDays = dayNumber(1970n, 1n, 1n)

/** The calendar day that is so many days after the first of January 1970. */
function dateOf(days: number): { year: number; month: number; day: number } {
  const era = Math.floor((days + 719468) / 146097)
  const ofEra = days + 719468 - era * 146097
  const since = Math.floor((ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36524) - Math.floor(ofEra / 146096)) / 365)
  const ofYear = ofEra - since * 365 - Math.floor(since / 4) + Math.floor(since / 100)
  const fromMarch = Math.floor((ofYear * 5 + 2) / 153)
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9
  return { year: since + era * 400 + (month < 3 ? 1 : 0), month, day: ofYear - Math.floor((fromMarch * 153 + 2) / 5) + 1 }
}

/** The parts of a moment as a clock and calendar in its zone show them. */
export function civil({ seconds, zone }: Instant) {
  const shown = unsigned(seconds + BigInt(zone.offset) + unixDays * 86400n)
  const days = Number(shown / 86400n - unixDays)
  const ofDay = Number(shown % 86400n)
  const date = dateOf(days)
  // The calendar repeats after 400 years, and begins within its first.
  const alike = BigInt(2000 + (date.year % 400))
  return {
    ...date, weekday: (((days + 4) % 7) + 7) % 7, yearDay: Number(dayNumber(alike, BigInt(date.month), BigInt(date.day)) - dayNumber(alike, 1n, 1n)) + 1,
    hour: Math.floor(ofDay / 3600), minute: Math.floor(ofDay / 60) % 60, second: ofDay % 60,
  }
}

/** Seconds since 1970 of a calendar day and a second of it; months and days beyond their range carry over. */
export const secondsOf = (year: bigint, month: bigint, day: bigint, ofDay: number): bigint =>
  BigInt.asIntN(64, (dayNumber(year, month, day) - unixDays) * 86400n + BigInt(ofDay))

/** The days of a month. */
export const daysIn = (year: number, month: number): number =>
  Number(dayNumber(BigInt(year), BigInt(month + 1), 1n) - dayNumber(BigInt(year), BigInt(month), 1n))

/** The parts of a layout (time, nextStdChunk). */
export const chunks =
  /January|Jan(?![a-z])|Monday|Mon(?![a-z])|MST|002|0[1-6]|15|1|2006|2|__2|_2(?!006)|[345]|PM|pm|[-Z]07(?::00:00|0000|:00|00)?|[.,](?:0+|9+)(?!\d)/g

/** A number of so many digits, beside its sign. */
const padded = (value: number, width: number, fill = '0'): string => (value < 0 ? '-' : '') + String(Math.abs(value)).padStart(width, fill)

function offsetText(token: string, offset: number): string {
  if (token.startsWith('Z') && offset === 0) return 'Z'
  const size = Math.abs(offset)
  const parts = [padded(Math.floor(size / 3600), 2), padded(Math.floor(size / 60) % 60, 2), padded(size % 60, 2)]
  const count = token.replaceAll(':', '').length === 3 ? 1 : token.replaceAll(':', '').length === 5 ? 2 : 3
  return (offset <= -60 ? '-' : '+') + parts.slice(0, count).join(token.includes(':') ? ':' : '')
}

function fraction(token: string, nanos: number): string {
  const digits = padded(nanos, 9).slice(0, token.length - 1)
  if (token[1] === '0') return token[0] + digits
  const short = digits.replace(/0+$/, '')
  return short && token[0] + short
}

type Civil = ReturnType<typeof civil>

const writers: Record<string, (at: Civil) => string> = {
  January: at => months[at.month - 1]!,
  Jan: at => months[at.month - 1]!.slice(0, 3),
  Monday: at => days[at.weekday]!,
  Mon: at => days[at.weekday]!.slice(0, 3),
  '01': at => padded(at.month, 2),
  '1': at => String(at.month),
  '02': at => padded(at.day, 2),
  '2': at => String(at.day),
  _2: at => padded(at.day, 2, ' '),
  '002': at => padded(at.yearDay, 3),
  __2: at => padded(at.yearDay, 3, ' '),
  '2006': at => padded(at.year, 4),
  '06': at => padded(Math.abs(at.year) % 100, 2),
  '15': at => padded(at.hour, 2),
  '03': at => padded(at.hour % 12 || 12, 2),
  '3': at => String(at.hour % 12 || 12),
  '04': at => padded(at.minute, 2),
  '4': at => String(at.minute),
  '05': at => padded(at.second, 2),
  '5': at => String(at.second),
  PM: at => (at.hour >= 12 ? 'PM' : 'AM'),
  pm: at => (at.hour >= 12 ? 'pm' : 'am'),
}

/** A moment in a layout that shows how 2006-01-02 15:04:05 would look (time, Format). */
export function formatted(instant: Instant, layout: string): string {
  const at = civil(instant)
  return layout.replace(chunks, token => {
    if (token === 'MST') return instant.zone.name || offsetText('-0700', instant.zone.offset)
    if (/^[-Z]/.test(token)) return offsetText(token, instant.zone.offset)
    if (/^[.,]/.test(token)) return fraction(token, instant.nanos)
    return writers[token]!(at)
  })
}

/** A text in quotes as Go's `time` writes it: bytes beyond ASCII are escaped. */
export const timeQuote = (text: string): string =>
  `"${Array.from(toBytes(text), byte => (byte < 0x20 || byte >= 0x80 ? `\\x${byte.toString(16).padStart(2, '0')}` : byte === 0x22 || byte === 0x5c ? `\\${String.fromCharCode(byte)}` : String.fromCharCode(byte))).join('')}"`
