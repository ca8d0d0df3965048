import type { Config } from './config/index.ts'
import { byPath, type TextFile } from './files/file.ts'
import { targets } from './targets/index.ts'

export { check, rules, type Finding, type Fix, type Rule, type Severity } from './checks/index.ts'
export { targets } from './targets/index.ts'

/** What a configuration makes. */
export interface Rendering {
  /** Every file of the bundle, by path. */
  readonly files: readonly TextFile[]
  /** Why Helm would refuse the chart with these values, in its words; the manifests are missing then. */
  readonly refusal?: string
}

/** Every file of the bundle: the one door for page, command line and others. The same bytes for the same configuration. */
export const render = (config: Config): Rendering => ({
  files: targets.flatMap((target) => target.render(config)).sort(byPath),
})
