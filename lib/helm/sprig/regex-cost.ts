/**
 * How long JavaScript's backtracking engine can take for a pattern: an upper bound, so that none is
 * run that could hold up a page. Patterns are those that `translated` writes.
 */

/** From the first code point to the last. */
type Range = readonly [number, number]

/** What a pattern can go on with: characters, or nothing more, at the text's end or the pattern's. */
interface First {
  readonly ranges: readonly Range[]
  readonly ends: boolean
}

type Node =
  | { readonly kind: 'set'; readonly ranges: readonly Range[] }
  | { readonly kind: 'begin' | 'end' | 'boundary' }
  | { readonly kind: 'sequence' | 'choice'; readonly items: readonly Node[] }
  | { readonly kind: 'repeat'; readonly item: Node; readonly least: number; readonly most: number }

const last = 0x10ffff
const everything: readonly Range[] = [[0, last]]

function inverted(ranges: readonly Range[]): Range[] {
  const result: Range[] = []
  let from = 0
  for (const [low, high] of [...ranges].sort(([a], [b]) => a - b)) {
    if (low > from) result.push([from, low - 1])
    from = Math.max(from, high + 1)
  }
  return from <= last ? [...result, [from, last]] : result
}

/** Reads what `translated` wrote. */
class Reader {
  private at = 0
  /** How many parts there are. */
  count = 0
  constructor(private readonly source: string) {}

  choice(): Node {
    const items = [this.sequence()]
    while (this.took('|')) items.push(this.sequence())
    return items.length === 1 ? items[0]! : { kind: 'choice', items }
  }

  private took(text: string): boolean {
    if (!this.source.startsWith(text, this.at)) return false
    this.at += text.length
    return true
  }

  private match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.source)
    if (found) this.at += found[0].length
    return found ?? undefined
  }

  private sequence(): Node {
    const items: Node[] = []
    while (this.at < this.source.length && !'|)'.includes(this.source[this.at]!)) items.push(this.repeated(this.atom()))
    return items.length === 1 ? items[0]! : { kind: 'sequence', items }
  }

  private repeated(item: Node): Node {
    const found = this.match(/(?:[*+?]|\{(\d+)(,?)(\d*)\})\??/y)
    if (!found) return item
    const [text, low, comma, high] = found
    if (low !== undefined) return { kind: 'repeat', item, least: Number(low), most: comma ? (high ? Number(high) : Infinity) : Number(low) }
    return { kind: 'repeat', item, least: text.startsWith('+') ? 1 : 0, most: text.startsWith('?') ? 1 : Infinity }
  }

  private atom(): Node {
    this.count++
    if (this.took('^')) return { kind: 'begin' }
    if (this.took('$')) return { kind: 'end' }
    if (this.match(/\\[bB]|\(\?<=\\n\|\^\)|\(\?=\\n\|\$\)/y)) return { kind: 'boundary' }
    if (this.match(/\((?:\?:|\?<\w+>)?/y)) {
      const inner = this.choice()
      this.took(')')
      return inner
    }
    return { kind: 'set', ranges: this.took('[') ? this.set() : this.point() }
  }

  private set(): readonly Range[] {
    const negated = this.took('^')
    const ranges: Range[] = []
    while (!this.took(']')) ranges.push(...(this.took('[') ? this.set() : this.item()))
    return negated ? inverted(ranges) : ranges
  }

  private item(): readonly Range[] {
    const low = this.point()
    if (!this.took('-')) return low
    const high = this.point()
    return [[low[0]![0], high[0]![1]]]
  }

  private point(): readonly Range[] {
    // Which characters have a property is not asked: any may.
    if (this.match(/\\[pP]\{[^}]*\}/y)) return everything
    const [text, wide, narrow] = this.match(/\\u\{(\w+)\}|\\x(\w\w)|\\.|[^]/uy)!
    const digits = wide ?? narrow
    const control = ({ '\\t': 9, '\\n': 10, '\\v': 11, '\\f': 12, '\\r': 13 } as Record<string, number>)[text]
    const code = digits === undefined ? (control ?? text.codePointAt(text.startsWith('\\') ? 1 : 0)!) : parseInt(digits, 16)
    return [[code, code]]
  }
}

const overlap = (a: First, b: First): boolean =>
  (a.ends && b.ends) || a.ranges.some(([low, high]) => b.ranges.some(([from, to]) => low <= to && from <= high))

const union = (a: First, b: First): First => ({ ranges: [...a.ranges, ...b.ranges], ends: a.ends || b.ends })

function isNullable(node: Node): boolean {
  switch (node.kind) {
    case 'set':
      return false
    case 'sequence':
      return node.items.every(isNullable)
    case 'choice':
      return node.items.some(isNullable)
    case 'repeat':
      return node.least === 0 || isNullable(node.item)
    default:
      return true
  }
}

/**
 * Whether the next character always decides how to go on. What was tried in vain then costs a step
 * where it was tried, and a match takes time in proportion to the text.
 */
class Decisions {
  always = true

  /** What a node that is followed by something else can begin with. */
  first(node: Node, next: First): First {
    switch (node.kind) {
      case 'set':
        return { ranges: node.ranges, ends: false }
      case 'end':
        return { ranges: [], ends: true }
      case 'sequence':
        return node.items.reduceRight((after, item) => this.first(item, after), next)
      case 'choice':
        return node.items.map((item) => this.first(item, next)).reduce((all, each) => this.either(all, each))
      case 'repeat':
        return this.repeat(node, next)
      default:
        return next
    }
  }

  private either(a: First, b: First): First {
    if (overlap(a, b)) this.always = false
    return union(a, b)
  }

  private repeat({ item, least, most }: Node & { kind: 'repeat' }, next: First): First {
    if (isNullable(item)) this.always = false
    const again = this.first(item, { ranges: [], ends: false })
    if (most > 1) this.first(item, union(again, next))
    else this.first(item, next)
    const both = least === most ? next : this.either(again, next)
    return least === 0 ? both : again
  }
}

/** In how many ways a node can match from one place in a text, and how many steps that takes. */
interface Ways {
  readonly count: number
  readonly steps: number
}

function waysOf(node: Node, length: number): Ways {
  switch (node.kind) {
    case 'sequence':
      return node.items.map((item) => waysOf(item, length)).reduce((a, b) => ({ count: a.count * b.count, steps: a.steps + a.count * b.steps }), { count: 1, steps: 1 })
    case 'choice':
      return node.items.map((item) => waysOf(item, length)).reduce((a, b) => ({ count: a.count + b.count, steps: a.steps + b.steps }))
    case 'repeat': {
      const { count, steps } = waysOf(node.item, length)
      const times = Math.min(node.most, Math.max(length, node.least))
      const all = count === 1 ? times + 1 : count ** times * (times + 1)
      return { count: all, steps: all * steps + 1 }
    }
    default:
      return { count: 1, steps: 1 }
  }
}

/** Whether a match can only be at the very beginning. */
function isAnchored(node: Node): boolean {
  if (node.kind === 'begin') return true
  if (node.kind === 'choice') return node.items.every(isAnchored)
  return node.kind === 'sequence' && node.items.length > 0 && isAnchored(node.items[0]!)
}

/** The number of steps that finding all matches in a text takes at most, by the text's length; `Infinity` where there is no telling. */
export type Cost = (length: number) => number

/** What a translated pattern costs; `source` as it was written for `RegExp`. */
export function costOf(source: string, ignoresCase: boolean): Cost {
  const reader = new Reader(source)
  const root = reader.choice()
  const anchored = isAnchored(root)
  const decisions = new Decisions()
  decisions.first(root, { ranges: [], ends: true })
  const decided = decisions.always && !ignoresCase
  return (length) => {
    const ways = waysOf(root, length).steps
    const once = decided ? Math.min(ways, (length + 1) * reader.count ** 2) : ways
    return anchored ? once + length : once * (length + 1)
  }
}
