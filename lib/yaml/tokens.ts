/** The tokens of YAML as libyaml names them. */
export type TokenKind =
  | 'stream end'
  | 'directive'
  | 'document start'
  | 'document end'
  | 'block sequence start'
  | 'block mapping start'
  | 'block end'
  | 'flow sequence start'
  | 'flow sequence end'
  | 'flow mapping start'
  | 'flow mapping end'
  | 'block entry'
  | 'flow entry'
  | 'key'
  | 'value'
  | 'alias'
  | 'anchor'
  | 'tag'
  | 'scalar'
  | 'error'

/** A place in the text; line and column count from 0. */
export interface Mark {
  readonly index: number
  readonly line: number
  readonly column: number
}

/** A piece of YAML, and where it begins. */
export interface Token extends Mark {
  readonly kind: TokenKind
  /** The text of a scalar, the name of an anchor or alias, the parts of a tag or directive with NUL between them, or what went wrong. */
  readonly text: string
  /** Whether a scalar is plain. */
  readonly plain: boolean
}

/** How many characters a key without `?` can have, quotes and escapes included. */
export const longestKey = 1024
