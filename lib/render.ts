import type { Config, Patch } from './config/index.ts'
import { byPath, type TextFile } from './files/file.ts'
import { HelmError, loadFunctions, ManifestError, TemplateError } from './helm/index.ts'
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

/**
 * Fetches what the engine needs besides for the templates that a user wrote into settings, such as
 * TOML or cryptography; to be awaited before `render`.
 */
export async function prepare(settings: Patch): Promise<void> {
  const templates = Object.values(settings).flatMap((text) => (typeof text === 'string' && text.includes('{{') ? [{ text }] : []))
  if (templates.length > 0) await loadFunctions({ templates, files: [], values: new Map(), dependencies: [] })
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
