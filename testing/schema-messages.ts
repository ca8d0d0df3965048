/** Lines as a tree, each level sorted: Helm's library goes through tables in random order. */
function sorted(lines: readonly string[], depth = 0): string[] {
  const isTop = (line: string): boolean => line.startsWith(`${' '.repeat(depth)}- `)
  const starts = [...lines.keys()].filter((at) => isTop(lines[at]!))
  const head = lines.slice(0, starts[0])
  const branches = starts.map((start, at) => [lines[start], ...sorted(lines.slice(start + 1, starts[at + 1]), depth + 2)].join('\n'))
  return [...head, ...branches.sort()]
}

const listed = /(?<=additional properties ).*(?= not allowed)/g
const twice = /(?<=^duplicate .* at )(".*") and (".*")$/gm

/** What was said of values that do not fit a schema, in an order that is the same in every run. */
export const ordered = (message: string): string =>
  sorted(
    message
      .trimEnd()
      .replace(listed, (names) => names.split(', ').sort().join(', '))
      .replace(twice, (_, one: string, other: string) => [one, other].sort().join(' and '))
      .split('\n'),
  ).join('\n')
