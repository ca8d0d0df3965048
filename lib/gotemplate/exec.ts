import { sortedKeys } from '../go/bytes.ts'
import { isTrue, itemsOf, pointee, typeOf } from '../go/kinds.ts'
import { actionText, printed } from '../go/print.ts'
import { quote } from '../go/quote.ts'
import { BadSignature, GoError, Int, IntWithMethods, Slice, Struct, TypedMap, type Func, type Methods, type Value } from '../go/value.ts'
import { constant, literal, nilFor, validated, type ParamType } from './arguments.ts'
import { ExecError, placeAt } from './error.ts'
import { zeroOf } from './funcs.ts'
import { nodeText, type AnyNode, type BranchNode, type ChainNode, type CommandNode, type FieldNode, type IdentifierNode, type Node, type Operand, type PipeNode, type TemplateNode, type VariableNode } from './node.ts'
import type { Template } from './parse.ts'
import { checkOverlap, checkSize } from './size.ts'
import { costOf, tollOf, weightOf } from './toll.ts'

/** Templates by name. */
export interface Templates {
  get(name: string): Template | undefined
}

/** Where an execution must stop, so that no template can hold up the page. */
export interface Limits {
  /** Nodes executed, iterations made, and work on long texts and lists. */
  readonly steps: number
  /** Templates inside templates. */
  readonly depth: number
  /** Length of the output of one template. */
  readonly outputBytes: number
}

/** More than any chart needs, and few enough for a page to wait for. */
export const defaultLimits: Limits = { steps: 10_000_000, depth: 300, outputBytes: 32_000_000 }

const mostItems = 1_000_000
const endless = ({ steps }: Limits): string => `stopped after ${steps} steps; is there a loop without end?`
const tooLong = ({ outputBytes }: Limits): string => `more than ${outputBytes} bytes`

/** Functions by name. */
export interface Functions {
  get(name: string): Func | undefined
}

/** What stays the same while a set of templates is executed, and what is counted. */
export interface Run {
  readonly functions: Functions
  readonly limits: Limits
  templates: Templates
  steps: number
  depth: number
}

/** How a list of nodes ended: 0 at its end, 1 by `break`, 2 by `continue`. */
export type Ending = 0 | 1 | 2

/** Stands for "no value from the stage before". */
export const missing = Symbol('missing')
/** What the stage before gave, if there is one. */
export type Final = Value | typeof missing

const none: readonly Operand[] = []

/** Whether what a value holds has the Go type `interface {}`. */
export const holdsAnything = (value: Value): boolean =>
  Array.isArray(value) || (value instanceof Map && (!(value instanceof TypedMap) || value.type === 'common.Values'))

/** Executes one template. Whoever wants to know more than the text overrides what it wants to see. */
export class Machine {
  output = ''
  protected node: AnyNode | undefined
  protected vars: Value[]
  /** Which variables were last set by a range to an element whose Go type is `interface {}`, by slot. */
  protected ranged: boolean[] = []
  /** Whether dot is the element of a range, whose Go type is `interface {}`. */
  protected dotIsElement = false
  constructor(
    protected readonly run: Run,
    protected template: Template,
    dot: Value,
  ) {
    this.vars = [dot]
  }

  fail(text: string): never {
    throw this.error(text)
  }

  error(text: string, cause?: unknown): ExecError {
    const { source, name } = this.template
    const place = placeAt(source.text, this.node?.at ?? 0)
    const context = this.node ? nodeText(this.node) : ''
    const message = `template: ${source.name}:${place.line}:${place.column}: executing ${quote(name)} at <${context}>: ${text}`
    return new ExecError(source.name, place, text, message, cause)
  }

  private step(): void {
    const { run } = this
    if (++run.steps > run.limits.steps) this.fail(endless(run.limits))
    if (this.output.length > run.limits.outputBytes) this.fail(`stopped after ${run.limits.outputBytes} bytes of output`)
  }

  walkAll(nodes: readonly Node[], dot: Value): Ending {
    for (let at = 0; at < nodes.length; at++) {
      const ending = this.walk(nodes[at]!, dot)
      if (ending !== 0) return ending
    }
    return 0
  }

  private printed(value: Value): string {
    try {
      checkSize(value)
      return actionText(value)
    } catch (thrown) {
      throw thrown instanceof GoError ? this.error(thrown.message, thrown) : thrown instanceof RangeError ? this.error('nested too deeply') : thrown
    }
  }

  /** Adds what a node gave to the output. */
  protected write(text: string, _node: Node): void {
    this.output += text
  }

  private walk(node: Node, dot: Value): Ending {
    if (node.kind === 'text') {
      this.write(node.text, node)
      return 0
    }
    this.step()
    this.node = node
    switch (node.kind) {
      case 'action': {
        const value = this.pipeline(node.pipe, dot)
        if (!node.pipe.declared.length) this.write(typeof value === 'string' ? value : this.printed(value), node)
        return 0
      }
      case 'if':
        return this.walkIf(node, dot)
      case 'with':
        return this.walkWith(node, dot)
      case 'range':
        return this.walkRange(node, dot)
      case 'template':
        this.walkTemplate(node, dot)
        return 0
      case 'break':
        return 1
      case 'continue':
        return 2
    }
  }

  protected walkIf(node: BranchNode, dot: Value): Ending {
    if (isTrue(this.pipeline(node.pipe, dot))) return this.walkAll(node.body, dot)
    return node.orElse ? this.walkAll(node.orElse, dot) : 0
  }

  protected walkWith(node: BranchNode, dot: Value): Ending {
    const value = this.pipeline(node.pipe, dot)
    if (!isTrue(value)) return node.orElse ? this.walkAll(node.orElse, dot) : 0
    const outer = this.dotIsElement
    this.dotIsElement = false
    const ending = this.walkAll(node.body, value)
    this.dotIsElement = outer
    return ending
  }

  protected walkRange(node: BranchNode, dot: Value): Ending {
    const value = this.pipeline(node.pipe, dot)
    const outer = this.dotIsElement
    this.dotIsElement = holdsAnything(value)
    const ran = this.iterate(node, value)
    this.dotIsElement = outer
    return ran ? 0 : this.withoutElements(node, dot)
  }

  /** The `else` of a range: a break in it ends this range, a continue the turn of an outer one. Source: Go's `walkRange`. */
  protected withoutElements(node: BranchNode, dot: Value): Ending {
    const ending = node.orElse ? this.walkAll(node.orElse, dot) : 0
    return ending === 1 ? 0 : ending
  }

  /** Runs the body for each element; says whether there was one. */
  protected iterate(node: BranchNode, value: Value): boolean {
    const items = itemsOf(value)
    if (items) {
      for (let at = 0; at < items.length; at++) if (this.iteration(node, new Int(at), items[at]) === 1) break
      return items.length > 0
    }
    if (value instanceof Map) {
      this.run.steps += value.size >> 4
      for (const key of sortedKeys(value)) if (this.iteration(node, key, value.get(key)) === 1) break
      return value.size > 0
    }
    if (value instanceof Int) return this.count(node, value)
    if (value !== undefined && value !== null) this.fail(`range can't iterate over ${printed(pointee(value))}`)
    return false
  }

  private count(node: BranchNode, end: Int): boolean {
    if (node.pipe.declared.length > 1) this.fail(`can't use ${printed(end)} to iterate over more than one variable`)
    for (let at = 0; at < end.n; at++) if (this.iteration(node, undefined, new Int(at, end.type)) === 1) break
    return end.n > 0
  }

  protected iteration(node: BranchNode, index: Value, element: Value): Ending {
    this.step()
    const { declared, assigns } = node.pipe
    if (declared.length > 1) {
      this.setRangeVariable(declared[0]!, index, assigns, false)
      this.setRangeVariable(declared[1]!, element, assigns, this.dotIsElement)
    } else if (declared.length) this.setRangeVariable(declared[0]!, element, assigns, this.dotIsElement)
    return this.walkAll(node.body, element)
  }

  protected setRangeVariable(variable: VariableNode, value: Value, assigns: boolean, isElement: boolean): void {
    this.setVariable(variable, value, assigns)
    if (isElement) this.ranged[variable.slot] = true
  }

  private setVariable(variable: VariableNode, value: Value, assigns: boolean): void {
    if (assigns) this.assign(variable, value)
    else this.set(variable, value)
  }

  protected assign(variable: VariableNode, value: Value): void {
    if (variable.slot < 0) this.fail(`undefined variable: ${variable.name}`)
    this.set(variable, value)
  }

  private set(variable: VariableNode, value: Value): void {
    this.vars[variable.slot] = value
    if (this.ranged[variable.slot]) this.ranged[variable.slot] = false
  }

  protected walkTemplate(node: TemplateNode, dot: Value): void {
    const template = this.run.templates.get(node.name)
    if (!template) this.fail(`template ${quote(node.name)} not defined`)
    if (this.run.depth >= this.run.limits.depth) this.fail(`exceeded maximum template depth (${this.run.limits.depth})`)
    this.inside(template!, node.pipe ? this.pipeline(node.pipe, dot) : undefined, node)
    this.node = node
  }

  /** Runs another template in this place of the output. */
  protected inside(template: Template, dot: Value, _node: TemplateNode): void {
    const { vars, ranged, dotIsElement } = this
    const outer = this.template
    this.template = template
    this.vars = [dot]
    this.ranged = []
    this.dotIsElement = false
    this.run.depth++
    this.walkAll(template.body, dot)
    this.run.depth--
    this.template = outer
    this.vars = vars
    this.ranged = ranged
    this.dotIsElement = dotIsElement
  }

  protected pipeline(pipe: PipeNode, dot: Value): Value {
    this.node = pipe
    const { commands, declared } = pipe
    let value: Value = this.command(commands[0]!, dot, missing)
    if (value === null) value = undefined
    for (let at = 1; at < commands.length; at++) {
      value = this.command(commands[at]!, dot, value)
      if (value === null) value = undefined
    }
    for (let at = 0; at < declared.length; at++) this.setVariable(declared[at]!, value, pipe.assigns)
    return value
  }

  protected command(command: CommandNode, dot: Value, final: Final): Value {
    const { operands } = command
    const first = operands[0]!
    switch (first.kind) {
      case 'identifier':
        return this.callFunction(first, command, operands, dot, final)
      case 'field':
        this.node = first
        return this.chain(first, dot, this.dotIsElement, first.path, operands, dot, final)
      case 'variable':
        return this.variable(first, operands, dot, final)
      case 'chain':
        return this.chained(first, operands, dot, final)
      case 'pipe':
        this.notAFunction(operands, final)
        return this.pipeline(first, dot)
    }
    this.node = first
    this.notAFunction(operands, final)
    if (first.kind === 'dot') return dot
    if (first.kind === 'nil') return this.fail('nil is not a command')
    return constant(first, this)
  }

  private notAFunction(operands: readonly Operand[], final: Final): void {
    if (operands.length > 1 || final !== missing) {
      this.fail(`can't give argument to non-function ${nodeText(operands[0]!)}`)
    }
  }

  protected variable(node: VariableNode, operands: readonly Operand[], dot: Value, final: Final): Value {
    this.node = node
    if (node.slot < 0) this.fail(`undefined variable: ${node.name}`)
    const value = this.vars[node.slot]
    if (node.path.length) return this.chain(node, value, this.ranged[node.slot] === true, node.path, operands, dot, final)
    this.notAFunction(operands, final)
    return value
  }

  protected chained(node: ChainNode, operands: readonly Operand[], dot: Value, final: Final): Value {
    this.node = node
    if (node.node.kind === 'nil') this.fail(`indirection through explicit nil in ${nodeText(node)}`)
    const receiver = this.argument(node.node, 'reflect.Value', dot)
    const inInterface = node.node.kind === 'identifier' && this.run.functions.get(node.node.name)?.givesInterface === true
    return this.chain(node, receiver, inInterface, node.path, operands, dot, final)
  }

  /** The value at the end of a path of fields; its last may be a method, which gets the arguments. */
  protected chain(node: FieldNode | VariableNode | ChainNode, receiver: Value, isElement: boolean, path: readonly string[], operands: readonly Operand[], dot: Value, final: Final): Value {
    const last = path.length - 1
    let value = receiver
    let inInterface = isElement
    for (let at = 0; at < last; at++) {
      const container = value
      value = this.field(node, value, inInterface, path[at]!, none, dot, missing)
      inInterface = !(container instanceof Struct) && !(container instanceof TypedMap && container.type !== 'common.Values')
    }
    return this.field(node, value, inInterface, path[last]!, operands, dot, final)
  }

  protected field(node: AnyNode, receiver: Value, inInterface: boolean, name: string, operands: readonly Operand[], dot: Value, final: Final): Value {
    if (receiver instanceof Map) {
      if (receiver instanceof TypedMap && receiver.methods) {
        const method = receiver.methods.get(name)
        if (method) return this.call(method, name, node, operands, dot, final)
      }
      if (operands.length > 1 || final !== missing) this.fail(`${name} is not a method but has arguments`)
      const value = receiver.get(name)
      return value === undefined && !receiver.has(name) ? zeroOf(receiver) : value
    }
    if (receiver === undefined) return undefined
    const type = inInterface || receiver === null ? 'interface {}' : typeOf(receiver)
    if (receiver === null) return this.fail(`nil pointer evaluating ${type}.${name}`)
    return this.memberOf(receiver, type, node, name, operands, dot, final)
  }

  private memberOf(receiver: Value, type: string, node: AnyNode, name: string, operands: readonly Operand[], dot: Value, final: Final): Value {
    const methods: Methods | undefined = receiver instanceof Struct || receiver instanceof Slice || receiver instanceof IntWithMethods ? receiver.methods : undefined
    const method = methods?.get(name)
    if (method) return this.call(method, name, node, operands, dot, final)
    if (!(receiver instanceof Struct) || !receiver.fields.has(name)) return this.fail(`can't evaluate field ${name} in type ${type}`)
    if (!/^[A-Z]/.test(name)) this.fail(`${name} is an unexported field of struct type ${type}`)
    if (operands.length > 1 || final !== missing) this.fail(`${name} has arguments but cannot be invoked as function`)
    return receiver.fields.get(name)
  }

  private callFunction(node: IdentifierNode, command: AnyNode, operands: readonly Operand[], dot: Value, final: Final): Value {
    this.node = node
    const { name } = node
    const found = this.run.functions.get(name)
    if (!found) this.fail(`${quote(name)} is not a defined function`)
    return this.call(found!, name, command, operands, dot, final)
  }

  protected call(called: Func, name: string, node: AnyNode, operands: readonly Operand[], dot: Value, final: Final): Value {
    const { params, variadic } = called
    const given = Math.max(operands.length - 1, 0)
    const count = final === missing ? given : given + 1
    if (variadic ? count < params.length : count !== params.length) this.wrongCount(called, name, given, count)
    if (name === 'and' || name === 'or') return this.shortCircuit(name === 'or', operands, dot, final)
    const values: Value[] = []
    for (let at = 0; at < given; at++) values.push(this.argument(operands[at + 1]!, params[at] ?? variadic!, dot))
    if (final !== missing) values.push(validated(final, params[given] ?? variadic!, this))
    let result: Value
    const toll = tollOf(name)
    this.spend(costOf(values, toll))
    try {
      if (toll?.goesThrough) for (const value of values) this.run.steps += checkSize(value) >> 5
      if (toll?.merges) this.run.steps += checkOverlap(values) >> 5
      result = called.call(values)
    } catch (thrown) {
      throw this.failedCall(name, node, thrown, operands, values)
    }
    this.checkResult(name, result, toll?.factor ?? 1)
    return result
  }

  private spend(steps: number): void {
    const { run } = this
    run.steps += steps
    if (run.steps > run.limits.steps) this.fail(endless(run.limits))
  }

  /** Refuses results that no page can hold, and counts the work on the others. */
  private checkResult(name: string, result: Value, factor: number): void {
    if (typeof result === 'string') {
      if (result.length > this.run.limits.outputBytes) this.fail(`error calling ${name}: ${tooLong(this.run.limits)}`)
    } else if (typeof result !== 'object' || result === null) return
    else if ((itemsOf(result)?.length ?? 0) > mostItems) this.fail(`error calling ${name}: more than ${mostItems} items`)
    this.spend(weightOf(result) * factor)
  }

  private wrongCount({ params, variadic }: Func, name: string, given: number, count: number): never {
    const want = variadic ? `at least ${params.length} got ${given}` : `${params.length} got ${count}`
    return this.fail(`wrong number of args for ${name}: want ${want}`)
  }

  /** The error for what a function threw; what is no Go error is a fault of ours and stays as it is. */
  private failedCall(name: string, node: AnyNode, thrown: unknown, operands: readonly Operand[], values: readonly Value[]): unknown {
    if (!(thrown instanceof Error) || thrown instanceof TypeError || thrown instanceof ReferenceError) return thrown
    if (thrown instanceof BadSignature) return this.error(thrown.message)
    this.node = node
    if (name === 'call' && thrown.message.startsWith('non-function')) {
      const callee = operands[1] ? nodeText(operands[1]) : typeof values[0] === 'string' ? values[0] : `<${typeOf(values[0])} Value>`
      return this.error(`error calling call: non-function ${callee} of type ${typeOf(values[0])}`, thrown)
    }
    if (thrown instanceof RangeError && /invalid (?:string|array|typed array) length/i.test(thrown.message)) return this.error(`error calling ${name}: ${tooLong(this.run.limits)}`)
    if (thrown instanceof RangeError) return this.error(`error calling ${name}: nested too deeply`)
    return this.error(`error calling ${name}: ${thrown.message}`, thrown)
  }

  private shortCircuit(stopsAt: boolean, operands: readonly Operand[], dot: Value, final: Final): Value {
    let value: Value
    for (let at = 1; at < operands.length; at++) {
      value = this.argument(operands[at]!, 'reflect.Value', dot)
      if (isTrue(value) === stopsAt) return value
    }
    return final === missing ? value : final
  }

  protected argument(node: Operand, type: ParamType, dot: Value): Value {
    this.node = node
    switch (node.kind) {
      case 'string':
        return type === 'string' || type === 'any' ? node.value : literal(node, type, this)
      case 'field':
        return validated(this.chain(node, dot, this.dotIsElement, node.path, none, dot, missing), type, this)
      case 'variable':
        return validated(this.variable(node, none, dot, missing), type, this)
      case 'pipe':
        return validated(this.pipeline(node, dot), type, this)
      case 'dot':
        return validated(dot, type, this)
      case 'identifier':
        return validated(this.callFunction(node, node, none, dot, missing), type, this)
      case 'chain':
        return validated(this.chained(node, none, dot, missing), type, this)
      case 'nil':
        return nilFor(type, this, 'cannot assign nil to')
      default:
        return literal(node, type, this)
    }
  }
}

/**
 * What a template writes for a value (text/template, Execute). Missing map keys are nil, as with
 * Go's `missingkey=zero`. Throws `ExecError`.
 */
export function execute(run: Run, template: Template, dot: Value): string {
  return executeOn(new Machine(run, template, dot === null ? undefined : dot), run, template, dot)
}

/** The same on a machine of the caller's. */
export function executeOn(machine: Machine, run: Run, template: Template, dot: Value): string {
  if (run.depth >= run.limits.depth) throw machine.error(`exceeded maximum template depth (${run.limits.depth})`)
  const { depth } = run
  run.depth++
  try {
    machine.walkAll(template.body, dot === null ? undefined : dot)
  } finally {
    run.depth = depth
  }
  return machine.output
}
