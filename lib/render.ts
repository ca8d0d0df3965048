import type { Config, Patch } from './config/index.ts'
import { byPath, type TextFile } from './files/file.ts'
import { HelmError, loadFunctions, ManifestError, TemplateError } from './helm/index.ts'
import { targets } from './targets/index.ts'

export { check, rules, type Finding, type Severity } from './checks/index.ts'
export { originOfLine, sealedSecretYaml, type SealedValues } from './targets/index.ts'

/** What a configuration makes. */
export interface Rendering {
  /** Every file of the bundle, by path. */
  readonly files: readonly TextFile[]
  /** Why Helm would refuse the chart with these values, in its words; the manifests are missing then. */
  readonly refusal?: string
}

/** Texts up to this length are nothing to the regular expressions that are there from the start. */
const shortText = 500

const textsIn = (value: unknown): string[] =>
  typeof value === 'string' ? [value] : typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []

/**
 * Fetches what the engine needs besides for the texts that a user wrote into settings: TOML or
 * cryptography for templates, RE2 for long ones; to be awaited before `render`.
 */
export async function prepare(settings: Patch): Promise<void> {
  const texts = textsIn(settings)
  const needs = [...texts.filter((text) => text.includes('{{')), ...(texts.some((text) => text.length > shortText) ? ['regexMatch'] : [])]
  if (needs.length > 0) await loadFunctions({ templates: needs.map((text) => ({ text })), files: [], values: new Map(), dependencies: [] })
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
