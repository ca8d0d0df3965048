import { sprintf } from '../go/printf.ts'
import { quote } from '../go/quote.ts'
import { Int, TypedMap, type Value } from '../go/value.ts'
import { jsonKind, readYamlMap } from '../yaml/index.ts'
import { HelmError } from './failure.ts'

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

/** Reads Chart.yaml, or a file whose entries replace those of `before`. Throws `HelmError`. */
export const readMetadata = (text: string, file = 'Chart.yaml', before?: Metadata): Metadata =>
  reading(text, file, 'chart.Metadata', map => {
    const metadata = metadataOf(map)
    return before ? { ...before, ...Object.fromEntries(Object.entries(metadata).filter(([key]) => map.has(key))) } : metadata
  })

/** What Chart.yaml says of its own format, and nothing else of it. Throws `HelmError`. Source: Helm `loader.chartBase`. */
export const readApiVersion = (text: string): string =>
  reading(text, 'Chart.yaml', 'loader.chartBase', map => textOf(map.get('apiVersion'), 'chartBase.apiVersion'))

function reading<T>(text: string, file: string, type: string, read: (map: ReadonlyMap<string, Value>) => T): T {
  try {
    return read(withFieldNames(readYamlMap(text, true)))
  } catch (error) {
    if (error instanceof EmptyNode) refuse(error.message)
    if (!(error instanceof Error)) throw error
    throw new HelmError(`cannot load ${file}: ${error.message.replace('Go value of type map[string]interface {}', `Go value of type ${type}`)}`)
  }
}

const fieldNames = new Map(
  [
    'apiVersion', 'name', 'version', 'appVersion', 'kubeVersion', 'type', 'description', 'home', 'icon', 'deprecated', 'condition',
    'tags', 'keywords', 'sources', 'maintainers', 'annotations', 'dependencies', 'email', 'url', 'repository', 'alias', 'import-values',
  ].map(name => [name.toLowerCase(), name]),
)

/** Go finds a struct's fields in JSON whatever the case; the right one wins. */
function withFieldNames(map: ReadonlyMap<string, Value>): ReadonlyMap<string, Value> {
  const named = new Map(map)
  for (const [key, value] of map) {
    const name = fieldNames.get(key.toLowerCase())
    if (name !== undefined && !map.has(name)) named.set(name, value)
  }
  return named
}

/** White space becomes blanks, what cannot be printed is dropped. Source: Helm `sanitizeString`. */
const sanitized = (text: string): string => text.replace(/[\t-\r\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/g, ' ').replace(/[\p{C}]|(?! )\p{Z}/gu, '')

function metadataOf(map: ReadonlyMap<string, Value>): Metadata {
  const text = (key: string): string => textOf(map.get(key), `Metadata.${key}`)
  const clean = (key: string): string => sanitized(text(key))
  const texts = (key: string): string[] =>
    listOf(map.get(key), `Metadata.${key}`, '[]string').map(item => sanitized(textOf(item, `Metadata.${key}`)))
  const maps = (key: string, type: string): ReadonlyMap<string, Value>[] =>
    listOf(map.get(key), `Metadata.${key}`, `[]*chart.${type}`).map(item => {
      if (item === null) throw new EmptyNode(key)
      return withFieldNames(mapOf(item, `Metadata.${key}`, `chart.${type}`))
    })
  return {
    apiVersion: text('apiVersion') || 'v1',
    name: clean('name'),
    version: text('version'),
    appVersion: clean('appVersion'),
    kubeVersion: clean('kubeVersion'),
    type: text('type'),
    description: clean('description'),
    home: clean('home'),
    icon: clean('icon'),
    deprecated: flagOf(map.get('deprecated'), 'Metadata.deprecated'),
    condition: clean('condition'),
    tags: clean('tags'),
    keywords: texts('keywords'),
    sources: texts('sources'),
    maintainers: maps('maintainers', 'Maintainer').map(maintainerOf),
    annotations: annotationsOf(map.get('annotations')),
    dependencies: (map.get('dependencies') ?? null) === null ? undefined : maps('dependencies', 'Dependency').map(dependencyOf),
  }
}

const maintainerOf = (map: ReadonlyMap<string, Value>): Maintainer => ({
  name: sanitized(textOf(map.get('name'), 'Metadata.maintainers.name')),
  email: sanitized(textOf(map.get('email'), 'Metadata.maintainers.email')),
  url: sanitized(textOf(map.get('url'), 'Metadata.maintainers.url')),
})

function dependencyOf(map: ReadonlyMap<string, Value>): Dependency {
  const text = (key: string): string => sanitized(textOf(map.get(key), `Metadata.dependencies.${key}`))
  const list = (key: string, type: string): readonly Value[] => listOf(map.get(key), `Metadata.dependencies.${key}`, type)
  return {
    name: text('name'),
    version: text('version'),
    repository: text('repository'),
    condition: text('condition'),
    tags: list('tags', '[]string').map(tag => sanitized(textOf(tag, 'Metadata.dependencies.tags'))),
    alias: text('alias'),
    importValues: list('import-values', '[]interface {}'),
  }
}

function annotationsOf(value: Value): ReadonlyMap<string, string> | undefined {
  if (value === null || value === undefined) return undefined
  const entries = [...mapOf(value, 'Metadata.annotations', 'map[string]string')]
  return new Map(entries.map(([key, item]) => [key, textOf(item, 'Metadata.annotations')] as const))
}

/** A string field takes numbers and booleans too. Source: sigs.k8s.io/yaml `convertToJSONableObject`. */
function textOf(value: Value, field: string): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return String(value)
  if (value instanceof Int) return String(value.n)
  if (typeof value === 'number') return sprintf('%g', [value])
  throw typeError(value, field, 'string')
}

function flagOf(value: Value, field: string): boolean {
  if (value === null || value === undefined) return false
  if (typeof value === 'boolean') return value
  throw typeError(value, field, 'bool')
}

function listOf(value: Value, field: string, type: string): readonly Value[] {
  if (value === null || value === undefined) return []
  if (Array.isArray(value)) return value
  throw typeError(value, field, type)
}

function mapOf(value: Value, field: string, type: string): ReadonlyMap<string, Value> {
  if (value instanceof Map) return value
  throw typeError(value, field, type)
}

/** What Go says when JSON does not fit a struct's field. */
const typeError = (value: Value, field: string, type: string): Error =>
  new Error(`error unmarshaling JSON: while decoding JSON: json: cannot unmarshal ${jsonKind(value)} into Go struct field ${field} of type ${type}`)

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
