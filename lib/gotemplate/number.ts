import { unquoteRune } from '../go/quote.ts'
import { Complex, Int } from '../go/value.ts'
import type { NumberNode } from './node.ts'

const separated = /^[+-]?(?:0[xXoObB]_?[0-9a-fA-F]+|[0-9]+)(?:_[0-9a-fA-F]+)*$/
const integer = /^([+-]?)(?:0[xX](?<hex>[0-9a-fA-F]+)|0[oO]?(?<octal>[0-7]+)|0[bB](?<binary>[01]+)|(?<decimal>0|[1-9][0-9]*))$/
const decimalFloat = /^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/
const hexFloat = /^([+-]?)0[xX]([0-9a-fA-F]*)\.?([0-9a-fA-F]*)[pP]([+-]?[0-9]+)$/

/** Whether an underscore stands elsewhere than between digits or after the prefix. */
function strayUnderscore(float: string): boolean {
  const hex = /^[+-]?0[xX]_?/.exec(float)
  return hex ? /(?<![0-9a-fA-F])_|_(?![0-9a-fA-F])/.test(float.slice(hex[0].length)) : /(?<![0-9])_|_(?![0-9])/.test(float)
}

/** An integer literal with Go's base prefixes (strconv, ParseInt with base 0); nothing if it is none. */
export function parseInteger(text: string): bigint | undefined {
  if (text.includes('_') && !separated.test(text)) return undefined
  const found = integer.exec(text.replaceAll('_', ''))
  if (!found) return undefined
  const { hex, octal, binary, decimal } = found.groups!
  const size = BigInt(hex ? `0x${hex}` : octal ? `0o${octal}` : binary ? `0b${binary}` : decimal!)
  return found[1] === '-' ? -size : size
}

/** A float literal (strconv, ParseFloat), nothing if it is none; underscores only where Go allows them. */
export function parseFloatLiteral(text: string): number | undefined {
  if (text.includes('_') && strayUnderscore(text)) return undefined
  const bare = text.replaceAll('_', '')
  if (decimalFloat.test(bare)) return Number.isFinite(Number(bare)) ? Number(bare) : undefined
  const found = hexFloat.exec(bare)
  if (!found || !(found[2] || found[3])) return undefined
  const mantissa = Number(`0x${found[2]}${found[3]}`)
  const value = mantissa * 2 ** (Number(found[4]) - 4 * found[3]!.length)
  if (!Number.isFinite(value)) return undefined
  return found[1] === '-' ? -value : value
}

const fits = (value: bigint): boolean => value >= -(1n << 63n) && value < 1n << 63n

const exactInt = (value: number): number | bigint | undefined =>
  Number.isInteger(value) && Math.abs(value) < 2 ** 63 ? (Number.isSafeInteger(value) ? value : BigInt(value)) : undefined

/** Digits as fmt's scanner takes them for a float. */
const floatToken = String.raw`[+-]?(?:0[xX][\da-fA-F_]*(?:\.[\da-fA-F_]*)?(?:[pP][+-]?[\d_]*)?|[\d_]*(?:\.[\d_]*)?(?:[eE][+-]?[\d_]*)?)`
const complexLiteral = new RegExp(`^(${floatToken})(?=[+-].*[^+-]i)(${floatToken})i$`)

/** A complex literal with both parts (fmt, Sscan). */
function complexPair(literal: string, at: number): NumberNode | string {
  const found = complexLiteral.exec(literal)
  if (!found) return 'syntax error scanning complex number'
  const [, first, second] = found as unknown as [string, string, string]
  const real = parseFloatLiteral(first)
  if (real === undefined) return floatFault(first)
  const imaginary = parseFloatLiteral(second)
  return imaginary === undefined ? floatFault(second) : complexNode(literal, at, real, imaginary)
}

/** Why a text is no float (strconv, ParseFloat). */
function floatFault(text: string): string {
  const bare = text.replaceAll('_', '')
  return (decimalFloat.test(bare) || hexFloat.test(bare)) && !strayUnderscore(text) ? 'value out of range' : 'invalid syntax'
}

function complexNode(literal: string, at: number, real: number, imaginary: number): NumberNode {
  const float = imaginary === 0 ? real : undefined
  return { kind: 'number', at, literal, int: float === undefined ? undefined : exactInt(float), float, value: new Complex(real, imaginary) }
}

/** A character that is none, or one that is followed by more. */
function runeFault(literal: string): string {
  const first = /^'(\\(?:x..|u.{4}|U.{8}|[0-7]..|[^])|[^])/u.exec(literal)?.[1]
  return first !== undefined && unquoteRune(`'${first}'`) !== undefined ? `malformed character constant: ${literal}` : 'invalid syntax'
}

/** The node for a number or rune literal, or what is wrong with it (text/template/parse, newNumber). */
export function numberNode(literal: string, kind: 'number' | 'complex' | 'rune', at: number): NumberNode | string {
  if (kind === 'rune') {
    const point = unquoteRune(literal)
    if (point === undefined) return runeFault(literal)
    return { kind: 'number', at, literal, int: point, float: point, value: new Int(point) }
  }
  if (kind === 'complex') return complexPair(literal, at)
  const imaginary = literal.endsWith('i') ? parseFloatLiteral(literal.slice(0, -1)) : undefined
  if (imaginary !== undefined) return complexNode(literal, at, 0, imaginary)
  const whole = parseInteger(literal)
  if (whole !== undefined && fits(whole)) {
    const value = new Int(whole)
    return { kind: 'number', at, literal, int: value.n, float: Number(whole), value }
  }
  if (whole !== undefined && whole > 0n && whole < 1n << 64n)
    return { kind: 'number', at, literal, int: undefined, float: Number(whole), value: undefined }
  const float = parseFloatLiteral(literal)
  if (float === undefined) return `illegal number syntax: "${literal}"`
  if (!/[.eEpP]/.test(literal)) return `integer overflow: "${literal}"`
  return { kind: 'number', at, literal, int: exactInt(float), float, value: float }
}
