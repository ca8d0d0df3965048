import { fromBytes } from '../go/bytes.ts'
import { isBlankCode, isBlankOrEnd, isBreakOrEnd, type Cursor } from './cursor.ts'

/** Scans tags and the directives before a document. Source: libyaml's scanner as go-yaml v2 carries it. */

const hash = 0x23
const longestNumber = 2
const uriPart = /[\w\-;/?:@&=+$.!~*'(),[\]]*/y

function read(cursor: Cursor, pattern: RegExp): string {
  pattern.lastIndex = cursor.index
  const text = pattern.exec(cursor.text)![0]
  cursor.skip(text.length)
  return text
}

function skipBlanks(cursor: Cursor): void {
  while (isBlankCode(cursor.code())) cursor.skip()
}

/** A directive's name and values: `['YAML', '1', '1']` or `['TAG', '!e!', 'tag:x']`. */
export function scanDirective(cursor: Cursor): readonly string[] {
  cursor.skip()
  const name = read(cursor, /[\w-]*/y)
  if (name === '') cursor.fail('could not find expected directive name')
  if (!isBlankOrEnd(cursor.code())) cursor.fail('found unexpected non-alphabetical character')
  if (name !== 'YAML' && name !== 'TAG') cursor.fail('found unknown directive name')
  skipBlanks(cursor)
  const values = name === 'YAML' ? versionOf(cursor) : prefixOf(cursor)
  skipBlanks(cursor)
  if (cursor.code() === hash) while (!isBreakOrEnd(cursor.code())) cursor.skip()
  if (!isBreakOrEnd(cursor.code())) cursor.fail('did not find expected comment or line break')
  return [name, ...values]
}

function versionOf(cursor: Cursor): string[] {
  const major = versionNumber(cursor)
  if (cursor.code() !== 0x2e) cursor.fail("did not find expected digit or '.' character")
  cursor.skip()
  return [major, versionNumber(cursor)]
}

function versionNumber(cursor: Cursor): string {
  const digits = read(cursor, /\d*/y)
  if (digits.length > longestNumber) cursor.fail('found extremely long version number')
  if (digits === '') cursor.fail('did not find expected version number')
  return String(Number(digits))
}

function prefixOf(cursor: Cursor): string[] {
  if (cursor.code() !== 0x21) cursor.fail("did not find expected '!'")
  const handle = handleOf(cursor)
  if (handle !== '!' && !handle.endsWith('!')) cursor.fail("did not find expected '!'")
  if (!isBlankCode(cursor.code())) cursor.fail('did not find expected whitespace')
  skipBlanks(cursor)
  const prefix = uriOf(cursor)
  if (!isBlankOrEnd(cursor.code())) cursor.fail('did not find expected whitespace or line break')
  return [handle, prefix]
}

const handleOf = (cursor: Cursor): string => read(cursor, /![\w-]*!?/y)

function uriOf(cursor: Cursor): string {
  let text = read(cursor, uriPart)
  while (cursor.code() === 0x25) text += escapedPoint(cursor) + read(cursor, uriPart)
  return text === '' ? cursor.fail('did not find expected tag URI') : text
}

/** A character that is written as `%` and two digits for each of its bytes. */
function escapedPoint(cursor: Cursor): string {
  const bytes: number[] = []
  for (let width = 1; bytes.length < width; ) {
    const octet = read(cursor, /(?:%[\da-fA-F]{2})?/y)
    if (octet === '') cursor.fail('did not find URI escaped octet')
    const byte = parseInt(octet.slice(1), 16)
    if (bytes.length > 0 && (byte & 0xc0) !== 0x80) cursor.fail('found an incorrect trailing UTF-8 octet')
    if (bytes.length === 0) width = sequenceWidth(byte) || cursor.fail('found an incorrect leading UTF-8 octet')
    bytes.push(byte)
  }
  return fromBytes(bytes)
}

const sequenceWidth = (byte: number): number => (byte < 0x80 ? 1 : byte < 0xc0 ? 0 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : byte < 0xf8 ? 4 : 0)

/** A tag's handle and suffix; the handle is empty for `!<tag>` and for `!` alone. */
export function scanTag(cursor: Cursor): readonly [handle: string, suffix: string] {
  const tag = cursor.code(1) === 0x3c ? verbatim(cursor) : shorthand(cursor)
  if (!isBlankOrEnd(cursor.code())) cursor.fail('did not find expected whitespace or line break')
  return tag
}

function verbatim(cursor: Cursor): [string, string] {
  cursor.skip(2)
  const uri = uriOf(cursor)
  if (cursor.code() !== 0x3e) cursor.fail("did not find the expected '>'")
  cursor.skip()
  return ['', uri]
}

function shorthand(cursor: Cursor): [string, string] {
  const handle = handleOf(cursor)
  if (handle.length > 1 && handle.endsWith('!')) return [handle, uriOf(cursor)]
  const more = isUri(cursor.code()) ? uriOf(cursor) : ''
  const suffix = handle.slice(1) + more
  return suffix === '' ? ['', '!'] : ['!', suffix]
}

const isUri = (code: number): boolean => code !== 0 && /[\w\-;/?:@&=+$.!~*'(),[\]%]/.test(String.fromCharCode(code))
