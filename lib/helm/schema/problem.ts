import { floatText } from '../../go/float.ts'
import { quote } from '../../go/quote.ts'
import { Int, type Value } from '../../go/value.ts'

/** One finding, or several below a common heading. */
export interface Problem {
  /** Where in the values, as a JSON pointer. */
  readonly path: string
  readonly text: string
  readonly causes: readonly Problem[]
  /** Several findings of one schema; a reference is not shown around a single one. */
  readonly kind: 'group' | 'reference' | 'finding'
}

/** What one keyword found at a path; `causes` are what its own schemas found. */
export const finding = (path: string, text: string, causes: readonly Problem[] = []): Problem => ({ path, text, causes, kind: 'finding' })

const several = 'validation failed'

/** The findings of one schema as one. */
export function grouped(path: string, problems: readonly Problem[]): Problem | undefined {
  return problems.length < 2 ? problems[0] : { path, text: several, causes: problems, kind: 'group' }
}

/** What a schema found that another one refers to. */
export const referred = (path: string, problem: Problem): Problem => ({
  path,
  text: several,
  causes: problem.kind === 'group' ? problem.causes : [problem],
  kind: 'reference',
})

/** Findings as lines. Source: santhosh-tekuri/jsonschema v6 `ValidationError`. */
export function problemText(problem: Problem): string {
  const top = problem.kind === 'group' ? problem.causes : [problem]
  return top.flatMap(each => lines(each, 0)).join('\n')
}

function lines(problem: Problem, depth: number): string[] {
  if (problem.kind === 'reference' && problem.causes.length === 1) return lines(problem.causes[0]!, depth)
  const own = `${'  '.repeat(depth)}- at ${quoted(problem.path)}: ${problem.text}`
  return [own, ...problem.causes.flatMap(each => lines(each, depth + 1))]
}

/** Text in single quotes. Helm's library takes a backslash at the end for that of the closing quote. */
export const quoted = (text: string): string => `'${quote(text).replaceAll('\\"', '"').replaceAll("'", "\\'").slice(1, -1)}'`

/** Names in single quotes, with commas between. */
export const quotedList = (names: readonly string[]): string => names.map(quoted).join(', ')

/** A value as messages show it. */
export function shown(value: Value): string {
  if (typeof value === 'string') return quoted(value)
  if (value === null || value === undefined) return '<nil>'
  if (value instanceof Int) return String(value.n)
  return typeof value === 'object' ? 'value' : String(value)
}

/** A number in English typography. Source: golang.org/x/text/message. */
export function numberText(n: number): string {
  const text = floatText(n)
  const [mantissa, exponent] = text.split('e') as [string, string | undefined]
  if (exponent !== undefined) return `${mantissa}×10${superscript(exponent)}`
  const [whole, fraction] = text.split('.') as [string, string | undefined]
  return whole.replace(/\B(?=(\d{3})+$)/g, ',') + (fraction === undefined ? '' : `.${fraction}`)
}

const superscript = (exponent: string): string =>
  [...exponent.replace('+', '')].map(digit => (digit === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]!)).join('')
