/** A generated file as a value. */
export interface TextFile {
  /** Relative, with forward slashes, inside the bundle. */
  readonly path: string
  readonly text: string
  /** Scripts are written with mode 0755. */
  readonly executable?: boolean
}

/** The order of the bundle: by path, by code unit, on every machine the same. */
export const byPath = (left: TextFile, right: TextFile): number => (left.path < right.path ? -1 : left.path > right.path ? 1 : 0)
