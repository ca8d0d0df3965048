import { GoError } from '../../go/value.ts'
import { keeping, regexFunctions, type Match, type Pattern } from './regex.ts'
import { translated } from './regex-syntax.ts'

/** Whether an offset is inside a character; JavaScript finds empty matches there. */
const splitsPair = (text: string, at: number): boolean =>
  at > 0 && /[\udc00-\udfff]/.test(text[at] ?? '') && /[\ud800-\udbff]/.test(text[at - 1]!)

function findNative(regex: RegExp, text: string, from: number): Match | undefined {
  for (let at = from; ; at++) {
    regex.lastIndex = at
    const match = regex.exec(text)
    if (!match) return undefined
    if (!splitsPair(text, match.index)) return { index: match.index, groups: match, named: match.groups }
    at = match.index
  }
}

function compileNative(pattern: string): Pattern {
  const { source, flags } = translated(pattern)
  let regex: RegExp
  try {
    regex = new RegExp(source, flags)
  } catch {
    throw new GoError(`error parsing regexp: invalid or unsupported Perl syntax: \`${pattern}\``)
  }
  return { isEmpty: pattern === '', find: (text, from) => findNative(regex, text, from) }
}

/** The functions of regular expressions for whoever cannot wait for RE2: patterns are translated to JavaScript's. */
export const nativeRegexes = new Map(Object.entries(regexFunctions(keeping(compileNative))))
