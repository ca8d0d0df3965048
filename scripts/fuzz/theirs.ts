import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fromBytes } from '../../lib/go/bytes.ts'
import { findTool } from '../../testing/tools.ts'
import { chartFiles, failed, type Outcome } from './chart.ts'

const helm = findTool('helm')
if (helm === undefined) throw new Error('helm: v4.1.4 is needed on PATH or as HELM_BIN')

const start = '⟦'
const end = '⟧'

const opening = (name: string): string => `${start}${name}${end}`
const closing = (name: string): string => `${start}/${name}${end}`

interface Said {
  readonly out: string
  readonly error: string
}

/** What Helm says to these words in a folder. */
export function run(folder: string, ...args: string[]): Said {
  const { stdout, stderr, error } = spawnSync(helm as string, args, { cwd: folder, maxBuffer: 1 << 28, timeout: 300_000, env: { ...process.env, TZ: 'UTC', HELM_DEBUG: '' } })
  if (error) throw error
  return { out: fromBytes(stdout), error: fromBytes(stderr) }
}

/** Writes a chart's files. */
export function write(folder: string, files: readonly { readonly path: string; readonly text: string }[]): void {
  for (const { path, text } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}

/** Works in a folder that is gone afterwards. */
export function inFolder<T>(work: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'helm-fuzz-'))
  try {
    return work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Notes of all files are shown one after the other, in no certain order, as they were rendered. */
function notes(values: string, templates: ReadonlyMap<string, string>): Said {
  return inFolder((folder) => {
    const files = [...templates].map(([name, text]) => ({ path: `templates/${name}NOTES.txt`, text: opening(name) + text + closing(name) }))
    write(folder, [...chartFiles(values), ...files])
    return run(folder, 'install', 'test-release', '.', '--dry-run=client', '--render-subchart-notes')
  })
}

function between(text: string, name: string): string | undefined {
  const from = text.indexOf(opening(name))
  const to = text.indexOf(closing(name), from)
  return from < 0 || to < 0 ? undefined : text.slice(from + opening(name).length, to)
}

/**
 * What Helm makes of templates that are expected to succeed, all in one process. One that fails
 * stops Helm, whose message names it: it is left without an outcome, and the others start again.
 */
export function rendered(values: string, templates: readonly string[]): (Outcome | undefined)[] {
  const left = new Map(templates.map((text, at) => [`${at}-`, text]))
  for (;;) {
    const { out, error } = notes(values, left)
    const name = /\/(\d+-)NOTES\.txt/.exec(error)?.[1]
    if (!error.includes('Error: ')) return templates.map((_, at) => between(out, `${at}-`))
    if (name === undefined || !left.delete(name)) return templates.map(() => undefined)
  }
}

/** What Helm says about templates that are expected to fail, each a chart of its own, all linted by one process. */
export function refused(values: string, templates: readonly string[]): (Outcome | undefined)[] {
  return inFolder((folder) => {
    for (const [at, text] of templates.entries()) write(join(folder, String(at)), [...chartFiles(values), { path: 'templates/NOTES.txt', text }])
    const { out } = run(folder, 'lint', ...templates.map((_, at) => String(at)))
    const parts = new Map(out.split(/^==> Linting (?=\d+\n)/m).slice(1).map((part) => [Number.parseInt(part), part]))
    return templates.map((_, at) => {
      const message = /\[ERROR\] templates\/: ([^]*?)\n\n$/.exec(parts.get(at) ?? '')
      return message ? failed(message[1]!) : undefined
    })
  })
}

/** What Helm makes of one template, in a process of its own; bytes that are not UTF-8 are lost on the way. */
export function alone(values: string, template: string): Outcome {
  const { out, error } = inFolder((folder) => {
    write(folder, [...chartFiles(values), { path: 'templates/NOTES.txt', text: template }])
    return run(folder, 'install', 'test-release', '.', '--dry-run=client', '-o', 'json')
  })
  const message = /(?:^|\n)Error: INSTALLATION FAILED: ([^]*)$/.exec(error)
  if (message) return failed(message[1]!.replace(/\n$/, ''))
  return (JSON.parse(out) as { info: { notes?: string } }).info.notes ?? ''
}
