import { byteLength } from '../go/bytes.ts'
import { GoError } from '../go/value.ts'

/** The text of a file of templates and its name. */
export interface Source {
  readonly name: string
  readonly text: string
}

/** A place in a source: lines count from 1, columns are bytes and count from 0, as in Go's messages. */
export interface Place {
  readonly line: number
  readonly column: number
}

/** The line at an offset. */
export function lineAt(text: string, offset: number): number {
  let line = 1
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line++
  return line
}

/** The line and column at an offset. */
export function placeAt(text: string, offset: number): Place {
  const start = text.lastIndexOf('\n', offset - 1) + 1
  const from = offset === 0 ? 0 : start
  return { line: lineAt(text, offset), column: byteLength(text.slice(from, offset)) }
}

/** A text that is no template; `message` is Go's. */
export class ParseError extends GoError {
  constructor(
    readonly file: string,
    readonly line: number,
    readonly problem: string,
  ) {
    super(`template: ${file}:${line}: ${problem}`)
  }
}

/** A template that could not be executed; `message` is Go's, `cause` what a function that it called threw. */
export class ExecError extends GoError {
  constructor(
    readonly file: string,
    readonly place: Place,
    readonly problem: string,
    message: string,
    cause?: unknown,
  ) {
    super(message, { cause })
  }
}
