/**
 * What a pattern is made of, as gobwas/glob 0.2.3 has it, and with what it gets wrong: it takes
 * bytes for characters in some places, and some of its matchers fit the empty text. All texts
 * are bytes, each a character from U+0000 to U+00FF.
 */
import { sequenceAt } from '../../go/bytes.ts'
import { GoError } from '../../go/value.ts'

/** Where a matcher fits first in a text, and how many bytes long it can be there, in ascending order. */
export interface Found {
  readonly at: number
  readonly lengths: readonly number[]
}

/** What says of texts, whole or in part, whether they fit. */
export interface Matcher {
  /** What the compiler has to know of it. */
  readonly kind: 'any' | 'super' | 'single' | 'negated' | 'text' | 'prefix' | 'suffix' | 'other'
  /** How many characters it fits; nothing where that differs. */
  readonly length: number | undefined
  /** The text that it stands for, or the characters that it stops at. */
  readonly text: string
  matches(text: string): boolean
  find(text: string): Found | undefined
}

/** The only separator that Helm sets. */
export const slash = '/'

const replacement = 0xfffd

/** The character at a place and its width; what is none is one byte wide. */
function pointAt(text: string, at: number): [point: number, width: number] {
  if (at >= text.length) return [replacement, 0]
  const code = text.charCodeAt(at)
  if (code < 0x80) return [code, 1]
  const [point, width] = sequenceAt(Array.from(text.slice(at, at + 4), (byte) => byte.charCodeAt(0)), 0)
  return width === 0 ? [replacement, 1] : [point, width]
}

/** How many bytes a character takes; one that stands for a wrong byte is taken by its own width. */
const widthOf = (point: number): number => (point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4)

/** Each character of a text and where it begins. */
function* points(text: string): Generator<[at: number, point: number]> {
  for (let at = 0; at < text.length; ) {
    const [point, width] = pointAt(text, at)
    yield [at, point]
    at += width
  }
}

function countOf(text: string): number {
  let count = 0
  for (let at = 0; at < text.length; at += pointAt(text, at)[1]) count++
  return count
}

/** All places in a text where a character begins, and its end. */
const ends = (text: string): number[] => [...[...points(text)].map(([at]) => at), text.length]

/** The ends of all characters. */
const endsAfter = (text: string, from: number): number[] => [...points(text)].map(([at, point]) => from + at + widthOf(point))

const upTo = (text: string, end: string): string => (text.includes(end) ? text.slice(0, text.indexOf(end)) : text)

const other = { kind: 'other', length: undefined, text: '' } as const

export const nothing: Matcher = { ...other, length: 0, matches: (text) => text === '', find: () => ({ at: 0, lengths: [0] }) }

export const literal = (text: string): Matcher => ({
  kind: 'text',
  length: countOf(text),
  text,
  matches: (other) => other === text,
  find: (other) => (other.includes(text) ? { at: other.indexOf(text), lengths: [text.length] } : undefined),
})

/** One character. The end of a text counts as one that is wrong. */
function one(kind: Matcher['kind'], text: string, fits: (point: number) => boolean): Matcher {
  return {
    kind,
    length: 1,
    text,
    matches: (text) => {
      const [point, width] = pointAt(text, 0)
      return text.length <= width && fits(point)
    },
    find: (text) => {
      for (const [at, point] of points(text)) if (fits(point)) return { at, lengths: [widthOf(point)] }
      return undefined
    },
  }
}

/** `?` */
export const single = one('single', slash, (point) => point !== slash.charCodeAt(0))

/** `[abc]`; `bytes` are those of its characters. */
export const list = (points: readonly number[], bytes: string, negated: boolean): Matcher =>
  negated ? one('negated', bytes, (point) => !points.includes(point)) : one('other', '', (point) => points.includes(point))

/** `[a-z]` */
export const range = (low: number, high: number, negated: boolean): Matcher => one('other', '', (point) => (point >= low && point <= high) !== negated)

/** `**` */
export const everything: Matcher = { ...other, kind: 'super', matches: () => true, find: (text) => ({ at: 0, lengths: ends(text) }) }

/** Everything but a text that is unwanted as a whole. */
const lacks = (unwanted: string): Matcher => ({
  ...other,
  matches: (text) => !text.includes(unwanted),
  find: (text) => ({ at: 0, lengths: ends(upTo(text, unwanted)) }),
})

/** `*` */
export const any: Matcher = { ...lacks(slash), kind: 'any', text: slash }

export const prefix = (text: string): Matcher => ({
  ...other,
  kind: 'prefix',
  text,
  matches: (other) => other.startsWith(text),
  find: (other) => afterFirst(other, text, (rest) => rest),
})

/** A text and then no slash. */
export const prefixAny = (text: string): Matcher => ({
  ...other,
  matches: (other) => other.startsWith(text) && !other.slice(text.length).includes(slash),
  find: (other) => afterFirst(other, text, (rest) => upTo(rest, slash)),
})

function afterFirst(text: string, wanted: string, part: (rest: string) => string): Found | undefined {
  const at = text.indexOf(wanted)
  if (at < 0) return undefined
  return { at, lengths: [wanted.length, ...endsAfter(part(text.slice(at + wanted.length)), wanted.length)] }
}

export const suffix = (text: string): Matcher => ({
  ...other,
  kind: 'suffix',
  text,
  matches: (other) => other.endsWith(text),
  find: (other) => (other.includes(text) ? { at: 0, lengths: [other.indexOf(text) + text.length] } : undefined),
})

/** No slash and then a text. */
export const suffixAny = (text: string): Matcher => ({
  ...other,
  matches: (other) => other.endsWith(text) && !other.slice(0, other.length - text.length).includes(slash),
  find: (other) => {
    const end = other.indexOf(text)
    if (end < 0) return undefined
    const at = other.slice(0, end).lastIndexOf(slash) + 1
    return { at, lengths: [end + text.length - at] }
  },
})

export const prefixSuffix = (before: string, after: string): Matcher => ({
  ...other,
  matches: (text) => text.startsWith(before) && text.endsWith(after),
  find: (text) => {
    const at = text.indexOf(before)
    if (at < 0) return undefined
    const lengths: number[] = []
    let rest = text.slice(at)
    for (let end = rest.lastIndexOf(after); end >= 0; end = rest.lastIndexOf(after)) {
      lengths.unshift(end + after.length)
      rest = rest.slice(0, end)
    }
    return lengths.length > 0 ? { at, lengths } : undefined
  },
})

export const contains = (wanted: string): Matcher => ({
  ...other,
  matches: (text) => text.includes(wanted),
  find: (text) => {
    const at = text.indexOf(wanted)
    if (at < 0) return undefined
    const end = at + wanted.length
    return { at: 0, lengths: ends(text.slice(end)).map((length) => end + length) }
  },
})

/** So many characters or more. */
export const atLeast = (least: number): Matcher => ({
  ...other,
  matches: (text) => countOf(text) >= least,
  find: (text) => {
    const lengths = endsAfter(text, 0).slice(least - 1)
    return text.length < least || lengths.length === 0 ? undefined : { at: 0, lengths }
  },
})

const atMost = (most: number): Matcher => ({
  ...other,
  matches: (text) => countOf(text) <= most,
  find: (text) => ({ at: 0, lengths: [0, ...endsAfter(text, 0).slice(0, most)] }),
})

/** So many characters, or more where it is open, without a text that is unwanted as a whole. */
export function without(unwanted: string, count: number, isOpen: boolean): Matcher {
  const parts = [...(count > 0 ? [atLeast(count), ...(isOpen ? [] : [atMost(count)])] : []), ...(unwanted === '' ? [] : [lacks(unwanted)])]
  return { ...other, matches: (text) => parts.every((part) => part.matches(text)), find: (text) => foundByAll(parts, text) }
}

function foundByAll(parts: readonly Matcher[], text: string): Found | undefined {
  let [at, offset, lengths]: [number, number, readonly number[]] = [0, 0, []]
  let rest = text
  for (const [index, part] of parts.entries()) {
    const found = part.find(rest)
    if (!found) return undefined
    if (index === 0) lengths = found.lengths
    else {
      const apart = at - (found.at + offset)
      lengths = lengths.flatMap((length) => found.lengths.filter((each) => each === length + apart))
      if (lengths.length === 0) return undefined
    }
    at = found.at + offset
    rest = text.slice(at)
    offset += found.at
  }
  return { at, lengths }
}

/** One of several; those at the beginning whose length is not known are not asked for it. */
export function oneOf(ways: readonly Matcher[]): Matcher {
  const lengths = ways.map(({ length }) => length)
  const known = lengths.slice(lengths.findIndex((length) => length !== undefined))
  return {
    ...other,
    length: known.every((length) => length === known[0]) ? known[0] : undefined,
    matches: (text) => ways.some((way) => way.matches(text)),
    find: (text) => {
      const found = ways.map((way) => way.find(text)).filter((each) => each !== undefined)
      if (found.length === 0) return undefined
      const at = Math.min(...found.map((each) => each.at))
      const all = new Set(found.filter((each) => each.at === at).flatMap((each) => each.lengths))
      return { at, lengths: [...all].sort((a, b) => a - b) }
    },
  }
}

/** Counts steps, and throws when there were too many. */
export type Count = (steps: number) => void

/** Parts of known lengths, one after the other. */
export function row(parts: readonly Matcher[], count: Count): Matcher {
  const length = parts.reduce((sum, part) => sum + part.length!, 0)
  const matchesAll = (text: string): boolean => {
    let at = 0
    for (const part of parts) {
      count(1)
      const end = partEnd(text, at, part.length!)
      if (end === undefined || !part.matches(text.slice(at, end))) return false
      at = end
    }
    return true
  }
  return {
    ...other,
    length,
    matches: (text) => countOf(text) === length && matchesAll(text),
    find: (text) => {
      for (const [at] of points(text)) {
        if (text.length - at < length) break
        if (matchesAll(text.slice(at))) return { at, lengths: [length] }
      }
      return undefined
    },
  }
}

/** A byte after the beginning of the part's last character; for no characters, of the last that there is. */
function partEnd(text: string, at: number, length: number): number | undefined {
  let [start, next, count] = [at, at, 0]
  for (; next < text.length && (count < length || length === 0); count++) {
    start = next
    next += pointAt(text, next)[1]
  }
  if (count < length) return undefined
  if (start === text.length) throw new GoError(`runtime error: slice bounds out of range [:${start + 1}] with length ${start}`)
  return start + 1
}

/** A part and what is before and after it. */
export interface Parts {
  readonly left: Matcher | undefined
  readonly middle: Matcher
  readonly right: Matcher | undefined
}

/** Is only found as a whole. */
export function tree(parts: Parts, count: Count): Matcher {
  const { left = nothing, middle, right = nothing } = parts
  const lengths = [left, middle, right].map((part) => part.length)
  const length = lengths.every((each) => each !== undefined) ? lengths.reduce((sum, each) => sum + each) : undefined
  return { ...other, length, matches: (text) => fitsTree(left, middle, right, length, text, count), find: () => undefined }
}

function fitsTree(left: Matcher, middle: Matcher, right: Matcher, length: number | undefined, text: string, count: Count): boolean {
  if (length !== undefined && length > text.length) return false
  const limit = text.length - (right.length ?? 0)
  for (let offset = left.length ?? 0; offset < limit; ) {
    count(16 + (text.length >> 2))
    const found = middle.find(text.slice(offset, limit))
    if (!found) return false
    const at = offset + found.at
    if (left.matches(text.slice(0, at)))
      for (const length of [...found.lengths].reverse()) if (right.matches(text.slice(at + length))) return true
    offset = at + pointAt(text, at)[1]
  }
  return false
}
