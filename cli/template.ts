import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fromBytes } from '../lib/go/bytes.ts'
import type { Value } from '../lib/go/value.ts'
import { parseKubeVersion } from '../lib/helm/capabilities.ts'
import { nameFrom } from '../lib/helm/release-name.ts'
import {
  HelmError, loadFunctions, ManifestError, mergeLayers, noticeText, readValues, renderChart, setValues, TemplateError, type Notice, type RenderResult, type SetFlag,
} from '../lib/helm/index.ts'
import { chartAt, fileText } from './chart-disk.ts'
import { FlagError, type Given } from './flags.ts'
import { readTemplateFlags } from './template-flags.ts'

/** What a command printed and how it ended. */
export interface Outcome {
  readonly stdout: string
  readonly stderr: string
  readonly status: number
}

/** Does what `helm template` does with these words: the same output, status and messages. */
export async function template(words: readonly string[]): Promise<Outcome> {
  const said: string[] = []
  const notify = (notice: Notice): void => void said.push(`${noticeText(notice)}\n`)
  try {
    const stdout = await printed(readTemplateFlags(words), notify)
    return { stdout, stderr: said.join(''), status: 0 }
  } catch (error) {
    return { stdout: '', stderr: said.join('') + complaint(error), status: 1 }
  }
}

function complaint(error: unknown): string {
  if (error instanceof FlagError) return `Error: ${error.message}\n`
  if (!(error instanceof HelmError || error instanceof TemplateError)) throw error
  const isRendering = !(error instanceof HelmError) || error instanceof ManifestError || error.rendering
  return `${logged(error.message)}Error: ${error.message}${isRendering ? '\n\nUse --debug flag to render out invalid YAML' : ''}\n`
}

/** Some errors Helm writes into its log, too. */
function logged(text: string): string {
  const [, message, reason] = /^(release name check failed|chart dependencies processing failed): (.*)$/s.exec(text) ?? []
  return message === undefined ? '' : `${noticeText({ level: 'ERROR', message, about: [['error', reason!]] })}\n`
}

async function printed(given: Given, notify: (notice: Notice) => void): Promise<string> {
  const all = (flag: string): readonly string[] => given.values.get(flag) ?? []
  const one = (flag: string): string => all(flag)[0] ?? ''
  const is = (flag: string): boolean => one(flag) === 'true'
  const kubeVersion = one('kube-version') || undefined
  if (kubeVersion !== undefined) parseKubeVersion(kubeVersion)
  checkDryRun(all('dry-run')[0], notify)
  const { name, chart: place } = nameAndChart(given)
  const values = valuesFrom(all)
  const chart = chartAt(place, notify)
  await loadFunctions(chart, values)
  const outputDir = one('output-dir')
  const shown = all('show-only')
  const result = renderChart(
    chart,
    values,
    { name, namespace: one('namespace') || 'default', isUpgrade: is('is-upgrade'), kubeVersion, apiVersions: all('api-versions') },
    {
      includeCrds: is('include-crds'),
      skipTests: is('skip-tests'),
      noHooks: is('no-hooks'),
      skipSchemaValidation: is('skip-schema-validation'),
      showOnly: outputDir === '' && shown.length > 0 ? shown : undefined,
      noMemory: true,
      notify,
    },
  )
  if (outputDir === '') return result.manifest
  const said = writeDocuments(result, outputDir, is('release-name') ? join(outputDir, name) : outputDir)
  if (shown.length > 0) throw new HelmError(`could not find template ${shown[0]} in chart`)
  return `${said}\n`
}

function checkDryRun(way: string | undefined, notify: (notice: Notice) => void): void {
  if (way === undefined || way === 'client') return
  if (way === 'server') throw new HelmError('--dry-run=server is not supported: it asks a cluster, and this command opens no connection')
  if (way === 'unset') notify({ level: 'WARN', message: "--dry-run is deprecated and should be replaced with '--dry-run=client'" })
  else if (['true', 'True', 'TRUE', 't', 'T', '1'].includes(way)) {
    notify({ level: 'WARN', message: `boolean '--dry-run=${way}' flag is deprecated and must be replaced with '--dry-run=client'` })
  } else {
    const ways = ['none', 'false', 'False', 'FALSE', 'f', 'F', '0'].includes(way) ? '"server" or "client"' : '"none", "server", or "client"'
    throw new HelmError(`invalid dry-run value (${JSON.stringify(way)}). Must be ${ways}`)
  }
}

/** Source: Helm `NameAndChart`; `--name` is ours, for those who write the chart first. */
function nameAndChart({ words, values }: Given): { name: string; chart: string } {
  const [first = '', second, ...more] = words
  const isGenerated = values.get('generate-name')?.[0] === 'true'
  const pattern = values.get('name-template')?.[0] ?? ''
  if (more.length > 0) throw new HelmError(`expected at most two arguments, unexpected arguments: ${more.join(', ')}`)
  const named = values.get('name')?.[0] ?? ''
  if (named !== '' && (second !== undefined || pattern !== '' || isGenerated)) throw new HelmError('cannot set --name and also specify a name')
  if (second !== undefined) {
    if (isGenerated) throw new HelmError('cannot set --generate-name and also specify a name')
    if (pattern !== '') throw new HelmError('cannot set --name-template and also specify a name')
    return { name: first, chart: second }
  }
  // `helm template` always has a name of its own, so that --generate-name changes nothing.
  return { name: named || (pattern === '' ? 'release-name' : nameFrom(pattern)), chart: first }
}

const setFlags: readonly SetFlag[] = ['--set-json', '--set', '--set-string', '--set-file', '--set-literal']

/** Files first, then the flags, kind after kind. Source: Helm `values.Options.MergeValues`. */
function valuesFrom(all: (flag: string) => readonly string[]): Map<string, Value> {
  const values = mergeLayers(all('values').map(path => readValues(inputText(path), `failed to parse ${path}`)))
  for (const flag of setFlags) for (const text of all(flag.slice(2))) setValues(values, flag, text, inputText)
  return values
}

/** The text of a file, or of standard input for `-`. */
function inputText(path: string): string {
  if (path.trim() === '-') return fromBytes(readFileSync(0))
  if (/^https?:/.test(path)) throw new HelmError(`${path}: this command opens no connection`)
  try {
    return fileText(path)
  } catch (error) {
    const reasons: Readonly<Record<string, string>> = { EISDIR: 'is a directory', EACCES: 'permission denied' }
    const { code = '' } = error as NodeJS.ErrnoException
    throw new HelmError(code === 'EISDIR' ? `read ${path}: ${reasons.EISDIR}` : `open ${path}: ${reasons[code] ?? 'no such file or directory'}`)
  }
}

/** Writes each file's documents, and says so. Helm adds hooks to a file that is there already. */
function writeDocuments({ documents }: RenderResult, definitions: string, others: string): string {
  const written = new Set<string>()
  return documents
    .map(({ path, text, role }) => {
      const file = `${role === 'definition' ? definitions : others}/${path}`
      mkdirSync(dirname(file), { recursive: true })
      const document = `---\n# Source: ${path}\n${text}\n`
      if (role === 'hook' ? existsSync(file) : written.has(path)) appendFileSync(file, document)
      else writeFileSync(file, document)
      written.add(path)
      return `wrote ${file}\n`
    })
    .join('')
}
