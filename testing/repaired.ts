import fc from 'fast-check'
import { anyConfig } from '../lib/config/arbitrary.ts'
import { defaults, differences, type Config } from '../lib/config/index.ts'
import { check } from '../lib/checks/index.ts'

/** Takes every fix that is offered for an error, as a user would before downloading. */
export function repaired(config: Config): Config {
  let current = config
  for (let round = 0; round < 30; round++) {
    const fix = check(current).find(({ severity, fix }) => severity === 'error' && fix)?.fix
    if (fix === undefined) return current
    current = { ...current, ...fix.patch }
  }
  return current
}

/** Shows a configuration in a failed property by what differs from the defaults. */
export const shownShort = (config: Config): Config =>
  Object.defineProperty({ ...config }, fc.toStringMethod, {
    value: () => JSON.stringify(Object.fromEntries(differences(config, defaults).map((path) => [path, config[path]]))),
  })

/** Random configurations that run on Kubernetes, most of them without errors. */
export const anyKubernetesConfig = anyConfig
  .map((config) => repaired({ ...config, 'target.platforms': [...new Set([...config['target.platforms'], 'kubernetes' as const])] }))
  .map(shownShort)
