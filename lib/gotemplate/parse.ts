import { byteLength } from '../go/bytes.ts'
import { quote, unquote } from '../go/quote.ts'
import { lineAt, ParseError, type Source } from './error.ts'
import { tokensOf, type Kind, type Token } from './lex.ts'
import { nodeText, type AnyNode, type BranchNode, type CommandNode, type FieldNode, type Node, type Operand, type PipeNode, type VariableNode } from './node.ts'
import { numberNode } from './number.ts'

/** One named template: what a file or a `define` in it gives. */
export interface Template {
  readonly name: string
  readonly source: Source
  readonly body: readonly Node[]
  /** Nothing but white space, so that it replaces no other template. */
  readonly empty: boolean
}

/** `{{else}}` and `{{end}}`, which close a list of nodes and are in none. */
interface Closing {
  readonly kind: 'else' | 'end'
}

const isClosing = (node: Node | Closing): node is Closing => node.kind === 'else' || node.kind === 'end'

/** Where a variable is kept while a template runs. */
interface Variable {
  readonly name: string
  readonly slot: number
}

/** What belongs to one template; a `define` or `block` inside starts anew. */
class Scope {
  /** Every name that may be used; Go counts assignments too. */
  names: string[] = ['$']
  variables: Variable[] = [{ name: '$', slot: 0 }]
  rangeDepth = 0
  slots = 1
}

const deepestParentheses = 10000

const keywordKinds = new Set<Kind>(['block', 'break', 'continue', 'define', 'dot', 'else', 'end', 'if', 'nil', 'range', 'template', 'with'])

function tokenText({ kind, text }: Token): string {
  if (kind === 'eof') return 'EOF'
  if (kind === 'error') return text
  if (keywordKinds.has(kind)) return `<${text}>`
  const runes = Array.from(text)
  return byteLength(text) > 10 ? `${quote(runes.slice(0, 10).join(''))}...` : quote(text)
}

const blank = /^[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*$/

const isEmpty = (nodes: readonly Node[]): boolean => nodes.every(node => node.kind === 'text' && blank.test(node.text))

const notExecutable = new Set(['bool', 'dot', 'nil', 'number', 'string'])
const operandKinds = new Set<Kind>(['bool', 'rune', 'complex', 'dot', 'field', 'identifier', 'number', 'nil', 'raw', 'string', 'variable', '('])

class Parser {
  private readonly tokens: readonly Token[]
  private at = 0
  /** How many tokens were looked at; Go's errors point at the last of them. */
  private seen = 0
  private scope = new Scope()
  private parentheses = 0
  private actionAt: number | undefined
  readonly templates = new Map<string, Template>()

  constructor(
    private readonly source: Source,
    private readonly isFunction: (name: string) => boolean,
  ) {
    this.tokens = tokensOf(source.text)
  }

  parseFile(): Map<string, Template> {
    const body: Node[] = []
    while (this.peek().kind !== 'eof') {
      if (this.peek().kind === 'left') {
        this.next()
        if (this.next().kind === 'define') {
          this.definition()
          continue
        }
        this.at -= 2
      }
      const node = this.textOrAction()
      if (isClosing(node)) this.fail(`unexpected {{${node.kind}}}`)
      body.push(node)
    }
    this.add(this.source.name, body)
    return this.templates
  }

  private next(): Token {
    const token = this.peek()
    this.at++
    return token
  }

  private peek(): Token {
    const { at, tokens } = this
    if (at >= this.seen) this.seen = at + 1
    return tokens[at] ?? tokens[tokens.length - 1]!
  }

  private backup(): void {
    this.at--
  }

  private get last(): Token {
    return this.tokens[Math.min(this.seen, this.tokens.length) - 1]!
  }

  private fail(problem: string, { at }: Token = this.last): never {
    throw new ParseError(this.source.name, lineAt(this.source.text, at), problem)
  }

  private expect(kind: Kind, context: string): Token {
    const token = this.next()
    return token.kind === kind ? token : this.unexpected(token, context)
  }

  private unexpected(token: Token, context: string): never {
    if (token.kind !== 'error') this.fail(`unexpected ${tokenText(token)} in ${context}`)
    this.fail(token.text + this.actionStart(token))
  }

  /** Where the action began that a bad token is in, if that was on another line. */
  private actionStart(token: Token): string {
    if (this.actionAt === undefined) return ''
    const line = lineAt(this.source.text, this.actionAt)
    if (line === lineAt(this.source.text, token.at)) return ''
    const place = ` started at ${this.source.name}:${line}`
    return token.text.endsWith(' action') ? place : ` in action${place}`
  }

  private add(name: string, body: readonly Node[]): void {
    const before = this.templates.get(name)
    const template = { name, source: this.source, body, empty: isEmpty(body) }
    if (!before || before.empty) this.templates.set(name, template)
    else if (!template.empty) this.fail(`template: multiple definition of template ${quote(name)}`)
  }

  private stringOf(token: Token): string {
    return unquote(token.text) ?? this.fail('invalid syntax')
  }

  private definition(): void {
    const context = 'define clause'
    const token = this.next()
    if (token.kind !== 'string' && token.kind !== 'raw') this.unexpected(token, context)
    const name = this.stringOf(token)
    this.expect('right', context)
    this.add(name, this.inOwnScope(context))
  }

  /** A list of nodes up to its end, which sees no variables from outside. */
  private inOwnScope(context: string, start?: Token): Node[] {
    const outer = this.scope
    const { actionAt } = this
    this.scope = new Scope()
    this.actionAt = undefined
    const [body, closing] = this.list()
    this.actionAt = actionAt
    if (closing.kind !== 'end') this.fail(`unexpected {{${closing.kind}}} in ${context}`, start)
    this.scope = outer
    return body
  }

  private list(): [Node[], Closing] {
    const nodes: Node[] = []
    while (this.peek().kind !== 'eof') {
      const node = this.textOrAction()
      if (isClosing(node)) return [nodes, node]
      nodes.push(node)
    }
    this.fail('unexpected EOF')
  }

  private textOrAction(): Node | Closing {
    const token = this.next()
    if (token.kind === 'text') return { kind: 'text', at: token.at, text: token.text }
    if (token.kind !== 'left') this.unexpected(token, 'input')
    this.actionAt = token.at
    const node = this.action()
    this.actionAt = undefined
    return node
  }

  private action(): Node | Closing {
    const token = this.next()
    switch (token.kind) {
      case 'block':
        return this.block()
      case 'break':
      case 'continue':
        return this.jump(token, token.kind)
      case 'else':
        return this.elseControl()
      case 'end':
        this.expect('right', 'end')
        return { kind: 'end' }
      case 'if':
      case 'range':
      case 'with':
        return this.control(token.kind)
      case 'template':
        return this.templateCall()
    }
    this.backup()
    const { at } = this.peek()
    return { kind: 'action', at, pipe: this.pipeline('command', 'right') }
  }

  private jump({ at }: Token, kind: 'break' | 'continue'): Node {
    const token = this.next()
    if (token.kind !== 'right') this.unexpected(token, `{{${kind}}}`)
    if (this.scope.rangeDepth === 0) this.fail(`{{${kind}}} outside {{range}}`)
    return { kind, at }
  }

  private elseControl(): Closing {
    const { kind } = this.peek()
    // `{{else if` and `{{else with` are left for the control that they continue.
    if (kind !== 'if' && kind !== 'with') this.expect('right', 'else')
    return { kind: 'else' }
  }

  private control(kind: BranchNode['kind']): BranchNode {
    const { names, variables, slots } = this.scope
    const counts = [names.length, variables.length] as const
    const pipe = this.pipeline(kind, 'right')
    const declared = variables.length
    if (kind === 'range') this.scope.rangeDepth++
    const [body, closing] = this.list()
    if (kind === 'range') this.scope.rangeDepth--
    // What the body declared may be named in the else, but was never set there.
    variables.length = declared
    const orElse = closing.kind === 'else' ? this.elseBody(kind) : undefined
    this.scope.names.length = counts[0]
    this.scope.variables.length = counts[1]
    this.scope.slots = slots
    return { kind, at: pipe.at, pipe, body, orElse }
  }

  private elseBody(kind: BranchNode['kind']): readonly Node[] {
    if ((kind === 'if' || kind === 'with') && this.peek().kind === kind) {
      this.next()
      return [this.control(kind)]
    }
    const [body, closing] = this.list()
    if (closing.kind !== 'end') this.fail(`expected end; found {{${closing.kind}}}`)
    return body
  }

  private block(): Node {
    const context = 'block clause'
    const token = this.next()
    const name = this.templateName(token, context)
    const pipe = this.pipeline(context, 'right')
    // Go has the rest read by another parser, and names the place where this one stopped.
    this.add(name, this.inOwnScope(context, this.last))
    return { kind: 'template', at: token.at, name, pipe }
  }

  private templateCall(): Node {
    const context = 'template clause'
    const token = this.next()
    const name = this.templateName(token, context)
    if (this.next().kind === 'right') return { kind: 'template', at: token.at, name, pipe: undefined }
    this.backup()
    return { kind: 'template', at: token.at, name, pipe: this.pipeline(context, 'right') }
  }

  private templateName(token: Token, context: string): string {
    return token.kind === 'string' || token.kind === 'raw' ? this.stringOf(token) : this.unexpected(token, context)
  }

  private pipeline(context: string, end: Kind): PipeNode {
    const { at } = this.peek()
    const pipe: PipeNode = { kind: 'pipe', at, declared: [], assigns: false, commands: [] }
    while (this.declaration(pipe, context)) {}
    for (;;) {
      const { kind } = this.peek()
      if (kind === end) break
      if (!operandKinds.has(kind)) this.unexpected(this.next(), context)
      pipe.commands.push(this.command())
    }
    this.at++
    this.checkPipeline(pipe, context)
    if (pipe.declared.length) this.declare(pipe)
    return pipe
  }

  /** Reads `$x :=`, `$x =` or `$x,`; says whether another may follow. */
  private declaration(pipe: PipeNode, context: string): boolean {
    const variable = this.peek()
    if (variable.kind !== 'variable') return false
    this.next()
    const next = this.peek()
    if (next.kind === 'assign' || next.kind === 'declare') {
      pipe.assigns = next.kind === 'assign'
      this.next()
      this.push(pipe, variable)
    } else if (next.kind === 'char' && next.text === ',') {
      this.next()
      this.push(pipe, variable)
      if (context !== 'range' || pipe.declared.length > 1) this.fail(`too many declarations in ${context}`)
      if (['variable', 'right', ')'].includes(this.peek().kind)) return true
      this.fail('range can only initialize variables')
    } else this.backup()
    return false
  }

  private push(pipe: PipeNode, { at, text }: Token): void {
    this.scope.names.push(text)
    pipe.declared.push({ kind: 'variable', at, name: text, path: [], slot: -1 })
  }

  /** Gives the pipeline's variables their slots; its own commands did not see them. */
  private declare(pipe: PipeNode): void {
    pipe.declared.forEach((node) => {
      if (pipe.assigns) {
        node.slot = this.scope.variables.findLast(({ name }) => name === node.name)?.slot ?? -1
        return
      }
      node.slot = this.scope.slots++
      this.scope.variables.push(node)
    })
  }

  private checkPipeline({ commands }: PipeNode, context: string): void {
    if (!commands.length) this.fail(`missing value for ${context}`)
    if (commands.length === 1) return
    const stage = commands.findIndex(({ operands }, at) => at > 0 && notExecutable.has(operands[0]!.kind))
    if (stage > 0) this.fail(`non executable command in pipeline stage ${stage + 1}`)
  }

  private command(): CommandNode {
    const { at } = this.peek()
    const operands: Operand[] = []
    for (;;) {
      const operand = this.operand()
      if (operand) operands.push(operand)
      const token = this.peek()
      if (token.kind === 'right' || token.kind === ')') break
      if (token.spaced && operand) continue
      this.next()
      if (token.kind === 'pipe') break
      this.unexpected(token, 'operand')
    }
    if (!operands.length) this.fail('empty command')
    return { kind: 'command', at, operands }
  }

  private operand(): Operand | undefined {
    const node = this.term()
    if (!node) return undefined
    const first = this.peek()
    if (first.kind !== 'field' || first.spaced) return node
    const { at } = first
    switch (node.kind) {
      case 'field':
        return { kind: 'field', at, path: this.fields([...node.path]) }
      case 'variable':
        return { ...node, at, path: this.fields([]) }
      case 'bool':
      case 'string':
      case 'number':
      case 'nil':
      case 'dot':
        return this.fail(`unexpected . after term ${quote(nodeText(node as AnyNode))}`, first)
    }
    return { kind: 'chain', at, node, path: this.fields([]) }
  }

  /** Adds to a path the fields that follow without a space. */
  private fields(path: string[]): string[] {
    for (;;) {
      const { kind, spaced, text } = this.peek()
      if (kind !== 'field' || spaced) return path
      path.push(text.slice(1))
      this.at++
    }
  }

  private term(): Operand | undefined {
    const token = this.next()
    const { at, text } = token
    switch (token.kind) {
      case 'identifier':
        if (!this.isFunction(text)) this.fail(`function ${quote(text)} not defined`)
        return { kind: 'identifier', at, name: text }
      case 'dot':
      case 'nil':
        return { kind: token.kind, at }
      case 'variable':
        return this.variable(token)
      case 'field':
        return { kind: 'field', at, path: [text.slice(1)] } satisfies FieldNode
      case 'bool':
        return { kind: 'bool', at, value: text === 'true' }
      case 'rune':
      case 'complex':
      case 'number': {
        const node = numberNode(text, token.kind, at)
        return typeof node === 'string' ? this.fail(node) : node
      }
      case '(':
        return this.parenthesized()
      case 'string':
      case 'raw':
        return { kind: 'string', at, literal: text, value: this.stringOf(token) }
    }
    this.backup()
    return undefined
  }

  private parenthesized(): PipeNode {
    if (this.parentheses >= deepestParentheses) this.fail('max expression depth exceeded')
    this.parentheses++
    const pipe = this.pipeline('parenthesized pipeline', ')')
    this.parentheses--
    return pipe
  }

  private variable({ at, text }: Token): VariableNode {
    if (!this.scope.names.includes(text)) this.fail(`undefined variable ${quote(text)}`)
    const found = this.scope.variables.findLast(({ name }) => name === text)
    return { kind: 'variable', at, name: text, path: [], slot: found?.slot ?? -1 }
  }
}

/**
 * The templates in a text by name: those it defines, and itself under the name of its source
 * (text/template/parse, Parse). Throws `ParseError`.
 */
export function parseTemplates(source: Source, isFunction: (name: string) => boolean): Map<string, Template> {
  return new Parser(source, isFunction).parseFile()
}
