import { applies, type Config } from '../../lib/config/index.ts'
import type { Finding } from '../../lib/render.ts'
import type { Summary } from '../engine/protocol.ts'
import { pages } from '../form/outline.ts'
import type { Tally } from '../rail/rail.tsx'

/** What each section has changed and wrong. */
export function talliesOf(
  config: Config,
  changed: ReadonlySet<string>,
  findings: ReadonlyMap<string, readonly Finding[]>,
): Readonly<Record<string, Tally>> {
  return Object.fromEntries(
    pages.map(({ id, settings }) => {
      const here = settings.flatMap(({ path }) => findings.get(path) ?? [])
      return [
        id,
        {
          changed: settings.filter(({ path }) => changed.has(path)).length,
          errors: here.filter(({ severity }) => severity === 'error').length,
          warnings: here.filter(({ severity }) => severity === 'warning').length,
          applies: settings.some(({ path }) => applies(config, path)),
        },
      ]
    }),
  )
}

export function byPath(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  const found = new Map<string, Finding[]>()
  for (const finding of findings)
    found.set(finding.path, [...(found.get(finding.path) ?? []), finding])
  return found
}

/** How much is wrong, and how much is met. */
export function countsOf({ findings, demands }: Pick<Summary, 'findings' | 'demands'>) {
  const many = (severity: Finding['severity']) =>
    findings.filter((one) => one.severity === severity).length
  return {
    errors: many('error'),
    warnings: many('warning'),
    notes: many('info'),
    met: demands.filter(({ met }) => met).length,
  }
}
