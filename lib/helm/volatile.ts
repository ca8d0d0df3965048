import type { RenderResult } from './render.ts'

/** Lines, counted from 0, whose text an installation would write differently each time. What depends on a cluster (`lookup`) cannot be told. */
export interface VolatileLines {
  readonly manifest: readonly number[]
  readonly notes: readonly number[]
  /** By the path of a template file, in its rendered text; files without such lines are left out. */
  readonly files: ReadonlyMap<string, readonly number[]>
}

type Texts = Pick<RenderResult, 'manifest' | 'notes' | 'rendered'>

/** Which lines of a rendering another time and other draws change: directly, by way of a checksum or by a condition. */
export function differences(result: Texts, other: Texts): VolatileLines {
  const others = new Map(other.rendered.map(({ path, text }) => [path, text]))
  const files = result.rendered.map(({ path, text }) => [path, differingLines(text, others.get(path) ?? '')] as const)
  return {
    manifest: differingLines(result.manifest, other.manifest),
    notes: differingLines(result.notes, other.notes),
    files: new Map(files.filter(([, lines]) => lines.length > 0)),
  }
}

/** The lines of a text that another has not at the same place; where numbers of lines differ, all between what is alike at both ends. */
function differingLines(text: string, other: string): number[] {
  if (text === other) return []
  const [lines, others] = [text.split('\n'), other.split('\n')]
  const places = [...lines.keys()]
  if (lines.length === others.length) return places.filter((at) => lines[at] !== others[at])
  const least = Math.min(lines.length, others.length)
  let start = 0
  while (start < least && lines[start] === others[start]) start++
  let end = 0
  while (end < least - start && lines.at(-1 - end) === others.at(-1 - end)) end++
  // Where there are only more lines, they begin at this one.
  return places.slice(start, Math.max(lines.length - end, start + 1))
}
