import { YamlError } from './error.ts'
import { scan } from './scanner.ts'
import type { Mark, Token, TokenKind } from './tokens.ts'

interface Base extends Mark {
  readonly tag: string
}

/** A parsed node. An alias is the very object that its anchor names. */
export type Node =
  | (Base & { readonly kind: 'scalar'; readonly text: string; readonly plain: boolean })
  | (Base & { readonly kind: 'sequence'; readonly items: readonly Node[] })
  | (Base & { readonly kind: 'mapping'; readonly pairs: readonly (readonly [Node, Node])[] })
  | (Base & { readonly kind: 'alias'; readonly name: string; readonly target: Node })

/**
 * Reads documents one by one, so that an error after the wanted document does no harm.
 * Source: libyaml's parser as go-yaml v2 carries it.
 */
export class Parser {
  private at = 0
  private readonly tokens: readonly Token[]
  private anchors = new Map<string, Node>()
  private readonly prefixes = new Map<string, string>()
  private started = false

  constructor(text: string) {
    this.tokens = scan(text)
  }

  /** The next document's root, or nothing at the end of the text. */
  document(): Node | undefined {
    if (this.started) while (this.peek().kind === 'document end') this.at++
    this.prefixes.clear()
    const first = this.peek()
    if (first.kind === 'stream end') return undefined
    if (first.kind === 'document start' || first.kind === 'directive') this.documentStart()
    else if (this.started) fail('did not find expected <document start>', first)
    else if (first.kind === 'document end') fail('did not find expected node content', first, first)
    this.started = true
    this.anchors = new Map()
    const token = this.peek()
    if (endsDocument.has(token.kind)) return emptyScalar(token)
    const root = this.node(true, false)
    this.peek()
    return root
  }

  private documentStart(): void {
    for (let version = false; this.peek().kind === 'directive'; ) version = this.directive(this.next(), version) || version
    const token = this.peek()
    if (token.kind !== 'document start') fail('did not find expected <document start>', token)
    this.at++
  }

  /** Takes a directive; says whether it was one of the version. */
  private directive(token: Token, versionKnown: boolean): boolean {
    const [name, first, second] = token.text.split('\0') as [string, string, string]
    if (name === 'YAML') {
      if (versionKnown) fail('found duplicate %YAML directive', token)
      if (first !== '1' || second !== '1') fail('found incompatible YAML document', token)
      return true
    }
    if (this.prefixes.has(first)) fail('found duplicate %TAG directive', token)
    this.prefixes.set(first, second)
    return false
  }

  private peek(): Token {
    const token = this.tokens[this.at]!
    if (token.kind === 'error') throw new YamlError(token.text, token.line + 1, token.column + 1)
    return token
  }

  private next(): Token {
    const token = this.peek()
    this.at++
    return token
  }

  private nextIs(kind: TokenKind): boolean {
    if (this.peek().kind !== kind) return false
    this.at++
    return true
  }

  private node(block: boolean, indentless: boolean): Node {
    const first = this.peek()
    if (first.kind === 'alias') return this.alias(this.next())
    let anchor: string | undefined
    let tag = ''
    for (let token = first; ; token = this.peek()) {
      if (token.kind === 'anchor' && anchor === undefined) anchor = token.text
      else if (token.kind === 'tag' && tag === '') tag = fullTag(token, this.prefixes)
      else break
      this.at++
    }
    return this.content(first, tag, block, indentless, anchor)
  }

  private content(first: Token, tag: string, block: boolean, indentless: boolean, anchor: string | undefined): Node {
    const token = this.peek()
    const { kind, index, line, column } = token
    switch (kind) {
      case 'scalar':
        this.at++
        return this.named(anchor, { kind: 'scalar', tag, index, line, column, text: token.text, plain: tag === '' && token.plain })
      case 'block entry':
        if (!indentless) break
        return this.sequence(token, tag, anchor)
      case 'flow sequence start':
        this.at++
        return this.sequence(token, tag, anchor)
      case 'flow mapping start':
        this.at++
        return this.mapping(token, tag, anchor)
      case 'block sequence start':
        if (!block) break
        this.at++
        return this.sequence(token, tag, anchor)
      case 'block mapping start':
        if (!block) break
        this.at++
        return this.mapping(token, tag, anchor)
    }
    if (anchor === undefined && tag === '') fail('did not find expected node content', token, first)
    return this.named(anchor, { kind: 'scalar', tag, index, line, column, text: '', plain: true })
  }

  private named(anchor: string | undefined, node: Node): Node {
    if (anchor !== undefined) this.anchors.set(anchor, node)
    return node
  }

  private sequence(start: Token, tag: string, anchor: string | undefined): Node {
    const items: Node[] = []
    const node = this.named(anchor, { kind: 'sequence', tag, index: start.index, line: start.line, column: start.column, items })
    if (start.kind === 'flow sequence start') this.flowSequence(items, start)
    else if (start.kind === 'block sequence start') this.blockSequence(items, start)
    else this.indentlessSequence(items)
    return node
  }

  private mapping(start: Token, tag: string, anchor: string | undefined): Node {
    const pairs: [Node, Node][] = []
    const node = this.named(anchor, { kind: 'mapping', tag, index: start.index, line: start.line, column: start.column, pairs })
    if (start.kind === 'flow mapping start') this.flowMapping(pairs, start)
    else this.blockMapping(pairs, start)
    return node
  }

  private alias(token: Token): Node {
    const target = this.anchors.get(token.text)
    if (!target) throw new YamlError(`unknown anchor '${token.text}' referenced`, token.line + 1, token.column + 1)
    return { kind: 'alias', name: token.text, target, index: token.index, line: token.line, column: token.column, tag: '' }
  }

  /** A node, or an empty one where one of these tokens follows. */
  private nodeUnless(ends: ReadonlySet<TokenKind>, block: boolean, indentless: boolean): Node {
    const token = this.peek()
    return ends.has(token.kind) ? emptyScalar(token) : this.node(block, indentless)
  }

  private blockSequence(items: Node[], start: Token): void {
    while (this.nextIs('block entry')) items.push(this.nodeUnless(endsBlockItem, true, false))
    const token = this.next()
    if (token.kind !== 'block end') fail("did not find expected '-' indicator", token, start)
  }

  private indentlessSequence(items: Node[]): void {
    while (this.nextIs('block entry')) items.push(this.nodeUnless(endsIndentlessItem, true, false))
  }

  private blockMapping(pairs: [Node, Node][], start: Token): void {
    while (this.nextIs('key')) {
      const key = this.nodeUnless(endsBlockPart, true, true)
      const token = this.peek()
      const value = this.nextIs('value') ? this.nodeUnless(endsBlockPart, true, true) : emptyScalar(token)
      pairs.push([key, value])
    }
    const token = this.next()
    if (token.kind !== 'block end') fail('did not find expected key', token, start)
  }

  private flowSequence(items: Node[], start: Token): void {
    for (let first = true; !this.nextIs('flow sequence end'); first = false) {
      if (!first && !this.nextIs('flow entry')) fail("did not find expected ',' or ']'", this.peek(), start)
      const token = this.peek()
      if (this.nextIs('key')) items.push(this.flowPair(token))
      else if (token.kind !== 'flow sequence end') items.push(this.node(false, false))
    }
  }

  /** `[a: b]`: a mapping of one pair inside a flow sequence. */
  private flowPair({ index, line, column }: Token): Node {
    const key = this.nodeUnless(endsFlowKeyInSequence, false, false)
    const token = this.peek()
    const value = this.nextIs('value') ? this.nodeUnless(endsFlowItem, false, false) : emptyScalar(token)
    return { kind: 'mapping', tag: '', index, line, column, pairs: [[key, value]] }
  }

  private flowMapping(pairs: [Node, Node][], start: Token): void {
    for (let first = true; !this.nextIs('flow mapping end'); first = false) {
      if (!first && !this.nextIs('flow entry')) fail("did not find expected ',' or '}'", this.peek(), start)
      const token = this.peek()
      if (this.nextIs('key')) {
        const key = this.nodeUnless(endsFlowKey, false, false)
        const before = this.peek()
        pairs.push([key, this.nextIs('value') ? this.nodeUnless(endsFlowValue, false, false) : emptyScalar(before)])
      } else if (token.kind !== 'flow mapping end') {
        const key = this.node(false, false)
        pairs.push([key, emptyScalar(this.peek())])
      }
    }
  }
}

const endsDocument = new Set<TokenKind>(['directive', 'document start', 'document end', 'stream end'])
const endsBlockItem = new Set<TokenKind>(['block entry', 'block end'])
const endsIndentlessItem = new Set<TokenKind>(['block entry', 'key', 'value', 'block end'])
const endsBlockPart = new Set<TokenKind>(['key', 'value', 'block end'])
const endsFlowItem = new Set<TokenKind>(['flow entry', 'flow sequence end'])
const endsFlowKeyInSequence = new Set<TokenKind>(['value', 'flow entry', 'flow sequence end'])
const endsFlowKey = new Set<TokenKind>(['value', 'flow entry', 'flow mapping end'])
const endsFlowValue = new Set<TokenKind>(['flow entry', 'flow mapping end'])

const emptyScalar = ({ index, line, column }: Mark): Node & { kind: 'scalar' } => ({
  kind: 'scalar', tag: '', text: '', plain: true, index, line, column,
})

const longPrefix = 'tag:yaml.org,2002:'

const standardPrefixes = new Map([['', ''], ['!', '!'], ['!!', longPrefix]])

/** The tag that a handle and suffix stand for, in its short form, such as `!!int`. */
function fullTag({ text, line, column }: Token, prefixes: ReadonlyMap<string, string>): string {
  const [handle, suffix] = text.split('\0') as [string, string]
  const prefix = prefixes.get(handle) ?? standardPrefixes.get(handle) ?? fail('found undefined tag handle', { index: 0, line, column })
  const tag = prefix + suffix
  return tag.startsWith(longPrefix) ? `!!${tag.slice(longPrefix.length)}` : tag
}

/** libyaml's parser names the line before the one it means, and none for the first. */
function fail(problem: string, at: Mark, context: Mark = at): never {
  const line = at.line || context.line
  throw new YamlError(line === 0 ? problem : `line ${line}: ${problem}`, at.line + 1, at.column + 1)
}
