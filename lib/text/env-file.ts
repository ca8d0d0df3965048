/**
 * Env files that `docker run --env-file` and Compose's `env_file` read the same: `KEY=value`, with
 * nothing that one of them would strip, expand or take for a comment.
 */

/** Docker reads an env file line by line and gives up on lines above 64 KiB. */
const longestValue = 60_000

const problems: readonly (readonly [RegExp, string])[] = [
  [/[\n\r]/, 'it has line breaks, and an env file has one line per variable'],
  [/[\p{Cc}\p{Cs}\u2028\u2029]/u, 'it has control characters'],
  [/\$/, 'Compose expands the dollar sign and docker run does not'],
  [/^["']/, 'Compose strips quotes at the beginning and docker run does not'],
  [/^#|\s#/, 'Compose takes what follows the number sign for a comment'],
  [/^\s|\s$/, 'Compose strips blanks at the ends and docker run does not'],
]

/** Why a value cannot stand in such a file; undefined where it can. Empty is a value: the variable is set to nothing. */
export function envFileProblem(value: string): string | undefined {
  if (value.length > longestValue) return 'it is too long for a line'
  return problems.find(([pattern]) => pattern.test(value))?.[1]
}

/** Why a name cannot be that of a variable in such a file; undefined where it can. */
export const envNameProblem = (name: string): string | undefined =>
  /^[A-Za-z_][A-Za-z0-9_]*$/.test(name)
    ? undefined
    : 'a name has letters, digits and underscores and does not begin with a digit'
