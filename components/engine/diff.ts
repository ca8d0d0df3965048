import { linesOf } from './lines.ts'

/** What became different in a text, by the lines of its new form, counted from 1. */
export interface Marks {
  readonly lines: readonly number[]
  /** Lines after which something was taken away and nothing put in its place; 0 is the beginning. */
  readonly gaps: readonly number[]
  /** How many lines a reader would call changed. */
  readonly count: number
}

const unchanged: Marks = { lines: [], gaps: [], count: 0 }

/** Above this many comparisons the middle of a text counts as changed throughout. */
const mostComparisons = 1_000_000

/** The lines that differ between two texts. */
export function changedLines(before: string, after: string): Marks {
  if (before === after) return unchanged
  const old = linesOf(before)
  const now = linesOf(after)
  let head = 0
  while (head < old.length && head < now.length && old[head] === now[head]) head++
  let tail = 0
  while (
    tail < old.length - head &&
    tail < now.length - head &&
    old[old.length - 1 - tail] === now[now.length - 1 - tail]
  )
    tail++
  return marksOf(old.slice(head, old.length - tail), now.slice(head, now.length - tail), head)
}

function marksOf(old: readonly string[], now: readonly string[], offset: number): Marks {
  const common = old.length * now.length > mostComparisons ? [] : commonLines(old, now)
  const lines: number[] = []
  const gaps: number[] = []
  let count = 0
  let [left, right] = [0, 0]
  for (const [oldAt, nowAt] of [...common, [old.length, now.length] as const]) {
    const [removed, added] = [oldAt - left, nowAt - right]
    for (let line = right; line < nowAt; line++) lines.push(offset + line + 1)
    if (removed > 0 && added === 0) gaps.push(offset + right)
    count += Math.max(removed, added)
    left = oldAt + 1
    right = nowAt + 1
  }
  return { lines, gaps, count }
}

/** The pairs of places of a longest common subsequence. */
function commonLines(
  old: readonly string[],
  now: readonly string[],
): readonly (readonly [number, number])[] {
  const width = now.length + 1
  const longest = new Uint32Array((old.length + 1) * width)
  const at = (row: number, column: number): number => longest[row * width + column] as number
  for (let row = old.length - 1; row >= 0; row--)
    for (let column = now.length - 1; column >= 0; column--)
      longest[row * width + column] =
        old[row] === now[column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1))
  const pairs: [number, number][] = []
  for (let row = 0, column = 0; row < old.length && column < now.length;)
    if (old[row] === now[column]) pairs.push([row++, column++])
    else if (at(row + 1, column) >= at(row, column + 1)) row++
    else column++
  return pairs
}
