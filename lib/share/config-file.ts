import { differences, settingAt, settings, type Config } from '../config/index.ts'
import { defaultsOf, defaultsVersion } from '../config/versions.ts'
import { fromValue } from '../go/plain.ts'
import type { Value } from '../go/value.ts'
import { commentedYaml } from '../yaml/commented.ts'
import { readYaml } from '../yaml/index.ts'
import { failure, layOver, shown, type Outcome } from './outcome.ts'

/** Where the bundle keeps the schema that editors check the file with. */
export const schemaPath = 'deploy/config.schema.json'

const heading = `The configuration of this deployment: what differs from the defaults.
Open it in the configurator to change it; keys are explained in ${schemaPath}.`

/** `deploy.config.yaml`: the configuration as readable YAML, only what differs from the defaults. */
export function writeConfigFile(config: Config): string {
  const base = defaultsOf(defaultsVersion) as Config
  const entries = differences(config, base).map((path) => ({
    path: ['settings', ...path.split('.')],
    value: config[path],
    comment: settingAt(path)?.field.label ?? '',
  }))
  const head = [
    { path: ['$schema'], value: `./${schemaPath}` },
    { path: ['version'], value: defaultsVersion },
  ]
  return commentedYaml([...head, ...(entries.length > 0 ? entries : [{ path: ['settings'], value: {} }])], heading)
}

/** Reads `deploy.config.yaml`; see `Outcome` for what can go wrong. */
export function readConfigFile(text: string): Outcome {
  let file: Value
  try {
    file = readYaml(text)
  } catch (error) {
    return failure(`deploy.config.yaml cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
  if (!(file instanceof Map) || !(file.get('settings') instanceof Map))
    return failure('This is no deploy.config.yaml: it has no “settings”.')
  const version = fromValue(file.get('version'))
  const base = typeof version === 'number' ? defaultsOf(version) : undefined
  if (base === undefined) return failure(`deploy.config.yaml has version ${shown(version)}; this configurator knows up to ${defaultsVersion}.`)
  return layOver(base, leavesOf(file.get('settings') as Map<string, Value>, []))
}

/** Paths and values as far down as settings are declared; what is unknown is given whole, to be noted. */
function* leavesOf(map: Map<string, Value>, parents: readonly string[]): Generator<readonly [string, unknown]> {
  for (const [key, value] of map) {
    const names = [...parents, key]
    const path = names.join('.')
    if (value instanceof Map && settingAt(path) === undefined && prefixes.has(path)) yield* leavesOf(value, names)
    else yield [path, fromValue(value)]
  }
}

const prefixes = new Set(
  settings.flatMap(({ path }) => {
    const names = path.split('.')
    return names.slice(1).map((_, at) => names.slice(0, at + 1).join('.'))
  }),
)
