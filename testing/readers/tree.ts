/**
 * What a reader makes of a file: the structure as maps and lists, and texts at its leaves. Two files
 * that differ in a value only have the same tree but for the leaves where the value stands.
 */
export type Tree =
  string | number | boolean | null | readonly Tree[] | { readonly [key: string]: Tree }

/** Where two trees differ first, in words; undefined where they are the same. */
export function difference(left: Tree, right: Tree, at = ''): string | undefined {
  if (left === right) return undefined
  if (Array.isArray(left) && Array.isArray(right)) {
    for (let index = 0; index < Math.max(left.length, right.length); index++) {
      if (index >= left.length || index >= right.length)
        return `${at}: ${left.length} and ${right.length} entries, from ${cut(left[index] ?? right[index])} on`
      const found = difference(left[index] as Tree, right[index] as Tree, `${at}[${index}]`)
      if (found !== undefined) return found
    }
    return undefined
  }
  if (isMap(left) && isMap(right)) {
    const keys = (tree: Tree): readonly string[] => Object.keys(tree as object).sort()
    return (
      difference(keys(left), keys(right), `${at} keys`) ??
      keys(left).flatMap(
        (key) => difference(left[key] as Tree, right[key] as Tree, `${at}.${cut(key)}`) ?? [],
      )[0]
    )
  }
  if (isDigest(left) && isDigest(right) && (left as string).length === (right as string).length)
    return undefined
  return `${at}: ${cut(left)} and ${cut(right)}`
}

const isMap = (tree: Tree): tree is { readonly [key: string]: Tree } =>
  typeof tree === 'object' && tree !== null && !Array.isArray(tree)

/** A hash of the configuration, which is meant to change with it. */
const isDigest = (tree: Tree): boolean =>
  typeof tree === 'string' && /^([0-9a-f]{16}|[0-9a-f]{64})$/.test(tree)

const cut = (tree: Tree | undefined): string => {
  const text = JSON.stringify(tree) ?? 'nothing'
  return text.length > 300 ? `${text.slice(0, 300)}…` : text
}
