import { applies, allSettings, type Config } from '../../lib/config/index.ts'
import { runsOnVm, runsOn, sealingOf, secretReference } from '../../lib/plan/index.ts'
import { check, render, rules, type Finding } from '../../lib/render.ts'
import type { Demand, Summary } from './protocol.ts'

export interface Summarized {
  readonly summary: Summary
  readonly texts: ReadonlyMap<string, string>
}

/** Renders and checks a configuration; used by the worker, and once at build time for the first paint. */
export function summaryOf(config: Config): Summarized {
  const { files, refusal } = render(config)
  const findings = check(config)
  const texts = new Map(files.map(({ path, text }) => [path, text]))
  const paths = [...texts.keys()]
  return {
    summary: {
      paths,
      findings,
      demands: demandsOf(config, findings),
      refusal,
      secrets: placesOf(config),
      sealing: sealingOf(config),
      stale: [],
    },
    texts,
  }
}

function demandsOf(config: Config, findings: readonly Finding[]): readonly Demand[] {
  const broken = new Set(findings.map(({ id }) => id))
  return rules
    .filter((rule) => rule.applies(config))
    .map(({ id, demand, severity }) => ({ id, demand, severity, met: !broken.has(id) }))
}

/** Where the values of secrets are kept, in the names of this configuration. */
const placesOf = (config: Config): Summary['secrets'] =>
  Object.fromEntries(
    allSettings
      .filter(({ path, field }) => field.kind === 'secret' && field.env && applies(config, path))
      .map(({ path, field }) => [path, placesOfVariable(config, field.env as string)]),
  )

function placesOfVariable(config: Config, variable: string): readonly string[] {
  const places: string[] = []
  if (runsOn(config, 'kubernetes')) {
    const { secret, key } = secretReference(config, variable)
    places.push(`${secret} / ${key}`)
  }
  if (runsOnVm(config)) places.push(`${variable} on the machine`)
  return places
}
