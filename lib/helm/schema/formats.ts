import { faultOf } from '../../go/attempt.ts'
import { quote } from '../../go/quote.ts'
import { translated } from '../sprig/regex-syntax.ts'

/** Says what is wrong with a text, or nothing. */
type Format = (text: string) => string | undefined

/**
 * The formats that are checked (before draft 2019-09 only). The wording follows
 * santhosh-tekuri/jsonschema v6 for what people usually get wrong.
 */
export const formats: ReadonlyMap<string, Format> = new Map<string, Format>([
  ['ipv4', ipv4],
  ['ipv6', ipv6],
  ['hostname', hostname],
  ['email', email],
  ['uri', uri],
  ['uri-reference', uriReference],
  ['iri', uri],
  ['iri-reference', uriReference],
  ['date', date],
  ['time', time],
  ['date-time', dateTime],
  ['regex', regex],
  ['uuid', uuid],
  ['duration', duration],
  ['json-pointer', text => (text === '' || text.startsWith('/') ? undefined : 'not starting with /')],
])

function ipv4(text: string): string | undefined {
  const groups = text.split('.')
  if (groups.length !== 4) return 'expected four decimals'
  for (const group of groups) {
    if (/^0\d/.test(group)) return 'leading zeros'
    if (!/^\d+$/.test(group)) return `strconv.Atoi: parsing ${quote(group)}: invalid syntax`
    if (Number(group) > 255) return 'invalid decimal'
  }
  return undefined
}

function ipv6(text: string): string | undefined {
  if (!text.includes(':')) return 'missing colon'
  const [head = '', tail, more] = text.split('::')
  const groups = (part: string | undefined): string[] => (part ? part.split(':') : [])
  const all = [...groups(head), ...groups(tail)]
  const last = all.at(-1) ?? ''
  const size = last.includes('.') ? all.length + 1 : all.length
  const hex = last.includes('.') ? all.slice(0, -1) : all
  const fits = tail === undefined ? size === 8 : size < 8
  const valid = more === undefined && fits && hex.every(group => /^[\da-fA-F]{1,4}$/.test(group))
  return valid && (!last.includes('.') || ipv4(last) === undefined) ? undefined : 'unable to parse IP'
}

function hostname(text: string): string | undefined {
  const name = text.replace(/\.$/, '')
  if (name.length > 253) return 'more than 253 characters long'
  for (const label of name.split('.')) {
    if (label.length < 1 || label.length > 63) return 'label must be 1 to 63 characters long'
    if (label.startsWith('-')) return 'label starts with hyphen'
    if (label.endsWith('-')) return 'label ends with hyphen'
    const wrong = /[^a-zA-Z0-9-]/.exec(label)
    if (wrong) return `invalid character '${wrong[0]}'`
  }
  return undefined
}

function email(text: string): string | undefined {
  if (text.length > 254) return 'more than 255 characters long'
  const at = text.lastIndexOf('@')
  if (at < 0) return 'missing @'
  const [local, domain] = [text.slice(0, at), text.slice(at + 1)]
  if (local.length > 64) return 'local part more than 64 characters long'
  if (/^".*"$/.test(local)) return undefined
  if (local.startsWith('.')) return 'starts with dot'
  if (local.endsWith('.')) return 'ends with dot'
  if (local.includes('..')) return 'consecutive dots'
  const wrong = /[^a-zA-Z0-9.!#$%&'*+\-/=?^_`{|}~]/.exec(local)
  if (wrong) return `invalid character '${wrong[0]}'`
  const problem = hostname(domain)
  return problem && `invalid domain: ${problem}`
}

function uriReference(text: string): string | undefined {
  const escape = /%(?![\da-fA-F]{2}).{0,2}/.exec(text)
  if (escape) return `parse ${quote(text)}: invalid URL escape ${quote(escape[0])}`
  if (/[\0-\x1f\x7f]/.test(text)) return `parse ${quote(text)}: net/url: invalid control character in URL`
  return text.includes('\\') ? 'contains \\' : undefined
}

function uri(text: string): string | undefined {
  return uriReference(text) ?? (/^[a-zA-Z][a-zA-Z\d+.-]*:/.test(text) ? undefined : 'relative url')
}

function date(text: string): string | undefined {
  const parts = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text)
  if (!parts) return `parsing time ${quote(text)} as "2006-01-02": cannot parse ${quote(text)} as "2006"`
  const [year, month, day] = parts.slice(1).map(Number) as [number, number, number]
  if (month < 1 || month > 12) return `parsing time ${quote(text)}: month out of range`
  const days = new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate()
  return day >= 1 && day <= days ? undefined : `parsing time ${quote(text)}: day out of range`
}

function time(text: string): string | undefined {
  if (text.length < 9) return 'less than 9 characters long'
  const parts = /^(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:[zZ]|[+-](\d\d):(\d\d))$/.exec(text)
  if (!parts) return 'missing time zone'
  const [hour, minute, second, zoneHour, zoneMinute] = parts.slice(1).map(part => Number(part ?? 0)) as [number, number, number, number, number]
  if (hour > 23 || minute > 59 || zoneHour > 23 || zoneMinute > 59) return 'hour or minute out of range'
  return second > 60 ? 'second out of range' : undefined
}

function dateTime(text: string): string | undefined {
  if (text.length < 20) return 'less than 20 characters long'
  if (!/^.{10}[tT]/.test(text)) return '11th character must be t or T'
  return date(text.slice(0, 10)) ?? time(text.slice(11))
}

function duration(text: string): string | undefined {
  if (!text.startsWith('P')) return 'must start with P'
  if (/^P\d+W$/.test(text)) return undefined
  const valid = /^P(?=.)(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=.)(?:\d+H)?(?:\d+M)?(?:\d+S)?)?$/.test(text)
  return valid ? undefined : 'invalid units'
}

function regex(text: string): string | undefined {
  return faultOf(() => translated(text))
}

function uuid(text: string): string | undefined {
  const groups = text.split('-')
  if (groups.length !== 5) return 'must have 5 elements'
  const wrong = groups.findIndex((group, i) => !new RegExp(`^[\\da-fA-F]{${[8, 4, 4, 4, 12][i]}}$`).test(group))
  return wrong < 0 ? undefined : `element ${wrong + 1} must be ${[8, 4, 4, 4, 12][wrong]} hexadecimal characters long`
}
