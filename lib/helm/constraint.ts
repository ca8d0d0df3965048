import { GoError } from '../go/value.ts'
import { semvers } from './sprig/semver.ts'

/** Whether a version satisfies a constraint; not when either is wrong. Source: Helm `IsCompatibleRange`. */
export function satisfies(constraint: string, version: string): boolean {
  try {
    return semvers.semverCompare.call([constraint, version]) === true
  } catch (error) {
    if (error instanceof GoError) return false
    throw error
  }
}
