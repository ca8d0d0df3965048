/** One word of a POSIX shell command with exactly this value: bare where that is safe, else in single quotes. */
export function shellWord(value: string): string {
  if (/^[A-Za-z0-9_./:=,@%+-]+$/.test(value) && !/^[A-Za-z_][A-Za-z0-9_]*=/.test(value))
    return value
  return `'${value.replaceAll('\0', '').replaceAll("'", `'\\''`)}'`
}

/** A word that is always quoted, for assignments and tables where all values should look alike. */
export const shellQuoted = (value: string): string =>
  `'${value.replaceAll('\0', '').replaceAll("'", `'\\''`)}'`

/** A command from its words. */
export const shellCommand = (words: readonly string[]): string => words.map(shellWord).join(' ')
