import { RE2JS } from 're2js'
import { GoError } from '../../go/value.ts'
import { TooSlow } from '../sprig/patience.ts'
import { checkBytes } from '../sprig/regex-bytes.ts'
import type { Match, Pattern } from '../sprig/regex.ts'
import { nativeWithin } from '../sprig/regex-native.ts'
import { goMessage, renamed } from './names.ts'

/** Steps of RE2 in one search, which nothing can stop: at worst a few seconds. */
const mostSteps = 20_000_000
const mostNativeSteps = 500_000_000
const longestPattern = 100_000

type Matcher = ReturnType<RE2JS['matcher']>

/** Of groups with the same name the first that matched counts. */
function namedGroups(names: readonly (readonly [string, number])[], groups: readonly (string | undefined)[]): Record<string, string | undefined> {
  const named: Record<string, string | undefined> = Object.create(null) as Record<string, string | undefined>
  for (const [name, at] of names) named[name] ??= groups[at]
  return named
}

function matchOf(matcher: Matcher, names: readonly (readonly [string, number])[]): Match {
  const groups = Array.from({ length: matcher.groupCount() + 1 }, (_, at) => matcher.group(at) ?? undefined)
  const named = names.length > 0 ? namedGroups(names, groups) : undefined
  return { index: matcher.start(), groups, named }
}

/** A pattern in RE2, whose time is linear in the text's length. */
export function compileLinear(pattern: string): Pattern {
  if (pattern.length > longestPattern) throw new TooSlow(`the pattern is longer than ${longestPattern} characters`)
  checkBytes(pattern, part => RE2JS.compile(part))
  const { pattern: plain, names } = renamed(pattern)
  const regex = attempted(plain)
  if (typeof regex === 'string') {
    const asItIs = attempted(pattern)
    throw new GoError(goMessage(typeof asItIs === 'string' ? asItIs : undefined, regex))
  }
  return {
    isEmpty: pattern === '',
    finder: (text) => {
      if (regex.programSize() * text.length > mostSteps) return inLongText(pattern, text)
      const matcher = regex.matcher(text)
      return (from) => (matcher.find(from) ? matchOf(matcher, names) : undefined)
    },
  }
}

/** What RE2JS makes of a pattern, or what it says against it. */
function attempted(pattern: string): RE2JS | string {
  try {
    return RE2JS.compile(pattern)
  } catch (error) {
    if (error instanceof Error && error.name.startsWith('RE2JS')) return error.message
    throw error
  }
}

/** RE2 is slow where JavaScript's engine is fast: with simple patterns, which charts look for in large files. */
function inLongText(pattern: string, text: string): ReturnType<Pattern['finder']> {
  const native = nativeWithin(pattern, text.length, mostNativeSteps)
  if (!native) throw new TooSlow(`the pattern ${pattern.slice(0, 100)} can take too long for ${text.length} characters`)
  return native(text)
}
