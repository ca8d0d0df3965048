import type { Marks } from '../engine/diff.ts'

/** Where in the files something changed. */
export interface Place {
  readonly path: string
  readonly line: number
}

/** The beginnings of all changes, file by file. */
export const changesOf = (
  paths: readonly string[],
  marks: Readonly<Record<string, Marks>>,
): readonly Place[] =>
  paths.flatMap((path) => {
    const { lines = [], gaps = [] } = marks[path] ?? {}
    const starts = lines.filter((line, at) => lines[at - 1] !== line - 1)
    return [...new Set([...starts, ...gaps.map((line) => Math.max(line, 1))])]
      .sort((left, right) => left - right)
      .map((line) => ({ path, line }))
  })

/** The change after or before a place; after the last comes the first. */
export function changeFrom(
  changes: readonly Place[],
  order: readonly string[],
  from: Place,
  by: 1 | -1,
): Place | undefined {
  const rank = ({ path, line }: Place): number => order.indexOf(path) * 1_000_000 + line
  const here = rank(from)
  return by > 0
    ? (changes.find((place) => rank(place) > here) ?? changes[0])
    : (changes.findLast((place) => rank(place) < here) ?? changes.at(-1))
}
