import type { TypedMap, Value } from '../go/value.ts'
import { capabilities, defaultKubeVersion, parseKubeVersion, type KubeVersion } from './capabilities.ts'
import type { Chart } from './chart.ts'
import { satisfies } from './constraint.ts'
import { crdsOf } from './crds.ts'
import { checkDependencies, processDependencies, type ActiveChart } from './dependencies.ts'
import { compileTemplates, executeTemplates, type Compiled, type ExecuteOptions } from './engine.ts'
import { TemplateError } from './error.ts'
import { HelmError } from './failure.ts'
import { unheard, type Notify } from './notice.ts'
import { showOnly } from './show-only.ts'
import { ManifestError, sortManifests, withSource, type Manifest, type Sorted } from './manifests.ts'
import { checkReleaseName } from './release-name.ts'
import { validateValues } from './schema-check.ts'
import { placedTemplates, releaseObject, scopes, type PlacedTemplate, type Release } from './scope.ts'
import { trimSpace } from './trim.ts'
import { coalesce, mergeLayers, TypeMismatch } from './values.ts'
import { Memory, Unwatched, type Runner } from './memory.ts'
import { seededRandom } from './random.ts'
import { differences, type VolatileLines } from './volatile.ts'

/** What is known of the release, and of the cluster that it is for. */
export interface ReleaseOptions extends Release {
  /** `--kube-version`; by default the one of Helm's client library. */
  readonly kubeVersion?: string
  /** `--api-versions`: added to those that Helm knows. */
  readonly apiVersions?: readonly string[]
}

/** Options of `helm template`, by their names, and some of ours. */
export interface RenderOptions extends ExecuteOptions {
  readonly includeCrds?: boolean
  readonly skipTests?: boolean
  readonly noHooks?: boolean
  readonly skipSchemaValidation?: boolean
  /** Renders every template anew and keeps nothing for the next time; the result is the same. */
  readonly noMemory?: boolean
  /** `--show-only`: only what these template files of the chart add, such as `templates/x.yaml` or `templates/*.yaml`. */
  readonly showOnly?: readonly string[]
  /** Is told what Helm would warn of. */
  readonly notify?: Notify
}

/** A file by its path with the chart's name in front, such as `chart/templates/x.yaml`. */
export interface RenderedFile {
  readonly path: string
  readonly text: string
}

/** A document of the output, the file that it is from, and what it is there for. */
export interface RenderedDocument extends RenderedFile {
  readonly role: 'definition' | 'manifest' | 'hook'
}

/** What a chart was rendered to. */
export interface RenderResult {
  /** What `helm template` prints. */
  readonly manifest: string
  /** The documents of `manifest`, in its order, those that `showOnly` left out among them. */
  readonly documents: readonly RenderedDocument[]
  /** For each template file what it adds to `manifest`, in path order; files that add nothing are left out. */
  readonly templates: readonly RenderedFile[]
  /** For each template file the text that it rendered to, as it is, in path order; NOTES.txt is among them. */
  readonly rendered: readonly RenderedFile[]
  /** What `helm install` would say at the end. */
  readonly notes: string
  /** Which lines the next installation would write differently; found out when it is first read, by a rendering of its own if chance or the clock had a part. */
  readonly volatile: VolatileLines
}

type Layer = ReadonlyMap<string, Value>

/**
 * Renders a chart as `helm template` does. `values` are the user's: one table or several, later
 * ones over earlier ones; they are not changed. Throws `HelmError` or `TemplateError`, whose
 * `message` is what Helm prints after `Error: `.
 */
export function renderChart(
  chart: Chart,
  values: Layer | readonly Layer[],
  release: ReleaseOptions,
  options: RenderOptions = {},
): RenderResult {
  return renderBy(active => memoryOf(active, release, options), chart, values, release, options)
}

/** The same with templates run by what `runnerOf` gives. */
export function renderBy(
  runnerOf: (active: ActiveChart) => Runner,
  chart: Chart,
  values: Layer | readonly Layer[],
  release: ReleaseOptions,
  options: RenderOptions,
): RenderResult {
  const { notify = unheard } = options
  const given = mergeLayers(Array.isArray(values) ? (values as readonly Layer[]) : [values as Layer])
  if (chart.metadata.type === 'library') throw new HelmError('library charts are not installable')
  if (chart.metadata.deprecated) notify({ level: 'WARN', message: 'this chart is deprecated' })
  checkDependencies(chart)
  if (chart.metadata.apiVersion === 'v3') throw new HelmError('invalid chart apiVersion')
  checkReleaseName(release.name)
  const kube = parseKubeVersion(release.kubeVersion ?? defaultKubeVersion)
  const active = processDependencies(chart, given, notify)
  const runner = runnerOf(active)
  const merged = runner.adopt(finalValues(active, given, notify))
  if (!options.skipSchemaValidation) validateValues(active, merged, notify)
  checkKubeVersion(chart, kube)
  const files = renderTemplates(active, runner, release, kube, options)
  const notes = takeNotes(files.output, active.name)
  const result = { ...assemble(active, sorted(files.output, notify), options), rendered: files.rendered, notes }
  return withVolatile(result, () => (runner.chance ? otherwise(chart, given, release, options) : result))
}

/** The documents of files, sorted; an error says what the files were. */
function sorted(files: ReadonlyMap<string, string>, notify: Notify): Sorted {
  try {
    return sortManifests(files, notify)
  } catch (error) {
    if (error instanceof ManifestError) error.rendered = files
    throw error
  }
}

type Texts = Omit<RenderResult, 'volatile'>

/** Not enumerable, so that looking through a result renders nothing. */
function withVolatile(result: Texts, other: () => Texts): RenderResult {
  let known: VolatileLines | undefined
  return Object.defineProperty(result, 'volatile', { get: () => (known ??= differences(result, other())) }) as RenderResult
}

/** Long enough that year, month, day, weekday and time of day are others. */
const later = 1000 * (3600 * (24 * 400 + 7) + 754)
const noTexts: Texts = { manifest: '', documents: [], templates: [], rendered: [], notes: '' }

/** What another installation would give; nothing where it would fail. */
function otherwise(chart: Chart, given: Layer, release: ReleaseOptions, options: RenderOptions): Texts {
  try {
    return renderChart(chart, given, release, { ...options, noMemory: true, notify: undefined, random: seededRandom(2), now: (options.now ?? 0) + later })
  } catch (error) {
    if (error instanceof HelmError || error instanceof TemplateError) return noTexts
    throw error
  }
}

function finalValues(active: ActiveChart, given: Layer, notify: Notify): Map<string, Value> {
  try {
    return coalesce(active, given, false, notify)
  } catch (error) {
    if (error instanceof TypeMismatch) throw new HelmError(error.message)
    throw error
  }
}

function checkKubeVersion({ metadata }: Chart, { version, normalized }: KubeVersion): void {
  if (metadata.kubeVersion === '' || satisfies(metadata.kubeVersion, normalized)) return
  throw new HelmError(`chart requires kubeVersion: ${metadata.kubeVersion} which is incompatible with Kubernetes ${version}`, true)
}

// Templates

const compiledSets = new WeakMap<Chart, Map<string, Compiled>>()

/** Which subcharts take part, and so which files there are, can differ from one rendering to the next. */
function compiled(chart: Chart, templates: readonly PlacedTemplate[]): Compiled {
  const sets = compiledSets.get(chart) ?? new Map<string, Compiled>()
  compiledSets.set(chart, sets)
  const key = templates.map(({ name }) => name).join('\n')
  const found = sets.get(key) ?? compileTemplates(templates)
  sets.set(key, found)
  return found
}

interface Rendered {
  readonly output: Map<string, string>
  readonly rendered: readonly RenderedFile[]
}

function renderTemplates(
  active: ActiveChart,
  runner: Runner,
  release: ReleaseOptions,
  kube: KubeVersion,
  options: RenderOptions,
): Rendered {
  const templates = placedTemplates(active)
  const set = compiled(active.chart, templates)
  const output = runner.render((watched) => {
    const seen = scopes(active, watched.values, releaseObject(release), capabilities(kube, release.apiVersions), watched.sectionOf)
    const dots = dotsOf(templates, new Map([...seen].map(([owner, scope], at) => [owner, watched.scope(scope, String(at))])))
    return executeTemplates(set, dots, { ...options, random: options.random ?? watched.random, noteChance: () => void (runner.chance = true) }, watched.recall, watched.execute)
  })
  const rendered = templates
    .filter(({ name }) => output.has(name))
    .map(({ name }) => ({ path: name, text: output.get(name)! }))
    .sort((a, b) => (a.path < b.path ? -1 : 1))
  return { output, rendered }
}

const dotsOf = (templates: readonly PlacedTemplate[], seen: ReadonlyMap<ActiveChart, TypedMap>): Map<string, TypedMap> =>
  new Map(templates.map(({ name, owner }) => [name, seen.get(owner)!]))

const memories = new WeakMap<Chart, { readonly circumstances: string; readonly memory: Memory }>()

/** What is remembered of a chart's last rendering, as long as only its values have changed. */
function memoryOf(active: ActiveChart, release: ReleaseOptions, options: RenderOptions): Runner {
  if (options.random) return new Unwatched()
  if (options.noMemory) return new Memory()
  const circumstances = JSON.stringify([release, options, shapeOf(active)])
  const found = memories.get(active.chart)
  if (found?.circumstances === circumstances) return found.memory
  const memory = new Memory()
  memories.set(active.chart, { circumstances, memory })
  return memory
}

/** Which subcharts take part, under which names, and what `.Chart` says of them. */
const shapeOf = ({ name, requirements, dependencies }: ActiveChart): unknown => [name, requirements, dependencies.map(shapeOf)]

const notesFile = 'NOTES.txt'

/** Takes the notes out of the files; only the chart's own are shown. */
function takeNotes(files: Map<string, string>, name: string): string {
  const notes = files.get(`${name}/templates/${notesFile}`) ?? ''
  for (const path of [...files.keys()]) if (path.endsWith(notesFile)) files.delete(path)
  return notes
}

// The output

function assemble(active: ActiveChart, { manifests, hooks }: Sorted, options: RenderOptions): Omit<Texts, 'rendered' | 'notes'> {
  const crds = options.includeCrds ? crdsOf(active) : []
  const shownHooks = options.noHooks ? [] : hooks.filter(hook => !options.skipTests || !isTest(hook))
  const whole = `${trimSpace(printed([...crds, ...manifests]))}\n${printed(shownHooks)}`
  return {
    manifest: options.showOnly ? showOnly(options.showOnly, whole) : whole,
    documents: [...crds.map(as('definition')), ...manifests.map(as('manifest')), ...shownHooks.map(as('hook'))],
    templates: byTemplate([...manifests, ...shownHooks]),
  }
}

const as = (role: RenderedDocument['role']) => ({ path, text }: RenderedFile): RenderedDocument => ({ path, text, role })

const isTest = ({ hooks = [] }: Manifest): boolean => hooks.some(hook => hook === 'test' || hook === 'test-success')

const printed = (documents: readonly RenderedFile[]): string => documents.map(({ path, text }) => withSource(path, text)).join('')

function byTemplate(documents: readonly Manifest[]): RenderedFile[] {
  const texts = new Map<string, string>()
  for (const { path, text } of documents) texts.set(path, (texts.get(path) ?? '') + withSource(path, text))
  return [...texts].map(([path, text]) => ({ path, text })).sort((a, b) => (a.path < b.path ? -1 : 1))
}
