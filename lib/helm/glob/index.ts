import { byteChars } from '../../go/bytes.ts'
import { GoError } from '../../go/value.ts'
import { Compiler } from './compile.ts'
import { readPattern } from './pattern.ts'

/** Steps for a pattern: at worst about a second. */
const mostSteps = 20_000_000

/**
 * A path pattern as `.Files.Glob` reads it. A pattern that is wrong matches everything. Throws
 * `GoError` for what would take too long, and where Go would panic.
 * Source: gobwas/glob 0.2.3 with `/` as separator, and Helm's fallback.
 */
export function globMatcher(pattern: string): (path: string) => boolean {
  const sequence = readPattern(pattern)
  if (!sequence) return () => true
  let steps = 0
  const count = (more: number): void => {
    if ((steps += more) > mostSteps) throw new GoError('the pattern takes too long')
  }
  const matcher = new Compiler(count).compile(sequence)
  return (path) => matcher.matches(byteChars(path))
}
