import { isPath, type Config } from '../../config/index.ts'
import { problemOf } from '../../config/schema.ts'
import { check, type Finding } from '../index.ts'

const errorsOf = (config: Config): readonly string[] => check(config).flatMap(({ id, severity, path }) => (severity === 'error' ? `${id} at ${path}` : []))
const isSame = (left: Finding, right: Finding): boolean => left.id === right.id && left.path === right.path && left.message === right.message

/**
 * What is wrong with a finding's fix: it shall name settings and give them values that they can
 * have, clear its finding, and bring no error that was not there.
 */
export function faultsOf(config: Config, finding: Finding): readonly string[] {
  if (!finding.fix) return []
  const patch = Object.entries(finding.fix.patch)
  const bad = patch.flatMap(([path, value]) => (isPath(path) ? (problemOf(path, value) ?? []) : `${path} is no setting`))
  const repaired: Config = { ...config, ...finding.fix.patch }
  const before = errorsOf(config)
  const brought = errorsOf(repaired).filter((error) => !before.includes(error))
  const faults = [
    ...(patch.length === 0 ? ['the patch is empty'] : []),
    ...bad,
    ...(check(repaired).some((other) => isSame(other, finding)) ? ['the finding is still there'] : []),
    ...brought.map((error) => `brings ${error}`),
  ]
  return faults.map((fault) => `${finding.id}, "${finding.fix?.label}": ${fault}`)
}
