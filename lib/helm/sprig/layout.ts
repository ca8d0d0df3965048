import { toBytes } from '../../go/bytes.ts'
import { GoError } from '../../go/value.ts'

/** A point in time: seconds since 1970, the rest in nanoseconds, and the zone that it is shown in. */
export interface Instant {
  readonly seconds: number
  readonly nanos: number
  readonly zone: Zone
}

/** A zone at some moment: its short name and how many seconds it is ahead of UTC. */
export interface Zone {
  readonly name: string
  readonly offset: number
}

export const utc: Zone = { name: 'UTC', offset: 0 }
/** The zone of the machine, which is UTC here; Go tells the two apart where a time is printed as a struct. */
export const local: Zone = { name: 'UTC', offset: 0 }

/** Go's zero time: the first of January of the year 1. */
export const zeroSeconds = -62135596800

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']
const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']

/** The parts of a moment as a clock and calendar in its zone show them. */
export function civil({ seconds, zone }: Instant) {
  const date = new Date((seconds + zone.offset) * 1000)
  const year = date.getUTCFullYear()
  const yearDay = Math.floor((date.getTime() - startOf(year)) / 86400000) + 1
  return {
    year, month: date.getUTCMonth() + 1, day: date.getUTCDate(), weekday: date.getUTCDay(), yearDay,
    hour: date.getUTCHours(), minute: date.getUTCMinutes(), second: date.getUTCSeconds(),
  }
}

function startOf(year: number): number {
  const date = new Date(0)
  date.setUTCFullYear(year, 0, 1)
  return date.getTime()
}

/** Seconds since 1970 of a calendar day; parts beyond their range carry over. */
export function secondsOf(year: number, month: number, day: number, hour = 0, minute = 0, second = 0): number {
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  return date.getTime() / 1000 + hour * 3600 + minute * 60 + second
}

const pattern =
  /January|Jan(?![a-z])|Monday|Mon(?![a-z])|MST|002|0[1-6]|15|1|2006|2|_2006|__2|_2|[345]|PM|pm|[-Z]07(?::00:00|0000|:00|00)?|[.,](?:0+|9+)(?!\d)/g

/** A number of so many digits, beside its sign. */
const padded = (value: number, width: number, fill = '0'): string => (value < 0 ? '-' : '') + String(Math.abs(value)).padStart(width, fill)

function offsetText(token: string, offset: number): string {
  if (token.startsWith('Z') && offset === 0) return 'Z'
  const size = Math.abs(offset)
  const parts = [padded(Math.floor(size / 3600), 2), padded(Math.floor(size / 60) % 60, 2), padded(size % 60, 2)]
  const count = token.replaceAll(':', '').length === 3 ? 1 : token.replaceAll(':', '').length === 5 ? 2 : 3
  return (offset < 0 ? '-' : '+') + parts.slice(0, count).join(token.includes(':') ? ':' : '')
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
  _2006: at => `_${padded(at.year, 4)}`,
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
  return layout.replace(pattern, token => {
    if (token === 'MST') return instant.zone.name || offsetText('-0700', instant.zone.offset)
    if (/^[-Z]/.test(token)) return offsetText(token, instant.zone.offset)
    if (/^[.,]/.test(token)) return fraction(token, instant.nanos)
    return writers[token]!(at)
  })
}

/** What was read so far. */
interface Reading {
  year: number
  month: number
  day: number
  yearDay: number
  hour: number
  minute: number
  second: number
  nanos: number
  afternoon: boolean | undefined
  /** UTC, where the text says so. */
  zone: Zone | undefined
  offset: number | undefined
  zoneName: string
}

const lower = (names: readonly string[], text: string): number => names.findIndex(name => text.toLowerCase().startsWith(name.toLowerCase()))

function offsetOf(text: string): number {
  const [hours = '0', minutes = '0', seconds = '0'] = text.slice(1).match(/\d\d/g) ?? []
  return (text.startsWith('-') ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds))
}

type Reader = readonly [RegExp, (reading: Reading, text: string) => void | false]

const number = (part: 'year' | 'month' | 'day' | 'yearDay' | 'hour' | 'minute' | 'second', source: string): Reader => [
  new RegExp(`^${source}`),
  (reading, text) => {
    reading[part] = Number(text)
  },
]

const shortNames = (names: readonly string[]): string[] => names.map(name => name.slice(0, 3))

function monthReader(names: readonly string[]): Reader {
  return [new RegExp(`^(?:${names.join('|')})`, 'i'), (reading, text) => {
    reading.month = lower(names, text) + 1
  }]
}

const weekdayReader = (names: readonly string[]): Reader => [new RegExp(`^(?:${names.join('|')})`, 'i'), () => {}]

const afternoonReader: Reader = [/^[AP]M/i, (reading, text) => {
  reading.afternoon = /^p/i.test(text)
}]

const readers: Record<string, Reader> = {
  January: monthReader(months), Jan: monthReader(shortNames(months)),
  Monday: weekdayReader(days), Mon: weekdayReader(shortNames(days)),
  '01': number('month', '\\d\\d'), '1': number('month', '\\d\\d?'),
  '02': number('day', '\\d\\d'), '2': number('day', '\\d\\d?'), _2: number('day', ' ?\\d\\d?'),
  '002': number('yearDay', '\\d{3}'), __2: number('yearDay', ' *\\d{1,3}'),
  '2006': number('year', '\\d{4}'),
  '06': [/^\d\d/, (reading, text) => {
    reading.year = Number(text) + (Number(text) >= 69 ? 1900 : 2000)
  }],
  '15': number('hour', '\\d\\d?'), '03': number('hour', '\\d\\d'), '3': number('hour', '\\d\\d?'),
  '04': number('minute', '\\d\\d'), '4': number('minute', '\\d\\d?'),
  '05': number('second', '\\d\\d'), '5': number('second', '\\d\\d?'),
  PM: afternoonReader, pm: afternoonReader,
  MST: [/^(?:UTC|GMT(?:[+-]0*(?:1?\d|2[0-3])(?!\d))?|[+-]0*(?:1?\d|2[0-3])(?!\d)|ChST|MeST|(?:[A-Z]{4}T|[A-Z]{3}T|WITA|[A-Z]{3})(?![A-Z]))/, (reading, text) => {
    if (text === 'UTC') reading.zone = utc
    else reading.zoneName = text
  }],
}

function readerOf(token: string): Reader {
  if (/^[-Z]/.test(token)) {
    const colon = token.includes(':') ? ':' : ''
    const pairs = token.replaceAll(':', '').length === 3 ? 1 : token.replaceAll(':', '').length === 5 ? 2 : 3
    const digits = Array(pairs).fill('\\d\\d').join(colon)
    return [new RegExp(`^(?:${token.startsWith('Z') ? 'Z|' : ''}[+-]${digits})`), (reading, text) => {
      if (text === 'Z') reading.zone = utc
      else reading.offset = offsetOf(text)
    }]
  }
  if (/^[.,]/.test(token)) {
    return [token[1] === '0' ? new RegExp(`^[.,]\\d{${token.length - 1}}`) : /^(?:[.,]\d+)?/, (reading, text) => {
      reading.nanos = Number(text.slice(1).padEnd(9, '0').slice(0, 9))
    }]
  }
  return readers[token]!
}

const ranges: readonly [keyof Reading, number, number][] = [['month', 1, 12], ['hour', 0, 23], ['minute', 0, 59], ['second', 0, 59]]

/** A text in quotes as Go's `time` writes it: bytes beyond ASCII are escaped. */
export const timeQuote = (text: string): string =>
  `"${Array.from(toBytes(text), byte => (byte < 0x20 || byte >= 0x80 ? `\\x${byte.toString(16).padStart(2, '0')}` : byte === 0x22 || byte === 0x5c ? `\\${String.fromCharCode(byte)}` : String.fromCharCode(byte))).join('')}"`

/** Reads a text in a layout (time, Parse). Throws `GoError` with Go's message. */
export function parsed(layout: string, text: string): Instant {
  const reading: Reading = { year: 0, month: 1, day: 1, yearDay: 0, hour: 0, minute: 0, second: 0, nanos: 0, afternoon: undefined, zone: undefined, offset: undefined, zoneName: '' }
  const fail = (what: string): never => {
    throw new GoError(`parsing time ${timeQuote(text)}${what}`)
  }
  let rest = text
  let at = 0
  const skip = (between: string): void => {
    const skipped = pastPrefix(rest, between)
    rest = skipped.rest
    if (!skipped.found) fail(` as ${timeQuote(layout)}: cannot parse ${timeQuote(rest)} as ${timeQuote(between)}`)
  }
  for (const match of layout.matchAll(pattern)) {
    skip(layout.slice(at, match.index))
    const [matcher, read] = readerOf(match[0])
    const found = matcher.exec(rest)
    if (!found) return fail(` as ${timeQuote(layout)}: cannot parse ${timeQuote(rest)} as ${timeQuote(match[0])}`)
    read(reading, found[0])
    checkRanges(reading, fail)
    rest = rest.slice(found[0].length)
    // Go reads a fraction of a second even where the layout has none.
    if (/^_?0?5$/.test(match[0]) && !/^[.,][09]/.test(layout.slice(match.index + match[0].length))) rest = readFraction(reading, rest)
    at = match.index + match[0].length
  }
  skip(layout.slice(at))
  if (rest) fail(`: extra text: ${timeQuote(rest)}`)
  return instantOf(reading, fail)
}

/** Go looks at each part as soon as it is read. */
function checkRanges(reading: Reading, fail: (what: string) => never): void {
  for (const [part, low, high] of ranges) {
    const value = reading[part] as number
    if (value < low || value > high) fail(`: ${part} out of range`)
  }
}

/** What follows a text between two parts of a layout, or what is left where it is not there; any number of spaces stands for any other. */
function pastPrefix(text: string, prefix: string): { rest: string; found: boolean } {
  let rest = text
  for (let at = 0; at < prefix.length; at++) {
    if (prefix[at] === ' ') {
      if (rest !== '' && !rest.startsWith(' ')) return { rest, found: false }
      while (prefix[at + 1] === ' ') at++
      rest = rest.replace(/^ +/, '')
    } else if (rest[0] === prefix[at]) rest = rest.slice(1)
    else return { rest, found: false }
  }
  return { rest, found: true }
}

function readFraction(reading: Reading, rest: string): string {
  const found = /^[.,]\d+/.exec(rest)
  if (!found) return rest
  reading.nanos = Number(found[0].slice(1).padEnd(9, '0').slice(0, 9))
  return rest.slice(found[0].length)
}

/** The zone that was read; the machine's where it fits, too. */
function zoneOf({ zone, offset, zoneName }: Reading): Zone {
  if (zone) return zone
  if (offset !== undefined) return offset === 0 && (zoneName === '' || zoneName === local.name) ? local : { name: zoneName, offset }
  if (zoneName === '') return local
  return { name: zoneName, offset: zoneName.startsWith('GMT') ? Number(zoneName.slice(3)) * 3600 : 0 }
}

function instantOf(reading: Reading, fail: (what: string) => never): Instant {
  if (reading.afternoon !== undefined) reading.hour = (reading.hour % 12) + (reading.afternoon ? 12 : 0)
  const { year, month, day, hour, minute, second, nanos, yearDay } = reading
  if (yearDay) return { seconds: secondsOf(year, 1, yearDay, hour, minute, second), nanos, zone: local }
  const daysInMonth = new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate()
  if (day < 1 || day > daysInMonth) fail(': day out of range')
  // A zone that is only named leaves the moment as it is: nobody knows how far from UTC it is.
  return { seconds: secondsOf(year, month, day, hour, minute, second) - (reading.offset ?? 0), nanos, zone: zoneOf(reading) }
}
