import { readFileSync } from 'node:fs'
import { defaults, presetConfig, presets, type Config } from '../lib/config/index.ts'
import { decodeLink, readConfigFile, type Outcome } from '../lib/share/index.ts'
import { UsageError, type Source } from './args.ts'
import { reasonOf } from './reason.ts'
import { readSet } from './set.ts'

/** The configuration that the options describe, and what was not understood on the way; throws `UsageError`. */
export function configOf(source: Source): { readonly config: Config; readonly notes: readonly string[] } {
  const { config, notes, failed } = startOf(source)
  if (failed !== undefined) throw new UsageError(failed)
  return { config: source.set.reduce<Config>((current, text) => ({ ...current, ...readSet(text) }), config), notes }
}

function startOf({ preset, config, link }: Source): Outcome {
  if (preset !== undefined) return { config: presetNamed(preset), notes: [] }
  if (config !== undefined) return readConfigFile(textOf(config))
  if (link !== undefined) return decodeLink(link)
  return { config: defaults, notes: [] }
}

function presetNamed(name: string): Config {
  const preset = presets.find(({ id }) => id === name)
  if (preset === undefined) throw new UsageError(`--preset ${name}: there is none; the presets are ${presets.map(({ id }) => id).join(', ')}`)
  return presetConfig(preset)
}

/** The text of a file that the user named; throws `UsageError`. */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new UsageError(`${path}: ${reasonOf(error)}`)
  }
}
