import { byteChars, isAscii, withReplacements } from '../../go/bytes.ts'
import { func } from '../../go/value.ts'
import { isSpace } from './trim.ts'

// Go maps one character to one; what JavaScript maps to several, Go leaves or maps simply.
const single = (char: string, mapped: string, fallback: string): string =>
  Array.from(mapped).length === 1 ? mapped : fallback

const simpleUpper = new Map([['ŉ', 'ŉ'], ['ǰ', 'ǰ'], ['ΐ', 'ΐ'], ['ΰ', 'ΰ'], ['ᾳ', 'ᾼ'], ['ῃ', 'ῌ'], ['ῳ', 'ῼ']])

/** The capital of a character (unicode, ToUpper). */
export const upperChar = (char: string): string => single(char, char.toUpperCase(), simpleUpper.get(char) ?? greekTitle(char))

/** The small letter of a character (unicode, ToLower). */
export const lowerChar = (char: string): string => (char === 'İ' ? 'i' : single(char, char.toLowerCase(), char))

// ᾀ…ᾇ, ᾐ…ᾗ and ᾠ…ᾧ have their capitals eight places on.
function greekTitle(char: string): string {
  const point = char.codePointAt(0)!
  const row = point & ~0xf
  return (row === 0x1f80 || row === 0x1f90 || row === 0x1fa0) && (point & 8) === 0 ? String.fromCodePoint(point + 8) : char
}

const titles = new Map([['ǆ', 'ǅ'], ['Ǆ', 'ǅ'], ['ǅ', 'ǅ'], ['ǉ', 'ǈ'], ['Ǉ', 'ǈ'], ['ǈ', 'ǈ'], ['ǌ', 'ǋ'], ['Ǌ', 'ǋ'], ['ǋ', 'ǋ'], ['ǳ', 'ǲ'], ['Ǳ', 'ǲ'], ['ǲ', 'ǲ']])

/** The title form of a character (unicode, ToTitle). */
const titleChar = (char: string): string => titles.get(char) ?? (/[\u10d0-\u10ff]/.test(char) ? char : upperChar(char))

const mapChars = (text: string, map: (char: string) => string): string => Array.from(withReplacements(text), map).join('')

const upper = (text: string): string => (isAscii(text) ? text.toUpperCase() : mapChars(text, upperChar))
const lower = (text: string): string => (isAscii(text) ? text.toLowerCase() : mapChars(text, lowerChar))

/** Every letter after something that is no letter, digit or underscore in its title form (strings, Title). */
function title(text: string): string {
  let before = ' '
  return mapChars(text, char => {
    const starts = /[\x00-\x7f]/.test(before) ? !/[\w]/.test(before) : !/[\p{L}\p{Nd}]/u.test(before) && isSpace(before)
    before = char
    return starts ? titleChar(char) : char
  })
}

/** The first letter of each word small (goutils, Uncapitalize). */
function untitle(text: string): string {
  let starts = true
  return mapChars(text, char => {
    const result = starts ? lowerChar(char) : char
    starts = isSpace(char)
    return result
  })
}

/** Small letters large, large ones small, the first of a word in its title form (goutils, SwapCase). */
function swapcase(text: string): string {
  let afterSpace = true
  return mapChars(text, char => {
    const isUpper = /\p{Lu}/u.test(char)
    const isTitle = /\p{Lt}/u.test(char)
    const isLower = /\p{Ll}/u.test(char)
    const result = isUpper || isTitle ? lowerChar(char) : isLower ? (afterSpace ? titleChar(char) : upperChar(char)) : char
    afterSpace = isSpace(char)
    return result
  })
}

/** The first byte of each word (goutils, Initials). */
function initials(text: string): string {
  let starts = true
  let result = ''
  for (const char of byteChars(text)) {
    const space = isSpace(char)
    if (!space && starts) result += char
    starts = space
  }
  return result
}

/** The text without white space; if there was any, other bytes become characters (goutils, DeleteWhiteSpace). */
function nospace(text: string): string {
  const chars = Array.from(byteChars(text))
  const kept = chars.filter(char => !isSpace(char))
  return kept.length === chars.length ? text : kept.join('')
}

export const cases = {
  upper: func(['string'], upper),
  lower: func(['string'], lower),
  title: func(['string'], title),
  untitle: func(['string'], untitle),
  swapcase: func(['string'], swapcase),
  initials: func(['string'], initials),
  nospace: func(['string'], nospace),
}
