import { faultOf } from '../../go/attempt.ts'
import { quote } from '../../go/quote.ts'
import type { Value } from '../../go/value.ts'
import { readJson } from '../../yaml/index.ts'
import { translated } from '../sprig/regex-syntax.ts'
import { escaped } from '../sprig/urls.ts'
import { compiledIn, schemasIn } from './places.ts'

/** A schema: a table of keywords, or true or false. */
export type Schema = ReadonlyMap<string, Value> | boolean

/** The drafts of JSON Schema that Helm knows. */
export type Draft = 4 | 6 | 7 | 2019 | 2020

/** A schema file that is no valid schema; `message` says where and why. */
export class SchemaError extends Error {
  override readonly name = 'SchemaError'
}

/** What Helm calls the schema of a chart. */
export const file = 'file:///values.schema.json'
const drafts: ReadonlyMap<string, Draft> = new Map([
  ['schema', 2020],
  ['draft-04/schema', 4],
  ['draft-06/schema', 6],
  ['draft-07/schema', 7],
  ['draft/2019-09/schema', 2019],
  ['draft/2020-12/schema', 2020],
])
/** The keywords that refer to other schemas, in the order in which they are followed, and the first draft that has each. */
const references = ['$ref', '$recursiveRef', '$dynamicRef'] as const
export type Reference = (typeof references)[number]
const since: Readonly<Record<Reference, Draft>> = { $ref: 4, $recursiveRef: 2019, $dynamicRef: 2020 }

const statement = '"$schema"'
/** Found in the text of every schema that names or refers to a schema; most have nothing of the kind. */
const naming = /"(?:id"|\$(?!(?:schema|comment)"))|\\u/

/** Refuses what is no schema of its draft; `uri` is where it stands, `drafts` has the schemas in it that are of a draft of their own. */
export type Check = (value: Value, draft: Draft, uri: string, drafts: ReadonlyMap<Value, Draft>) => void

/** A schema file, read once: its drafts, its names and its compiled patterns. */
export class SchemaDocument {
  readonly root: Schema
  private readonly draft: Draft
  /** The drafts of schemas that are not of the root's: a schema with a name may say which it is of. */
  private readonly drafts = new Map<Value, Draft>()
  /** Whether some keyword asks what others left unevaluated. */
  readonly tracksEvaluation: boolean
  private readonly check: Check
  private readonly isMeta: boolean
  private readonly checked = new Set<unknown>()
  private readonly pointers = new Map<unknown, string>()
  private readonly bases = new WeakMap<object, string>()
  private readonly named = new Map<string, Schema>()
  private readonly targets = new WeakMap<object, Map<Reference, Schema>>()
  /** The schemas whose `$dynamicAnchor` has a name, by the resource that they are in. */
  private readonly dynamic = new Map<string, Schema>()
  private readonly isDynamic: boolean
  private readonly accepted = new WeakMap<object, WeakSet<object>>()

  /**
   * Throws `SchemaError`; so does `check` for a part that is no schema of the draft. `onRead` is called once the text
   * is read, before it is looked at. `isMeta` for a draft's own schema.
   */
  constructor(
    text: string,
    { check = () => {}, onRead = () => {}, isMeta = false }: { readonly check?: Check; readonly onRead?: () => void; readonly isMeta?: boolean } = {},
  ) {
    const value = parse(text)
    onRead()
    this.draft = statedDraft(value) ?? 2020
    this.isMeta = isMeta
    this.check = check
    this.root = value as Schema
    // A metaschema has the keywords as names only.
    this.tracksEvaluation = !isMeta && /"unevaluated(?:Properties|Items)"/.test(text)
    this.isDynamic = !isMeta && /"\$(?:dynamic|recursive)Ref"/.test(text)
    this.name(file, this.root)
    // Drafts 4 and 6 leave it to the compilation to look at patterns.
    const refers = this.draft < 7 || naming.test(text) || text.indexOf(statement) !== text.lastIndexOf(statement)
    if (refers) this.index(value, file, this.draft)
    // What is neither table nor boolean is refused here.
    check(value, this.draft, `${file}#`, this.drafts)
    if (refers) this.compile(value)
  }

  /** The draft that a schema is of. */
  draftOf(schema: Schema): Draft {
    return this.drafts.get(schema as Value) ?? this.draft
  }

  /** Whether `format` says what a text must be. */
  checksFormats(draft: Draft): boolean {
    return this.isMeta || draft < 2019
  }

  /** Whether a table was found to fit a schema; who asks never changes a table that was checked. */
  hasAccepted(schema: Schema, value: Value): boolean {
    return typeof schema === 'object' && value instanceof Map && !this.isDynamic && this.accepted.get(schema)?.has(value) === true
  }

  /** Remembers that it fits. */
  accept(schema: Schema, value: Value): void {
    if (typeof schema !== 'object' || !(value instanceof Map)) return
    const values = this.accepted.get(schema)
    if (values) values.add(value)
    else this.accepted.set(schema, new WeakSet([value]))
  }

  /** What a reference of this schema points at. */
  target(schema: ReadonlyMap<string, Value>, reference: Reference): Schema | undefined {
    return this.targets.get(schema)?.get(reference)
  }

  /** The schema with a `$dynamicAnchor` of this name in the resource that a schema is in. */
  dynamicAnchor(schema: ReadonlyMap<string, Value>, name: string): Schema | undefined {
    return this.dynamic.get(`${this.bases.get(schema)}#${name}`)
  }

  /** Whether the resource that a schema is in has a `$recursiveAnchor`. */
  hasRecursiveAnchor(schema: ReadonlyMap<string, Value>): boolean {
    const resource = this.named.get(this.bases.get(schema)!)
    return typeof resource === 'object' && resource.get('$recursiveAnchor') === true
  }

  /** Notes the names of a schema and of those in it, wherever its draft has schemas; `around` is the draft of what it is in. */
  private index(value: Value, base: string, around: Draft): void {
    if (!(value instanceof Map) || this.bases.has(value)) return
    const stated = statedDraft(value) ?? around
    // A schema without a name is of the draft around it, whatever it says.
    const draft = nameOf(value, stated) === '' ? around : stated
    const name = nameOf(value, draft)
    const own = name === '' ? base : withoutFragment(resolve(base, name))
    if (name !== '') this.name(own, value)
    if (draft !== this.draft || around !== this.draft) this.drafts.set(value, draft)
    this.bases.set(value, own)
    for (const [key, anchor] of anchorsOf(value, draft)) {
      this.name(`${own}#${anchor}`, value)
      if (key === '$dynamicAnchor') this.dynamic.set(`${own}#${anchor}`, value)
    }
    for (const schema of schemasIn(value, draft)) this.index(schema, own, draft)
  }

  /** Gives a schema a name that no other has. */
  private name(uri: string, schema: Schema): void {
    const other = this.named.get(uri)
    if (other !== undefined && other !== schema) {
      const anchor = uri.includes('#') ? uri.slice(uri.indexOf('#') + 1) : undefined
      const [first, second] = [this.pointerTo(other), this.pointerTo(schema)].map(each => quote(each))
      const places = anchor === undefined ? `${second} and ${first}` : `${first} and ${second}`
      throw new SchemaError(`duplicate ${anchor === undefined ? 'id' : 'anchor'} ${quote(anchor ?? uri)} in ${quote(file)} at ${places}`)
    }
    this.named.set(uri, schema)
  }

  /** Where a schema stands, as a pointer into the file. */
  pointerTo(schema: Schema): string {
    if (this.pointers.size === 0) this.point(this.root as Value, '')
    return this.pointers.get(schema) ?? ''
  }

  private point(value: Value, pointer: string): void {
    if (value instanceof Map || Array.isArray(value)) this.pointers.set(value, pointer)
    const items = value instanceof Map ? [...value] : Array.isArray(value) ? value.entries() : []
    for (const [name, item] of items) this.point(item, `${pointer}/${pointerToken(String(name))}`)
  }

  private checkPatterns(schema: ReadonlyMap<string, Value>): void {
    const named = schema.get('patternProperties')
    if (!(named instanceof Map)) return
    for (const source of named.keys()) {
      const fault = faultOf(() => compilePattern(source))
      if (fault !== undefined) throw new SchemaError(`invalid regex ${quote(source)} at ${quote(`${file}#${this.pointerTo(schema)}/patternProperties`)}: ${fault}`)
    }
  }

  /** Finds what references point at, as far as the root leads to them: definitions that nothing refers to are not looked at. */
  private compile(root: Value): void {
    const queue: (() => Value)[] = [() => root]
    const compiled = new Set<Value>()
    for (const reached of queue) {
      const schema = reached()
      if (!(schema instanceof Map) || compiled.has(schema)) continue
      compiled.add(schema)
      for (const part of this.inResource(schema)) queue.push(() => part)
      const followed = references.flatMap((reference) => this.follow(schema, reference) ?? [])
      // Drafts 4 and 6 do not say that names are patterns.
      const draft = this.draftOf(schema)
      if (draft < 7 && followed.length === 0) this.checkPatterns(schema)
      // What a dynamic reference points at comes after the parts.
      const parts = compiledIn(schema, draft, followed.length > 0)
      if (typeof schema.get('$ref') === 'string') queue.push(followed.shift()!)
      for (const part of parts) queue.push(() => part)
      queue.push(...followed)
    }
  }

  /** What a schema brings with it: the whole that its names are in, and with that the schemas that have dynamic anchors there. */
  private inResource(schema: ReadonlyMap<string, Value>): Value[] {
    const base = this.bases.get(schema)!
    const resource = this.named.get(base) as Value
    if (resource !== schema) return [resource]
    return [...this.dynamic].flatMap(([name, anchored]) => (name.startsWith(`${base}#`) ? [anchored as Value] : []))
  }

  /** Gives the way to what a reference points at; only a pointer that leads nowhere is noticed no earlier than there. */
  private follow(schema: ReadonlyMap<string, Value>, reference: Reference): (() => Value) | undefined {
    const ref = schema.get(reference)
    if (typeof ref !== 'string' || this.draftOf(schema) < since[reference]) return undefined
    const uri = resolve(this.bases.get(schema)!, ref)
    const reach = (): Value => {
      const target = this.find(uri)
      const known = this.targets.get(schema) ?? new Map<Reference, Schema>()
      this.targets.set(schema, known.set(reference, target))
      return target as Value
    }
    if (/#\//.test(uri) && this.named.has(withoutFragment(uri))) return reach
    const target = reach()
    return () => target
  }

  private find(uri: string): Schema {
    const found = this.named.get(uri.replace(/#$/, ''))
    if (found !== undefined) return found
    const document = this.named.get(withoutFragment(uri))
    if (document === undefined) throw new SchemaError(`failing loading ${quote(withoutFragment(uri))}: ${whyNot(uri)}`)
    const fragment = decode(uri.slice(uri.indexOf('#') + 1))
    if (!fragment.startsWith('/')) throw new SchemaError(`anchor in ${quote(`${withoutFragment(uri)}#${encoded(fragment)}`)} not found in schema ${quote(file)}`)
    const place = `${file}#${encoded(this.pointerTo(document) + fragment)}`
    let value: Value = document as Value
    let base = withoutFragment(uri)
    for (const token of fragment.slice(1).split('/')) {
      const name = token.replaceAll('~1', '/').replaceAll('~0', '~')
      value = value instanceof Map ? value.get(name) : Array.isArray(value) ? value[Number(name)] : undefined
      base = (value instanceof Map && this.bases.get(value)) || base
    }
    if (value === undefined) throw new SchemaError(`json-pointer in ${quote(place)} not found`)
    const around = this.draftOf(this.named.get(base) as Schema)
    this.index(value, base, around)
    if (!this.checked.has(value)) this.check(value, this.drafts.get(value) ?? around, place, this.drafts)
    this.checked.add(value)
    return value as Schema
  }
}

/** A name as a part of a JSON pointer (RFC 6901, section 3). */
export const pointerToken = (name: string): string =>
  name.includes('~') || name.includes('/') ? name.replaceAll('~', '~0').replaceAll('/', '~1') : name

function parse(text: string): Value {
  try {
    return readJson(text)
  } catch (error) {
    const { message } = error as Error
    // Go reads the text as a stream.
    throw new SchemaError(message !== 'unexpected end of JSON input' ? message : text.trim() === '' ? 'EOF' : 'unexpected EOF')
  }
}

/** The draft that a schema says it is of. */
function statedDraft(schema: Value): Draft | undefined {
  const uri = schema instanceof Map ? schema.get('$schema') : undefined
  if (typeof uri !== 'string') return undefined
  const [, name = ''] = /^(?:https?:\/\/)?json-schema\.org\/(.*?)#?$/.exec(uri) ?? []
  const found = drafts.get(name)
  if (found) return found
  throw new SchemaError(`failing loading ${quote(withoutFragment(uri))}: ${whyNot(uri)}`)
}

const idKey = (draft: Draft): string => (draft === 4 ? 'id' : '$id')

/** What a schema's `$id` says, but for an anchor. Beside a reference nothing counts in drafts before 2019. */
function nameOf(schema: ReadonlyMap<string, Value>, draft: Draft): string {
  const id = draft < 2019 && schema.has('$ref') ? undefined : schema.get(idKey(draft))
  return typeof id === 'string' ? withoutFragment(id) : ''
}

/** The anchors of a schema, and the keyword of each. */
function anchorsOf(schema: ReadonlyMap<string, Value>, draft: Draft): [key: string, anchor: string][] {
  if (draft < 2019) {
    const id = schema.has('$ref') ? undefined : schema.get(idKey(draft))
    return typeof id === 'string' && id.startsWith('#') ? [[idKey(draft), id.slice(1)]] : []
  }
  const keys = draft === 2019 ? ['$anchor'] : ['$anchor', '$dynamicAnchor']
  return keys.flatMap((key): [string, string][] => {
    const anchor = schema.get(key)
    return typeof anchor === 'string' ? [[key, anchor]] : []
  })
}

/** There is no disk and no connection here. */
function whyNot(uri: string): string {
  if (!uri.includes(':')) return `no URLLoader registered for ${quote(withoutFragment(uri))}`
  const path = /^file:\/\/[^/]*(\/[^#]*)/.exec(uri)?.[1]
  return path === undefined ? 'not available here' : `open ${path}: no such file or directory`
}

const compiled = new Map<string, RegExp>()
const mostCompiled = 1000

/** A pattern as Helm reads it. Throws `GoError`. */
export function compilePattern(source: string): RegExp {
  const found = compiled.get(source)
  if (found) return found
  const { source: pattern, flags } = translated(source)
  const made = new RegExp(pattern, flags.replace(/[gy]/g, ''))
  if (compiled.size === mostCompiled) compiled.clear()
  compiled.set(source, made)
  return made
}

const withoutFragment = (uri: string): string => uri.replace(/#.*$/s, '')

/** A reference made absolute, for the forms that schemas use. */
function resolve(base: string, ref: string): string {
  if (/^[a-zA-Z][\w+.-]*:/.test(ref)) return ref
  if (ref.startsWith('#')) return ref === '#' ? base : base + ref
  const [, origin = '', path = ''] = /^([a-zA-Z][\w+.-]*:(?:\/\/[^/]*)?)(.*)$/.exec(base) ?? []
  return ref.startsWith('/') ? origin + ref : origin + path.replace(/[^/]*$/, '') + ref
}

/** A fragment as Go writes it, each part by itself. */
export const encoded = (fragment: string): string => fragment.split('/').map((part) => escaped(part, 'segment')).join('/')

function decode(token: string): string {
  try {
    return decodeURIComponent(token)
  } catch {
    return token
  }
}
