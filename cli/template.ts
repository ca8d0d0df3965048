import { appendFileSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fromBytes, toBytes } from '../lib/go/bytes.ts'
import type { Value } from '../lib/go/value.ts'
import { parseKubeVersion } from '../lib/helm/capabilities.ts'
import { nameFrom } from '../lib/helm/release-name.ts'
import {
  HelmError, loadFunctions, ManifestError, mergeLayers, noticeText, readValues, renderChart, setValues, TemplateError, type Notice, type Notify, type RenderResult, type SetFlag,
} from '../lib/helm/index.ts'
import { withSource } from '../lib/helm/manifests.ts'
import { showOnly } from '../lib/helm/show-only.ts'
import { trimSpace } from '../lib/helm/trim.ts'
import { chartAt, chartPath, fileText } from './chart-disk.ts'
import { EarlyError, FlagError, type Given } from './flags.ts'
import { onLargeStack } from './large-stack.ts'
import { print, printError } from './output.ts'
import { asksForHelp, readTemplateFlags } from './template-flags.ts'
import { templateHelp } from './template-help.ts'

/** What a command printed and how it ended. */
export interface Outcome {
  readonly stdout: string
  readonly stderr: string
  readonly status: number
  /** Whether templates called each other deeper than was allowed. */
  readonly isTooDeep?: true
}

/**
 * Does what `helm template` does with these words: the same output, status and messages. Templates
 * call each other as deep as a thread of the usual size can follow, unless it is told to go deeper.
 */
export async function template(words: readonly string[], depth?: number): Promise<Outcome> {
  const [printed, said]: [string[], string[]] = [[], []]
  const outcome = (status: number): Outcome => ({ stdout: printed.join(''), stderr: said.join(''), status })
  let isDebug = false
  const speech: Speech = {
    print: (text) => void printed.push(text),
    say: (text) => void said.push(text),
    notify: (notice) => void (notice.level === 'DEBUG' && !isDebug ? undefined : said.push(`${noticeText(notice)}\n`)),
  }
  try {
    const given = readTemplateFlags(words)
    isDebug = given.values.get('debug')?.[0] === 'true'
    if (asksForHelp(given)) speech.print(templateHelp)
    else await render(given, speech, depth)
    return outcome(0)
  } catch (error) {
    said.push(complaint(error, isDebug))
    return isTooDeep(error) ? { ...outcome(1), isTooDeep: true } : outcome(1)
  }
}

/** Does it for the person who called, and gives the exit status. */
export async function runTemplate(words: readonly string[]): Promise<number> {
  const first = await template(words)
  const { stdout, stderr, status } = first.isTooDeep && !isInputRead ? await onLargeStack(first, () => template(words, deepest)) : first
  printError(toBytes(stderr))
  print(toBytes(stdout))
  return status
}

/** As deep as Go goes. */
export const deepest = 100_000

const isTooDeep = (error: unknown): boolean =>
  error instanceof TemplateError && /exceeded maximum template depth|nested too deeply/.test(error.problem)

/** Where a command writes to: standard output, standard error, and Helm's log, which is on standard error. */
interface Speech {
  readonly print: (text: string) => void
  readonly say: (text: string) => void
  readonly notify: Notify
}

const isOfRendering = (error: unknown): error is HelmError | TemplateError =>
  error instanceof TemplateError || error instanceof ManifestError || (error instanceof HelmError && error.rendering)

function complaint(error: unknown, isDebug: boolean): string {
  if (error instanceof EarlyError) return `${noticeText({ level: 'WARN', message: 'command failed', about: [['error', error.message]] })}\n`
  if (error instanceof FlagError) return `Error: ${error.message}\n`
  if (!(error instanceof HelmError || error instanceof TemplateError)) throw error
  const hint = isOfRendering(error) && !isDebug ? '\n\nUse --debug flag to render out invalid YAML' : ''
  return `${logged(error.message)}Error: ${error.message}${hint}\n`
}

/** Some errors Helm writes into its log, too. */
function logged(text: string): string {
  const [, message, reason] = /^(release name check failed|chart dependencies processing failed): (.*)$/s.exec(text) ?? []
  return message === undefined ? '' : `${noticeText({ level: 'ERROR', message, about: [['error', reason!]] })}\n`
}

async function render(given: Given, { print, say, notify }: Speech, depth?: number): Promise<void> {
  const all = (flag: string): readonly string[] => given.values.get(flag) ?? []
  const one = (flag: string): string => all(flag)[0] ?? ''
  const is = (flag: string): boolean => one(flag) === 'true'
  tellOutdated(given, say, notify)
  checkConnection(one)
  const kubeVersion = one('kube-version') || undefined
  if (kubeVersion !== undefined) parseKubeVersion(kubeVersion)
  checkDryRun(all('dry-run')[0], notify)
  const debug = (message: string, ...about: NonNullable<Notice['about']>): void => notify({ level: 'DEBUG', message, about })
  debug('Original chart version', ['version', one('version')])
  const { name, chart: place } = nameAndChart(given)
  const path = chartPath(place)
  if (is('verify')) refuseToVerify(path)
  debug('Chart path', ['path', path])
  const values = valuesFrom(all)
  const chart = await chartAt(path, notify)
  await loadFunctions(chart, values)
  const outputDir = one('output-dir')
  const shown = all('show-only')
  const rendered = (): RenderResult =>
    renderChart(
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
        limits: { steps: mostSteps, ...(depth && { depth }) },
        notify,
      },
    )
  const result = is('debug') ? printingWrong(rendered, shown, print) : rendered()
  if (outputDir === '') print(result.manifest)
  else {
    print(writeDocuments(result, outputDir, is('release-name') ? join(outputDir, name) : outputDir))
    // Helm looks for them in what is left to print, and nothing is.
    if (shown.length > 0) throw new HelmError(`could not find template ${shown[0]} in chart`)
    print('\n')
  }
  if (is('show-volatile')) say(volatileText(result.volatile))
}

/** Helm stops nothing. A minute or two is for whoever waits; a page waits less. */
const mostSteps = 200_000_000

const newNames = [['atomic', '--rollback-on-failure'], ['force', '--force-replace'], ['validate', "'--dry-run=server'"]] as const

function tellOutdated({ values }: Given, say: Speech['say'], notify: Notify): void {
  for (const [old, now] of newNames) if (values.has(old)) say(`Flag --${old} has been deprecated, use ${now} instead\n`)
  const wait = values.get('wait')?.[0]
  const way = wait === 'true' ? 'watcher' : wait === 'false' ? 'hookOnly' : undefined
  if (way !== undefined) notify({ level: 'WARN', message: `--wait=${wait} is deprecated (boolean value) and can be replaced with --wait=${way}` })
}

/** What the rendering gives; where it fails, Helm prints what there is before it says why. */
function printingWrong(rendered: () => RenderResult, shown: readonly string[], print: Speech['print']): RenderResult {
  try {
    return rendered()
  } catch (error) {
    if (!isOfRendering(error)) throw error
    const files = error instanceof ManifestError ? [...error.rendered] : []
    const documents = files.filter(([, text]) => text.trim() !== '').map(([path, text]) => withSource(path, text))
    const whole = `${trimSpace(documents.sort().join(''))}\n`
    print(shown.length > 0 ? showOnly(shown, whole) : whole)
    throw error
  }
}

const volatileText = ({ files }: RenderResult['volatile']): string =>
  [...files].flatMap(([path, lines]) => lines.map((line) => `${path}:${line + 1}: will differ when it is installed\n`)).join('')

/** Helm reads what a connection would take, whether it makes one or not. */
function checkConnection(one: (flag: string) => string): void {
  const problem = "missing registry client: can't create TLS config for client: "
  const [cert, key, authority] = [one('cert-file'), one('key-file'), one('ca-file')]
  const read = (path: string, what: string): string => {
    try {
      return fileText(path)
    } catch {
      throw new HelmError(`${problem}${what}: ${JSON.stringify(path)}: open ${path}: no such file or directory`)
    }
  }
  if (cert !== '' && key !== '') {
    read(cert, 'unable to read cert file')
    read(key, 'unable to read key file')
  }
  if (authority !== '' && !read(authority, "can't read CA file").includes('-----BEGIN CERTIFICATE-----')) {
    throw new HelmError(`${problem}failed to append certificates from pem block`)
  }
}

function refuseToVerify(path: string): never {
  if (statSync(path).isDirectory()) throw new HelmError('unpacked charts cannot be verified')
  const provenance = `${path}.prov`
  if (!existsSync(provenance)) throw new HelmError(`could not load provenance file ${provenance}: stat ${provenance}: no such file or directory`)
  throw new HelmError("--verify is not supported: this command has no keys of GnuPG's; run `helm verify` before")
}

function checkDryRun(way: string | undefined, notify: Notify): void {
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

/** Standard input can be read but once. */
let isInputRead = false

/** The text of a file, or of standard input for `-`. */
function inputText(path: string): string {
  if (path.trim() === '-') {
    isInputRead = true
    return fromBytes(readFileSync(0))
  }
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
