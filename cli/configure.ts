import { zipOf } from '../lib/files/zip.ts'
import { check, prepare, render, type Finding } from '../lib/render.ts'
import { presets, settingAt, type Config } from '../lib/config/index.ts'
import { encodeLink } from '../lib/share/index.ts'
import type { Command } from './args.ts'
import { writeFolder, writeWhole } from './disk.ts'
import { print, say } from './output.ts'
import { configOf } from './source.ts'

/** Runs a command about a configuration and gives its exit status: 0, or 1 for findings that are errors and a chart that refuses. */
export async function configure(command: Exclude<Command, { name: 'template' | 'help' }>): Promise<number> {
  switch (command.name) {
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
  }
}

function configFor(source: Parameters<typeof configOf>[0]): Config {
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
