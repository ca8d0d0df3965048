import { Int, type Value } from '../go/value.ts'
import { resolveScalar } from './scalars.ts'

/** One for all, for the trace of a new one would cost more than most documents. */
const refusal = new Error('not written as most documents are')

/** Gives the document up to the full reader. */
export function decline(): never {
  throw refusal
}

/** Stands for "this may be anything, read it in full". */
export const declined = Symbol('declined')

/** What `read` gives, or `declined` where it declined. */
export function unlessDeclined<T>(read: () => T): T | typeof declined {
  try {
    return read()
  } catch (error) {
    if (error === refusal) return declined
    throw error
  }
}

/** What a scalar without quotes stands for; with `asWritten` whole numbers are `Int`. */
export function plainValue(text: string, asWritten: boolean): Value {
  const { tag, value } = resolveScalar(text)
  if (tag === 'int') return asWritten ? new Int(value as number, 'int64') : Number(value)
  if (tag === 'float' && !Number.isFinite(value)) decline()
  return value
}

/** The key that a text without quotes is. */
export const plainKey = (text: string): string => (resolveScalar(text).tag === 'str' ? text : decline())

/** A text in double quotes with the escapes of most, or in single quotes without any. */
export const quotedSource = `"((?:[^"\\\\]|\\\\["\\\\nt])*)"|'([^']*)'`

/** The text between double or single quotes, as `quotedSource` finds them. */
export function unquoted(double: string | undefined, single: string | undefined): string {
  if (double === undefined) return single ?? ''
  return double.includes('\\') ? (JSON.parse(`"${double}"`) as string) : double
}
