import type { Config } from './config/index.ts'
import { byPath, type TextFile } from './files/file.ts'
import { HelmError, ManifestError, TemplateError } from './helm/index.ts'
import { targets } from './targets/index.ts'

export { check, rules, type Finding, type Fix, type Rule, type Severity } from './checks/index.ts'
export { originOfLine, sealedSecretYaml, targets, type SealedValues } from './targets/index.ts'

/** What a configuration makes. */
export interface Rendering {
  /** Every file of the bundle, by path. */
  readonly files: readonly TextFile[]
  /** Why Helm would refuse the chart with these values, in its words; the manifests are missing then. */
  readonly refusal?: string
}

/** Every file of the bundle: the one door for page, command line and others. The same bytes for the same configuration. */
export function render(config: Config): Rendering {
  const files: TextFile[] = []
  let refusal: string | undefined
  for (const target of targets)
    try {
      files.push(...target.render(config))
    } catch (error) {
      if (!isRefusal(error)) throw error
      refusal = error.message
    }
  return { files: files.sort(byPath), refusal }
}

/** Whether an error is what Helm says to its user, and no bug of ours. */
const isRefusal = (error: unknown): error is Error =>
  error instanceof HelmError || error instanceof TemplateError || error instanceof ManifestError
