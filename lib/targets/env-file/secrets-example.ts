import type { Config } from '../../config/index.ts'
import { machinePaths, unfitSecretsOf } from '../../plan/index.ts'
import { demandText, demandedSecretsOf } from './demands.ts'

/** The names in `secrets/app.env`, each with what it is; never a value. */
export function secretsExample(config: Config): string {
  const lines = [
    `# The names in ${machinePaths.secrets}, which exists only on the machine; ${machinePaths.createSecrets} writes it.`,
    '# No quotes around values, no dollar sign, no blanks at the ends; no value here.',
  ]
  for (const { name, help, origin, demand } of demandedSecretsOf(config))
    lines.push(
      '',
      `# ${help}`,
      `# ${demandText(demand)}; ${origin === 'generate' ? 'drawn at random' : 'asked for'}.`,
      `${name}=`,
    )
  for (const { name } of unfitSecretsOf(config))
    lines.push(
      '',
      `# ${name} is left out: a PEM text has several lines, and an env file has one line per variable.`,
    )
  return `${lines.join('\n')}\n`
}
