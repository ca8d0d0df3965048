import { runTemplate } from './template.ts'

/** The command `template` by itself, without what the others load. */
async function main(): Promise<void> {
  process.exitCode = await runTemplate(process.argv.slice(3))
}

void main()
