import { byteChars } from '../../go/bytes.ts'

/** A pattern as a tree. Texts are bytes, each a character from U+0000 to U+00FF. */
export type Tree =
  | { readonly kind: 'any' | 'super' | 'single' | 'nothing' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly text: string; readonly points: readonly number[]; readonly negated: boolean }
  | { readonly kind: 'range'; readonly low: number; readonly high: number; readonly negated: boolean }
  | Sequence
  | { readonly kind: 'choice'; readonly ways: readonly Tree[] }

export interface Sequence {
  readonly kind: 'sequence'
  readonly parts: readonly Tree[]
}

type Growing = { readonly kind: 'sequence'; readonly parts: Tree[] }

/**
 * Reads a pattern: `*` and `?` stop at a slash, `**` crosses it; `{a,b}`, `[abc]`, `[a-z]`, `[!a]`.
 * A brace that nobody closes ends with the pattern. Nothing for a pattern that is wrong.
 * Source: gobwas/glob 0.2.3, syntax.
 */
export function readPattern(pattern: string): Sequence | undefined {
  return new Reader(pattern).read()
}

/** A byte that is no character, or the character that stands for one. */
const wrong = /[\ud800-\udfff\ufffd]/u

const negation = String.raw`\[(?:(!)|(?!!))`
const range = new RegExp(String.raw`${negation}([^])-([^])\]`, 'uy')
/** A hyphen in the second place would make it a range. */
const list = new RegExp(String.raw`${negation}(?![^]-)((?:\\[^]|[^\\\]])+)\]`, 'uy')

class Reader {
  private at = 0
  private sequence: Growing = { kind: 'sequence', parts: [] }
  /** The choices that are open: where each stands, and its ways. */
  private readonly open: { readonly outer: Growing; readonly ways: Growing[] }[] = []

  constructor(private readonly pattern: string) {}

  read(): Sequence | undefined {
    const { pattern, sequence } = this
    while (this.at < pattern.length) {
      const char = pattern[this.at]!
      if (char === '\0') break
      if (char === '[') {
        const set = this.set()
        if (!set) return undefined
        this.sequence.parts.push(set)
      } else this.item(char)
    }
    return wrong.test(pattern.slice(0, this.at)) ? undefined : sequence
  }

  private item(char: string): void {
    const isInside = this.open.length > 0
    const isDouble = char === '*' && this.pattern[this.at + 1] === '*'
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
    const { pattern } = this
    const ends = this.open.length > 0 ? '?*[{},\0' : '?*[{\0'
    let text = ''
    for (; this.at < pattern.length; this.at++) {
      const char = pattern[this.at]!
      if (char === '\\') {
        const next = pattern[++this.at] ?? '\0'
        if (next === '\0') break
        text += next
      } else if (ends.includes(char)) break
      else text += char
    }
    if (pattern[this.at] === '\0') this.at++
    if (text !== '') this.sequence.parts.push({ kind: 'text', text: byteChars(text) })
  }

  /** One range or a list of characters; nothing for any other brackets. */
  private set(): Tree | undefined {
    range.lastIndex = list.lastIndex = this.at
    const found = range.exec(this.pattern) ?? list.exec(this.pattern)
    if (!found || found[0].includes('\0')) return undefined
    this.at += found[0].length
    const [, not, first, last] = found
    const negated = not !== undefined
    const text = last === undefined ? first!.replace(/\\([^])/gu, '$1') : first + last
    const points = Array.from(text, (char) => char.codePointAt(0)!)
    if (last === undefined) return { kind: 'list', text: byteChars(text), points, negated }
    const [low, high] = points as [number, number]
    return low > high ? undefined : { kind: 'range', low, high, negated }
  }
}
