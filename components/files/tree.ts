/** A line of the file tree. */
export type Entry =
  | {
      readonly kind: 'folder'
      readonly path: string
      readonly name: string
      readonly depth: number
    }
  | { readonly kind: 'file'; readonly path: string; readonly name: string; readonly depth: number }

/** Folders and files in the order in which the tree shows them: folders first, each followed by what it holds. */
export function treeOf(
  paths: readonly string[],
  closed: ReadonlySet<string>,
  parent = '',
  depth = 0,
): readonly Entry[] {
  const inside = paths.filter((path) => path.startsWith(parent))
  const folders = new Set<string>()
  const files: Entry[] = []
  for (const path of inside) {
    const rest = path.slice(parent.length)
    const slash = rest.indexOf('/')
    if (slash < 0) files.push({ kind: 'file', path, name: rest, depth })
    else folders.add(rest.slice(0, slash + 1))
  }
  const opened = [...folders].flatMap((name) => {
    const path = parent + name
    const folder: Entry = { kind: 'folder', path, name, depth }
    return closed.has(path) ? [folder] : [folder, ...treeOf(inside, closed, path, depth + 1)]
  })
  return [...opened, ...files]
}
