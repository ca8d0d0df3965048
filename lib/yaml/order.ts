import { withReplacements } from '../go/bytes.ts'

// Most keys are ASCII, and an engine takes long to read all letters of the world.
const [asciiLetter, letter] = [/[A-Za-z]/, /\p{L}/u]
const [asciiDigit, digit] = [/[0-9]/, /\p{Nd}/u]
const isLetter = (character: string): boolean => (character <= '\x7f' ? asciiLetter : letter).test(character)
const isDigit = (character: string): boolean => (character <= '\x7f' ? asciiDigit : digit).test(character)

/** Which order of keys: go-yaml v2's, or v3's, where a letter right after a digit sorts first. */
export type KeyOrder = 2 | 3

/**
 * Natural order of map keys: runs of digits compare as numbers.
 * Source: go-yaml `keyList.Less`. Negative when `a` comes first.
 */
export function compareKeys(a: string, b: string, order: KeyOrder): number {
  if (a === b) return 0
  const length = Math.min(a.length, b.length)
  let first = 0
  while (first < length && a.charCodeAt(first) === b.charCodeAt(first)) first++
  if (first === length) return a.length - b.length
  const [x, y] = [a.charCodeAt(first), b.charCodeAt(first)]
  if (isAsciiLetter(x) && isAsciiLetter(y)) return x - y
  return compareCharacters(a, b, order)
}

const isAsciiLetter = (code: number): boolean => (code >= 97 && code <= 122) || (code >= 65 && code <= 90)

function compareCharacters(a: string, b: string, order: KeyOrder): number {
  const left = [...withReplacements(a)]
  const right = [...withReplacements(b)]
  const common = Math.min(left.length, right.length)
  for (let at = 0; at < common; at++) {
    if (left[at] !== right[at]) return compareAt(left, right, at, order)
  }
  return left.length - right.length
}

/** The two differ first at `at`. */
function compareAt(left: string[], right: string[], at: number, order: KeyOrder): number {
  const a = left[at]!
  const b = right[at]!
  const byCode = a.codePointAt(0)! - b.codePointAt(0)!
  const aLetter = isLetter(a)
  const bLetter = isLetter(b)
  if (aLetter && bLetter) return byCode
  if (aLetter || bLetter) {
    const letterFirst = order === 3 && at > 0 && isDigit(left[at - 1]!)
    return aLetter === letterFirst ? -1 : 1
  }
  const prefix = (a === '0' || b === '0') && insideNumber(left, at) ? '1' : ''
  const aDigits = digitsFrom(left, at)
  const bDigits = digitsFrom(right, at)
  const byValue = Number(BigInt.asIntN(64, numberOf(prefix, aDigits) - numberOf(prefix, bDigits)))
  return byValue || aDigits.length - bDigits.length || byCode
}

/** Whether a digit other than 0 stands in the run of digits before `at`. */
function insideNumber(characters: string[], at: number): boolean {
  for (let i = at - 1; i >= 0 && isDigit(characters[i]!); i--) {
    if (characters[i] !== '0') return true
  }
  return false
}

function digitsFrom(characters: string[], at: number): string[] {
  let end = at
  while (end < characters.length && isDigit(characters[end]!)) end++
  return characters.slice(at, end)
}

const numberOf = (prefix: string, digits: string[]): bigint =>
  digits.reduce((sum, each) => sum * 10n + BigInt(each.codePointAt(0)! - 48), BigInt(prefix || 0))
