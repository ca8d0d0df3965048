import type { BranchNode, Node, PipeNode } from '../../gotemplate/index.ts'

/** Where variables that a branch assigns are kept, whether it is taken or not. */
export function assignedIn(node: BranchNode): ReadonlySet<number> {
  const known = assigned.get(node)
  if (known) return known
  const slots = new Set<number>()
  for (const { pipe } of inside(node)) if (pipe?.assigns && !accumulates(pipe)) for (const { slot } of pipe.declared) slots.add(slot)
  if (node.pipe.assigns) for (const { slot } of node.pipe.declared) slots.add(slot)
  assigned.set(node, slots)
  return slots
}

/** Whether a pipeline is `$list = append $list …`: what was in the list is as before. */
export function accumulates({ assigns, declared, commands }: PipeNode): boolean {
  const [first, list] = commands[0]!.operands
  const isAppend = first?.kind === 'identifier' && (first.name === 'append' || first.name === 'mustAppend')
  return assigns && commands.length === 1 && isAppend && list?.kind === 'variable' && list.path.length === 0 && list.slot === declared[0]?.slot
}

const assigned = new WeakMap<BranchNode, ReadonlySet<number>>()

/** Whether a branch may leave the loop around it, or its turn of it. */
export function hasJump(node: BranchNode): boolean {
  if (node.kind === 'range') return false
  return [...node.body, ...(node.orElse ?? [])].some(each => each.kind === 'break' || each.kind === 'continue' || (isBranch(each) && hasJump(each)))
}

const isBranch = (node: Node): node is BranchNode => node.kind === 'if' || node.kind === 'with' || node.kind === 'range'

function* inside(node: BranchNode): Generator<{ readonly pipe?: PipeNode }> {
  for (const each of [...node.body, ...(node.orElse ?? [])]) {
    if (each.kind === 'action') yield each
    if (!isBranch(each)) continue
    yield each
    yield* inside(each)
  }
}

/** Whether a branch, if it wrote, would write on the line that has been begun and on no other. */
export const writesInLine = ({ body, orElse = [] }: BranchNode): boolean => [body, orElse].some(nodes => nodes.some(writes) && nodes.every(staysInLine))

const writes = (node: Node): boolean =>
  node.kind === 'text' || node.kind === 'template' || (node.kind === 'action' && node.pipe.declared.length === 0) || (isBranch(node) && writesInLine(node))

function staysInLine(node: Node): boolean {
  if (node.kind === 'text') return !node.text.includes('\n')
  if (node.kind === 'action') return !node.pipe.commands.some(({ operands: [first] }) => first?.kind === 'identifier' && first.name === 'nindent')
  return !isBranch(node) || [...node.body, ...(node.orElse ?? [])].every(staysInLine)
}
