import { quote } from '../../go/quote.ts'
import { GoError, type Value } from '../../go/value.ts'
import { readJson } from '../../yaml/index.ts'
import { translated } from '../sprig/regex-syntax.ts'
import { quoted } from './problem.ts'

/** A schema: a table of keywords, or true or false. */
export type Schema = ReadonlyMap<string, Value> | boolean

export type Draft = 4 | 6 | 7 | 2019 | 2020

/** A schema file that is no valid schema; `message` says where and why. */
export class SchemaError extends Error {
  override readonly name = 'SchemaError'
}

const file = 'file:///values.schema.json'
const drafts: ReadonlyMap<string, Draft> = new Map([
  ['schema', 2020],
  ['draft-04/schema', 4],
  ['draft-06/schema', 6],
  ['draft-07/schema', 7],
  ['draft/2019-09/schema', 2019],
  ['draft/2020-12/schema', 2020],
])
const typeNames = new Set<Value>(['null', 'boolean', 'number', 'integer', 'string', 'array', 'object'])
/** Keywords whose values are data, not schemas. */
const data = new Set(['enum', 'const', 'default', 'examples', 'example'])

/** A schema file, read once: its draft, its names and its compiled patterns. */
export class SchemaDocument {
  readonly root: Schema
  readonly draft: Draft
  /** Whether some keyword asks what others left unevaluated. */
  readonly tracksEvaluation: boolean
  private readonly idKey: string
  private readonly bases = new WeakMap<object, string>()
  private readonly named = new Map<string, Schema>()
  private readonly targets = new WeakMap<object, Schema>()
  private readonly accepted = new WeakMap<object, WeakSet<object>>()
  private readonly patterns = new Map<string, RegExp>()

  /** Throws `SchemaError`. */
  constructor(text: string) {
    const value = parse(text)
    if (!isSchema(value)) throw new SchemaError(`"${file}#" is not valid against metaschema: jsonschema validation failed\n- at '': want boolean or object`)
    this.root = value
    this.draft = draftOf(value)
    this.idKey = this.draft === 4 ? 'id' : '$id'
    this.tracksEvaluation = /"unevaluated(?:Properties|Items)"/.test(text)
    this.named.set(file, value)
    this.index(value, file, '')
    this.resolveAll(value)
  }

  /** Whether a table was found to fit a schema; who asks never changes a table that was checked. */
  hasAccepted(schema: Schema, value: Value): boolean {
    return typeof schema === 'object' && value instanceof Map && this.accepted.get(schema)?.has(value) === true
  }

  /** Remembers that it fits. */
  accept(schema: Schema, value: Value): void {
    if (typeof schema !== 'object' || !(value instanceof Map)) return
    const values = this.accepted.get(schema)
    if (values) values.add(value)
    else this.accepted.set(schema, new WeakSet([value]))
  }

  /** What a `$ref` (or `$dynamicRef`) of this schema points at. */
  target(schema: ReadonlyMap<string, Value>): Schema | undefined {
    return this.targets.get(schema)
  }

  /** A pattern compiled; it was checked when the document was read. */
  pattern(source: string): RegExp {
    const found = this.patterns.get(source)
    if (found) return found
    const compiled = compile(source)
    this.patterns.set(source, compiled)
    return compiled
  }

  private index(value: Value, base: string, path: string): void {
    if (Array.isArray(value)) value.forEach((item, i) => this.index(item, base, `${path}/${i}`))
    if (!(value instanceof Map)) return
    const id = value.get(this.idKey)
    const own = typeof id === 'string' && !id.startsWith('#') ? withoutFragment(resolve(base, id)) : base
    if (own !== base) this.named.set(own, value)
    this.bases.set(value, own)
    for (const key of ['$anchor', '$dynamicAnchor']) {
      const anchor = value.get(key)
      if (typeof anchor === 'string') this.named.set(`${own}#${anchor}`, value)
    }
    if (typeof id === 'string' && id.startsWith('#')) this.named.set(own + id, value)
    this.check(value, path)
    for (const [key, item] of value) if (!data.has(key)) this.index(item, own, `${path}/${pointerToken(key)}`)
  }

  /** The mistakes of a schema that would otherwise show late or never. */
  private check(schema: ReadonlyMap<string, Value>, path: string): void {
    const type = schema.get('type')
    const types = Array.isArray(type) ? type : [type]
    if (typeof type === 'string' || Array.isArray(type)) {
      const wrong = types.find(each => !typeNames.has(each))
      if (wrong !== undefined) {
        throw invalid(`${path}/type`, "value must be one of 'array', 'boolean', 'integer', 'null', 'number', 'object', 'string'")
      }
    }
    const pattern = schema.get('pattern')
    if (typeof pattern === 'string') this.checkPattern(pattern, `${path}/pattern`)
    const named = schema.get('patternProperties')
    if (named instanceof Map) for (const source of named.keys()) this.checkPattern(source, `${path}/patternProperties`)
  }

  private checkPattern(source: string, path: string): void {
    try {
      this.pattern(source)
    } catch (error) {
      if (!(error instanceof GoError)) throw error
      throw invalid(path, `${quoted(source)} is not valid regex: ${error.message}`)
    }
  }

  private resolveAll(value: Value): void {
    if (Array.isArray(value)) value.forEach(item => this.resolveAll(item))
    if (!(value instanceof Map)) return
    for (const key of ['$ref', '$dynamicRef', '$recursiveRef']) {
      const ref = value.get(key)
      if (typeof ref === 'string') this.targets.set(value, this.find(resolve(this.bases.get(value)!, ref)))
    }
    for (const [key, item] of value) if (!data.has(key)) this.resolveAll(item)
  }

  private find(uri: string): Schema {
    const found = this.named.get(uri.replace(/#$/, ''))
    if (found !== undefined) return found
    const document = this.named.get(withoutFragment(uri))
    if (document === undefined) throw new SchemaError(`failing loading ${quote(withoutFragment(uri))}: ${whyNot(uri)}`)
    const fragment = uri.slice(uri.indexOf('#') + 1)
    if (!fragment.startsWith('/')) throw new SchemaError(`anchor in ${quote(uri)} not found`)
    let value: Value = document as Value
    for (const token of fragment.slice(1).split('/')) {
      const name = decode(token).replaceAll('~1', '/').replaceAll('~0', '~')
      value = value instanceof Map ? value.get(name) : Array.isArray(value) ? value[Number(name)] : undefined
    }
    if (!isSchema(value)) throw new SchemaError(`json-pointer in ${quote(uri)} not found`)
    return value
  }
}

const isSchema = (value: Value): value is Map<string, Value> | boolean => value instanceof Map || typeof value === 'boolean'

export const pointerToken = (name: string): string =>
  name.includes('~') || name.includes('/') ? name.replaceAll('~', '~0').replaceAll('/', '~1') : name

function parse(text: string): Value {
  try {
    return readJson(text)
  } catch (error) {
    throw new SchemaError((error as Error).message)
  }
}

function invalid(path: string, problem: string): SchemaError {
  return new SchemaError(`"${file}#" is not valid against metaschema: jsonschema validation failed\n- at ${quoted(path)}: ${problem}`)
}

function draftOf(root: Schema): Draft {
  const uri = typeof root === 'boolean' ? undefined : root.get('$schema')
  if (typeof uri !== 'string') return 2020
  const [, name = ''] = /^(?:https?:\/\/)?json-schema\.org\/(.*?)#?$/.exec(uri) ?? []
  const found = drafts.get(name)
  if (found) return found
  throw new SchemaError(`failing loading ${quote(withoutFragment(uri))}: ${whyNot(uri)}`)
}

/** There is no disk and no connection here. */
function whyNot(uri: string): string {
  const path = /^file:\/\/[^/]*(\/[^#]*)/.exec(uri)?.[1]
  return path === undefined ? 'not available here' : `open ${path}: no such file or directory`
}

function compile(source: string): RegExp {
  const { source: pattern, flags } = translated(source)
  return new RegExp(pattern, flags.replace(/[gy]/g, ''))
}

const withoutFragment = (uri: string): string => uri.replace(/#.*$/s, '')

/** A reference made absolute, for the forms that schemas use. */
function resolve(base: string, ref: string): string {
  if (/^[a-zA-Z][\w+.-]*:/.test(ref)) return ref
  if (ref.startsWith('#')) return ref === '#' ? base : base + ref
  const [, origin = '', path = ''] = /^([a-zA-Z][\w+.-]*:(?:\/\/[^/]*)?)(.*)$/.exec(base) ?? []
  return ref.startsWith('/') ? origin + ref : origin + path.replace(/[^/]*$/, '') + ref
}

function decode(token: string): string {
  try {
    return decodeURIComponent(token)
  } catch {
    return token
  }
}
