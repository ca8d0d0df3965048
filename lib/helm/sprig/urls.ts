import { attempt } from '../../go/attempt.ts'
import { fromBytes, toBytes } from '../../go/bytes.ts'
import { kindOf } from '../../go/kinds.ts'
import { quote } from '../../go/quote.ts'
import { func, GoError, type Value } from '../../go/value.ts'
import { checkIpLiteral } from './ip-literal.ts'
import { nilPointer } from './lists.ts'

/** A URL's parts as Go's net/url keeps them. */
interface Url {
  scheme: string
  opaque: string
  /** What stands before `@`, escaped; nothing if there is no `@`. */
  userinfo: string | undefined
  host: string
  path: string
  query: string
  fragment: string
}

/** What need not be escaped, by part. */
const safe = {
  path: /[\w.~$&+,/:;=@-]/,
  segment: /[\w.~$&+:=@-]/,
  user: /[\w.~$&+,;=-]/,
  fragment: /[\w.~$&+,/:;=?@!()*-]/,
  host: /[\w.~!$&'()*+,;=:[\]<>"-]/,
  /** What follows `%25` in an address. */
  zone: /[\w.~!$&'()*+,;=:[\]<>"-]/,
} as const

type Part = keyof typeof safe

/** Longer parts no URL has, and escaping them takes long. */
const longest = 1_000_000

/** The text with every byte that is not safe written as `%XX`. Throws `GoError`. */
export function escaped(text: string, part: Part): string {
  if (text.length > longest) throw new GoError(`more than ${longest} bytes`)
  let result = ''
  for (const byte of toBytes(text)) {
    const char = String.fromCharCode(byte)
    result += byte < 0x80 && safe[part].test(char) ? char : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
  }
  return result
}

/** In a host only what is not ASCII may be escaped, in a zone only what need not be, and a blank. */
const mayBeEscaped = (byte: number, part: Part): boolean =>
  part === 'host' ? byte >= 0x80 : part !== 'zone' || byte === 0x20 || (byte < 0x80 && safe.host.test(String.fromCharCode(byte)))

/** The text with `%XX` read (net/url, unescape). Throws `GoError`. */
function unescaped(text: string, part: Part): string {
  const bytes: number[] = []
  const source = toBytes(text)
  for (let at = 0; at < source.length; at++) {
    const char = String.fromCharCode(source[at]!)
    if (char === '%') {
      const escape = fromBytes(source.subarray(at, at + 3))
      if (!/^%[\da-fA-F]{2}$/.test(escape) || (escape !== '%25' && !mayBeEscaped(parseInt(escape.slice(1), 16), part))) throw new GoError(`invalid URL escape ${quote(escape)}`)
      bytes.push(parseInt(escape.slice(1), 16))
      at += 2
    } else if ((part === 'host' || part === 'zone') && source[at]! < 0x80 && !safe.host.test(char)) throw new GoError(`invalid character ${quote(char)} in host name`)
    else bytes.push(source[at]!)
  }
  return fromBytes(bytes)
}

function checkPort(text: string): void {
  if (!/^(?::\d*)?$/.test(text)) throw new GoError(`invalid port ${quote(text)} after host`)
}

function bracketedHost(host: string): string {
  const end = host.lastIndexOf(']')
  if (end < 0) throw new GoError("missing ']' in host")
  checkPort(host.slice(end + 1))
  const zone = host.slice(1, end).indexOf('%25')
  const address = zone < 0 ? unescaped(host.slice(1, end), 'host') : unescaped(host.slice(1, zone + 1), 'host') + unescaped(host.slice(zone + 1, end), 'zone')
  checkIpLiteral(address)
  return `[${address}]${host.slice(end + 1)}`
}

function hostOf(host: string): string {
  const bracket = host.lastIndexOf('[')
  if (bracket > 0) throw new GoError('invalid IP-literal')
  if (bracket === 0) return bracketedHost(host)
  const colon = host.lastIndexOf(':')
  if (colon >= 0) checkPort(host.slice(colon))
  return unescaped(host, 'host')
}

function userinfoOf(text: string): string {
  if (!/^[\w.:~!$&'()*+,;=%@-]*$/.test(text)) throw new GoError('net/url: invalid userinfo')
  const colon = text.indexOf(':')
  const parts = colon < 0 ? [text] : [text.slice(0, colon), text.slice(colon + 1)]
  return parts.map((part) => escaped(unescaped(part, 'user'), 'user')).join(':')
}

function schemeOf(text: string): [scheme: string, rest: string] {
  if (text.startsWith(':')) throw new GoError('missing protocol scheme')
  const found = /^([A-Za-z][A-Za-z\d+.-]*):/.exec(text)
  return found ? [found[1]!.toLowerCase(), text.slice(found[0].length)] : ['', text]
}

function cut(text: string, separator: string): [before: string, after: string] {
  const at = text.indexOf(separator)
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
}

function parsedWithoutFragment(text: string): Url {
  if (/[\x00-\x1f\x7f]/.test(text)) throw new GoError('net/url: invalid control character in URL')
  const [scheme, afterScheme] = text === '*' ? ['', text] : schemeOf(text)
  const [whole, query] = cut(afterScheme, '?')
  const url: Url = { scheme, opaque: '', userinfo: undefined, host: '', path: '', query, fragment: '' }
  if (!whole.startsWith('/') && scheme) return { ...url, opaque: whole }
  if (!whole.startsWith('/') && cut(whole, '/')[0].includes(':')) throw new GoError('first path segment in URL cannot contain colon')
  let path = whole
  if (whole.startsWith('//') && (scheme || !whole.startsWith('///'))) {
    const [authority] = cut(whole.slice(2), '/')
    path = whole.slice(2 + authority.length)
    const at = authority.lastIndexOf('@')
    url.host = hostOf(authority.slice(at + 1))
    if (at >= 0) url.userinfo = userinfoOf(authority.slice(0, at))
  }
  return { ...url, path: unescaped(path, 'path') }
}

/** A URL's parts (net/url, Parse). Throws `GoError`. */
export function parsedUrl(source: string): Url {
  const [text, fragment] = cut(source, '#')
  let read = text
  const parse = (): Url => {
    const url = parsedWithoutFragment(text)
    read = source
    return { ...url, fragment: unescaped(fragment, 'fragment') }
  }
  return attempt(parse, ({ message }) => {
    throw new GoError(`parse ${quote(read)}: ${message}`)
  })
}

/** The same with what begins Sprig's message. */
const parsed = (source: string, problem: string): Url =>
  attempt(() => parsedUrl(source), ({ message }) => {
    throw new GoError(`${problem}: ${message}`)
  })

/** The host without its port and brackets. */
export function hostname(host: string): string {
  const bracketed = /^\[(.*)\]/.exec(host)
  return bracketed ? bracketed[1]! : host.replace(/:\d*$/, '')
}

function urlParse(text: string): Value {
  const url = parsed(text, 'unable to parse url')
  return new Map(Object.entries({ ...url, userinfo: url.userinfo ?? '', hostname: hostname(url.host) }))
}

function textOf(dict: ReadonlyMap<string, Value>, key: string): string {
  if (!dict.has(key)) return ''
  const value = dict.get(key)
  if (value === undefined || value === null) throw nilPointer()
  if (typeof value !== 'string') throw new GoError(`unable to parse ${key} key, must be of type string, but ${kindOf(value)} found`)
  return value
}

/** What stands between the scheme and the path (net/url, String). */
function authorityText(host: string, path: string, user: string | undefined): string {
  if (!host && !path && user === undefined) return ''
  return `//${user === undefined ? '' : `${user}@`}${escaped(host, 'host')}`
}

function urlJoin(dict: ReadonlyMap<string, Value>): string {
  const part = (key: string): string => textOf(dict, key)
  const [scheme, host, path, query, opaque, fragment, given] = [part('scheme'), part('host'), part('path'), part('query'), part('opaque'), part('fragment'), part('userinfo')]
  const user = given ? parsed(`proto://${given}@host`, 'unable to parse userinfo in dict').userinfo : undefined
  const tail = (query && `?${query}`) + (fragment && `#${escaped(fragment, 'fragment')}`)
  const start = scheme && `${scheme}:`
  if (opaque) return start + opaque + tail
  const head = start + (scheme || host || user !== undefined ? authorityText(host, path, user) : '')
  const way = path === '*' ? path : escaped(path, 'path')
  const joint = way && !way.startsWith('/') && host ? '/' : head === '' && cut(way, '/')[0].includes(':') ? './' : ''
  return head + joint + way + tail
}

export const urls = {
  urlParse: func(['string'], urlParse),
  urlJoin: func(['map[string]interface {}'], urlJoin),
}
