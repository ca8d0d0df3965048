import type { Value } from '../../go/value.ts'
import { arrayKeywords, numberKeywords, stringKeywords } from './keywords.ts'
import { quote } from '../../go/quote.ts'
import { compilePattern, encoded, file, pointerToken, type Draft, type Reference, type Schema, type SchemaDocument } from './document.ts'
import { equalValues, numberOf } from './equal.ts'
import { formats } from './formats.ts'
import { finding, grouped, quoted, quotedList, referred, shown, type Problem } from './problem.ts'

/** What no keyword has looked at yet; only kept where a schema asks for it. */
interface Unseen {
  names: Set<string>
  items: Set<number>
}

interface Checked {
  readonly problem: Problem | undefined
  readonly unseen: Unseen | undefined
}

const deepest = 1000

/** Checks a value against a document's root. Source: santhosh-tekuri/jsonschema v6 `validator.validate`. */
export const validate = (document: SchemaDocument, value: Value, metaOf?: MetaOf): Problem | undefined =>
  new Validator(document, metaOf).check(document.root, value, '', 0).problem

/** Where a metaschema is asked: the one that a part of the value is of, if it is not the same. */
export type MetaOf = (part: Value) => SchemaDocument | undefined

/** The checks of one schema on one value. */
export interface Frame {
  readonly schema: ReadonlyMap<string, Value>
  readonly draft: Draft
  readonly path: string
  readonly depth: number
  readonly problems: Problem[]
  readonly unseen: Unseen | undefined
}

interface Visit {
  readonly schema: ReadonlyMap<string, Value>
  readonly value: Value
  readonly path: string
  /** The reference that led here; nothing where the schema is a part of the one before. */
  readonly by: Reference | undefined
}

/** Checks values by the schemas of a document. Source: santhosh-tekuri/jsonschema v6 `validator`. */
export class Validator {
  /** The schemas that are being asked, the outermost first. */
  private readonly trail: Visit[] = []
  constructor(
    readonly document: SchemaDocument,
    private readonly metaOf: MetaOf = () => undefined,
  ) {}

  /** What is wrong with the value that stands at `path`, and what in it no keyword has looked at; `depth` is how many schemas have asked so far. */
  check(schema: Schema, value: Value, path: string, depth: number, by?: Reference): Checked {
    if (typeof schema === 'boolean') return { problem: schema ? undefined : finding(path, 'false schema'), unseen: undefined }
    const other = schema === this.document.root ? this.metaOf(value) : undefined
    if (other && other !== this.document) return new Validator(other, this.metaOf).check(other.root, value, path, depth)
    const unseen = this.document.tracksEvaluation ? unseenOf(value) : undefined
    if (depth > deepest) return { problem: finding(path, 'schema refers to itself without end'), unseen }
    const visit = { schema, value, path, by }
    const cycle = this.cycleProblem(visit)
    if (cycle) return { problem: cycle, unseen }
    this.trail.push(visit)
    const problem = this.findings(schema, value, path, depth, unseen)
    this.trail.pop()
    return { problem, unseen }
  }

  /** A schema that asks itself of the same value. */
  private cycleProblem(visit: Visit): Problem | undefined {
    const { trail, document } = this
    const { schema, value, path } = visit
    for (let at = trail.length - 1; at >= 0 && trail[at]!.path === path && trail[at]!.value === value; at--) {
      if (trail[at]!.schema !== schema) continue
      const [long, short] = [this.wayTo([...trail, visit]), this.wayTo(trail.slice(0, at + 1))]
      return finding(path, `both ${long} and ${short} resolve to ${quote(`${file}#${encoded(document.pointerTo(schema))}`)} causing reference cycle`)
    }
    return undefined
  }

  /** The keywords that lead from the root through schemas to the last one. */
  private wayTo(trail: readonly Visit[]): string {
    const { document } = this
    let way = ''
    for (let at = 1; at < trail.length; at++) {
      const [above, here] = [trail[at - 1]!, trail[at]!]
      way += here.by !== undefined ? `/${here.by}` : encoded(document.pointerTo(here.schema).slice(document.pointerTo(above.schema).length))
    }
    return way
  }

  private findings(schema: ReadonlyMap<string, Value>, value: Value, path: string, depth: number, unseen: Unseen | undefined): Problem | undefined {
    const draft = this.document.draftOf(schema)
    const frame: Frame = { schema, draft, path, depth, problems: [], unseen }
    // Before 2019 a reference stands for the whole schema, but for what Helm's library forgot.
    if (draft < 2019 && this.document.target(schema, '$ref') !== undefined) {
      this.reference(frame, value, '$ref')
      return constantProblem(draft, schema, value, path) ?? frame.problems[0]
    }
    const early = typeProblem(schema, value, path) ?? constantProblem(draft, schema, value, path) ?? enumProblem(schema, value, path) ?? this.formatProblem(frame, value)
    if (early) return early
    this.reference(frame, value, '$ref')
    if (value instanceof Map) this.objectKeywords(frame, value)
    else if (Array.isArray(value)) arrayKeywords(this, frame, value)
    else if (typeof value === 'string') stringKeywords(frame, value)
    else stringOrNumber(frame, value)
    this.reference(frame, value, '$recursiveRef')
    this.reference(frame, value, '$dynamicRef')
    this.conditions(frame, value)
    if (unseen && draft >= 2019) this.unevaluated(frame, value)
    return grouped(path, frame.problems)
  }

  /** Checks a part of the value, which has this name in it. */
  part(frame: Frame, schema: Value, value: Value, name: string): void {
    if (!isSchema(schema) || this.document.hasAccepted(schema, value)) return
    const { problem } = this.check(schema, value, `${frame.path}/${pointerToken(name)}`, frame.depth + 1)
    if (problem) frame.problems.push(problem)
    else this.document.accept(schema, value)
  }

  /** Checks the same value against another schema and learns what that has looked at. */
  self(frame: Frame, schema: Value, value: Value, by?: Reference): Problem | undefined {
    if (!isSchema(schema)) return undefined
    const { problem, unseen } = this.check(schema, value, frame.path, frame.depth + 1, by)
    if (!problem && frame.unseen && unseen) narrow(frame.unseen, unseen)
    return problem
  }

  add(frame: Frame, problem: Problem | undefined): void {
    if (problem) frame.problems.push(problem)
  }

  private reference(frame: Frame, value: Value, reference: Reference): void {
    const first = this.document.target(frame.schema, reference)
    const target = typeof first === 'object' ? this.inScope(frame.schema, reference, first) : first
    const problem = target === undefined ? undefined : this.self(frame, target as Value, value, reference)
    if (problem) frame.problems.push(referred(frame.path, problem))
  }

  /** What a dynamic reference means here: the outermost schema that answers to its anchor. */
  private inScope(schema: ReadonlyMap<string, Value>, reference: Reference, target: ReadonlyMap<string, Value>): Schema {
    if (reference === '$recursiveRef' && target.get('$recursiveAnchor') === true) return this.trail.find((visit) => this.document.hasRecursiveAnchor(visit.schema))?.schema ?? target
    const [, anchor = ''] = reference === '$dynamicRef' ? String(schema.get(reference)).split('#') : []
    if (anchor === '' || target.get('$dynamicAnchor') !== anchor) return target
    for (const visit of this.trail) {
      const found = this.document.dynamicAnchor(visit.schema, anchor)
      if (found !== undefined) return found
    }
    return target
  }

  private formatProblem({ schema, draft, path }: Frame, value: Value): Problem | undefined {
    const format = schema.get('format')
    if (typeof format !== 'string' || typeof value !== 'string' || !this.document.checksFormats(draft)) return undefined
    const problem = formats.get(format)?.(value)
    return problem === undefined ? undefined : finding(path, `${quoted(value)} is not valid ${format}: ${problem}`)
  }

  private objectKeywords(frame: Frame, value: ReadonlyMap<string, Value>): void {
    const { schema, path } = frame
    const least = numberOf(schema.get('minProperties'))
    const most = numberOf(schema.get('maxProperties'))
    if (least !== undefined && value.size < least) frame.problems.push(finding(path, `minProperties: got ${value.size}, want ${least}`))
    if (most !== undefined && value.size > most) frame.problems.push(finding(path, `maxProperties: got ${value.size}, want ${most}`))
    const missing = missingOf(schema.get('required'), value)
    if (missing.length > 0) frame.problems.push(finding(path, `missing propert${missing.length > 1 ? 'ies' : 'y'} ${quotedList(missing)}`))
    this.dependencies(frame, value, 'dependencies')
    this.properties(frame, value)
    const { draft } = frame
    if (draft >= 6) this.propertyNames(frame, value)
    if (draft < 2019) return
    this.dependencies(frame, value, 'dependentSchemas')
    this.dependencies(frame, value, 'dependentRequired')
  }

  private dependencies(frame: Frame, value: ReadonlyMap<string, Value>, keyword: string): void {
    const all = frame.schema.get(keyword)
    if (!(all instanceof Map)) return
    for (const [name, dependency] of all) {
      if (!value.has(name)) continue
      if (!Array.isArray(dependency)) {
        this.add(frame, this.self(frame, dependency, value as Map<string, Value>))
        continue
      }
      const missing = missingOf(dependency, value)
      if (missing.length === 0) continue
      frame.problems.push(finding(frame.path, `properties ${quotedList(missing)} required, if ${quoted(name)} exists`))
    }
  }

  private properties(frame: Frame, value: ReadonlyMap<string, Value>): void {
    const { schema } = frame
    const properties = schema.get('properties')
    const patterns = schema.get('patternProperties')
    const additional = schema.get('additionalProperties')
    if (!(properties instanceof Map) && !(patterns instanceof Map) && additional === undefined) return
    const surplus: string[] = []
    for (const [name, item] of value) {
      let known = false
      const own = properties instanceof Map ? properties.get(name) : undefined
      if (own !== undefined) {
        known = true
        this.part(frame, own, item, name)
      }
      if (patterns instanceof Map) {
        for (const [source, inner] of patterns) {
          if (!compilePattern(source).test(name)) continue
          known = true
          this.part(frame, inner, item, name)
        }
      }
      if (known || additional === undefined) {
        if (known) frame.unseen?.names.delete(name)
        continue
      }
      frame.unseen?.names.delete(name)
      if (additional === false) surplus.push(name)
      else this.part(frame, additional, item, name)
    }
    if (surplus.length > 0) frame.problems.push(finding(frame.path, `additional properties ${quotedList(surplus)} not allowed`))
  }

  private propertyNames(frame: Frame, value: ReadonlyMap<string, Value>): void {
    const names = frame.schema.get('propertyNames')
    if (!isSchema(names)) return
    for (const name of value.keys()) {
      // Names are checked by themselves: what led here plays no part.
      const { problem } = new Validator(this.document).check(names, name, '', frame.depth + 1)
      if (!problem) continue
      frame.problems.push(finding('', `invalid propertyName ${quoted(name)}`, problem.kind === 'group' ? problem.causes : [problem]))
    }
  }

  private conditions(frame: Frame, value: Value): void {
    const { schema, path } = frame
    const not = schema.get('not')
    if (isSchema(not) && !this.self(frame, not, value)) frame.problems.push(finding(path, "'not' failed"))
    if (!conditionKeywords.some(keyword => schema.has(keyword))) return
    const failures = (keyword: string): { count: number; problems: Problem[]; matched: number[] } => {
      const all = schema.get(keyword)
      const problems: Problem[] = []
      const matched: number[] = []
      if (!Array.isArray(all)) return { count: 0, problems, matched }
      for (const [i, each] of all.entries()) {
        const problem = this.self(frame, each, value)
        if (problem) problems.push(problem)
        else matched.push(i)
      }
      return { count: all.length, problems, matched }
    }
    const all = failures('allOf')
    if (all.problems.length > 0) frame.problems.push(finding(path, "'allOf' failed", all.problems))
    const any = failures('anyOf')
    if (any.count > 0 && any.matched.length === 0) frame.problems.push(finding(path, "'anyOf' failed", any.problems))
    const one = failures('oneOf')
    if (one.count > 0 && one.matched.length === 0) frame.problems.push(finding(path, "'oneOf' failed, none matched", one.problems))
    else if (one.matched.length > 1) {
      frame.problems.push(finding(path, `'oneOf' failed, subschemas ${one.matched[0]}, ${one.matched[1]} matched`))
    }
    if (frame.draft >= 7 && isSchema(schema.get('if'))) {
      const branch = this.self(frame, schema.get('if'), value) ? 'else' : 'then'
      this.add(frame, this.self(frame, schema.get(branch), value))
    }
  }

  private unevaluated(frame: Frame, value: Value): void {
    const unseen = frame.unseen!
    const names = frame.schema.get('unevaluatedProperties')
    if (isSchema(names) && value instanceof Map) {
      for (const name of [...unseen.names].sort()) this.part(frame, names, value.get(name), name)
      unseen.names.clear()
    }
    const items = frame.schema.get('unevaluatedItems')
    if (isSchema(items) && Array.isArray(value)) {
      for (const i of unseen.items) this.part(frame, items, value[i], String(i))
      unseen.items.clear()
    }
  }
}

const conditionKeywords = ['allOf', 'anyOf', 'oneOf', 'if']

/** Whether a value can stand where a schema is asked for. */
export const isSchema = (value: Value): value is Map<string, Value> | boolean => value instanceof Map || typeof value === 'boolean'

const unseenOf = (value: Value): Unseen => ({
  names: new Set(value instanceof Map ? value.keys() : []),
  items: new Set(Array.isArray(value) ? value.keys() : []),
})

function narrow(into: Unseen, by: Unseen): void {
  for (const name of into.names) if (!by.names.has(name)) into.names.delete(name)
  for (const item of into.items) if (!by.items.has(item)) into.items.delete(item)
}

function stringOrNumber(frame: Frame, value: Value): void {
  const number = numberOf(value)
  if (number !== undefined) numberKeywords(frame, number)
}

const missingOf = (required: Value, value: ReadonlyMap<string, Value>): string[] =>
  Array.isArray(required) ? required.filter((name): name is string => typeof name === 'string' && !value.has(name)) : []

/** The order in which messages name types. */
const typeOrder = ['null', 'boolean', 'number', 'integer', 'string', 'array', 'object']

function typeOf(value: Value): string {
  if (value === null || value === undefined) return 'null'
  if (Array.isArray(value)) return 'array'
  if (numberOf(value) !== undefined) return 'number'
  return value instanceof Map ? 'object' : typeof value
}

function typeProblem(schema: ReadonlyMap<string, Value>, value: Value, path: string): Problem | undefined {
  const type = schema.get('type')
  if (typeof type !== 'string' && !Array.isArray(type)) return undefined
  const wanted = Array.isArray(type) ? type : [type]
  const found = typeOf(value)
  if (wanted.length === 0 || wanted.includes(found)) return undefined
  if (found === 'number' && wanted.includes('integer') && Number.isInteger(numberOf(value))) return undefined
  return finding(path, `got ${found}, want ${typeOrder.filter(name => wanted.includes(name)).join(' or ')}`)
}

function constantProblem(draft: Draft, schema: ReadonlyMap<string, Value>, value: Value, path: string): Problem | undefined {
  if (draft < 6 || !schema.has('const')) return undefined
  const wanted = schema.get('const')
  if (equalValues(value, wanted)) return undefined
  return finding(path, isPrimitive(wanted) ? `value must be ${shown(wanted)}` : "'const' failed")
}

function enumProblem(schema: ReadonlyMap<string, Value>, value: Value, path: string): Problem | undefined {
  const allowed = schema.get('enum')
  if (!Array.isArray(allowed) || (allowed.some(each => typeOf(each) === typeOf(value)) && allowed.some(each => equalValues(value, each)))) return undefined
  if (!allowed.every(isPrimitive)) return finding(path, "'enum' failed")
  return finding(path, `value must be ${allowed.length !== 1 ? 'one of ' : ''}${allowed.map(shown).join(', ')}`)
}

const isPrimitive = (value: Value): boolean => !(value instanceof Map) && !Array.isArray(value)
