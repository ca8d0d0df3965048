import { isTrue } from '../../go/kinds.ts'
import { actionText } from '../../go/print.ts'
import type { Func, Value } from '../../go/value.ts'
import { holdsAnything, lineAt, Machine, missing, type AnyNode, type BranchNode, type ChainNode, type CommandNode, type Ending, type FieldNode, type Final, type Node, type Operand, type ParamType, type PipeNode, type Run, type Template, type TemplateNode, type VariableNode } from '../../gotemplate/index.ts'
import { tplName } from '../engine.ts'
import { accumulates, assignedIn, hasJump, writesInLine } from './flow.ts'
import { allOf, because, joined, nothing, together, unite, type Origin, type Place } from './made.ts'
import { Page } from './page.ts'
import type { Tracer } from './tracer.ts'

/** What a `range` goes through, and what decided that it does. */
interface Ranging {
  readonly container: Value
  readonly origin: Origin
}

/** A machine that knows of every value what it was made of: `origin` is that of the value it evaluated last. */
export class TracingMachine extends Machine {
  private readonly page = new Page()
  private origin: Origin = nothing
  private value: Value
  /** That of the value from the stage before. */
  private finalOrigin: Origin = nothing
  /** Those of the arguments evaluated so far. */
  private given: Origin[] = []
  private slots: Origin[]
  private conditions: Origin = nothing
  private callers: readonly Place[] = []
  private ranging: Ranging = { container: undefined, origin: nothing }

  constructor(
    run: Run,
    template: Template,
    dot: Value,
    private readonly tracer: Tracer,
    private dotOrigin: Origin,
  ) {
    super(run, template, dot)
    this.slots = [dotOrigin]
  }

  /** What the output was made of. */
  result(): Origin {
    return { ...nothing, lines: this.page.lines(), silent: this.page.silent }
  }

  private placesOf(at: number, further = 0): readonly Place[] {
    const { name, text } = this.template.source
    return name === tplName ? this.callers : [{ file: name, line: lineAt(text, at) + further }, ...this.callers]
  }

  // Output

  protected override write(text: string, node: Node): void {
    super.write(text, node)
    if (node.kind === 'text') this.page.write(text, further => this.placesOf(node.at, further), nothing, this.conditions)
    else this.page.write(text, () => this.placesOf(node.at), this.printedOrigin(), this.conditions)
  }

  private printedOrigin(): Origin {
    const { value, origin, tracer } = this
    if (value === null || typeof value !== 'object') return origin
    const { reads } = tracer.reading(() => actionText(value))
    return together([origin, tracer.deep(value), tracer.ofReads(reads, undefined)])
  }

  // Branches

  private under(cause: Origin, node: BranchNode, work: () => Ending): Ending {
    const outer = this.conditions
    const { length } = this.output
    this.conditions = { ...nothing, led: unite([outer.led, allOf(cause)]), varies: outer.varies || cause.varies }
    const ending = work()
    if (this.output.length === length) this.stayedSilent(node)
    // What jumps away decides about all that comes after it in the loop.
    if (!hasJump(node)) this.conditions = outer
    for (const slot of assignedIn(node)) this.slots[slot] = because(this.slots[slot] ?? nothing, cause)
    return ending
  }

  private stayedSilent(node: BranchNode): void {
    this.page.silent.push({ place: this.placesOf(node.at)[0], paths: this.conditions.led })
    if (writesInLine(node)) this.page.lead(this.conditions)
  }

  private condition(value: Value): Origin {
    const { reads } = this.tracer.reading(() => isTrue(value))
    return together([this.origin, this.tracer.whole(value), this.tracer.ofReads(reads, undefined)])
  }

  protected override walkIf(node: BranchNode, dot: Value): Ending {
    const value = this.pipeline(node.pipe, dot)
    return this.under(this.condition(value), node, () => {
      if (isTrue(value)) return this.walkAll(node.body, dot)
      return node.orElse ? this.walkAll(node.orElse, dot) : 0
    })
  }

  protected override walkWith(node: BranchNode, dot: Value): Ending {
    const value = this.pipeline(node.pipe, dot)
    const { origin, dotOrigin, dotIsElement } = this
    return this.under(this.condition(value), node, () => {
      if (!isTrue(value)) return node.orElse ? this.walkAll(node.orElse, dot) : 0
      this.dotOrigin = origin
      this.dotIsElement = false
      const ending = this.walkAll(node.body, value)
      this.dotIsElement = dotIsElement
      this.dotOrigin = dotOrigin
      return ending
    })
  }

  protected override walkRange(node: BranchNode, dot: Value): Ending {
    const value = this.pipeline(node.pipe, dot)
    const { origin, dotOrigin, ranging, dotIsElement, conditions } = this
    const cause = together([origin, this.tracer.whole(value)])
    const ending = this.under(cause, node, () => {
      this.ranging = { container: value, origin }
      this.dotIsElement = holdsAnything(value)
      const ran = this.iterate(node, value)
      this.dotIsElement = dotIsElement
      this.dotOrigin = dotOrigin
      this.ranging = ranging
      return ran ? 0 : this.withoutElements(node, dot)
    })
    this.conditions = conditions
    return ending
  }

  protected override iteration(node: BranchNode, index: Value, element: Value): Ending {
    const { container, origin } = this.ranging
    this.dotOrigin = joined(this.tracer.entry(container, index, element), origin)
    return super.iteration(node, index, element)
  }

  protected override setRangeVariable(variable: VariableNode, value: Value, assigns: boolean, isElement: boolean): void {
    super.setRangeVariable(variable, value, assigns, isElement)
    if (variable.slot >= 0) this.slots[variable.slot] = this.dotOrigin
  }

  protected override inside(template: Template, dot: Value, node: TemplateNode): void {
    const { slots, dotOrigin, callers } = this
    const origin = node.pipe ? this.origin : nothing
    this.callers = this.placesOf(node.at)
    this.slots = [origin]
    this.dotOrigin = origin
    super.inside(template, dot, node)
    this.callers = callers
    this.slots = slots
    this.dotOrigin = dotOrigin
  }

  // Values

  protected override pipeline(pipe: PipeNode, dot: Value): Value {
    const value = super.pipeline(pipe, dot)
    this.value = value
    const origin = accumulates(pipe) ? this.origin : because(this.origin, this.conditions)
    for (const { slot } of pipe.declared) if (slot >= 0) this.slots[slot] = origin
    return value
  }

  protected override command(command: CommandNode, dot: Value, final: Final): Value {
    const outer = this.finalOrigin
    this.finalOrigin = final === missing ? nothing : this.origin
    this.origin = nothing
    const value = super.command(command, dot, final)
    if (command.operands[0]!.kind === 'dot') this.origin = this.dotOrigin
    this.finalOrigin = outer
    return value
  }

  protected override argument(node: Operand, type: ParamType, dot: Value): Value {
    const { given } = this
    this.origin = nothing
    const value = super.argument(node, type, dot)
    if (node.kind === 'dot') this.origin = this.dotOrigin
    given.push(this.origin)
    this.given = given
    return value
  }

  protected override variable(node: VariableNode, operands: readonly Operand[], dot: Value, final: Final): Value {
    const value = super.variable(node, operands, dot, final)
    if (node.path.length === 0) this.origin = this.slots[node.slot] ?? nothing
    return value
  }

  protected override chained(node: ChainNode, operands: readonly Operand[], dot: Value, final: Final): Value {
    const { given } = this
    this.given = []
    const value = super.chained(node, operands, dot, final)
    this.given = given
    return value
  }

  protected override chain(node: FieldNode | VariableNode | ChainNode, receiver: Value, isElement: boolean, path: readonly string[], operands: readonly Operand[], dot: Value, final: Final): Value {
    const base = node.kind === 'field' ? this.dotOrigin : node.kind === 'variable' ? (this.slots[node.slot] ?? nothing) : this.origin
    this.origin = nothing
    const { value, reads } = this.tracer.reading(() => super.chain(node, receiver, isElement, path, operands, dot, final))
    this.origin = joined(this.origin, together([base, this.tracer.ofReads(reads, value)]))
    return value
  }

  protected override field(node: AnyNode, receiver: Value, inInterface: boolean, name: string, operands: readonly Operand[], dot: Value, final: Final): Value {
    const before = this.origin
    const value = super.field(node, receiver, inInterface, name, operands, dot, final)
    const entry = this.tracer.tracked(receiver, name)
    if (entry !== nothing) this.origin = joined(entry, before)
    else if (this.origin !== before) this.origin = joined(this.origin, before)
    return value
  }

  protected override call(called: Func, name: string, node: AnyNode, operands: readonly Operand[], dot: Value, final: Final): Value {
    const { finalOrigin, given: outer } = this
    const origins: Origin[] = (this.given = [])
    let values: readonly Value[] = []
    const call = (passed: Value[]): Value => {
      if (final !== missing) origins.push(finalOrigin)
      values = passed
      this.tracer.passes(origins[1] ?? nothing)
      return called.call(passed)
    }
    const { value, reads, drew } = this.tracer.reading(() => super.call({ ...called, call }, name, node, operands, dot, final))
    this.given = outer
    // What decides by itself which arguments it looks at calls nothing.
    if (final !== missing && values.length === 0) origins.push(finalOrigin)
    this.origin = this.tracer.called({ name, values, origins, reads, drew, value, conditions: this.conditions })
    return value
  }
}
