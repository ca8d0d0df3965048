import { ExecError, ParseError } from '../gotemplate/index.ts'
import { trimSpace } from './trim.ts'

/** A template that cannot be parsed or executed; `message` is what Helm prints after `Error: `. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError'
  constructor(
    readonly file: string,
    readonly line: number,
    /** Counts bytes from 0; −1 where Helm names no column. */
    readonly column: number,
    readonly problem: string,
    message: string,
  ) {
    super(message)
  }
}

const start = 'HELM_ERR_START'
const end = 'HELM_ERR_END'
const marked = new RegExp(`${start}([^]*)${end}`)

/** The message of `fail` and `required`, marked so that it is shown without the way that led there. */
export const markedMessage = (message: string): string => start + message + end

/** A level of Helm's error text: where, in which template, what. */
interface Level {
  readonly location: string
  readonly template: string
  readonly problem: string
}

const chained = (problem: string): string => {
  const at = problem.indexOf(' template:')
  return at < 0 ? problem : problem.slice(0, at)
}

function executingLevel(rest: string): Level | undefined {
  const found = /^([^]*?): executing "([^"]*)" at <([^]*?)>: ([^]*)$/.exec(rest)
  if (!found) return undefined
  return { location: found[1]!, template: `executing "${found[2]}" at <${found[3]}>:`, problem: chained(found[4]!) }
}

/** Helm's reading of one message of `text/template`; nothing if it is none. */
function levelOf(message: string): Level | undefined {
  if (!message.startsWith('template: ')) return undefined
  const rest = message.slice('template: '.length)
  if (rest.startsWith('no template ')) return { location: '', template: '', problem: message }
  const executing = executingLevel(rest)
  if (executing) return executing
  const colon = rest.lastIndexOf(': ')
  return colon < 0 ? undefined : { location: rest.slice(0, colon), template: '', problem: chained(rest.slice(colon + 2)) }
}

const levelText = ({ location, template, problem }: Level): string =>
  (location && `${location}\n  `) + (template && `${template}\n    `) + (problem && `${problem}\n`)

/** Every message from the error down to its cause. */
function* messages(error: unknown): Generator<string> {
  for (let each = error; each instanceof Error; each = each.cause) yield each.message
}

/** Helm's text for an error of execution (engine, reformatExecErrorMsg). */
function executionText(error: ExecError): string {
  const location = error.message.split(': ', 2)[1]!
  const rest = error.message.slice(`template: ${location}: `.length)
  const warning = marked.exec(rest)
  if (warning) return `execution error at (${location}): ${warning[1]}`
  const levels: string[] = []
  for (const message of messages(error)) {
    const level = levelOf(message)
    if (!level) return error.message
    const text = levelText(level)
    if (levels.at(-1) !== text) levels.push(text)
  }
  return trimSpace(levels.join(''))
}

/** The last error of the chain that says what went wrong. */
function problemOf(error: ExecError): string {
  const warning = marked.exec(error.message)
  if (warning) return warning[1]!
  let problem = error.problem
  for (const each of messages(error.cause)) problem = each
  return error.cause instanceof ExecError ? problemOf(error.cause) : problem
}

/** The error as Helm reports it. */
export function helmError(error: unknown): unknown {
  if (error instanceof ParseError) {
    const last = error.message.split(': ').at(-1)!
    return new TemplateError(error.file, error.line, -1, error.problem, `parse error at (${error.file}:${error.line}): ${last}`)
  }
  if (!(error instanceof ExecError)) return error
  return new TemplateError(error.file, error.place.line, error.place.column, problemOf(error), executionText(error))
}
