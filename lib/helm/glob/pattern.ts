/** A pattern as a tree. Texts are bytes, each a character from U+0000 to U+00FF. */
export type Tree =
  | { readonly kind: 'any' | 'super' | 'single' | 'nothing' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly points: readonly number[]; readonly negated: boolean }
  | { readonly kind: 'range'; readonly low: number; readonly high: number; readonly negated: boolean }
  | Sequence
  | { readonly kind: 'choice'; readonly ways: readonly Tree[] }

export interface Sequence {
  readonly kind: 'sequence'
  readonly parts: readonly Tree[]
}

type Growing = { readonly kind: 'sequence'; readonly parts: Tree[] }

/** What the characters are turned to that a pattern stands for literally. */
export type ToBytes = (text: string) => string

/**
 * Reads a pattern: `*` and `?` stop at a slash, `**` crosses it; `{a,b}`, `[abc]`, `[a-z]`, `[!a]`.
 * A brace that nobody closes ends with the pattern. Nothing for a pattern that is wrong.
 * Source: gobwas/glob 0.2.3, syntax.
 */
export function readPattern(pattern: string, toBytes: ToBytes): Sequence | undefined {
  return new Reader(Array.from(pattern), toBytes).read()
}

/** A byte that is no character, or the character that stands for one. */
const isWrong = (char: string): boolean => /^[\ud800-\udfff\ufffd]$/.test(char)

const negation = String.raw`^\[(?:(!)|(?!!))`
const range = new RegExp(String.raw`${negation}([^])-([^])\]`, 'u')
/** A hyphen in the second place would make it a range. */
const list = new RegExp(String.raw`${negation}(?![^]-)((?:\\[^]|[^\\\]])+)\]`, 'u')

class Reader {
  private at = 0
  private sequence: Growing = { kind: 'sequence', parts: [] }
  /** The choices that are open: where each stands, and its ways. */
  private readonly open: { readonly outer: Growing; readonly ways: Growing[] }[] = []

  constructor(
    private readonly chars: readonly string[],
    private readonly toBytes: ToBytes,
  ) {}

  read(): Sequence | undefined {
    const root = this.sequence
    while (this.at < this.chars.length) {
      const char = this.chars[this.at]!
      if (char === '\0') break
      if (char === '[') {
        const set = this.set()
        if (!set) return undefined
        this.sequence.parts.push(set)
      } else this.item(char)
    }
    return this.chars.slice(0, this.at).some(isWrong) ? undefined : root
  }

  private item(char: string): void {
    const isInside = this.open.length > 0
    const isDouble = char === '*' && this.chars[this.at + 1] === '*'
    if (!'*?{'.includes(char) && !(isInside && '},'.includes(char))) return this.text()
    this.at += isDouble ? 2 : 1
    if (char === '*') this.sequence.parts.push({ kind: isDouble ? 'super' : 'any' })
    else if (char === '?') this.sequence.parts.push({ kind: 'single' })
    else if (char === '{') this.enter()
    else if (char === ',') this.nextWay()
    else this.sequence = this.open.pop()!.outer
  }

  private enter(): void {
    const ways: Growing[] = []
    this.sequence.parts.push({ kind: 'choice', ways })
    this.open.push({ outer: this.sequence, ways })
    this.nextWay()
  }

  private nextWay(): void {
    this.sequence = { kind: 'sequence', parts: [] }
    this.open.at(-1)!.ways.push(this.sequence)
  }

  /** What stands for itself, up to a character that does not. A NUL ends it and is lost, a backslash at the end as well. */
  private text(): void {
    const ends = this.open.length > 0 ? '?*[{},\0' : '?*[{\0'
    let text = ''
    for (; this.at < this.chars.length; this.at++) {
      const char = this.chars[this.at]!
      if (char === '\\') {
        const next = this.chars[++this.at] ?? '\0'
        if (next === '\0') break
        text += next
      } else if (ends.includes(char)) break
      else text += char
    }
    if (this.chars[this.at] === '\0') this.at++
    if (text !== '') this.sequence.parts.push({ kind: 'text', text: this.toBytes(text) })
  }

  /** One range or a list of characters; nothing for any other brackets. */
  private set(): Tree | undefined {
    const rest = this.chars.slice(this.at).join('')
    const found = range.exec(rest) ?? list.exec(rest)
    if (!found || found[0].includes('\0')) return undefined
    this.at += Array.from(found[0]).length
    const [, not, first, last] = found
    const negated = not !== undefined
    const points = Array.from(last === undefined ? first!.replace(/\\([^])/gu, '$1') : first + last, (char) => char.codePointAt(0)!)
    if (last === undefined) return { kind: 'list', points, negated }
    const [low, high] = points as [number, number]
    return low > high ? undefined : { kind: 'range', low, high, negated }
  }
}
