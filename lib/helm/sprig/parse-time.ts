import { GoError } from '../../go/value.ts'
import { chunks, daysIn, fixedZone, local, secondsOf, timeQuote, utc, type Instant } from './layout.ts'

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const longMonths = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december']
const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']
const longDays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']

/** That a part of a text is not what the layout asks for. */
const misfit = Symbol('misfit')

/** Reads the parts of a text as a layout names them. Source: Go `time.Parse`. */
class TimeReader {
  year = 0
  month: number | undefined
  day: number | undefined
  yearDay: number | undefined
  hour = 0
  minute = 0
  second = 0
  nanos = 0
  half: 'am' | 'pm' | undefined
  isUtc = false
  offset: number | undefined
  zoneName = ''

  constructor(public rest: string) {}

  /** Passes what a pattern finds here, and gives it. */
  private take(pattern: RegExp): string {
    const found = pattern.exec(this.rest)
    if (!found) throw misfit
    this.rest = this.rest.slice(found[0].length)
    return found[0]
  }

  private number(pattern: RegExp): number {
    return Number(this.take(pattern))
  }

  private name(names: readonly string[]): number {
    const lower = this.rest.slice(0, 9).replace(/[A-Z]/g, (char) => char.toLowerCase())
    const at = names.findIndex((name) => lower.startsWith(name))
    if (at < 0) throw misfit
    this.rest = this.rest.slice(names[at]!.length)
    return at
  }

  private inRange(part: string, value: number, low: number, high: number): number {
    if (value < low || value > high) throw new GoError(`: ${part} out of range`)
    return value
  }

  /** Passes what stands between two parts; any number of spaces stands for any other. */
  skip(between: string): void {
    for (let at = 0; at < between.length; at++) {
      if (between[at] === ' ') {
        if (this.rest !== '' && !this.rest.startsWith(' ')) throw misfit
        while (between[at + 1] === ' ') at++
        this.rest = this.rest.replace(/^ +/, '')
      } else if (this.rest[0] === between[at]) this.rest = this.rest.slice(1)
      else throw misfit
    }
  }

  /** Reads one part; `after` is what follows it in the layout. */
  part(token: string, after: string): void {
    switch (token) {
      case 'January':
        this.month = this.name(longMonths) + 1
        return
      case 'Jan':
        this.month = this.name(months) + 1
        return
      case 'Monday':
        this.name(longDays)
        return
      case 'Mon':
        this.name(days)
        return
      case '01':
      case '1':
        this.month = this.inRange('month', this.number(token === '1' ? /^\d\d?/ : /^\d\d/), 1, 12)
        return
      case '02':
      case '2':
      case '_2':
        this.day = this.number(token === '2' ? /^\d\d?/ : token === '02' ? /^\d\d/ : /^ ?\d\d?/)
        return
      case '002':
      case '__2':
        this.yearDay = this.number(token === '002' ? /^\d{3}/ : /^ {0,2}\d{1,3}/)
        return
      case '2006':
        this.year = this.number(/^\d{4}/)
        return
      case '06': {
        const short = Number(this.take(/^(?:\d\d|[+-]\d)/))
        this.year = short + (short >= 69 ? 1900 : 2000)
        return
      }
      case '15':
        this.hour = this.inRange('hour', this.number(/^\d\d?/), 0, 23)
        return
      case '03':
      case '3':
        this.hour = this.inRange('hour', this.number(token === '3' ? /^\d\d?/ : /^\d\d/), 0, 12)
        return
      case '04':
      case '4':
        this.minute = this.inRange('minute', this.number(token === '4' ? /^\d\d?/ : /^\d\d/), 0, 59)
        return
      case '05':
      case '5':
        this.second = this.inRange('second', this.number(token === '5' ? /^\d\d?/ : /^\d\d/), 0, 59)
        // A fraction of a second is read even where the layout has none.
        if (!isFraction(new RegExp(chunks.source).exec(after)?.[0])) this.fraction(/^(?:[.,]\d+)?/)
        return
      case 'PM':
      case 'pm':
        this.half = this.take(token === 'PM' ? /^[AP]M/ : /^[ap]m/).toLowerCase() as 'am' | 'pm'
        return
      case 'MST':
        this.zone()
        return
    }
    if (isFraction(token)) this.fraction(token[1] === '9' ? /^(?:[.,]\d+)?/ : new RegExp(`^[.,](?:[+-]\\d{${Math.min(token.length - 2, 8)}}|\\d{${Math.min(token.length - 1, 9)}})[^]{${Math.max(token.length - 10, 0)}}`))
    else if (token.startsWith('Z') && this.rest.startsWith('Z')) {
      this.rest = this.rest.slice(1)
      this.isUtc = true
    } else this.readOffset(token)
  }

  private fraction(pattern: RegExp): void {
    const digits = this.take(pattern).slice(1, 10)
    if (digits === '') return
    const read = /^[+-]$/.test(digits) ? 0 : Number(digits)
    if (read < 0) throw new GoError(': fractional second out of range')
    this.nanos = Math.abs(read) * 10 ** (9 - digits.length)
  }

  private readOffset(token: string): void {
    const colon = token.includes(':') ? ':' : ''
    const count = token.replaceAll(':', '').length === 3 ? 1 : token.replaceAll(':', '').length === 5 ? 2 : 3
    const text = this.take(new RegExp(`^[^]${Array(count).fill('[^]{2}').join(colon)}`))
    const [hours = '00', minutes = '00', seconds = '00'] = Array.from({ length: count }, (_, at) => text.substr(1 + at * (2 + colon.length), 2))
    // Whatever stands behind the first that is no number counts as 0.
    const numbers: number[] = []
    for (const each of [hours, minutes, seconds]) numbers.push(numbers.includes(NaN) || !/^\d\d/.test(each) ? NaN : Number(each))
    const [hour, minute, second] = numbers as [number, number, number]
    // Of several that are out of range Go names the last.
    if (second > 60) throw new GoError(': time zone offset second out of range')
    if (minute > 60) throw new GoError(': time zone offset minute out of range')
    if (hour > 24) throw new GoError(': time zone offset hour out of range')
    if (numbers.includes(NaN) || !/^[+-]/.test(text)) throw misfit
    this.offset = (hour * 3600 + minute * 60 + second) * (text.startsWith('-') ? -1 : 1)
  }

  /** The name of a zone, as far as it looks like one. */
  private zone(): void {
    const signed = '[+-](?:0*(?:1?\\d|2[0-3]))(?!\\d)'
    const name = this.take(new RegExp(`^(?:UTC|ChST|MeST|GMT(?:${signed})?|${signed}|(?!GMT)(?:[A-Z]{4}T|[A-Z]{3}T|WITA|[A-Z]{3})(?![A-Z]))`))
    if (name === 'UTC') this.isUtc = true
    else this.zoneName = name
  }

  /** The moment that was read. */
  instant(): Instant {
    if (this.half === 'pm' && this.hour < 12) this.hour += 12
    else if (this.half === 'am' && this.hour === 12) this.hour = 0
    if (this.yearDay !== undefined) this.applyYearDay(this.yearDay)
    const { year, month = 1, day = 1, hour, minute, second, nanos, offset = -1, zoneName } = this
    if (day < 1 || day > daysIn(year, month)) throw new GoError(': day out of range')
    const seconds = secondsOf(BigInt(year), BigInt(month), BigInt(day), hour * 3600 + minute * 60 + second)
    if (this.isUtc) return { seconds, nanos, zone: utc }
    if (offset !== -1) return { seconds: seconds - BigInt(offset), nanos, zone: offset === 0 && (zoneName === '' || zoneName === local.name) ? local : fixedZone(zoneName, offset) }
    // A zone that is only named leaves the moment as it is: nobody knows how far from UTC it is.
    return { seconds, nanos, zone: zoneName === '' ? local : { name: zoneName, offset: zoneName.startsWith('GMT') ? Number(zoneName.slice(3)) * 3600 : 0 } }
  }

  private applyYearDay(yearDay: number): void {
    if (yearDay < 1 || yearDay > 365 + daysIn(this.year, 2) - 28) throw new GoError(': day-of-year out of range')
    let month = 1
    let day = yearDay
    while (day > daysIn(this.year, month)) day -= daysIn(this.year, month++)
    if (this.month !== undefined && this.month !== month) throw new GoError(': day-of-year does not match month')
    if (this.day !== undefined && this.day !== day) throw new GoError(': day-of-year does not match day')
    this.month = month
    this.day = day
  }
}

const isFraction = (token: string | undefined): boolean => token !== undefined && /^[.,]/.test(token)

/** Reads a text in a layout (time, Parse). Throws `GoError` with Go's message. */
export function parsed(layout: string, text: string): Instant {
  const reader = new TimeReader(text)
  const fail = (what: string): never => {
    throw new GoError(`parsing time ${timeQuote(text)}${what}`)
  }
  const trying = <Result>(element: string, read: () => Result, before?: string): Result => {
    try {
      return read()
    } catch (error) {
      if (error instanceof GoError) return fail(error.message)
      if (error !== misfit) throw error
      return fail(` as ${timeQuote(layout)}: cannot parse ${timeQuote(before ?? reader.rest)} as ${timeQuote(element)}`)
    }
  }
  let at = 0
  for (const match of layout.matchAll(chunks)) {
    const [token] = match
    const between = layout.slice(at, match.index)
    trying(between, () => reader.skip(between))
    at = match.index + token.length
    trying(token, () => reader.part(token, layout.slice(at)), reader.rest)
  }
  const end = layout.slice(at)
  trying(end, () => reader.skip(end))
  if (reader.rest) fail(`: extra text: ${timeQuote(reader.rest)}`)
  return trying('', () => reader.instant())
}
