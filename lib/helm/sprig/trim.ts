import { func } from '../../go/value.ts'

// Go's unicode.IsSpace; JavaScript's \s differs in U+0085 and U+FEFF.
const space = '[\\t\\n\\v\\f\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]'
const outerSpace = new RegExp(`^${space}+|${space}+$`, 'g')

/** Whether Go takes the character for white space. */
export const isSpace = (char: string): boolean => spaces.test(char)
const spaces = new RegExp(`^${space}$`)

/** The text without white space at its ends (strings, TrimSpace). */
const trimSpace = (text: string): string => text.replace(outerSpace, '')

/** The text without any of the characters at its ends (strings, Trim). */
function trimAll(characters: string, text: string): string {
  const set = new Set(characters)
  const runes = Array.from(text)
  let start = 0
  let end = runes.length
  while (start < end && set.has(runes[start]!)) start++
  while (end > start && set.has(runes[end - 1]!)) end--
  return runes.slice(start, end).join('')
}

const trimSuffix = (suffix: string, text: string): string =>
  suffix && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text

const trimPrefix = (prefix: string, text: string): string => (text.startsWith(prefix) ? text.slice(prefix.length) : text)

export const trims = {
  trim: func(['string'], trimSpace),
  trimAll: func(['string', 'string'], trimAll),
  trimall: func(['string', 'string'], trimAll),
  trimSuffix: func(['string', 'string'], trimSuffix),
  trimPrefix: func(['string', 'string'], trimPrefix),
}
