import { RE2JS } from 're2js'
import { hasInvalidBytes } from '../../go/bytes.ts'
import { GoError, type Func } from '../../go/value.ts'
import { keeping, regexFunctions, type Match, type Pattern } from '../sprig/regex.ts'

function findLinear(regex: RE2JS, text: string, from: number): Match | undefined {
  const matcher = regex.matcher(text)
  if (!matcher.find(from)) return undefined
  const groups = Array.from({ length: matcher.groupCount() + 1 }, (_, at) => matcher.group(at) ?? undefined)
  const named = Object.fromEntries(Object.entries(regex.namedGroups()).map(([name, at]) => [name, groups[at]]))
  return { index: matcher.start(), groups, named }
}

/** A pattern in RE2, whose time is linear in the text's length. */
function compileLinear(pattern: string): Pattern {
  if (hasInvalidBytes(pattern)) throw new GoError(`error parsing regexp: invalid UTF-8: \`${pattern}\``)
  try {
    const regex = RE2JS.compile(pattern)
    return { isEmpty: pattern === '', find: (text, from) => findLinear(regex, text, from) }
  } catch (error) {
    throw error instanceof Error && error.name.startsWith('RE2JS') ? new GoError(error.message) : error
  }
}

const made = regexFunctions(keeping(compileLinear))

/** The functions of regular expressions by RE2. */
export const functions = (): Readonly<Record<string, Func>> => made
