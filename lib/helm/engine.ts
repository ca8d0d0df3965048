import { compareStrings, joinBytes } from '../go/bytes.ts'
import { quote } from '../go/quote.ts'
import { GoError, type Value } from '../go/value.ts'
import { defaultLimits, execute, ExecError, ParseError, parseTemplates, type Limits, type Run, type Template, type Templates } from '../gotemplate/index.ts'
import type { Environment } from './environment.ts'
import { helmError, TemplateError } from './error.ts'
import { helmFunctions } from './functions.ts'
import { seededRandom } from './random.ts'
import { valuesObject } from './values-object.ts'

export { TemplateError } from './error.ts'

/** A file of templates and what its templates see. */
export interface TemplateSource {
  /** The path with the chart's name in front: `chart/templates/x.yaml`. */
  readonly name: string
  readonly text: string
  /** `.Template.BasePath`, such as `chart/templates`. */
  readonly basePath: string
}

/** Files parsed once, to be executed as often as wanted. */
export interface Compiled {
  /** In Helm's order of parsing and execution. */
  readonly sources: readonly TemplateSource[]
  readonly templates: ReadonlyMap<string, Template>
  /** What `tpl` was given so far, parsed. */
  readonly texts: Map<string, ReadonlyMap<string, Template>>
}

/** What the templates are executed with beside their values. */
export interface ExecuteOptions {
  readonly lint?: boolean
  /** Numbers at least 0 and less than 1; without it they are the same in every run. */
  readonly random?: () => number
  /** The time that `now` gives, in milliseconds since 1970. */
  readonly now?: number
  /** Is told whenever a template asks for the time or a random number. */
  readonly noteChance?: () => void
  readonly limits?: Partial<Limits>
}

const functionNames = helmFunctions({ include: () => '', tpl: () => '', lint: false, now: () => 0, random: () => 0, spend: () => {} })
const isFunction = (name: string): boolean => functionNames.get(name) !== undefined

const depthOf = (name: string): number => name.split('/').length

/** Helm's order: the deepest first, and z before a, so that a chart's own definitions come last and win. */
const inHelmOrder = (a: TemplateSource, b: TemplateSource): number =>
  depthOf(b.name) - depthOf(a.name) || compareStrings(b.name, a.name)

/** Adds templates to a set; one of white space replaces none (text/template, AddParseTree). */
function addAll(set: Map<string, Template>, added: ReadonlyMap<string, Template>, lookUp: (name: string) => Template | undefined): void {
  for (const [name, template] of added) if (!template.empty || !lookUp(name)) set.set(name, template)
}

/** Parses a chart's files, partials and all. Throws `TemplateError`. */
export function compileTemplates(sources: readonly TemplateSource[]): Compiled {
  const sorted = [...sources].sort(inHelmOrder)
  const templates = new Map<string, Template>()
  for (const source of sorted) addAll(templates, parsed(source), name => templates.get(name))
  return { sources: sorted, templates, texts: new Map() }
}

function parsed(source: TemplateSource): ReadonlyMap<string, Template> {
  try {
    return parseTemplates(source, isFunction)
  } catch (error) {
    if (error instanceof RangeError) throw helmError(new ParseError(source.name, 1, 'nested too deeply'))
    throw helmError(error)
  }
}

/** The templates that a text given to `tpl` can see: its own, then those around it. */
class Inner implements Templates {
  private readonly own = new Map<string, Template>()
  constructor(
    added: ReadonlyMap<string, Template>,
    private readonly outer: Templates,
  ) {
    addAll(this.own, added, name => outer.get(name))
  }
  get(name: string): Template | undefined {
    return this.own.get(name) ?? this.outer.get(name)
  }
}

/** The name of the source that a text given to `tpl` is. */
export const tplName = 'gotpl'

const noValue = (text: string): string => (text.includes('<no value>') ? text.replaceAll('<no value>', '') : text)

const root = tplName
const deepestInclude = 1000

/** One rendering of a chart. */
class Rendering implements Environment {
  readonly lint: boolean
  readonly now: () => number
  readonly random: () => number
  private readonly run: Run
  private readonly included = new Map<string, number>()

  constructor(
    private readonly compiled: Compiled,
    options: ExecuteOptions,
    private readonly recall: Recall | undefined,
    private readonly execute: Execute,
  ) {
    this.lint = options.lint ?? false
    const { now = 0, random = seededRandom(1), noteChance } = options
    this.now = () => (noteChance?.(), now)
    this.random = () => (noteChance?.(), random())
    this.run = {
      functions: helmFunctions(this),
      limits: { ...defaultLimits, ...options.limits },
      templates: compiled.templates,
      steps: 0,
      depth: 0,
    }
  }

  file(name: string, dot: Value): string {
    const template = this.compiled.templates.get(name)!
    this.run.depth = 0
    return joinBytes(noValue(this.execute(this.run, template, dot)))
  }

  include(name: string, dot: Value): string {
    const count = this.included.get(name) ?? 0
    if (count > deepestInclude)
      throw new GoError(`rendering template has a nested reference name: ${name}: unable to execute template`)
    const template = this.run.templates.get(name)
    if (!template) throw new GoError(`template: no template ${quote(name)} associated with template ${quote(root)}`)
    const work = () => {
      this.included.set(name, count + 1)
      const text = this.execute(this.run, template, dot)
      this.included.set(name, count)
      return text
    }
    // A text given to tpl may bring templates of its own that are called from here.
    return this.recall && this.run.templates === this.compiled.templates ? this.recall.include(name, dot, work) : work()
  }

  tpl(text: string, dot: Value): string {
    const templates = this.parsedText(text)
    const outer = this.run.templates
    this.run.templates = new Inner(templates, outer)
    try {
      return noValue(this.execute(this.run, templates.get(root)!, dot))
    } catch (error) {
      if (!(error instanceof ExecError)) throw error
      throw new GoError(`error during tpl function execution for ${quote(text)}: ${error.message}`, { cause: error })
    } finally {
      this.run.templates = outer
    }
  }

  readonly spend = (steps: number): void => void (this.run.steps += steps)

  private parsedText(text: string): ReadonlyMap<string, Template> {
    const known = this.compiled.texts.get(text)
    if (known) return known
    try {
      const templates = parseTemplates({ name: root, text }, isFunction)
      if (this.compiled.texts.size < 10000) this.compiled.texts.set(text, templates)
      return templates
    } catch (error) {
      if (!(error instanceof ParseError)) throw error
      throw new GoError(`cannot parse template ${quote(text)}: ${error.message}`, { cause: error })
    }
  }
}

const isPartial = (name: string): boolean => name.slice(name.lastIndexOf('/') + 1).startsWith('_')

/** Sets `.Template`, which differs from file to file. */
function withTemplate(dot: Map<string, Value>, { name, basePath }: TemplateSource): Map<string, Value> {
  // Not by the map's own method, for one that is watched takes that for a template's doing.
  Map.prototype.set.call(dot, 'Template', valuesObject([['Name', name], ['BasePath', basePath]]))
  return dot
}

/** Runs one template: `execute`, or what sees more than its text. */
export type Execute = typeof execute

/** Gives a text: what is remembered of it, or what the work makes. */
export interface Recall {
  /** Of a template file. */
  file(name: string, work: () => string): string
  /** Of a named template that sees `dot`. */
  include(name: string, dot: Value, work: () => string): string
}

/**
 * Renders every file that is no partial, in Helm's order, and gives the texts by name
 * (Helm's engine, Render). `dots` holds by name what each file sees; its `Template` is set here.
 * Throws `TemplateError`.
 */
export function executeTemplates(
  compiled: Compiled,
  dots: ReadonlyMap<string, Map<string, Value>>,
  options: ExecuteOptions = {},
  recall?: Recall,
  executor: Execute = execute,
): Map<string, string> {
  const rendering = new Rendering(compiled, options, recall, executor)
  const texts = new Map<string, string>()
  for (const source of compiled.sources) {
    if (isPartial(source.name)) continue
    const dot = dots.get(source.name)
    if (!dot) throw new Error(`bug: nothing for ${source.name} to see`)
    const work = () => rendered(rendering, source, withTemplate(dot, source))
    texts.set(source.name, recall ? recall.file(source.name, work) : work())
  }
  return texts
}

function rendered(rendering: Rendering, { name }: TemplateSource, dot: Value): string {
  try {
    return rendering.file(name, dot)
  } catch (error) {
    if (error instanceof RangeError) throw new TemplateError(name, 1, 0, 'nested too deeply', `execution error at (${name}:1:0): nested too deeply`)
    throw helmError(error)
  }
}
