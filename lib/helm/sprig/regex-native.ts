import { attempt } from '../../go/attempt.ts'
import { GoError, type Func } from '../../go/value.ts'
import { TooSlow } from './patience.ts'
import { costOf, type Cost } from './regex-cost.ts'
import { keeping, regexFunctions, type Match, type Pattern } from './regex.ts'
import { translated } from './regex-syntax.ts'

/** Steps of JavaScript's engine in one rendering: at worst about a second. */
const mostSteps = 100_000_000
const longestPattern = 2000

const tooSlow = (pattern: string, length: number): TooSlow =>
  new TooSlow(`the pattern ${pattern.slice(0, 100)} can take too long for ${length} characters without RE2; await loadFunctions() before the chart is rendered`)

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

interface Native {
  readonly pattern: Pattern
  readonly cost: Cost
}

function compileNative(pattern: string): Native {
  if (pattern.length > longestPattern) throw tooSlow(pattern, pattern.length)
  const { source, flags } = translated(pattern)
  let regex: RegExp
  try {
    regex = new RegExp(source, flags)
  } catch {
    throw new GoError(`error parsing regexp: invalid or unsupported Perl syntax: \`${pattern}\``)
  }
  const finder: Pattern['finder'] = (text) => (from) => findNative(regex, text, from)
  return { pattern: { isEmpty: pattern === '', finder }, cost: costOf(source, flags.includes('i')) }
}

const compile = keeping(compileNative)

/** How a pattern is found by JavaScript's engine, if that takes no more than so many steps for a text of the length. */
export function nativeWithin(text: string, length: number, steps: number): Pattern['finder'] | undefined {
  if (text.length > longestPattern) return undefined
  const native = attempt(() => compile(text), () => undefined)
  return native && native.cost(length) <= steps ? native.pattern.finder : undefined
}

/**
 * The functions of regular expressions for whoever cannot wait for RE2: patterns are translated to
 * JavaScript's. They refuse what could take long, alone or all together; so they are made anew for each rendering.
 */
export function nativeRegexes(): ReadonlyMap<string, Func> {
  let left = mostSteps
  const limited = (text: string): Pattern => {
    const { pattern, cost } = compile(text)
    const finder: Pattern['finder'] = (subject) => {
      const steps = cost(subject.length)
      if (steps > left) throw tooSlow(text, subject.length)
      left -= steps
      return pattern.finder(subject)
    }
    return { isEmpty: pattern.isEmpty, finder }
  }
  return new Map(Object.entries(regexFunctions(limited)))
}
