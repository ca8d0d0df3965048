/**
 * Makes matchers of a pattern as gobwas/glob 0.2.3 does: it glues what it can, and then divides
 * what is left at the longest part. What fits a path depends on it.
 */
import { any, atLeast, contains, everything, list, literal, nothing, oneOf, prefix, prefixAny, prefixSuffix, range, row, single, suffix, suffixAny, tree, without, type Count, type Matcher, type Parts } from './matchers.ts'
import type { Tree } from './pattern.ts'

/** Makes matchers of patterns. */
export class Compiler {
  constructor(private readonly count: Count) {}

  compile(node: Tree): Matcher {
    this.count(1)
    switch (node.kind) {
      case 'any':
        return any
      case 'super':
        return everything
      case 'single':
        return single
      case 'nothing':
        return nothing
      case 'text':
        return literal(node.text)
      case 'range':
        return range(node.low, node.high, node.negated)
      case 'list':
        return node.points.length === 1 && !node.negated ? literal(node.text) : list(node.points, node.text, node.negated)
      case 'sequence':
        return node.parts.length === 0 ? nothing : this.joined(this.glued(node.parts.map((part) => this.compile(part))))
      case 'choice':
        return this.choice(node.ways)
    }
  }

  private choice(ways: readonly Tree[]): Matcher {
    const shorter = withoutCommon(ways)
    if (shorter) return this.compile(shorter)
    const matchers = ways.map((way) => this.compile(way))
    return matchers.length === 1 ? matchers[0]! : oneOf(matchers)
  }

  /** The parts with the longest runs made one matcher each. */
  private glued(parts: readonly Matcher[]): readonly Matcher[] {
    this.count(16 * parts.length)
    const ends = endsOfRuns(parts)
    let best: { readonly matcher: Matcher; readonly from: number; readonly to: number } | undefined
    for (const [from, to] of ends.entries()) {
      if (to - from < 2 || (best && best.to === to && best.from < from)) continue
      const matcher = this.glue(parts.slice(from, to))!
      const isLonger = best?.matcher.length !== undefined && matcher.length !== undefined && matcher.length > best.matcher.length
      if (!best || isLonger || best.to - best.from < to - from) best = { matcher, from, to }
    }
    return best ? this.glued([...parts.slice(0, best.from), best.matcher, ...parts.slice(best.to)]) : parts
  }

  private glue(parts: readonly Matcher[]): Matcher | undefined {
    return parts.length <= 1 ? undefined : (gluedCount(parts) ?? (parts.every(hasLength) ? row(parts, this.count) : undefined))
  }

  /** One matcher for all parts, divided at the longest whose length is known: the last of them, and so what is left of it, and so on. */
  private joined(parts: readonly Matcher[]): Matcher {
    const divided: Omit<Parts, 'left'>[] = []
    let left: Matcher | undefined
    for (let some = parts; some.length > 0; ) {
      this.count(1 + (some.length >> 1))
      left = some.length === 1 ? some[0] : this.glue(some)
      if (left) break
      // Where no length is known: the first, and all others behind it.
      const at = Math.max(longestOf(some), 0)
      const after = some.slice(at + 1)
      divided.push({ middle: some[at]!, right: after.length > 0 ? this.joined(after) : undefined })
      some = some.slice(0, at)
    }
    for (const { middle, right } of divided.reverse()) left = simplified({ left, middle, right }) ?? tree({ left, middle, right }, this.count)
    return left!
  }
}

/** The last of the longest parts; −1 where no length is known. */
function longestOf(parts: readonly Matcher[]): number {
  let longest = -1
  for (let at = 0; at < parts.length; at++) if ((parts[at]!.length ?? -1) >= (parts[longest]?.length ?? 0)) longest = at
  return longest
}

const hasLength = ({ length }: Matcher): boolean => length !== undefined
const isCounting = ({ kind }: Matcher): boolean => kind === 'any' || kind === 'super' || kind === 'single' || kind === 'negated'

/** For each part the end of the longest run from there that can be glued. */
function endsOfRuns(parts: readonly Matcher[]): number[] {
  const ends: number[] = []
  let [known, counted] = [parts.length, parts.length]
  for (let at = parts.length - 1; at >= 0; at--) {
    const part = parts[at]!
    const next = parts[at + 1]
    if (!hasLength(part)) known = at
    if (!isCounting(part)) counted = at
    else if (!next || !isCounting(next) || next.text !== part.text) counted = at + 1
    ends[at] = Math.max(known, counted)
  }
  return ends
}

/** Parts that only count characters and stop at the same ones. */
function gluedCount(parts: readonly Matcher[]): Matcher | undefined {
  const stops = parts[0]!.text
  if (!parts.every((part) => isCounting(part) && part.text === stops)) return undefined
  const count = parts.filter(({ kind }) => kind === 'single' || kind === 'negated').length
  const hasSuper = parts.some(({ kind }) => kind === 'super')
  const hasAny = parts.some(({ kind }) => kind === 'any')
  if (count === 0) return hasSuper ? everything : any
  return (hasAny || hasSuper) && stops === '' ? atLeast(count) : without(stops, count, hasAny || hasSuper)
}

/** The matcher for a text with what is before and after it, where there is one. */
function simplified({ left, middle: { kind, text }, right }: Parts): Matcher | undefined {
  if (kind !== 'text') return undefined
  if (left?.kind === 'super' && right?.kind === 'super') return contains(text)
  if (left && right) return undefined
  if (left?.kind === 'super') return suffix(text)
  if (right?.kind === 'super') return prefix(text)
  if (right?.kind === 'suffix') return prefixSuffix(text, right.text)
  if (left?.kind === 'prefix') return prefixSuffix(left.text, text)
  if (left?.kind === 'any') return suffixAny(text)
  return right?.kind === 'any' ? prefixAny(text) : undefined
}

const areEqual = (a: readonly Tree[], b: readonly Tree[]): boolean => a.length === b.length && a.every((part, at) => equal(part, b[at]!))

function equal(a: Tree, b: Tree): boolean {
  if (a.kind === 'text') return b.kind === 'text' && a.text === b.text
  if (a.kind === 'list') return b.kind === 'list' && a.negated === b.negated && a.points.join() === b.points.join()
  if (a.kind === 'range') return b.kind === 'range' && a.negated === b.negated && a.low === b.low && a.high === b.high
  if (a.kind === 'sequence') return b.kind === 'sequence' && areEqual(a.parts, b.parts)
  if (a.kind === 'choice') return b.kind === 'choice' && areEqual(a.ways, b.ways)
  return a.kind === b.kind
}

/** What all ways of a choice begin or end with, taken out of it; nothing where they have nothing in common. */
function withoutCommon(ways: readonly Tree[]): Tree | undefined {
  const lists = ways.map((way) => (way.kind === 'sequence' ? way.parts : undefined))
  if (lists.length < 2 || !lists.every((list) => list !== undefined)) return undefined
  const { before, after } = common(lists)
  if (before.length === 0 && after.length === 0) return undefined
  const left: Tree[] = []
  for (const list of lists) {
    const parts = list.slice(before.length, list.length - after.length)
    const way: Tree = parts.length === 0 ? { kind: 'nothing' } : { kind: 'sequence', parts }
    if (!left.some((each) => equal(each, way))) left.push(way)
  }
  const middle: Tree[] = left.length > 1 ? [{ kind: 'choice', ways: left }] : left.filter(({ kind }) => kind !== 'nothing')
  const sequence = (parts: readonly Tree[]): Tree[] => (parts.length > 0 ? [{ kind: 'sequence', parts }] : [])
  return { kind: 'sequence', parts: [...sequence(before), ...middle, ...sequence(after)] }
}

/** The parts that all lists begin with, and those that they end with. */
function common(lists: readonly (readonly Tree[])[]): { readonly before: readonly Tree[]; readonly after: readonly Tree[] } {
  const shortest = lists.reduce((least, list) => (list.length < least.length ? list : least))
  const others = lists.filter((list) => list !== shortest)
  const { length } = shortest
  const before: Tree[] = []
  const after: Tree[] = []
  let [isBefore, isAfter] = [true, true]
  for (let from = 0, to = length - 1; before.length + after.length < length && to >= 0 && (isBefore || isAfter); from++, to--) {
    for (const list of others) {
      if (!isBefore && !isAfter) break
      isBefore = isBefore && equal(shortest[from]!, list[from]!)
      // What is alike from the left is not looked at from the right once more.
      isAfter = isAfter && !(isBefore && to <= from) && equal(shortest[to]!, list[to + list.length - length]!)
    }
    if (isBefore) before.push(shortest[from]!)
    if (isAfter) after.unshift(shortest[to]!)
  }
  return { before, after }
}
