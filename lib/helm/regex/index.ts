import { RE2JS } from 're2js'
import { GoError, type Func } from '../../go/value.ts'
import { TooSlow } from '../sprig/patience.ts'
import { checkBytes } from '../sprig/regex-bytes.ts'
import { keeping, regexFunctions, type Match, type Pattern } from '../sprig/regex.ts'
import { nativeWithin } from '../sprig/regex-native.ts'

/** Steps of RE2 in one search, which nothing can stop: at worst a few seconds. */
const mostSteps = 20_000_000
const mostNativeSteps = 500_000_000
const longestPattern = 100_000

type Matcher = ReturnType<RE2JS['matcher']>

function matchOf(matcher: Matcher, names: readonly (readonly [string, number])[]): Match {
  const groups = Array.from({ length: matcher.groupCount() + 1 }, (_, at) => matcher.group(at) ?? undefined)
  const named = names.length > 0 ? Object.fromEntries(names.map(([name, at]) => [name, groups[at]])) : undefined
  return { index: matcher.start(), groups, named }
}

/** A pattern in RE2, whose time is linear in the text's length. */
function compileLinear(pattern: string): Pattern {
  if (pattern.length > longestPattern) throw new TooSlow(`the pattern is longer than ${longestPattern} characters`)
  checkBytes(pattern, part => RE2JS.compile(part))
  try {
    const regex = RE2JS.compile(pattern)
    const names = Object.entries(regex.namedGroups())
    return {
      isEmpty: pattern === '',
      finder: (text) => {
        if (regex.programSize() * text.length > mostSteps) return inLongText(pattern, text)
        const matcher = regex.matcher(text)
        return (from) => (matcher.find(from) ? matchOf(matcher, names) : undefined)
      },
    }
  } catch (error) {
    throw error instanceof Error && error.name.startsWith('RE2JS') ? new GoError(error.message) : error
  }
}

/** RE2 is slow where JavaScript's engine is fast: with simple patterns, which charts look for in large files. */
function inLongText(pattern: string, text: string): ReturnType<Pattern['finder']> {
  const native = nativeWithin(pattern, text.length, mostNativeSteps)
  if (!native) throw new TooSlow(`the pattern ${pattern.slice(0, 100)} can take too long for ${text.length} characters`)
  return native(text)
}

const compile = keeping(compileLinear)

/** The functions of regular expressions by RE2. */
export const functions = (): Readonly<Record<string, Func>> => regexFunctions(compile)
