import { GoError } from '../../go/value.ts'

const loneByte = /(?<![\ud800-\udbff])[\udc80-\udcff]/g

/**
 * Throws `GoError` for a pattern with a byte that is not UTF-8. Go reads from left to right, so
 * that what `parse` says of the text before comes first.
 */
export function checkBytes(pattern: string, parse: (pattern: string) => unknown): void {
  const at = pattern.search(loneByte)
  if (at < 0) return
  const before = faultIn(pattern.slice(0, at), parse)
  const isBefore = before !== undefined && before === faultIn(pattern.replace(loneByte, 'x'), parse)
  // Of a group's name no more is shown than the name.
  const shown = /\(\?P?<[^>]*$/.test(pattern.slice(0, at)) ? pattern.slice(at).replace(/>.*/s, '') : pattern.slice(at)
  throw new GoError(isBefore ? before : `error parsing regexp: invalid UTF-8: \`${shown}\``)
}

function faultIn(pattern: string, parse: (pattern: string) => unknown): string | undefined {
  try {
    parse(pattern)
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}
