import type { Config } from '../config/index.ts'
import type { Finding, Rule } from './rule.ts'

export type { Finding, Fix, Rule, Severity } from './rule.ts'

/** Every rule, in the order in which findings are shown. */
export const rules: readonly Rule[] = []

/** Everything there is to say about a configuration; errors first, then by the order of the rules. */
export const check = (config: Config): readonly Finding[] =>
  rules
    .filter((rule) => rule.applies(config))
    .flatMap((rule) => {
      const found = rule.check(config)
      return found ? [{ id: rule.id, severity: rule.severity, ...found }] : []
    })
