import { nativeWithin } from '../sprig/regex-native.ts'
import type { Pattern } from '../sprig/regex.ts'
import { compileLinear } from './linear.ts'

// What of ASCII means the same in JavaScript and in Go, in a text of ASCII that can be printed.
const literal = /[\w /:;,=@#%&~"'<>!-]|\\[.\-+*?()|[\]{}^$/\\dDwWsSbB]/
const operator = /[.^$|)?*+]|\((?!\?)|\(\?:|\{\d(?:,\d?)?\}/
const member = /[\w /:;,=@#%&~"'<>!.+*?()|{}$]|[a-z]-[a-z]|[A-Z]-[A-Z]|\d-\d|\\[.\-+*?()|[\]{}^$/\\dw]/
const plain = new RegExp(`^(?:${literal.source}|${operator.source}|\\[\\^?-?(?:${member.source})+-?\\])*$`)
const printable = /^[ -~]*$/

/** Go refuses counts above 1000, and those of a group times those in it. */
const hasSmallCounts = (pattern: string): boolean => pattern.split('{').length <= 4

/** What takes JavaScript's engine longer than this is left to RE2. */
const mostSteps = 100_000

/**
 * A pattern of the simplest kind, which most are: JavaScript's engine finds the same, and at once,
 * while RE2 reads the pattern for as long as it takes to render a file. Nothing for all others.
 */
export function compilePlain(pattern: string): Pattern | undefined {
  if (!plain.test(pattern) || !hasSmallCounts(pattern) || !nativeWithin(pattern, 0, mostSteps)) return undefined
  let linear: Pattern | undefined
  const inRe2 = (text: string) => (linear ??= compileLinear(pattern)).finder(text)
  const finder = (text: string) => (printable.test(text) ? nativeWithin(pattern, text.length, mostSteps)?.(text) : undefined) ?? inRe2(text)
  return {
    isEmpty: pattern === '',
    // What a group in a repetition has found at last can differ.
    finder: pattern.includes('(') ? inRe2 : finder,
    matches: (text) => finder(text)(0) !== undefined,
  }
}
