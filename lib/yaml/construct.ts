import { fromBytes, sortedKeys, withReplacements } from '../go/bytes.ts'
import { floatText, singleText } from '../go/float.ts'
import { quote } from '../go/quote.ts'
import { Int, type Value } from '../go/value.ts'
import { decodeBase64 } from './base64.ts'
import { unsupportedNumber, YamlError } from './error.ts'
import { writeJson } from './json-write.ts'
import type { Node } from './parser.ts'
import { resolveScalar, type Scalar } from './scalars.ts'

type Scalars = Node & { kind: 'scalar' }
type Mapping = Node & { kind: 'mapping' }

/**
 * The value of a parsed document as sigs.k8s.io/yaml sees it: numbers become float64, keys
 * become strings. With `asWritten` whole numbers stay apart from others, and infinity is let
 * through: that is what a struct's text fields are made of. Throws `YamlError` with Go's wording.
 */
export function construct(root: Node, asWritten = false): Value {
  const constructor = new Constructor(asWritten)
  const value = constructor.value(root)
  constructor.checkJson(value)
  return value
}

const toJson = (message: string, node: Node): YamlError => new YamlError(message, node.line + 1, node.column + 1)

class Constructor {
  private steps = 0
  private aliasSteps = 0
  private aliasDepth = 0
  private readonly open = new Set<Node>()
  /** What JSON has no number for, by what is said of it. Most of it stays where it is read, but a later one of equal keys may replace it. */
  private readonly infinite = new Map<string, Node>()
  private wrongKey: YamlError | undefined
  constructor(private readonly asWritten: boolean) {}

  value(node: Node): Value {
    this.count(node)
    switch (node.kind) {
      case 'scalar':
        return this.asWritten ? writtenValue(node) : this.scalar(node)
      case 'sequence':
        return node.items.map(item => this.value(item))
      case 'mapping':
        return this.mapping(node, new Map())
      case 'alias':
        return this.alias(node, target => this.value(target))
    }
  }

  private scalar(node: Scalars): Value {
    const { tag, value } = scalarOf(node)
    if (tag === 'int') return Number(value)
    if (tag === 'float' && !Number.isFinite(value)) this.infinite.set(unsupportedNumber(value as number).message, node)
    return value
  }

  /** Throws for what was read of YAML and is no JSON; Go looks for that when all is read. */
  checkJson(root: Value): void {
    if (this.wrongKey) throw this.wrongKey
    if (this.infinite.size === 0) return
    try {
      writeJson(root)
    } catch (error) {
      const node = error instanceof YamlError && this.infinite.get(error.message)
      throw node ? toJson(error.message, node) : error
    }
  }

  private alias(node: Node & { kind: 'alias' }, read: (target: Node) => Value): Value {
    const { name, target } = node
    if (this.open.has(target)) throw toJson(`anchor '${name}' value contains itself`, node)
    this.open.add(target)
    this.aliasDepth++
    const value = read(target)
    this.aliasDepth--
    this.open.delete(target)
    return value
  }

  /** Stops aliases that multiply without end. Source: go-yaml v2 `decoder.unmarshal`. */
  private count(node: Node): void {
    this.steps++
    if (this.aliasDepth > 0) this.aliasSteps++
    if (this.aliasSteps <= 100 || this.steps <= 1000) return
    if (this.aliasSteps / this.steps > allowedAliases(this.steps)) {
      throw toJson('document contains excessive aliasing', node)
    }
  }

  private mapping(node: Mapping, into: Map<string, Value>): Map<string, Value> {
    this.enter(node)
    for (const [key, value] of node.pairs) {
      if (isMerge(key)) this.merge(value, into)
      else {
        const name = this.key(key, value)
        into.set(name, this.value(value))
      }
    }
    this.open.delete(node)
    return into
  }

  private enter(node: Mapping): void {
    this.open.add(node)
  }

  private merge(node: Node, into: Map<string, Value>): void {
    if (node.kind === 'mapping') this.mapping(node, into)
    else if (node.kind === 'alias' && node.target.kind === 'mapping') this.alias(node, target => this.mapping(target as Mapping, into))
    else if (node.kind === 'sequence') {
      for (const item of node.items.toReversed()) {
        if (item.kind === 'sequence') throw mergeError(item)
        this.merge(item, into)
      }
    } else throw mergeError(node)
  }

  private key(node: Node, value: Node): string {
    this.count(node)
    const target = node.kind === 'alias' ? node.target : node
    if (target.kind === 'mapping' || target.kind === 'sequence') {
      const held = node.kind === 'alias' ? this.alias(node, each => this.value(each)) : this.value(target)
      throw toJson(`invalid map key: ${target.kind === 'mapping' ? goMap(held) : goList(held)}`, node)
    }
    if (target.kind === 'alias') return this.key(target, value)
    return this.keyText(target, value)
  }

  /** A key as JSON has it. Source: sigs.k8s.io/yaml `convertToJSONableObject`. */
  private keyText(node: Scalars, item: Node): string {
    const { tag, value } = scalarOf(node)
    if (tag === 'float') return floatKey(value as number)
    if (tag !== 'null') return String(value)
    const isFirst = this.wrongKey === undefined
    const problem = toJson(`unsupported map key of type: %!s(<nil>), key: <nil>, value: ${goSyntax(this.value(item))}`, node)
    if (isFirst) this.wrongKey = problem
    return ''
  }
}

const mergeError = (node: Node): YamlError => toJson('map merge requires map or sequence of maps as the value', node)

const isMerge = (node: Node): boolean =>
  node.kind === 'scalar' && node.text === '<<' && (node.plain || node.tag === '!!merge')

/** Few steps may nearly all be aliases, many steps must not. */
function allowedAliases(steps: number): number {
  if (steps <= 400_000) return 0.99
  if (steps >= 4_000_000) return 0.1
  return 0.99 - (0.89 * (steps - 400_000)) / 3_600_000
}

const resolvable = new Set(['', '!!str', '!!bool', '!!int', '!!float', '!!null', '!!timestamp', '!!binary'])

/** What a scalar node stands for, its tag heeded. */
function scalarOf(node: Scalars): Scalar {
  const { tag, text } = node
  if (tag === '' || tag === '!!binary' || tag === '!!str' || !resolvable.has(tag)) {
    if (tag === '' && node.plain) return resolveScalar(text)
    return { tag: 'str', value: tag === '!!binary' ? binaryText(node) : text }
  }
  const found = resolveScalar(text)
  if (`!!${found.tag}` === tag) return found
  if (tag === '!!float' && found.tag === 'int') return { tag: 'float', value: Number(found.value) }
  throw toJson(`cannot decode !!${found.tag} \`${text}\` as a ${tag}`, node)
}

function binaryText(node: Scalars): string {
  const bytes = decodeBase64(node.text)
  if (!bytes) throw toJson('!!binary value contains invalid base64 data', node)
  return withReplacements(fromBytes(bytes))
}

function writtenValue(node: Scalars): Value {
  const { tag, value } = scalarOf(node)
  return tag === 'int' ? new Int(value as number | bigint, 'int64') : value
}

const namedFloats = new Map([['NaN', '.nan'], ['+Inf', '.inf'], ['-Inf', '-.inf']])

function floatKey(n: number): string {
  const text = singleText(n)
  return namedFloats.get(text) ?? text
}

/** A value as Go's `%#v` prints it, as far as error messages need it. */
function goSyntax(value: Value): string {
  if (value === null || value === undefined) return '<nil>'
  if (typeof value === 'string') return quote(value)
  if (Array.isArray(value)) return goList(value)
  if (typeof value === 'number' && !Number.isFinite(value)) return floatText(value)
  return value instanceof Map ? goMap(value) : String(value instanceof Int ? value.n : value)
}

const goList = (value: Value): string =>
  `[]interface {}{${(value as Value[]).map(item => (item === null ? 'interface {}(nil)' : goSyntax(item))).join(', ')}}`

/** Go prints maps in the order of their keys. */
const goMap = (value: Value): string => {
  const map = value as Map<string, Value>
  const entries = sortedKeys(map).map(key => `${quote(key)}:${map.get(key) === null ? 'interface {}(nil)' : goSyntax(map.get(key))}`)
  return `map[interface {}]interface {}{${entries.join(', ')}}`
}
