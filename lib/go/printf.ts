import { joinBytes } from './bytes.ts'
import { typeOf } from './kinds.ts'
import { formatValue, noFlags, type Flags } from './print.ts'
import { Int, type Value } from './value.ts'

/** A format being worked through: where we are in it and which operand is next. */
interface Cursor {
  readonly format: string
  readonly operands: readonly Value[]
  at: number
  next: number
  /** An explicit index such as `[3]` was wrong, or stood where none may. */
  badIndex: boolean
  /** An explicit index was used somewhere, so unused operands are not reported. */
  reordered: boolean
  afterIndex: boolean
}

const tooLarge = 1e6

function readNumber(cursor: Cursor): number | undefined {
  const digits = /\d*/y
  digits.lastIndex = cursor.at
  const text = digits.exec(cursor.format)![0]
  cursor.at += text.length
  return text && Number(text) <= tooLarge ? Number(text) : undefined
}

function readIndex(cursor: Cursor): void {
  cursor.afterIndex = false
  if (cursor.format[cursor.at] !== '[') return
  cursor.reordered = true
  const close = cursor.format.indexOf(']', cursor.at)
  const text = close < 0 ? '' : cursor.format.slice(cursor.at + 1, close)
  const index = /^\d+$/.test(text) ? Number(text) - 1 : -1
  cursor.at = close < 0 ? cursor.at + 1 : close + 1
  if (index < 0 || index >= cursor.operands.length) cursor.badIndex = true
  else {
    cursor.next = index
    cursor.afterIndex = true
  }
}

function intOperand(cursor: Cursor): number | undefined {
  const operand = cursor.operands[cursor.next]
  if (cursor.next < cursor.operands.length) cursor.next++
  return operand instanceof Int && Math.abs(Number(operand.n)) <= tooLarge ? Number(operand.n) : undefined
}

const flagNames = new Map<string, 'sharp' | 'zero' | 'plus' | 'minus' | 'space'>([
  ['#', 'sharp'], ['0', 'zero'], ['+', 'plus'], ['-', 'minus'], [' ', 'space'],
])

function readFlags(cursor: Cursor): Flags {
  const flags = noFlags()
  for (; ; cursor.at++) {
    const name = flagNames.get(cursor.format[cursor.at] ?? '')
    if (!name) return flags
    flags[name] = true
  }
}

/** Reads the width; what it gives is text to write for a bad one. */
function readWidth(cursor: Cursor, flags: Flags): string {
  if (cursor.format[cursor.at] !== '*') {
    flags.width = readNumber(cursor)
    if (cursor.afterIndex && flags.width !== undefined) cursor.badIndex = true
    return ''
  }
  cursor.at++
  const width = intOperand(cursor)
  cursor.afterIndex = false
  if (width === undefined) return '%!(BADWIDTH)'
  flags.width = Math.abs(width)
  if (width < 0) Object.assign(flags, { minus: true, zero: false })
  return ''
}

function readPrecision(cursor: Cursor, flags: Flags): string {
  if (cursor.format[cursor.at] !== '.' || cursor.at + 1 >= cursor.format.length) return ''
  cursor.at++
  if (cursor.afterIndex) cursor.badIndex = true
  readIndex(cursor)
  if (cursor.format[cursor.at] !== '*') {
    flags.precision = readNumber(cursor) ?? 0
    return ''
  }
  cursor.at++
  const precision = intOperand(cursor)
  cursor.afterIndex = false
  flags.precision = precision !== undefined && precision >= 0 ? precision : undefined
  return flags.precision === undefined ? '%!(BADPREC)' : ''
}

function verbText(cursor: Cursor): string {
  cursor.badIndex = false
  const flags = readFlags(cursor)
  readIndex(cursor)
  let text = readWidth(cursor, flags) + readPrecision(cursor, flags)
  if (!cursor.afterIndex) readIndex(cursor)
  const point = cursor.format.codePointAt(cursor.at)
  if (point === undefined) return `${text}%!(NOVERB)`
  const verb = String.fromCodePoint(point)
  cursor.at += verb.length
  if (verb === '%') return `${text}%`
  if (cursor.badIndex) return `${text}%!${verb}(BADINDEX)`
  if (cursor.next >= cursor.operands.length) return `${text}%!${verb}(MISSING)`
  if (verb === 'v' || verb === 'w') Object.assign(flags, { sharpV: flags.sharp, sharp: false, plusV: flags.plus, plus: false })
  text += formatValue(cursor.operands[cursor.next++], verb, flags)
  return text
}

function extraText(operands: readonly Value[]): string {
  const nil = (value: Value): boolean => value === null || value === undefined
  const parts = operands.map(value => (nil(value) ? '<nil>' : `${typeOf(value)}=${formatValue(value, 'v', noFlags())}`))
  return `%!(EXTRA ${parts.join(', ')})`
}

/** The format with its verbs replaced by the operands (fmt, Sprintf). */
export function sprintf(format: string, operands: readonly Value[]): string {
  const cursor: Cursor = { format, operands, at: 0, next: 0, badIndex: false, reordered: false, afterIndex: false }
  let text = ''
  while (cursor.at < format.length) {
    const percent = format.indexOf('%', cursor.at)
    if (percent < 0) {
      text += format.slice(cursor.at)
      break
    }
    text += format.slice(cursor.at, percent)
    cursor.at = percent + 1
    text += verbText(cursor)
  }
  if (!cursor.reordered && cursor.next < operands.length) text += extraText(operands.slice(cursor.next))
  return joinBytes(text)
}
