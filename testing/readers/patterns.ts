/** Stands around what is more than itself in a text that was read. */
export const mark = (text: string): string => `\u{e000}${text}\u{e001}`

/** A regular expression: what is escaped stands for itself, any other sign is marked. */
export const readPattern = (pattern: string): string =>
  pattern.replace(
    /\\(.)|[.+*?()|[\]{}^$]/gs,
    (sign, escaped: string | undefined) => escaped ?? mark(sign),
  )
