import type { Value } from '../go/value.ts'
import { decline, plainKey, plainValue, quotedSource, unquoted } from './simple-scalars.ts'
import { longestKey } from './tokens.ts'

/** A quoted text or words, and the spaces behind. */
const scalar = new RegExp(`(?:${quotedSource}|([\\w./]+(?:[ +-]?[\\w./]+)*)) *`, 'y')
const deepest = 100

/** Reads a list or table in flow style that stands on one line, such as `[a, {"b":1}]`. Declines whatever is unusual. */
export function readFlow(text: string, asWritten: boolean): Value {
  const reader = new FlowReader(text, asWritten)
  const value = reader.value()
  return reader.isAtEnd() ? value : decline()
}

class FlowReader {
  private at = 0
  private depth = 0

  constructor(
    private readonly text: string,
    private readonly asWritten: boolean,
  ) {}

  isAtEnd(): boolean {
    return this.at === this.text.length
  }

  value(): Value {
    if (this.takes('[')) return this.list()
    if (this.takes('{')) return this.table()
    const [, double, single, plain] = this.scalar()
    return plain === undefined ? unquoted(double, single) : plainValue(plain, this.asWritten)
  }

  private list(): Value[] {
    const items: Value[] = []
    this.items(']', () => items.push(this.value()))
    return items
  }

  private table(): Map<string, Value> {
    const table = new Map<string, Value>()
    this.items('}', () => {
      const [found, double, single, plain] = this.scalar()
      if (found.length > longestKey) decline()
      const key = plain === undefined ? unquoted(double, single) : plainKey(plain)
      // Behind a word or behind spaces a colon needs a space, for else it may belong to the text.
      if (!this.takes(':') || ((plain !== undefined || found.endsWith(' ')) && this.text[this.at - 1] !== ' ')) decline()
      table.set(key, this.value())
    })
    return table
  }

  /** Reads what stands before the end, with commas between. */
  private items(end: string, read: () => void): void {
    if (++this.depth > deepest) decline()
    if (!this.takes(end)) {
      do read()
      while (this.takes(','))
      if (!this.takes(end)) decline()
    }
    this.depth--
  }

  private scalar(): RegExpExecArray {
    scalar.lastIndex = this.at
    const found = scalar.exec(this.text) ?? decline()
    this.at = scalar.lastIndex
    return found
  }

  /** Passes over a mark and the spaces behind it, where it stands here. */
  private takes(mark: string): boolean {
    if (this.text[this.at] !== mark) return false
    this.at++
    while (this.text[this.at] === ' ') this.at++
    return true
  }
}
