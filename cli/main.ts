import { help, readArgs, UsageError, type Command } from './args.ts'
import { print, say } from './output.ts'

/**
 * Runs a command and gives its exit status: 0, 1 for findings or a chart that refuses, 2 for bad
 * input. Loads only what the command needs.
 */
async function run(command: Command): Promise<number> {
  if (command.name === 'help') {
    print(help)
    return 0
  }
  if (command.name === 'template') return (await import('./template.ts')).runTemplate(command.words)
  const { configure } = await import('./configure.ts')
  return configure(command)
}

async function main(): Promise<void> {
  try {
    process.exitCode = await run(readArgs(process.argv.slice(2)))
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    say(error.message)
    process.exitCode = 2
  }
}

void main()
