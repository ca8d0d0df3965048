import { quote } from '../go/quote.ts'
import { GoError, TypedMap, type Value } from '../go/value.ts'
import { readYamlMap, writeJson } from '../yaml/index.ts'
import { HelmError } from './failure.ts'
import { Fields } from './fields.ts'
import { parsed } from './sprig/parse-time.ts'

/** One entry of `dependencies` in Chart.yaml. */
export interface Dependency {
  readonly name: string
  readonly version: string
  readonly repository: string
  readonly condition: string
  readonly tags: readonly string[]
  readonly alias: string
  readonly importValues: readonly Value[]
}

/** A dependency after Helm has looked at it, which it does not if the parent chart has no list of them. */
export interface RequiredChart extends Dependency {
  readonly enabled?: boolean
  /** What `import-values` became. */
  readonly imported?: readonly Value[]
}

/** One of Chart.yaml's `maintainers`. */
export interface Maintainer {
  readonly name: string
  readonly email: string
  readonly url: string
}

/** Chart.yaml as Helm understands it. */
export interface Metadata {
  readonly apiVersion: string
  readonly name: string
  readonly version: string
  readonly appVersion: string
  readonly kubeVersion: string
  readonly type: string
  readonly description: string
  readonly home: string
  readonly icon: string
  readonly deprecated: boolean
  readonly condition: string
  readonly tags: string
  readonly keywords: readonly string[]
  readonly sources: readonly string[]
  readonly maintainers: readonly Maintainer[]
  /** Nothing where there is no such key. */
  readonly annotations: ReadonlyMap<string, string> | undefined
  /** Nothing where Chart.yaml does not speak of dependencies. */
  readonly dependencies: readonly Dependency[] | undefined
}

/** An item that is not there. */
class EmptyNode extends Error {
  constructor(list: string) {
    super(`${list} must not contain empty or null nodes`)
  }
}

/** The version of charts whose types Go names. */
export type ChartVersion = 'v2' | 'v3'

function loading<Result>(file: string, load: () => Result): Result {
  try {
    return load()
  } catch (error) {
    if (error instanceof EmptyNode) refuse(error.message)
    if (!(error instanceof Error)) throw error
    throw new HelmError(`cannot load ${file}: ${error.message}`)
  }
}

/** The `apiVersion` of the text of Chart.yaml, empty where there is none. Throws `HelmError`. */
export const readApiVersion = (text: string): string =>
  loading('Chart.yaml', () => new Fields(readYamlMap(text, { type: 'loader.chartBase' }), ['apiVersion'], 'chartBase.').text('apiVersion'))

/** Reads Chart.yaml, or a file whose entries replace those of `before`. Throws `HelmError`. */
export function readMetadata(text: string, version: ChartVersion, file = 'Chart.yaml', before?: Metadata): Metadata {
  return loading(file, () => {
    const fields = new Fields(readYamlMap(text, { type: `${version}.Metadata`, asWritten: true }), metadataFields, 'Metadata.')
    const metadata = metadataOf(fields, version)
    for (const name of ['maintainers', 'dependencies']) if (fields.list(name, '').includes(null)) throw new EmptyNode(name)
    return before ? { ...before, ...Object.fromEntries(Object.entries(metadata).filter(([key]) => fields.has(key))) } : metadata
  })
}

/** Throws `HelmError` where a lock file is none. */
export function checkLock(path: string, text: string, version: ChartVersion): void {
  loading(path, () => {
    const fields = new Fields(readYamlMap(text, { type: `${version}.Lock`, asWritten: true }), ['dependencies', 'digest', 'generated'], 'Lock.')
    checkTime(fields.get('generated'))
    dependenciesOf(fields, version)
    fields.text('digest')
  })
}

/** Source: Go `Time.UnmarshalJSON`. */
function checkTime(value: Value): void {
  if (value === null) return
  const decoding = 'error unmarshaling JSON: while decoding JSON: '
  if (typeof value !== 'string') throw new Error(`${decoding}Time.UnmarshalJSON: input is not a JSON string`)
  try {
    parsed('2006-01-02T15:04:05Z07:00', writeJson(value).slice(1, -1))
  } catch (error) {
    if (error instanceof GoError) throw new Error(decoding + error.message)
    throw error
  }
}

const metadataFields = [
  'annotations', 'apiVersion', 'appVersion', 'condition', 'dependencies', 'deprecated', 'description', 'home', 'icon', 'keywords',
  'kubeVersion', 'maintainers', 'name', 'sources', 'tags', 'type', 'version',
]
const dependencyFields = ['alias', 'condition', 'enabled', 'import-values', 'name', 'repository', 'tags', 'version']

/** White space becomes blanks, what cannot be printed is dropped. Source: Helm `sanitizeString`. */
const sanitized = (text: string): string =>
  /^[ -~]*$/.test(text) ? text : text.replace(/[\t-\r\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/g, ' ').replace(/[\p{C}]|(?! )\p{Z}/gu, '')

/** In the order of the names, in which Go finds what is wrong. */
function metadataOf(fields: Fields, version: ChartVersion): Metadata {
  const clean = (name: string): string => sanitized(fields.text(name))
  return {
    annotations: fields.textMap('annotations'),
    apiVersion: fields.text('apiVersion') || 'v1',
    appVersion: clean('appVersion'),
    condition: clean('condition'),
    dependencies: dependenciesOf(fields, version),
    deprecated: fields.flag('deprecated'),
    description: clean('description'),
    home: clean('home'),
    icon: clean('icon'),
    keywords: fields.texts('keywords').map(sanitized),
    kubeVersion: clean('kubeVersion'),
    maintainers: fields.structs('maintainers', `${version}.Maintainer`, ['email', 'name', 'url'], maintainerOf),
    name: clean('name'),
    sources: fields.texts('sources').map(sanitized),
    tags: clean('tags'),
    type: fields.text('type'),
    version: fields.text('version'),
  }
}

function dependenciesOf(fields: Fields, version: ChartVersion): readonly Dependency[] | undefined {
  const items = fields.structs('dependencies', `${version}.Dependency`, dependencyFields, dependencyOf)
  return fields.get('dependencies') === null ? undefined : items
}

function maintainerOf(fields: Fields): Maintainer {
  const clean = (name: string): string => sanitized(fields.text(name))
  return { email: clean('email'), name: clean('name'), url: clean('url') }
}

function dependencyOf(fields: Fields): Dependency {
  const clean = (name: string): string => sanitized(fields.text(name))
  const alias = clean('alias')
  const condition = clean('condition')
  fields.flag('enabled')
  return {
    alias,
    condition,
    importValues: fields.list('import-values', '[]interface {}'),
    name: clean('name'),
    repository: clean('repository'),
    tags: fields.texts('tags').map(sanitized),
    version: clean('version'),
  }
}

const semver = /^v?\d+(?:\.\d+)?(?:\.\d+)?(?:-[\dA-Za-z-]+(?:\.[\dA-Za-z-]+)*)?(?:\+[\dA-Za-z-]+(?:\.[\dA-Za-z-]+)*)?$/
const aliasName = /^[a-zA-Z0-9_-]+$/

/** Throws `HelmError` for what no chart may say of itself. Source: Helm `chart.Metadata.Validate`. */
export function checkMetadata({ name, version, type, dependencies }: Metadata): void {
  if (name === '') refuse('chart.metadata.name is required')
  if (name === '.' || name === '..') refuse(`chart.metadata.name ${quote(name)} is not allowed`)
  if (name.includes('/')) refuse(`chart.metadata.name ${quote(name)} is invalid`)
  if (version === '') refuse('chart.metadata.version is required')
  if (!semver.test(version)) refuse(`chart.metadata.version ${quote(version)} is invalid`)
  if (!['', 'application', 'library'].includes(type)) refuse('chart.metadata.type must be application or library')
  const names = new Set<string>()
  for (const dependency of dependencies ?? []) {
    if (dependency.alias !== '' && !aliasName.test(dependency.alias)) {
      refuse(`dependency ${quote(dependency.name)} has disallowed characters in the alias`)
    }
    const key = dependency.alias || dependency.name
    if (names.has(key)) refuse(`more than one dependency with name or alias ${quote(key)}`)
    names.add(key)
  }
}

function refuse(problem: string): never {
  throw new HelmError(`validation: ${problem}`)
}

/** What `.Chart` holds; `dependencies` are those that take part. Source: Helm 4 `MetadataAsMap`. */
export function chartObject(
  metadata: Metadata,
  name: string,
  isRoot: boolean,
  dependencies: readonly RequiredChart[],
): Map<string, Value> {
  return new Map<string, Value>([
    ['APIVersion', metadata.apiVersion],
    ['Annotations', new TypedMap('map[string]string', metadata.annotations, undefined, metadata.annotations === undefined)],
    ['AppVersion', metadata.appVersion],
    ['Condition', metadata.condition],
    ['Dependencies', dependencies.map(dependencyObject)],
    ['Deprecated', metadata.deprecated],
    ['Description', metadata.description],
    ['Home', metadata.home],
    ['Icon', metadata.icon],
    ['IsRoot', isRoot],
    ['Keywords', [...metadata.keywords]],
    ['KubeVersion', metadata.kubeVersion],
    ['Maintainers', metadata.maintainers.map(({ name, email, url }) => new Map([['Email', email], ['Name', name], ['URL', url]]))],
    ['Name', name],
    ['Sources', [...metadata.sources]],
    ['Tags', metadata.tags],
    ['Type', metadata.type],
    ['Version', metadata.version],
  ])
}

const dependencyObject = (dependency: RequiredChart): Map<string, Value> =>
  new Map<string, Value>([
    ['Alias', dependency.alias],
    ['Condition', dependency.condition],
    ['Enabled', dependency.enabled ?? false],
    ['ImportValues', [...(dependency.imported ?? dependency.importValues)]],
    ['Name', (dependency.enabled && dependency.alias) || dependency.name],
    ['Repository', dependency.repository],
    ['Tags', [...dependency.tags]],
    ['Version', dependency.version],
  ])
