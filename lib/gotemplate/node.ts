import { quote } from '../go/quote.ts'
import type { Value } from '../go/value.ts'

/** Every node knows its offset in the source. */
interface At {
  readonly at: number
}

export interface TextNode extends At { readonly kind: 'text'; readonly text: string }
export interface ActionNode extends At { readonly kind: 'action'; readonly pipe: PipeNode }
export interface BranchNode extends At {
  readonly kind: 'if' | 'with' | 'range'
  readonly pipe: PipeNode
  readonly body: readonly Node[]
  readonly orElse: readonly Node[] | undefined
}
export interface TemplateNode extends At { readonly kind: 'template'; readonly name: string; readonly pipe: PipeNode | undefined }
export interface JumpNode extends At { readonly kind: 'break' | 'continue' }

/** What stands in the body of a template. */
export type Node = TextNode | ActionNode | BranchNode | TemplateNode | JumpNode

export interface PipeNode extends At {
  readonly kind: 'pipe'
  readonly declared: VariableNode[]
  assigns: boolean
  readonly commands: CommandNode[]
}
export interface CommandNode extends At { readonly kind: 'command'; readonly operands: Operand[] }
export interface IdentifierNode extends At { readonly kind: 'identifier'; readonly name: string }
export interface FieldNode extends At { readonly kind: 'field'; readonly path: readonly string[] }
/** A variable and fields of it; `slot` is its place in the frame, −1 if it was never declared. */
export interface VariableNode extends At {
  readonly kind: 'variable'
  readonly name: string
  readonly path: readonly string[]
  slot: number
}
export interface ChainNode extends At { readonly kind: 'chain'; readonly node: Operand; readonly path: readonly string[] }
export interface DotNode extends At { readonly kind: 'dot' }
export interface NilNode extends At { readonly kind: 'nil' }
export interface BoolNode extends At { readonly kind: 'bool'; readonly value: boolean }
export interface StringNode extends At { readonly kind: 'string'; readonly literal: string; readonly value: string }
/** A number: which types it can be, and what it is where none is asked for. */
export interface NumberNode extends At {
  readonly kind: 'number'
  readonly literal: string
  readonly int: number | bigint | undefined
  readonly float: number | undefined
  /** The value without context; nothing if it overflows `int`. */
  readonly value: Value
}

/** A component of a command. */
export type Operand =
  | IdentifierNode | FieldNode | VariableNode | ChainNode | PipeNode
  | DotNode | NilNode | BoolNode | StringNode | NumberNode

/** Anything that an error can point at. */
export type AnyNode = Node | CommandNode | Operand

const dotted = (path: readonly string[]): string => path.map(name => `.${name}`).join('')

const wrapped = (node: Operand): string => (node.kind === 'pipe' ? `(${nodeText(node)})` : nodeText(node))

function pipeText(pipe: PipeNode): string {
  const names = pipe.declared.map(nodeText).join(', ')
  const commands = pipe.commands.map(nodeText).join(' | ')
  return names ? `${names} ${pipe.assigns ? '=' : ':='} ${commands}` : commands
}

/** The node as text with normal spacing, as errors show it. */
export function nodeText(node: AnyNode): string {
  switch (node.kind) {
    case 'text':
      return node.text
    case 'action':
      return `{{${pipeText(node.pipe)}}}`
    case 'if':
    case 'with':
    case 'range':
      return `{{${node.kind} ${pipeText(node.pipe)}}}`
    case 'template':
      return `{{template ${quote(node.name)}${node.pipe ? ` ${pipeText(node.pipe)}` : ''}}}`
    case 'break':
    case 'continue':
      return `{{${node.kind}}}`
    case 'pipe':
      return pipeText(node)
    case 'command':
      return node.operands.map(wrapped).join(' ')
    case 'identifier':
      return node.name
    case 'field':
      return dotted(node.path)
    case 'variable':
      return node.name + dotted(node.path)
    case 'chain':
      return wrapped(node.node) + dotted(node.path)
    case 'dot':
      return '.'
    case 'nil':
      return 'nil'
    case 'bool':
      return String(node.value)
    case 'string':
    case 'number':
      return node.literal
  }
}
