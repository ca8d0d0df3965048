import { func, GoError, type Value } from '../../go/value.ts'
import { quote } from '../../go/quote.ts'
import { fromBytes, toBytes } from '../../go/bytes.ts'

const hexByte = (byte: number): string => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`

/** The text with every character outside the set written as `%XX`. */
function escaped(text: string, allowed: RegExp): string {
  let result = ''
  for (const byte of toBytes(text)) result += byte < 0x80 && allowed.test(String.fromCharCode(byte)) ? String.fromCharCode(byte) : hexByte(byte)
  return result
}

function unescaped(text: string): string {
  const wrong = /%(?![0-9a-fA-F]{2}).{0,2}/.exec(text)
  if (wrong) throw new GoError(`invalid URL escape ${quote(wrong[0])}`)
  const bytes: number[] = []
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '%') {
      bytes.push(parseInt(text.slice(at + 1, at + 3), 16))
      at += 2
    } else bytes.push(...toBytes(text[at]!))
  }
  return fromBytes(bytes)
}

interface Url {
  scheme: string
  opaque: string
  userinfo: string
  host: string
  path: string
  query: string
  fragment: string
}

const pathChars = /[\w.~$&+,/:;=@!'()*[\]-]/
const fragmentChars = /[\w.~$&+,/:;=@!'()*?[\]-]/
const userChars = /[\w.~$&+,;=!'()*-]/

function userText(text: string): string {
  const [name = '', ...password] = text.split(':')
  const parts = [name, ...(password.length ? [password.join(':')] : [])]
  return parts.map(part => escaped(unescaped(part), userChars)).join(':')
}

function parsed(source: string): Url {
  const url: Url = { scheme: '', opaque: '', userinfo: '', host: '', path: '', query: '', fragment: '' }
  const fail = (problem: string): never => {
    throw new GoError(`unable to parse url: parse ${quote(source)}: ${problem}`)
  }
  if (/[\x00-\x1f\x7f]/.test(source)) fail('net/url: invalid control character in URL')
  let rest = source
  const hash = rest.indexOf('#')
  if (hash >= 0) {
    url.fragment = unescaped(rest.slice(hash + 1))
    rest = rest.slice(0, hash)
  }
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(rest)
  if (scheme) {
    url.scheme = scheme[1]!.toLowerCase()
    rest = rest.slice(scheme[0].length)
  } else if (rest.startsWith(':')) fail('missing protocol scheme')
  const question = rest.indexOf('?')
  if (question >= 0) {
    url.query = rest.slice(question + 1)
    rest = rest.slice(0, question)
  }
  if (url.scheme && !rest.startsWith('/')) return { ...url, opaque: rest }
  if (!url.scheme && rest.split('/')[0]!.includes(':')) fail('first path segment in URL cannot contain colon')
  if (rest.startsWith('//') && (url.scheme || !rest.startsWith('///'))) {
    const [, authority = '', path = ''] = /^\/\/([^/]*)(.*)$/s.exec(rest)!
    const at = authority.lastIndexOf('@')
    if (at >= 0) url.userinfo = userText(authority.slice(0, at))
    url.host = unescaped(authority.slice(at + 1))
    const port = /:([^:\]]*)$/.exec(url.host)
    if (port && !/^\d*$/.test(port[1]!)) fail(`invalid port ${quote(`:${port[1]}`)} after host`)
    rest = path
  }
  try {
    url.path = unescaped(rest)
  } catch (error) {
    fail((error as Error).message)
  }
  return url
}

function hostname(host: string): string {
  const bracketed = /^\[(.*)\]/.exec(host)
  return bracketed ? bracketed[1]! : host.replace(/:\d*$/, '')
}

const urlParse = (text: string): Value => {
  const url = parsed(text)
  return new Map(Object.entries({ ...url, hostname: hostname(url.host) }))
}

function textOf(dict: ReadonlyMap<string, Value>, key: string): string {
  const value = dict.get(key)
  if (value === undefined || value === null) return ''
  if (typeof value !== 'string') throw new GoError(`unable to parse ${key} key, must be of type string, but ${typeof value} found`)
  return value
}

function urlJoin(dict: ReadonlyMap<string, Value>): string {
  const part = (key: string): string => textOf(dict, key)
  const scheme = part('scheme') && `${part('scheme')}:`
  const tail = (part('query') && `?${part('query')}`) + (part('fragment') && `#${escaped(part('fragment'), fragmentChars)}`)
  if (part('opaque')) return scheme + part('opaque') + tail
  const user = part('userinfo') && `${userText(part('userinfo'))}@`
  const host = part('host') || user ? `//${user}${escaped(part('host'), /[\w.~$&+,;=!'()*:[\]<>"-]/)}` : ''
  const path = escaped(part('path'), pathChars)
  return scheme + host + (host && path && !path.startsWith('/') ? '/' : '') + path + tail
}

export const urls = {
  urlParse: func(['string'], urlParse),
  urlJoin: func(['map[string]interface {}'], urlJoin),
}
