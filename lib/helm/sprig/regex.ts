import { quote } from '../../go/quote.ts'
import { func, GoError, type Func, type Param, type Value } from '../../go/value.ts'
import { strings } from './convert.ts'
import { translated } from './regex-syntax.ts'

const compiled = new Map<string, RegExp>()

/** The regular expression, kept for the next time. Throws `GoError` with Go's message. */
function compile(pattern: string): RegExp {
  const known = compiled.get(pattern)
  if (known) return known
  const { source, flags } = translated(pattern)
  let regex: RegExp
  try {
    regex = new RegExp(source, flags)
  } catch {
    throw new GoError(`error parsing regexp: invalid or unsupported Perl syntax: \`${pattern}\``)
  }
  if (compiled.size > 1000) compiled.clear()
  compiled.set(pattern, regex)
  return regex
}

const literalPattern = (pattern: string): string => (/[`\x00-\x08\x0a-\x1f\x7f\udc80-\udcff\ufeff]/.test(pattern) ? quote(pattern) : `\`${pattern}\``)

/** The regular expression for a function that panics where its twin `must…` returns the error. */
function mustCompile(pattern: string): RegExp {
  try {
    return compile(pattern)
  } catch (error) {
    if (!(error instanceof GoError)) throw error
    throw new GoError(`regexp: Compile(${literalPattern(pattern)}): ${error.message}`)
  }
}

/** Whether an offset is inside a character; JavaScript finds empty matches there. */
const splitsPair = (text: string, at: number): boolean =>
  at > 0 && /[\udc00-\udfff]/.test(text[at] ?? '') && /[\ud800-\udbff]/.test(text[at - 1]!)

/** The matches from left to right; none is empty right after another (regexp, allMatches). */
function matches(regex: RegExp, text: string, most: number): RegExpExecArray[] {
  const found: RegExpExecArray[] = []
  let end = -1
  for (let at = 0; at <= text.length && found.length !== most; ) {
    regex.lastIndex = at
    const match = regex.exec(text)
    if (!match) break
    if (splitsPair(text, match.index)) {
      at = match.index + 1
      continue
    }
    const next = match.index + match[0].length
    if (match[0] !== '' || match.index !== end) found.push(match)
    end = next
    at = match[0] === '' ? next + (text.codePointAt(next)! > 0xffff ? 2 : 1) : next
  }
  return found
}

function replaced(regex: RegExp, text: string, replacement: (match: RegExpExecArray) => string): string {
  let result = ''
  let at = 0
  for (const match of matches(regex, text, -1)) {
    result += text.slice(at, match.index) + replacement(match)
    at = match.index + match[0].length
  }
  return result + text.slice(at)
}

const reference = /\$(?:\$|([\p{L}\p{Nd}_]+)|\{([\p{L}\p{Nd}_]+)\})/gu

function groupText(match: RegExpExecArray, name: string): string {
  if (/^\d+$/.test(name)) return match[Number(name)] ?? ''
  return match.groups?.[name] ?? ''
}

/** A replacement with its `$1` and `${name}` filled in (regexp, Expand). */
const expanded = (template: string, match: RegExpExecArray): string =>
  template.includes('$') ? template.replace(reference, (whole, bare?: string, braced?: string) => (whole === '$$' ? '$' : groupText(match, (bare ?? braced)!))) : template

function split(regex: RegExp, text: string, count: number): string[] {
  if (count === 0) return []
  if (text === '' && regex.source !== '(?:)') return ['']
  const parts: string[] = []
  let start = 0
  let end = 0
  for (const match of matches(regex, text, count)) {
    if (count > 0 && parts.length === count - 1) break
    end = match.index
    const next = match.index + match[0].length
    if (next !== 0) parts.push(text.slice(start, end))
    start = next
  }
  return end === text.length ? parts : [...parts, text.slice(start)]
}

type Body = (regex: RegExp, ...rest: never[]) => Value

/** A function and its twin: both take the pattern first, and differ in what a wrong pattern does. */
function twins<const P extends readonly Param[]>(name: string, must: string, rest: P, body: Body): [string, Func][] {
  const params = ['string', ...rest] as Param[]
  const make = (compiler: (pattern: string) => RegExp): Func =>
    func(params, ((pattern: string, ...values: never[]) => body(compiler(pattern), ...values)) as never)
  return [[name, make(mustCompile)], [must, make(compile)]]
}

function regexMatch(pattern: string, text: string): boolean {
  try {
    return test(compile(pattern), text)
  } catch (error) {
    if (error instanceof GoError) return false
    throw error
  }
}

function test(regex: RegExp, text: string): boolean {
  regex.lastIndex = 0
  return regex.test(text)
}

const find = (regex: RegExp, text: string): string => {
  regex.lastIndex = 0
  return regex.exec(text)?.[0] ?? ''
}

export const regexes: ReadonlyMap<string, Func> = new Map<string, Func>([
  ...twins('', 'mustRegexMatch', ['string'], (regex, text: string) => test(regex, text)).slice(1),
  ['regexMatch', func(['string', 'string'], regexMatch)],
  ...twins('regexFind', 'mustRegexFind', ['string'], (regex, text: string) => find(regex, text)),
  ...twins('regexFindAll', 'mustRegexFindAll', ['string', 'int'], (regex, text: string, count: number) => strings(matches(regex, text, count).map(([whole]) => whole))),
  ...twins('regexReplaceAll', 'mustRegexReplaceAll', ['string', 'string'], (regex, text: string, template: string) => replaced(regex, text, match => expanded(template, match))),
  ...twins('regexReplaceAllLiteral', 'mustRegexReplaceAllLiteral', ['string', 'string'], (regex, text: string, fresh: string) => replaced(regex, text, () => fresh)),
  ...twins('regexSplit', 'mustRegexSplit', ['string', 'int'], (regex, text: string, count: number) => strings(split(regex, text, count))),
  ['regexQuoteMeta', func(['string'], text => text.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&'))],
])
