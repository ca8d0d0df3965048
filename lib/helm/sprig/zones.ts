import { utc, type Zone } from './layout.ts'

const locales = ['en-US', 'en-GB', 'en-AU', 'en-NZ', 'en-IN', 'en-ZA', 'ja-JP', 'ko-KR']

const partOf = (locale: string, zone: string, style: 'short' | 'longOffset', date: Date): string =>
  new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: style }).formatToParts(date).find(({ type }) => type === 'timeZoneName')?.value ?? ''

function offsetOf(text: string): number {
  const found = /([+-])(\d\d):?(\d\d)?(?::?(\d\d))?$/.exec(text)
  if (!found) return 0
  const size = Number(found[2]) * 3600 + Number(found[3] ?? 0) * 60 + Number(found[4] ?? 0)
  return found[1] === '-' ? -size : size
}

/** The zone's short name; where nobody writes one, the offset, as in Go. */
function nameOf(zone: string, date: Date, offset: number): string {
  for (const locale of locales) {
    const name = partOf(locale, zone, 'short', date)
    if (/^[A-Z]{2,5}$/.test(name)) return name
  }
  const size = Math.abs(offset)
  const minutes = (size / 60) % 60
  return `${offset < 0 ? '-' : '+'}${String(Math.floor(size / 3600)).padStart(2, '0')}${minutes ? String(minutes).padStart(2, '0') : ''}`
}

/** A zone of the tz database at a moment; UTC if there is no such zone. */
export function zoneAt(name: string, seconds: number): Zone {
  if (name === '' || name === 'UTC' || name === 'Local') return utc
  const date = new Date(seconds * 1000)
  try {
    const offset = offsetOf(partOf('en-US', name, 'longOffset', date))
    return { name: nameOf(name, date, offset), offset }
  } catch {
    return utc
  }
}
