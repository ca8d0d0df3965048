import { attempt } from '../../go/attempt.ts'
import { joinBytes } from '../../go/bytes.ts'
import { addedOneByOne } from '../../go/capacity.ts'
import { quote } from '../../go/quote.ts'
import { func, GoError, NilList, type Func, type Param, type Slice, type Value } from '../../go/value.ts'
import { strings } from './convert.ts'
import { checkItems, checkLength } from './limits.ts'
import { Patience } from './patience.ts'

/** Where a pattern matched, and the texts of its groups, the whole match first. */
export interface Match {
  readonly index: number
  readonly groups: readonly (string | undefined)[]
  readonly named: Readonly<Record<string, string | undefined>> | undefined
}

/** A compiled regular expression. */
export interface Pattern {
  readonly isEmpty: boolean
  /** What finds the first match in a text at or after an offset, which is never inside a character. */
  finder(text: string): (from: number) => Match | undefined
  /** Whether a text has a match, where that is told quicker than what it is. */
  matches?(text: string): boolean
}

/** Throws `GoError` with Go's message for what is no regular expression. */
export type Compile = (pattern: string) => Pattern

/** The same, but what it has compiled is kept for the next time. */
export function keeping<P>(compile: (pattern: string) => P): (pattern: string) => P {
  const known = new Map<string, P>()
  return (text) => {
    const found = known.get(text)
    if (found) return found
    const pattern = compile(text)
    if (known.size > 1000) known.clear()
    known.set(text, pattern)
    return pattern
  }
}

const literalPattern = (pattern: string): string => (/[`\x00-\x08\x0a-\x1f\x7f\udc80-\udcff\ufeff]/.test(pattern) ? quote(pattern) : `\`${pattern}\``)

/** The compiler for a function that panics where its twin `must…` returns the error. */
const panicking = (compile: Compile): Compile => (pattern) =>
  attempt(() => compile(pattern), ({ message }) => {
    throw new GoError(`regexp: Compile(${literalPattern(pattern)}): ${message}`)
  })

/** The matches from left to right; none is empty right after another (regexp, allMatches). */
function matches(regex: Pattern, text: string, most: number, patience: Patience): Match[] {
  const find = regex.finder(text)
  const found: Match[] = []
  let end = -1
  for (let at = 0; at <= text.length && found.length !== most; ) {
    patience.check()
    const match = find(at)
    if (!match) break
    const whole = match.groups[0]!
    const next = match.index + whole.length
    if (whole !== '' || match.index !== end) checkItems(found.push(match))
    end = next
    at = whole === '' ? next + (text.codePointAt(next)! > 0xffff ? 2 : 1) : next
  }
  return found
}

function replaced(regex: Pattern, text: string, replacement: (match: Match) => string, patience: Patience): string {
  let result = ''
  let at = 0
  for (const match of matches(regex, text, -1, patience)) {
    patience.check()
    result += text.slice(at, match.index) + replacement(match)
    checkLength(result.length)
    at = match.index + match.groups[0]!.length
  }
  return joinBytes(result + text.slice(at))
}

const reference = /\$(?:\$|([\p{L}\p{Nd}_]+)|\{([\p{L}\p{Nd}_]+)\})/gu

function groupText(match: Match, name: string): string {
  // A number that begins with a zero is a name.
  if (/^(?:0|[1-9]\d{0,8})$/.test(name)) return match.groups[Number(name)] ?? ''
  return match.named?.[name] ?? ''
}

type Filler = (match: Match) => string

/** What fills a replacement's `$1` and `${name}` in (regexp, Expand). */
function filler(template: string): Filler {
  const parts: Filler[] = []
  let at = 0
  for (const found of template.matchAll(reference)) {
    const before = template.slice(at, found.index) + (found[0] === '$$' ? '$' : '')
    const name = found[1] ?? found[2]
    at = found.index + found[0].length
    parts.push(name === undefined ? () => before : (match) => before + groupText(match, name))
  }
  const rest = template.slice(at)
  return (match) => {
    let text = ''
    for (const part of parts) text += part(match)
    return text + rest
  }
}

function split(regex: Pattern, text: string, count: number, patience: Patience): Slice {
  if (count === 0) return strings(orNil([]))
  if (text === '' && !regex.isEmpty) return strings([''])
  const parts: string[] = []
  let start = 0
  let end = 0
  const found = matches(regex, text, count, patience)
  for (const match of found) {
    if (count > 0 && parts.length === count - 1) break
    end = match.index
    const next = match.index + match.groups[0]!.length
    if (next !== 0) parts.push(text.slice(start, end))
    start = next
  }
  if (end !== text.length) parts.push(text.slice(start))
  return addedOneByOne(strings(parts), found.length)
}

/** Go gives a nil slice where there is nothing to give. */
const orNil = (items: string[]): string[] => (items.length > 0 ? items : (new NilList() as string[]))

type Body = (regex: Pattern, ...rest: never[]) => Value

const firstMatch = (regex: Pattern, text: string): Match | undefined => regex.finder(text)(0)

const matchesSomewhere = (regex: Pattern, text: string): boolean => regex.matches?.(text) ?? firstMatch(regex, text) !== undefined

/** For how many matches Go makes room at first. */
const firstRoom = 10

/** A text as a pattern that finds it (regexp, QuoteMeta). */
export const regexQuoteMeta = func(['string'], (text) => text.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&'))

/** Sprig's functions of regular expressions, on an implementation of these, for one rendering. */
export function regexFunctions(compile: Compile): Record<string, Func> {
  const patience = new Patience('regular expressions')
  const panic = panicking(compile)
  /** A function and its twin: both take the pattern first, and differ in what a wrong pattern does. */
  function twins<const P extends readonly Param[]>(name: string, rest: P, body: Body): Record<string, Func> {
    const make = (compiler: Compile): Func =>
      func(['string', ...rest] as Param[], ((pattern: string, ...values: never[]) => patience.during(() => body(compiler(pattern), ...values))) as never)
    return { [`regex${name}`]: make(panic), [`mustRegex${name}`]: make(compile) }
  }
  return {
    ...twins('Match', ['string'], matchesSomewhere),
    regexMatch: func(['string', 'string'], (pattern, text) => patience.during(() => attempt(() => matchesSomewhere(compile(pattern), text), () => false))),
    ...twins('Find', ['string'], (regex, text: string) => firstMatch(regex, text)?.groups[0] ?? ''),
    ...twins('FindAll', ['string', 'int'], (regex, text: string, count: number) => addedOneByOne(strings(orNil(matches(regex, text, count, patience).map(({ groups }) => groups[0]!))), firstRoom)),
    ...twins('ReplaceAll', ['string', 'string'], (regex, text: string, template: string) => replaced(regex, text, filler(template), patience)),
    ...twins('ReplaceAllLiteral', ['string', 'string'], (regex, text: string, fresh: string) => replaced(regex, text, () => fresh, patience)),
    ...twins('Split', ['string', 'int'], (regex, text: string, count: number) => split(regex, text, count, patience)),
  }
}
