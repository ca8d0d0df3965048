import { attempt } from '../go/attempt.ts'
import { semvers } from './sprig/semver.ts'

let last = { constraint: '', version: '', result: false }

/** Whether a version satisfies a constraint; not when either is wrong. Source: Helm `IsCompatibleRange`. */
export function satisfies(constraint: string, version: string): boolean {
  // Renderings of one chart ask the same again and again.
  if (last.constraint !== constraint || last.version !== version) last = { constraint, version, result: isSatisfied(constraint, version) }
  return last.result
}

const isSatisfied = (constraint: string, version: string): boolean =>
  attempt(() => semvers.semverCompare.call([constraint, version]) === true, () => false)
