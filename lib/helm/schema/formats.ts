import { faultOf } from '../../go/attempt.ts'
import { byteLength, byteSlice, toBytes } from '../../go/bytes.ts'
import { parseDecimal } from '../../go/parse-int.ts'
import { quote, quoteRune } from '../../go/quote.ts'
import { checkAddress } from '../sprig/ip-literal.ts'
import { parsed } from '../sprig/parse-time.ts'
import { translated } from '../sprig/regex-syntax.ts'
import { hostname as hostIn, parsedUrl } from '../sprig/urls.ts'

/** Says what is wrong with a text, or nothing. */
type Format = (text: string) => string | undefined

/** The formats that are checked (before draft 2019-09 only). Source: santhosh-tekuri/jsonschema v6, `format.go`. */
export const formats: ReadonlyMap<string, Format> = new Map<string, Format>([
  ['json-pointer', jsonPointer],
  ['relative-json-pointer', relativeJsonPointer],
  ['uuid', uuid],
  ['duration', duration],
  ['period', period],
  ['ipv4', ipv4],
  ['ipv6', ipv6],
  ['hostname', hostname],
  ['email', email],
  ['date', date],
  ['time', time],
  ['date-time', dateTime],
  ['uri', uri],
  ['iri', uri],
  ['uri-reference', uriReference],
  ['iri-reference', uriReference],
  ['uri-template', uriTemplate],
  ['semver', semver],
  ['regex', (text) => faultOf(() => translated(text))],
])

/** A problem of a part, with what it is a part of. */
const within = (what: string, problem: string | undefined): string | undefined => (problem === undefined ? undefined : `${what}: ${problem}`)

/** The first character that a pattern finds, as Go quotes it. */
function wrongCharacter(wrong: RegExp, text: string): string | undefined {
  const found = wrong.exec(text)?.[0]
  return found === undefined ? undefined : quoteRune(found.codePointAt(0)!)
}

function jsonPointer(text: string): string | undefined {
  if (text === '') return undefined
  if (!text.startsWith('/')) return 'not starting with /'
  return /~(?![01])/.test(text) ? '~ must be followed by 0 or 1' : undefined
}

function relativeJsonPointer(text: string): string | undefined {
  const digits = /^\d*/.exec(text)![0]
  if (digits === '') return 'must start with non-negative integer'
  if (/^0./.test(digits)) return 'starts with zero'
  const rest = text.slice(digits.length)
  return rest === '#' ? undefined : jsonPointer(rest)
}

function uuid(text: string): string | undefined {
  const lengths = [8, 4, 4, 4, 12]
  const groups = text.split('-')
  if (groups.length !== lengths.length) return 'must have 5 elements'
  for (const [at, group] of groups.entries()) {
    if (byteLength(group) !== lengths[at]) return `element ${at + 1} must be ${lengths[at]} characters long`
    const wrong = wrongCharacter(/[^\da-fA-F]/u, group)
    if (wrong !== undefined) return `non-hex character ${wrong}`
  }
  return undefined
}

function duration(text: string): string | undefined {
  if (!text.startsWith('P')) return 'must start with P'
  if (text === 'P') return 'nothing after P'
  if (text.endsWith('W')) return text === 'PW' ? 'no number in week' : /^P\d+W$/.test(text) ? undefined : 'invalid week'
  for (const [at, part] of text.slice(1).split('T').entries()) {
    if (at !== 0 && part === '') return 'no time elements'
    const units = ['YMD', 'HMS'][at]
    if (units === undefined) return 'more than one T'
    const problem = durationPart(part, units)
    if (problem !== undefined) return problem
  }
  return undefined
}

function durationPart(part: string, all: string): string | undefined {
  let units = all
  for (let rest = part; rest !== ''; rest = rest.slice(1)) {
    const digits = /^\d*/.exec(rest)![0]
    if (digits === '') return 'missing number'
    rest = rest.slice(digits.length)
    if (rest === '') return 'missing unit'
    const unit = rest[0]!
    if (!units.includes(unit)) return `${all.includes(unit) ? 'unit' : 'invalid unit'} ${quoteRune(toBytes(rest)[0]!)}${all.includes(unit) ? ' out of order' : ''}`
    units = units.slice(units.indexOf(unit) + 1)
  }
  return undefined
}

function period(text: string): string | undefined {
  const slash = text.indexOf('/')
  if (slash < 0) return 'missing slash'
  const [start, end] = [text.slice(0, slash), text.slice(slash + 1)]
  if (start.startsWith('P')) return within('invalid start duration', duration(start)) ?? within('invalid end date-time', dateTime(end))
  const problem = within('invalid start date-time', dateTime(start))
  if (problem !== undefined) return problem
  return end.startsWith('P') ? within('invalid end duration', duration(end)) : within('invalid end date-time', dateTime(end))
}

function ipv4(text: string): string | undefined {
  const groups = text.split('.')
  if (groups.length !== 4) return 'expected four decimals'
  for (const group of groups) {
    if (/^0./s.test(group)) return 'leading zeros'
    const { value, problem } = parseDecimal(group)
    if (problem !== undefined) return `strconv.Atoi: parsing ${quote(group)}: ${problem}`
    if (value < 0n || value > 255n) return 'decimal must be between 0 and 255'
  }
  return undefined
}

function ipv6(text: string): string | undefined {
  if (!text.includes(':')) return 'missing colon'
  return faultOf(() => checkAddress(text)) ?? (text.includes('%') ? 'zone id is not a part of ipv6 address' : undefined)
}

function hostname(text: string): string | undefined {
  const name = text.replace(/\.$/, '')
  if (byteLength(name) > 253) return 'more than 253 characters long'
  for (const label of name.split('.')) {
    if (label === '' || byteLength(label) > 63) return 'label must be 1 to 63 characters long'
    if (label.startsWith('-')) return 'label starts with hyphen'
    if (label.endsWith('-')) return 'label ends with hyphen'
    const wrong = wrongCharacter(/[^a-zA-Z\d-]/u, label)
    if (wrong !== undefined) return `invalid character ${wrong}`
  }
  return undefined
}

function email(text: string): string | undefined {
  if (byteLength(text) > 254) return 'more than 255 characters long'
  const at = text.lastIndexOf('@')
  if (at < 0) return 'missing @'
  return localPart(text.slice(0, at)) ?? domain(text.slice(at + 1))
}

function localPart(local: string): string | undefined {
  if (byteLength(local) > 64) return 'local part more than 64 characters long'
  if (local.length > 1 && local.startsWith('"')) return /[\\"]/.test(local.slice(1, -1)) ? 'backslash and quote are not allowed within quoted local part' : undefined
  if (local.startsWith('.')) return 'starts with dot'
  if (local.endsWith('.')) return 'ends with dot'
  if (local.includes('..')) return 'consecutive dots'
  const wrong = wrongCharacter(/[^a-zA-Z\d.!#$%&'*+\-/=?^_`{|}~]/u, local)
  return wrong === undefined ? undefined : `invalid character ${wrong}`
}

function domain(text: string): string | undefined {
  if (!text.startsWith('[') || !text.endsWith(']')) return within('invalid domain', hostname(text))
  const address = text.slice(1, -1)
  return address.startsWith('IPv6:') ? within('invalid ipv6 address', ipv6(address.slice(5))) : within('invalid ipv4 address', ipv4(address))
}

function date(text: string): string | undefined {
  return faultOf(() => parsed('2006-01-02', text))
}

const integer = /^[+-]?\d+$/

function time(text: string): string | undefined {
  if (byteLength(text) < 9) return 'less than 9 characters long'
  const clock = byteSlice(text, 0, 8)
  if (byteSlice(text, 2, 3) !== ':' || byteSlice(text, 5, 6) !== ':') return 'missing colon in correct place'
  const parts = clock.split(':').slice(0, 2).concat(clock.split(':').slice(2).join(':'))
  const fault = partsFault(parts, 'hour/min/sec')
  if (fault !== undefined) return fault
  const [hour, minute, second] = parts.map(Number) as [number, number, number]
  if (hour > 23 || minute > 59 || second > 60) return 'hour/min/sec out of range'
  let zone = byteSlice(text, 8, byteLength(text))
  if (zone.startsWith('.')) {
    const digits = /^\.(\d*)/.exec(zone)![0]
    if (digits === '.') return 'no digits in second fraction'
    zone = zone.slice(digits.length)
  }
  return zoneFault(zone, hour * 60 + minute, second)
}

function partsFault(parts: readonly string[], what: string): string | undefined {
  for (const part of parts) {
    if (!integer.test(part)) return `invalid ${what}`
    if (Number(part) < 0) return `non-positive ${what}`
  }
  return undefined
}

function zoneFault(zone: string, minutes: number, second: number): string | undefined {
  let utc = minutes
  if (zone !== 'z' && zone !== 'Z') {
    if (byteLength(zone) !== 6) return 'offset must be 6 characters long'
    if (!/^[+-]/.test(zone)) return 'offset must begin with plus/minus'
    if (byteSlice(zone, 3, 4) !== ':') return 'missing colon in offset in correct place'
    const parts = [zone.slice(1, 3), zone.slice(4)]
    const fault = partsFault(parts, 'hour/min in offset')
    if (fault !== undefined) return fault
    const [hours, rest] = parts.map(Number) as [number, number]
    if (hours > 23 || rest > 59) return 'hour/min in offset out of range'
    utc += (hours * 60 + rest) * (zone.startsWith('-') ? 1 : -1)
    if (utc < 0) utc += 24 * 60
  }
  return second >= 60 && utc !== 23 * 60 + 59 ? 'invalid leap second' : undefined
}

function dateTime(text: string): string | undefined {
  const length = byteLength(text)
  if (length < 20) return 'less than 20 characters long'
  if (!/^[tT]$/.test(byteSlice(text, 10, 11))) return '11th character must be t or T'
  return within('invalid date element', date(byteSlice(text, 0, 10))) ?? within('invalid time element', time(byteSlice(text, 11, length)))
}

function urlFault(text: string): string | undefined {
  let host = ''
  const fault = faultOf(() => ({ host } = parsedUrl(text)))
  if (fault !== undefined || !hostIn(host).includes(':')) return fault
  if (!host.includes('[') || !host.includes(']')) return 'ipv6 address not enclosed in brackets'
  return within('invalid ipv6 address', ipv6(hostIn(host)))
}

function uri(text: string): string | undefined {
  return urlFault(text) ?? (/^[a-zA-Z][a-zA-Z\d+.-]*:/.test(text) ? undefined : 'relative url')
}

function uriReference(text: string): string | undefined {
  return text.includes('\\') ? 'contains \\' : urlFault(text)
}

function uriTemplate(text: string): string | undefined {
  const fault = urlFault(text)
  if (fault !== undefined) return fault
  const rest = text.replace(/^[a-zA-Z][a-zA-Z\d+.-]*:/, '')
  // What follows a scheme without a slash is no path.
  if (rest !== text && !rest.startsWith('/')) return undefined
  const path = rest.replace(/^\/\/[^/?#]*/, '').replace(/[?#].*/s, '')
  for (const part of path.split('/')) {
    let isOpen = false
    for (const [brace] of part.matchAll(/[{}]/g)) {
      if ((brace === '{') === isOpen) return 'nested curly braces'
      isOpen = !isOpen
    }
    if (isOpen) return 'no matching closing brace'
  }
  return undefined
}

function semver(text: string): string | undefined {
  const [beforeBuild, build] = cut(text, '+')
  const [core, preRelease] = cut(beforeBuild, '-')
  return (build === undefined ? undefined : buildFault(build)) ?? (preRelease === undefined ? undefined : preReleaseFault(preRelease)) ?? coreFault(core)
}

const cut = (text: string, at: string): [before: string, after: string | undefined] =>
  text.includes(at) ? [text.slice(0, text.indexOf(at)), text.slice(text.indexOf(at) + 1)] : [text, undefined]

function buildFault(build: string): string | undefined {
  if (build === '') return 'build is empty'
  return identifiersFault(build, 'build')
}

function identifiersFault(text: string, what: string): string | undefined {
  for (const each of text.split('.')) {
    if (each === '') return `${what} identifier is empty`
    const wrong = wrongCharacter(/[^\da-zA-Z-]/u, each)
    if (wrong !== undefined) return `invalid character ${wrong} in ${what} identifier`
    if (what === 'pre-release' && /^0\d+$/.test(each)) return 'pre-release numeric identifier starts with zero'
  }
  return undefined
}

const preReleaseFault = (preRelease: string): string | undefined => identifiersFault(preRelease, 'pre-release')

function coreFault(core: string): string | undefined {
  const numbers = core.split('.')
  if (numbers.length !== 3) return 'versionCore must have 3 numbers separated by dot'
  for (const [at, number] of numbers.entries()) {
    const name = ['major', 'minor', 'patch'][at]
    if (number === '') return `${name} is empty`
    if (/^0./s.test(number)) return `${name} starts with zero`
    if (/\D/.test(number)) return `${name} contains non-digit`
  }
  return undefined
}
