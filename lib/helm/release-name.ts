import { quote } from '../go/quote.ts'
import { HelmError } from './failure.ts'

const pattern = '^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$'
const valid = new RegExp(pattern)
const longest = 53

/** Throws `HelmError` for a name that no release can have. Source: Helm `ValidateReleaseName`. */
export function checkReleaseName(name: string): void {
  if (name === '') throw new HelmError('release name check failed: no name provided')
  if (valid.test(name) && name.length <= longest) return
  throw new HelmError(
    `release name check failed: release name ${quote(name)}: invalid release name, must match regex ${pattern} ` +
      `and the length must not be longer than ${longest}`,
  )
}
