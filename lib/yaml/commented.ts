import { Document, isMap, Scalar, YAMLMap } from 'yaml'

/** One value of a commented YAML file: where it goes, what it is, and what to say above it. */
export interface Entry {
  readonly path: readonly string[]
  readonly value: unknown
  readonly comment?: string
  /** An empty line above it. */
  readonly apart?: boolean
}

/**
 * A YAML file with a comment above each value, in the order given. Scalars that YAML 1.1
 * would read otherwise are quoted, for Helm and kubectl read YAML 1.1.
 */
export function commentedYaml(entries: readonly Entry[], heading?: string): string {
  const document = new Document(new YAMLMap(), { version: '1.2', compat: 'yaml-1.1' } as never)
  const root = document.contents as unknown as YAMLMap
  for (const { path, value, comment, apart } of entries) {
    const parent = mapAt(document, root, path.slice(0, -1))
    const key = new Scalar(path.at(-1))
    if (comment) key.commentBefore = ` ${comment}`
    if (apart) key.spaceBefore = true
    parent.set(key, document.createNode(value))
  }
  const body = entries.length === 0 ? '{}\n' : document.toString({ lineWidth: 0, flowCollectionPadding: false })
  return heading === undefined ? body : `${heading.replace(/^/gm, '# ').replace(/ +$/gm, '')}\n${body}`
}

function mapAt(document: Document, root: YAMLMap, path: readonly string[]): YAMLMap {
  let map = root
  for (const name of path) {
    const found = map.get(name, true) as unknown
    if (isMap(found)) map = found
    else {
      const child = new YAMLMap()
      map.set(document.createNode(name), child)
      map = child
    }
  }
  return map
}
