import { utc, type Zone } from './layout.ts'

/**
 * The short names that the tz database has, by the long ones that every JavaScript engine knows;
 * the short ones that engines have differ from each other and from these.
 */
const shortNames = new Map<string, string>()
for (const line of `
  Alaska Standard Time AKST, Alaska Daylight Time AKDT, American Samoa Standard Time SST, Samoa Standard Time SST, Atlantic Standard Time AST, Atlantic Daylight Time ADT,
  Australian Central Standard Time ACST, Australian Central Daylight Time ACDT, Australian Eastern Standard Time AEST, Australian Eastern Daylight Time AEDT,
  Australian Western Standard Time AWST, Australian Western Daylight Time AWDT, British Summer Time BST, Central Africa Time CAT, Central Standard Time CST, Central Daylight Time CDT,
  Central European Standard Time CET, Central European Summer Time CEST, Western Indonesia Time WIB, Central Indonesia Time WITA, Eastern Indonesia Time WIT, Chamorro Standard Time ChST,
  China Standard Time CST, China Daylight Time CDT, Cuba Standard Time CST, Cuba Daylight Time CDT, East Africa Time EAT, Eastern Standard Time EST, Eastern Daylight Time EDT,
  Eastern European Standard Time EET, Eastern European Summer Time EEST, Greenwich Mean Time GMT, Guam Standard Time GST, Hawaii-Aleutian Standard Time HST, Hawaii-Aleutian Daylight Time HDT,
  Hong Kong Standard Time HKT, Hong Kong Summer Time HKST, India Standard Time IST, Irish Standard Time IST, Israel Standard Time IST, Israel Daylight Time IDT,
  Japan Standard Time JST, Korean Standard Time KST, Korean Daylight Time KDT, North Korea Time KST, Macao Standard Time CST, Macau Standard Time CST,
  Mexican Pacific Standard Time MST, Mexican Pacific Daylight Time MDT, Moscow Standard Time MSK, Moscow Summer Time MSD, Mountain Standard Time MST, Mountain Daylight Time MDT,
  New Zealand Standard Time NZST, New Zealand Daylight Time NZDT, Newfoundland Standard Time NST, Newfoundland Daylight Time NDT, Northern Mariana Islands Time GST,
  Pacific Standard Time PST, Pacific Daylight Time PDT, Pakistan Standard Time PKT, Pakistan Summer Time PKST, Philippine Standard Time PST, Philippine Summer Time PDT,
  South Africa Standard Time SAST, Taipei Standard Time CST, Taiwan Standard Time CST, Volgograd Standard Time MSK, Volgograd Summer Time MSD, West Africa Time WAT,
  Western European Standard Time WET, Western European Summer Time WEST, Yukon Time MST, Coordinated Universal Time UTC
`.trim().split(/,\s+/)) shortNames.set(line.slice(0, line.lastIndexOf(' ')), line.slice(line.lastIndexOf(' ') + 1))

/** Zones whose offset is their name, whatever their neighbours are called. */
const nameless = /^(?:Antarctica\/(?:Casey|Troll)|Pacific\/Apia|Asia\/(?:Colombo|Thimphu|Thimbu|Dili)|Africa\/(?:Casablanca|El_Aaiun)|Europe\/(?:Minsk|Samara|Saratov|Astrakhan|Ulyanovsk))$/

/** Zones that the long names pass over, with the name for each offset in hours. */
const others: readonly (readonly [RegExp, Readonly<Record<number, string>>])[] = [
  [/^(?:Etc\/)?(?:GMT[+-]?0?|Greenwich)$/, { 0: 'GMT' }],
  [/^Europe\/(?:Jersey|Guernsey|Isle_of_Man)$/, { 1: 'BST' }],
  [/^MET$/, { 1: 'MET', 2: 'MEST' }],
  [/^Europe\/Kirov$/, { 3: 'MSK', 4: 'MSD' }],
  [/^Africa\/Windhoek$/, { 2: 'CAT' }],
]

const formats = new Map<string, Intl.DateTimeFormat>()

function partOf(zone: string, style: 'long' | 'longOffset', date: Date): string {
  const key = `${style} ${zone}`
  const format = formats.get(key) ?? new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: style })
  formats.set(key, format)
  return format.formatToParts(date).find(({ type }) => type === 'timeZoneName')?.value ?? ''
}

function offsetOf(text: string): number {
  const found = /([+-])(\d\d):?(\d\d)?(?::?(\d\d))?$/.exec(text)
  if (!found) return 0
  const size = Number(found[2]) * 3600 + Number(found[3] ?? 0) * 60 + Number(found[4] ?? 0)
  return found[1] === '-' ? -size : size
}

/** The offset, which is the name where nobody made one. */
function offsetName(offset: number): string {
  const size = Math.abs(offset)
  const minutes = Math.floor(size / 60) % 60
  return `${offset < 0 ? '-' : '+'}${String(Math.floor(size / 3600)).padStart(2, '0')}${minutes ? String(minutes).padStart(2, '0') : ''}`
}

/** When the last places began to keep another time than that of their sun. */
const localTimes = Date.UTC(1840, 0)

function nameOf(zone: string, date: Date, offset: number): string {
  const isPlace = zone.includes('/') && !zone.startsWith('Etc/')
  if (isPlace && (date.getTime() < localTimes || offset % 900)) return 'LMT'
  const other = others.find(([pattern]) => pattern.test(zone))?.[1][offset / 3600]
  if (other !== undefined) return other
  return (nameless.test(zone) ? undefined : shortNames.get(longName(zone, date, offset))) ?? offsetName(offset)
}

/** Engines know no names of times before 1970: what has the same offset later has the same name. */
function longName(zone: string, date: Date, offset: number): string {
  const later = date.getTime() < 0 ? knownDates.find((each) => offsetAt(zone, each) === offset) : date
  return later ? partOf(zone, 'long', later) : ''
}

const knownDates = [1970, 1976, 1982, 1990].flatMap((year) => [new Date(Date.UTC(year, 0, 15)), new Date(Date.UTC(year, 6, 15))])

const offsetAt = (zone: string, date: Date): number => offsetOf(partOf(zone, 'longOffset', date))

/** Zones that are rules without a place: in no time did they go by the sun. Engines take some for the places that follow them. */
const noPlace = /^(?:[A-Z]{3}\d[A-Z]{3}|[CME]ET|WET|[EMH]ST)$/
const always = /^[EMH]ST$/

/** After so many seconds the calendar repeats; engines know no names of times after the year 9999. */
const era = 12622780800
const furthest = 220_000_000_000

/** Names that engines have and the tz database has not: in other letters, offsets, and short ones beside those that it has. */
const unknown = /(?:^|\/)[^A-Z]|^(?!Etc\/|US\/)[A-Z_]+\/|^(?!CET|EET|EST|GMT|HST|MET|MST|PRC|ROC|ROK|UCT|WET)[A-Z]{3}$/

/** A zone of the tz database at a moment; UTC if there is no such zone. */
export function zoneAt(name: string, at: bigint): Zone {
  if (name === '' || name === 'UTC' || name === 'Local' || unknown.test(name)) return utc
  const seconds = Number(at)
  const within = seconds > furthest ? seconds - Math.ceil((seconds - furthest) / era) * era : Math.max(seconds, -8_000_000_000_000)
  const isBefore = (noPlace.test(name) && within < -2_200_000_000) || (always.test(name) && within < 0)
  const date = isBefore ? knownDates[0]! : new Date(within * 1000)
  try {
    const offset = offsetAt(name, date)
    return { name: nameOf(name, date, offset), offset }
  } catch {
    return utc
  }
}
