import { allSettings, sections, type Config } from '../../config/index.ts'
import { environmentOf, type MachinePlatform, type Variable } from '../../plan/index.ts'
import { envFileProblem, envNameProblem } from '../../text/env-file.ts'
import { oneLine } from '../../text/line.ts'

const heading = `# The environment of the application, without secrets.
# docker run --env-file and Compose read it alike: KEY=value, no quotes around values, comments on lines of their own.`

/** The plain environment of a platform as an env file, grouped as the form is; what cannot stand in one is named and left out. */
export function plainEnvFile(config: Config, platform: MachinePlatform): string {
  const groups = new Map<string, string[]>()
  for (const variable of environmentOf(config, platform).plain) {
    const title = titleOf(config, variable)
    const lines = groups.get(title) ?? []
    lines.push(lineOf(variable))
    groups.set(title, lines)
  }
  return `${heading}\n${[...groups].map(([title, lines]) => `\n# ${title}\n${lines.join('\n')}\n`).join('')}`
}

/** `NAME=value`, or a comment that says why the variable is left out. */
function lineOf({ name, value }: Variable): string {
  const problem = envNameProblem(name) ?? envFileProblem(value)
  return problem === undefined ? `${name}=${value}` : `# ${oneLine(name)} is left out: ${problem}.`
}

const titles = new Map(sections.map(({ id, title }) => [id as string, title as string]))
const sectionOfVariable = new Map(
  allSettings.flatMap(({ field, section }) => (field.env ? [[field.env, section] as const] : [])),
)

function titleOf(config: Config, { name }: Variable): string {
  if (Object.hasOwn(config.extraEnv, name)) return 'Extra variables'
  return titles.get(sectionOfVariable.get(name) ?? '') ?? 'Server'
}
