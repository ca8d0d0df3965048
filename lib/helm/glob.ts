/** A part of a pattern: a character, any number of them, or one of several ways to go on. */
type Part =
  | { readonly kind: 'one' | 'many'; readonly fits: (char: string) => boolean }
  | { readonly kind: 'choice'; readonly ways: Part[][] }

/**
 * A path pattern as `.Files.Glob` reads it: `*` and `?` stop at a slash, `**` crosses it,
 * `{a,b}`, `[abc]`, `[a-z]`, `[!a]`. A pattern that is wrong matches everything.
 * Source: gobwas/glob 0.2.3 with `/` as separator, and Helm's fallback.
 */
export function globMatcher(pattern: string): (path: string) => boolean {
  const parts = partsOf(pattern)
  if (parts === undefined) return () => true
  return (path) => {
    const chars = Array.from(path)
    const start = new Uint8Array(chars.length + 1)
    start[0] = 1
    return endsOf(parts, chars, start)[chars.length] === 1
  }
}

/** Where the parts can end in a text, for all the places where they can start: no way is tried twice. */
function endsOf(parts: readonly Part[], chars: readonly string[], starts: Uint8Array): Uint8Array {
  let at = starts
  for (const part of parts) {
    const next = new Uint8Array(at.length)
    // Braces with nothing between them fit nothing.
    if (part.kind === 'choice' && part.ways.length === 1 && part.ways[0]!.length === 0) return next
    if (part.kind === 'choice') for (const way of part.ways) endsOf(way, chars, at).forEach((marked, end) => (next[end]! |= marked))
    else if (part.kind === 'one') chars.forEach((char, index) => (next[index + 1] = at[index]! & Number(part.fits(char))))
    else for (let index = 0; index < next.length; index++) next[index] = at[index]! | (index > 0 && part.fits(chars[index - 1]!) ? next[index - 1]! : 0)
    at = next
  }
  return at
}

const anything = (): boolean => true
const notSlash = (char: string): boolean => char !== '/'
const literal = (wanted: string): Part => ({ kind: 'one', fits: (char) => char === wanted })

/** Nothing for a pattern that is wrong. A brace that nobody closes ends with the pattern. */
function partsOf(pattern: string): readonly Part[] | undefined {
  const chars = Array.from(pattern)
  const root: Part[][] = [[]]
  const open: Part[][][] = [root]
  for (let at = 0; at < chars.length; at++) {
    const char = chars[at]!
    const ways = open.at(-1)!
    const add = (part: Part): unknown => ways.at(-1)!.push(part)
    if (char === '*') {
      const double = chars[at + 1] === '*'
      add({ kind: 'many', fits: double ? anything : notSlash })
      if (double) at++
    } else if (char === '?') add({ kind: 'one', fits: notSlash })
    else if (char === '\\') {
      if (++at < chars.length) add(literal(chars[at]!))
    }
    else if (char === '{') {
      const inner: Part[][] = [[]]
      add({ kind: 'choice', ways: inner })
      open.push(inner)
    } else if (char === '}' && open.length > 1) open.pop()
    else if (char === ',' && open.length > 1) ways.push([])
    else if (char === '[') {
      const end = setEnd(chars, at)
      const set = end > 0 ? setOf(chars.slice(at + 1, end)) : undefined
      if (!set) return undefined
      add(set)
      at = end
    } else add(literal(char))
  }
  return root[0]!
}

function setEnd(chars: readonly string[], start: number): number {
  for (let at = start + 1; at < chars.length; at++) {
    if (chars[at] === '\\') at++
    else if (chars[at] === ']') return at
  }
  return -1
}

/** Either one range `a-z` or a list of characters, as gobwas/glob has it. */
function setOf(inside: readonly string[]): Part | undefined {
  const negated = inside[0] === '!'
  const chars = negated ? inside.slice(1) : inside
  if (chars.length === 0) return undefined
  const [low, dash, high] = chars as [string, string, string]
  if (dash === '-') {
    if (chars.length !== 3 || low > high) return undefined
    return { kind: 'one', fits: (char) => (char >= low && char <= high) !== negated }
  }
  const list = new Set(chars.join('').replace(/\\(.)/gsu, '$1'))
  return { kind: 'one', fits: (char) => list.has(char) !== negated }
}
