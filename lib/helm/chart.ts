import { compareStrings, toBytes } from '../go/bytes.ts'
import type { Value } from '../go/value.ts'
import { readYamlMap, YamlError } from '../yaml/index.ts'
import { readArchive } from './archive.ts'
import { HelmError } from './failure.ts'
import { withoutIgnored } from './helmignore.ts'
import { checkMetadata, readApiVersion, readMetadata, type Metadata } from './metadata.ts'
import { unheard, type Notify } from './notice.ts'
import { mergeLayers } from './values.ts'
import { trimSpace } from './trim.ts'

/** A file by its path inside the chart. */
export interface ChartFile {
  readonly path: string
  readonly text: string
}

/** A chart as it was loaded; rendering never changes it. */
export interface Chart {
  readonly metadata: Metadata
  /** The defaults of values.yaml. */
  readonly values: ReadonlyMap<string, Value>
  /** The text of values.schema.json. */
  readonly schema: string | undefined
  readonly templates: readonly ChartFile[]
  /** What `.Files` offers. */
  readonly files: readonly ChartFile[]
  /** The charts in charts/, by name. */
  readonly dependencies: readonly Chart[]
}

/**
 * Loads a chart from its files, given by path inside the chart's folder. Files that .helmignore
 * names are left out. Throws `HelmError`. Source: Helm `loader.LoadDir`.
 */
export const loadChart = (files: readonly ChartFile[], notify: Notify = unheard): Chart => root(withoutIgnored(files).sort(inFolders), notify)

/** The order in which a folder is walked: name by name. */
const inFolders = (a: ChartFile, b: ChartFile): number => compareStrings(a.path.replaceAll('/', '\0'), b.path.replaceAll('/', '\0'))

/** Loads a chart from the bytes of a packed one (`.tgz`). Throws `HelmError`. Source: Helm `loader.LoadArchive`. */
export const loadArchive = (bytes: Uint8Array, notify: Notify = unheard): Chart => root(readArchive(bytes), notify)

function root(files: readonly ChartFile[], notify: Notify): Chart {
  const main = files.find(({ path }) => path === 'Chart.yaml')
  if (main && !['', 'v1', 'v2', 'v3'].includes(readApiVersion(withoutMark(main).text))) throw new HelmError('unsupported chart version')
  return load(files, notify)
}

function load(files: readonly ChartFile[], notify: Notify): Chart {
  const texts = files.map(withoutMark)
  const named = (path: string): string | undefined => texts.find(file => file.path === path)?.text
  const metadata = metadataOf(named, notify)
  const valuesText = named('values.yaml')
  const values = valuesText === undefined ? new Map<string, Value>() : readValues(valuesText, 'cannot load values.yaml')
  if (!metadata) throw new HelmError('Chart.yaml file is missing')
  checkMetadata(metadata)
  const isOld = metadata.apiVersion === 'v1'
  return {
    metadata,
    values,
    schema: named('values.schema.json'),
    templates: texts.filter(({ path }) => path.startsWith('templates/')).sort((a, b) => compareStrings(a.path, b.path)),
    // As they came: Helm prints the definitions of an archive in its order.
    files: texts.filter(({ path }) => isPlainFile(path) && (isOld || !oldFiles.has(path))),
    dependencies: loadDependencies(texts, metadata.name, notify),
  }
}

const special = new Set(['Chart.yaml', 'Chart.lock', 'values.yaml', 'values.schema.json'])

const isPlainFile = (path: string): boolean =>
  !special.has(path) && (!/^(?:templates|charts)\//.test(path) || /^charts\/.*\.prov$/.test(path))

/** What charts of `apiVersion: v1` have in files of their own. */
const oldFiles: ReadonlyMap<string, string> = new Map([
  ['requirements.yaml', 'Warning: Dependencies are handled in Chart.yaml since apiVersion "v2". We recommend migrating dependencies to Chart.yaml.'],
  ['requirements.lock', 'Warning: Dependency locking is handled in Chart.lock since apiVersion "v2". We recommend migrating to Chart.lock.'],
])

function metadataOf(named: (path: string) => string | undefined, notify: Notify): Metadata | undefined {
  const text = named('Chart.yaml')
  const required = named('requirements.yaml')
  const metadata = text === undefined ? undefined : readMetadata(text)
  for (const lock of ['Chart.lock', 'requirements.lock']) checkLock(lock, named(lock))
  if (!metadata) return undefined
  for (const [path, message] of oldFiles) {
    if (named(path) !== undefined && metadata.apiVersion !== 'v1') notify({ level: 'INFO', message })
  }
  return required === undefined ? metadata : readMetadata(required, 'requirements.yaml', metadata)
}

function checkLock(path: string, text: string | undefined): void {
  try {
    if (text !== undefined) readYamlMap(text)
  } catch (error) {
    if (!(error instanceof YamlError)) throw error
    throw new HelmError(`cannot load ${path}: ${error.message}`)
  }
}

/** Helm drops a byte order mark from every file. */
const withoutMark = (file: ChartFile): ChartFile =>
  file.text.startsWith('\ufeff') ? { path: file.path, text: file.text.slice(1) } : file

function loadDependencies(files: readonly ChartFile[], parent: string, notify: Notify): Chart[] {
  const subcharts = new Map<string, ChartFile[]>()
  for (const { path, text } of files) {
    const [, name, rest = ''] = /^charts\/([^/]+)(?:\/(.+))?$/.exec(path) ?? []
    if (name === undefined || /^[_.]/.test(name) || path.endsWith('.prov')) continue
    const into = subcharts.get(name) ?? []
    into.push({ path: rest, text })
    subcharts.set(name, into)
  }
  // Helm's order is random; where two charts have one name, this is the likeliest.
  const inOrder = [...subcharts].sort(([a], [b]) => compareStrings(a, b))
  return inOrder.map(([name, inside]) => loadDependency(name, inside, parent, notify))
}

function loadDependency(name: string, files: readonly ChartFile[], parent: string, notify: Notify): Chart {
  const packed = name.endsWith('.tgz') ? files[0]! : undefined
  if (packed && packed.path !== '') {
    throw new HelmError(`error unpacking subchart tar in ${parent}: expected ${name}, got ${name}/${packed.path}`)
  }
  try {
    return load(packed ? readArchive(toBytes(packed.text)) : files.filter(({ path }) => path !== ''), notify)
  } catch (error) {
    if (!(error instanceof HelmError)) throw error
    throw new HelmError(`error unpacking subchart ${name} in ${parent}: ${error.message}`)
  }
}

/**
 * Reads a values file; several documents are merged in order. Throws `HelmError` that begins
 * with `context`. Source: Helm `loader.LoadValues`.
 */
export function readValues(text: string, context: string): Map<string, Value> {
  try {
    return mergeLayers(valuesDocuments(text).map(document => readYamlMap(document)))
  } catch (error) {
    if (!(error instanceof YamlError)) throw error
    throw Object.assign(new HelmError(`${context}: cannot unmarshal yaml document: ${error.message}`), {
      line: error.line,
      column: error.column,
    })
  }
}

/** The documents of a values file, split at lines that begin with `---`. */
function valuesDocuments(text: string): string[] {
  if (!/^---/m.test(text)) return [text]
  const documents: string[] = []
  let lines = ''
  for (const line of text.split(/(?<=\n)/)) {
    if (!line.startsWith('---')) lines += line
    else {
      const rest = trimSpace(line.slice(3))
      if (rest !== '' && !rest.startsWith('#')) throw new HelmError(`invalid Yaml document separator: ${rest}`)
      if (lines !== '') documents.push(lines)
      lines = ''
    }
  }
  if (lines !== '') documents.push(lines)
  return documents
}
