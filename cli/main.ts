import { toBytes } from '../lib/go/bytes.ts'
import { zipOf } from '../lib/files/zip.ts'
import { check, prepare, render, type Finding } from '../lib/render.ts'
import { presets, settingAt } from '../lib/config/index.ts'
import { encodeLink } from '../lib/share/index.ts'
import { help, readArgs, UsageError, type Command } from './args.ts'
import { writeFolder, writeWhole } from './disk.ts'
import { configOf } from './source.ts'
import { template } from './template.ts'

const say = (line: string): void => void process.stderr.write(`${line}\n`)
const print = (text: string): void => void process.stdout.write(text)

/** Runs a command and gives its exit status: 0, 1 for findings or a chart that refuses, 2 for bad input. */
async function run(command: Command): Promise<number> {
  switch (command.name) {
    case 'help':
      print(help)
      return 0
    case 'presets':
      print(presets.map(({ id, summary }) => `${id}  ${summary}\n`).join(''))
      return 0
    case 'link':
      print(`${encodeLink(configFor(command.source))}\n`)
      return 0
    case 'check':
      return report(check(configFor(command.source)), command.json)
    case 'render':
      return renderBundle(command)
    case 'template':
      return runTemplate(command.words)
  }
}

function configFor(source: Parameters<typeof configOf>[0]) {
  const { config, notes } = configOf(source)
  for (const note of notes) say(`note: ${note}`)
  return config
}

async function renderBundle({ source, out, zip }: Extract<Command, { name: 'render' }>): Promise<number> {
  const config = configFor(source)
  await prepare(config)
  const { files, refusal } = render(config)
  if (out !== undefined) writeFolder(out, files)
  if (zip !== undefined) writeWhole(zip, await zipOf(config['release.name'], files))
  if (refusal !== undefined) say(`the chart refuses these values, so the manifests are missing: ${refusal}`)
  return refusal === undefined ? 0 : 1
}

function report(findings: readonly Finding[], json: boolean): number {
  if (json) print(`${JSON.stringify(findings, null, 2)}\n`)
  else print(findings.map(line).join('') || 'nothing to say\n')
  return findings.some(({ severity }) => severity === 'error') ? 1 : 0
}

const line = ({ severity, path, title, message, fix, id }: Finding): string =>
  `${severity}: ${path} (${settingAt(path)?.field.label}): ${title}. ${message}${fix ? ` Way out: ${fix.label}.` : ''} [${id}]\n`

async function runTemplate(words: readonly string[]): Promise<number> {
  const { stdout, stderr, status } = await template(words)
  process.stderr.write(toBytes(stderr))
  process.stdout.write(toBytes(stdout))
  return status
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
