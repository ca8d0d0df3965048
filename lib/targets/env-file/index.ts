import type { Config } from '../../config/index.ts'
import type { TextFile } from '../../files/file.ts'
import {
  envFileOf,
  machinePaths,
  machineSecretsOf,
  runsOn,
  secretsOf,
  runsOnVm,
  type MachinePlatform,
} from '../../plan/index.ts'
import type { Target } from '../target.ts'
import { createSecrets } from './create-secrets.ts'
import { plainEnvFile } from './plain.ts'
import { secretsExample } from './secrets-example.ts'

const platforms: readonly MachinePlatform[] = ['compose', 'container']

/** The environment on a machine: one plain env file per platform, and what creates the secret one there. */
export const envFile: Target = {
  id: 'env-file',
  label: 'Environment',
  render: (config) => (runsOnVm(config) ? [...plainFiles(config), ...secretFiles(config)] : []),
}

const plainFiles = (config: Config): readonly TextFile[] =>
  platforms
    .filter((platform) => runsOn(config, platform))
    .map((platform) => ({
      path: envFileOf(config, platform),
      text: plainEnvFile(config, platform),
    }))

function secretFiles(config: Config): readonly TextFile[] {
  if (secretsOf(config, 'compose').length === 0) return []
  const example = { path: machinePaths.secretsExample, text: secretsExample(config) }
  if (machineSecretsOf(config).length === 0) return [example]
  return [
    example,
    { path: machinePaths.createSecrets, text: createSecrets(config), executable: true },
    { path: machinePaths.secretsIgnore, text: '*\n!.gitignore\n' },
  ]
}
