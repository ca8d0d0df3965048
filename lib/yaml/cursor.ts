import { YamlError } from './error.ts'
import type { Mark } from './tokens.ts'

const NUL = 0
export const space = 0x20
export const tab = 0x09

/** Code of the character at an index, 0 past the end. */
export const isBreakCode = (code: number): boolean =>
  code === 0x0a || code === 0x0d || code === 0x85 || code === 0x2028 || code === 0x2029
export const isBlankCode = (code: number): boolean => code === space || code === tab
export const isBreakOrEnd = (code: number): boolean => code === NUL || isBreakCode(code)
export const isBlankOrEnd = (code: number): boolean => isBlankCode(code) || isBreakOrEnd(code)

/** A reading position in a text. A NUL cannot occur in the text, so 0 means the end. */
export class Cursor {
  index = 0
  line = 0
  column = 0

  constructor(readonly text: string) {}

  /** The code at an offset from here; 0 at the end. */
  code(offset = 0): number {
    const at = this.index + offset
    return at < this.text.length ? this.text.charCodeAt(at) : NUL
  }

  mark(): Mark {
    return { index: this.index, line: this.line, column: this.column }
  }

  skip(count = 1): void {
    this.index += count
    this.column += count
  }

  /** Reads one line break, which is normalised to a newline unless it is U+2028 or U+2029. */
  readBreak(): string {
    const code = this.code()
    if (!isBreakCode(code)) return ''
    this.index += code === 0x0d && this.code(1) === 0x0a ? 2 : 1
    this.column = 0
    this.line++
    return code === 0x2028 || code === 0x2029 ? String.fromCharCode(code) : '\n'
  }

  /** Whether `---` or `...` stands here at the start of a line, followed by a blank. */
  atDocumentIndicator(): boolean {
    if (this.column !== 0) return false
    const code = this.code()
    if ((code !== 0x2d && code !== 0x2e) || this.code(1) !== code || this.code(2) !== code) return false
    return isBlankOrEnd(this.code(3))
  }

  /** Throws what libyaml's scanner says at this place. */
  fail(problem: string): never {
    throw scannerError(problem, this)
  }
}

/** On the first line libyaml names no line. */
function scannerError(problem: string, { line, column }: { line: number; column: number }): YamlError {
  return new YamlError(line === 0 ? problem : `line ${line + 1}: ${problem}`, line + 1, column + 1)
}
