import { attempt } from '../../go/attempt.ts'
import { quote } from '../../go/quote.ts'
import { Int, type Struct, type Value } from '../../go/value.ts'
import { timeFromText } from '../sprig/index.ts'
import { shown, type Scanner, type Token } from './scanner.ts'

/** Whether a character is a digit of ASCII. */
export const isDigit = (char: string): boolean => char >= '0' && char <= '9' && char.length === 1

/** A number that begins with a sign. Throws `GoError`. */
export function signed(scanner: Scanner): Value {
  const start = scanner.at
  const sign = scanner.next()
  if (scanner.accept('inf')) return sign === '-' ? -Infinity : Infinity
  if (scanner.accept('nan')) return NaN
  const char = scanner.next()
  if (char === 'i' || char === 'n') {
    const [second, third] = char === 'i' ? 'nf' : 'an'
    if (scanner.accept(second!)) scanner.accept(third!)
    scanner.fail(`invalid float: '${scanner.since(start).text}'`)
  }
  const base = scanner.peek()
  if (char === '0' && /^[box]$/.test(base)) scanner.fail(`cannot use sign with non-decimal numbers: '${sign}0${base}'`)
  if (char === '.') scanner.fail("floats must start with a digit, not '.'")
  if (!isDigit(char)) scanner.fail(`expected a digit but got ${shown(char)}`)
  return decimal(scanner, start)
}

function decimal(scanner: Scanner, start: number): Value {
  scanner.run(/[\d_]/)
  if (!/[.eE]/.test(scanner.peek() || ' ')) return integer(scanner, scanner.since(start))
  scanner.run(/[\d_.eE+-]/)
  return float(scanner, scanner.since(start))
}

/** What begins with a digit: a number, a date or a time. Throws `GoError`. */
export function numberOrDate(scanner: Scanner): Value {
  const start = scanner.at
  const prefix = /^0([box])/.exec(scanner.text.slice(start, start + 2))
  if (prefix) return based(scanner, prefix[1]!, start)
  const digits = scanner.run(/\d/).text
  const mayBeDate = digits.length > 1 || digits !== '0'
  if (!mayBeDate || !/[-:]/.test(scanner.peek() || ' ')) return decimal(scanner, start)
  scanner.run(/[\d:TtZz .+-]/)
  const { text, line } = scanner.since(start)
  return date(scanner, { text: text.trim(), line })
}

function based(scanner: Scanner, base: string, start: number): Value {
  scanner.at += 2
  const [digits, name] = { b: [/[01]/, 'a binary'], o: [/[0-7]/, 'an octal'], x: [/[\da-fA-F]/, 'a hexadecimal'] }[base] as [RegExp, string]
  const char = scanner.peek()
  if (!digits.test(char || ' ')) scanner.fail(`not ${name} number: '0${base}${char || '\0'}'`)
  scanner.run(new RegExp(`${digits.source}|_`))
  return integer(scanner, scanner.since(start))
}

function integer(scanner: Scanner, { text, line }: Token): Int {
  const fail = (why: string): never => scanner.failAt(line, `Invalid integer ${quote(text)}: ${why}`)
  if (!underscoresFit(text)) fail('underscores must be surrounded by digits')
  if (hasLeadingZero(text)) fail('cannot have leading zeroes')
  const size = BigInt(text.replace(/^[+-]|_/g, ''))
  const value = text.startsWith('-') ? -size : size
  if (BigInt.asIntN(64, value) !== value) scanner.failAt(line, `${text} is out of range for int64`)
  return new Int(value, 'int64')
}

function float(scanner: Scanner, { text, line }: Token): number {
  const fail = (why: string): never => scanner.failAt(line, `Invalid float ${quote(text)}: ${why}`)
  const parts = text.split(/[.eE]/).filter((part) => part !== '')
  if (!parts.every(underscoresFit)) fail('underscores must be surrounded by digits')
  if (hasLeadingZero(parts[0]!)) fail('cannot have leading zeroes')
  if (/\.(?!\d)/.test(text)) fail("'.' must be followed by one or more digits")
  const digits = text.replaceAll('_', '')
  const value = Number(digits)
  if (!/^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(digits)) return scanner.failAt(line, `Invalid float value: ${quote(text)}`)
  return Number.isFinite(value) ? value : scanner.failAt(line, `${text} is out of range for float64`)
}

function date(scanner: Scanner, { text, line }: Token): Struct {
  const wanted = text.replaceAll('z', 'Z').replaceAll('t', 'T').replaceAll(' ', 'T')
  const found = /^(?:(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:\d\d)?)?|(\d\d:\d\d(?::\d\d(?:\.\d+)?)?))$/.exec(wanted)
  const fail = (): never => scanner.failAt(line, `invalid datetime: ${quote(wanted)}`)
  if (!found) return fail()
  const [, day = '0000-01-01', clock = found[4] ?? '00:00:00', zone] = found
  const whole = `${day}T${clock.length === 5 ? `${clock}:00` : clock}${zone ?? 'Z'}`
  return attempt(() => timeFromText(whole, zone === undefined ? localZone(found[1], found[2]) : undefined), fail)
}

const localZone = (day: string | undefined, clock: string | undefined): string =>
  day === undefined ? 'time-local' : clock === undefined ? 'date-local' : 'datetime-local'

const hasLeadingZero = (text: string): boolean => /^(?:0[^box]|[+-]0.)/.test(text)

/** Whether every underscore stands between digits. */
function underscoresFit(text: string): boolean {
  let fits = false
  for (const char of text) {
    if (char === '_' && !fits) return false
    fits = /[\da-fA-F]/.test(char)
  }
  return fits
}
