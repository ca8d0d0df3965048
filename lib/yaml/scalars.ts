/** What a plain scalar means in YAML 1.1 as go-yaml v2 reads it. */
export type ScalarTag = 'null' | 'bool' | 'int' | 'float' | 'timestamp' | 'str'

/** A resolved scalar. Integers come as text in base ten, so that none is rounded. */
export interface Scalar {
  readonly tag: ScalarTag
  readonly value: null | boolean | number | string
}

const words = new Map<string, Scalar>()

function addWords(scalar: Scalar, ...spellings: string[]): void {
  for (const word of spellings) words.set(word, scalar)
}

addWords({ tag: 'bool', value: true }, 'y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON')
addWords({ tag: 'bool', value: false }, 'n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF')
addWords({ tag: 'null', value: null }, '', '~', 'null', 'Null', 'NULL')
addWords({ tag: 'float', value: NaN }, '.nan', '.NaN', '.NAN')
addWords({ tag: 'float', value: Infinity }, '.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF')
addWords({ tag: 'float', value: -Infinity }, '-.inf', '-.Inf', '-.INF')

const str = (value: string): Scalar => ({ tag: 'str', value })

/** The first characters that any scalar but a string can have. */
const special = new Set('+-.0123456789yYnNtTfFoO~')

const pointFloat = /^\.\d+(?:_\d+)*(?:[eE][-+]?\d+(?:_\d+)*)?$/
const float = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/
const decimal = /^[-+]?(?:0|[1-9]\d*)$/
const based = /^([-+]?)0(?:[xX]([\da-fA-F]+)|[bB]([01]+)|[oO]?([0-7]+))$/
const base60 = /^[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.[\d_]*)?$/

/**
 * What the text of a plain scalar stands for.
 * Source: go-yaml v2 `resolve`; YAML 1.1 words, Go's integer prefixes, no base 60.
 */
export function resolveScalar(text: string): Scalar {
  if (text === '') return words.get('')!
  if (!special.has(text[0]!)) return str(text)
  const word = words.get(text)
  if (word) return word
  const first = text.charCodeAt(0)
  if (first === 0x2e) return pointFloat.test(text) ? finite(text, text.replaceAll('_', '')) : str(text)
  if (first > 0x39) return str(text)
  return isTimestamp(text) ? { tag: 'timestamp', value: text } : resolveNumber(text)
}

/** Whether a string must be quoted so as not to be read as something else. */
export const isAmbiguous = (text: string): boolean =>
  text === '' ||
  (special.has(text[0]!) && (resolveScalar(text).tag !== 'str' || (text.includes(':') && base60.test(text))))

function resolveNumber(text: string): Scalar {
  const plain = text.includes('_') ? text.replaceAll('_', '') : text
  const integer = integerText(plain)
  if (integer !== undefined) return { tag: 'int', value: integer }
  return float.test(plain) ? finite(text, plain) : str(text)
}

/** An integer of 64 bits in base ten, or nothing. */
function integerText(plain: string): string | undefined {
  if (decimal.test(plain)) {
    if (plain.length < 16) return String(Number(plain) || 0)
    return fitting(BigInt(plain.replace(/^\+/, '')), plain[0] === '+')
  }
  const parts = based.exec(plain)
  if (!parts) return undefined
  const [, sign, hex, binary, octal] = parts
  const size = BigInt(hex ? `0x${hex}` : binary ? `0b${binary}` : `0o${octal}`)
  return fitting(sign === '-' ? -size : size, sign === '+')
}

/** Go reads what exceeds int64 as uint64, where a sign is not allowed. */
function fitting(value: bigint, signed: boolean): string | undefined {
  const limit = signed ? 9223372036854775807n : 18446744073709551615n
  return value >= -9223372036854775808n && value <= limit ? value.toString() : undefined
}

function finite(text: string, plain: string): Scalar {
  const value = Number(plain)
  return Number.isFinite(value) ? { tag: 'float', value } : str(text)
}

const date = /^(\d{4})-(\d\d?)-(\d\d?)(?:(?:[Tt](\d\d?):(\d\d?):(\d\d?)(?:[.,]\d+)?(?:Z|[-+](\d\d):(\d\d)))|(?: (\d\d?):(\d\d?):(\d\d?)(?:[.,]\d+)?))?$/

function isTimestamp(text: string): boolean {
  if (text.charCodeAt(4) !== 0x2d) return false
  const parts = date.exec(text)
  if (!parts) return false
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])]
  const [hour, minute, second] = [4, 5, 6].map(i => Number(parts[i] ?? parts[i + 5] ?? 0)) as [number, number, number]
  const zoneFits = Number(parts[7] ?? 0) <= 24 && Number(parts[8] ?? 0) < 60
  return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month) && hour < 24 && minute < 60 && second < 60 && zoneFits
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}
