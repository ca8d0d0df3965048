import { joinBytes } from './bytes.ts'

const printable = /^[\p{L}\p{M}\p{N}\p{P}\p{S}]$/u

/** Whether Go shows the character as it is when quoting (strconv, IsPrint). */
export function isPrintable(char: string): boolean {
  const unit = char.charCodeAt(0)
  if (unit < 0x7f) return unit >= 0x20
  return char !== '\u00ad' && printable.test(char)
}

const short = new Map([['\x07', '\\a'], ['\b', '\\b'], ['\f', '\\f'], ['\n', '\\n'], ['\r', '\\r'], ['\t', '\\t'], ['\v', '\\v']])

const hex = (value: number, width: number): string => value.toString(16).padStart(width, '0')

function escaped(char: string, mark: string, asciiOnly: boolean): string {
  if (char === mark || char === '\\') return `\\${char}`
  const point = char.codePointAt(0)!
  if (asciiOnly ? point < 0x80 && isPrintable(char) : isPrintable(char)) return char
  const known = short.get(char)
  if (known) return known
  if (point < 0x20 || point === 0x7f) return `\\x${hex(point, 2)}`
  if (point >= 0xdc80 && point <= 0xdcff) return `\\x${hex(point & 0xff, 2)}`
  return point < 0x10000 ? `\\u${hex(point, 4)}` : `\\U${hex(point, 8)}`
}

const plain = /^[ !#-[\]-~]*$/

/** A Go string literal for the text (strconv, Quote); `asciiOnly` as QuoteToASCII. */
export function quote(text: string, asciiOnly = false): string {
  if (plain.test(text)) return `"${text}"`
  let result = '"'
  for (const char of text) result += escaped(char, '"', asciiOnly)
  return `${result}"`
}

/** A Go rune literal for the code point (strconv, QuoteRune). */
export function quoteRune(point: number, asciiOnly = false): string {
  const valid = point >= 0 && point <= 0x10ffff && (point < 0xd800 || point > 0xdfff)
  return `'${escaped(valid ? String.fromCodePoint(point) : '\ufffd', "'", asciiOnly)}'`
}

const escapes = new Map([['a', '\x07'], ['b', '\b'], ['f', '\f'], ['n', '\n'], ['r', '\r'], ['t', '\t'], ['v', '\v'], ['\\', '\\']])
const numeric = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3}))/y

/** The character that an escape at `at` stands for, and where the text goes on; nothing if it is wrong. */
function unescaped(text: string, at: number, mark: string): [char: string, next: number] | undefined {
  const letter = text[at + 1] ?? ''
  if (letter === mark) return [mark, at + 2]
  const known = escapes.get(letter)
  if (known) return [known, at + 2]
  numeric.lastIndex = at
  const found = numeric.exec(text)
  if (!found) return undefined
  const byte = found[1] ? parseInt(found[1], 16) : found[4] ? parseInt(found[4], 8) : undefined
  if (byte !== undefined) return byte > 255 ? undefined : [String.fromCharCode(byte < 0x80 || mark === "'" ? byte : 0xdc00 | byte), numeric.lastIndex]
  const point = parseInt((found[2] ?? found[3])!, 16)
  const valid = point <= 0x10ffff && (point < 0xd800 || point > 0xdfff)
  return valid ? [String.fromCodePoint(point), numeric.lastIndex] : undefined
}

/** What a Go string literal, quotes included, stands for (strconv, Unquote); nothing if it is wrong. */
export function unquote(literal: string): string | undefined {
  const mark = literal[0]!
  if (mark === '`') return literal.slice(1, -1).replaceAll('\r', '')
  if (!literal.includes('\\')) return literal.slice(1, -1)
  let text = ''
  for (let at = 1; at < literal.length - 1; ) {
    if (literal[at] !== '\\') {
      text += literal[at++]
      continue
    }
    const found = unescaped(literal, at, mark)
    if (!found) return undefined
    text += found[0]
    at = found[1]
  }
  return joinBytes(text)
}

/** The code point of a Go rune literal, quotes included; nothing if it is not exactly one rune. */
export function unquoteRune(literal: string): number | undefined {
  const text = literal[1] === "'" ? undefined : unquote(literal)
  const point = text?.codePointAt(0)
  return text !== undefined && point !== undefined && text.length === (point > 0xffff ? 2 : 1) ? point : undefined
}
