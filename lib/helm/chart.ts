import { compareStrings } from '../go/bytes.ts'
import type { Value } from '../go/value.ts'
import { readYamlMap, YamlError } from '../yaml/index.ts'
import { HelmError } from './failure.ts'
import { withoutIgnored } from './helmignore.ts'
import { readMetadata, type Metadata } from './metadata.ts'
import { mergeLayers } from './values.ts'

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
 * names are left out. Throws `HelmError`. Source: Helm `loader.LoadFiles`.
 */
export const loadChart = (files: readonly ChartFile[]): Chart => load(withoutIgnored(files))

function load(files: readonly ChartFile[]): Chart {
  const sorted = [...files].sort((a, b) => compareStrings(a.path, b.path)).map(withoutMark)
  const named = (path: string): string | undefined => sorted.find(file => file.path === path)?.text
  const chartText = named('Chart.yaml')
  const metadata = chartText === undefined ? undefined : readMetadata(chartText)
  const valuesText = named('values.yaml')
  const values = valuesText === undefined ? new Map<string, Value>() : readValues(valuesText, 'cannot load values.yaml')
  if (!metadata) throw new HelmError('Chart.yaml file is missing')
  return {
    metadata,
    values,
    schema: named('values.schema.json'),
    templates: sorted.filter(({ path }) => path.startsWith('templates/')),
    files: sorted.filter(({ path }) => !special.has(path) && (!/^(?:templates|charts)\//.test(path) || /^charts\/.*\.prov$/.test(path))),
    dependencies: loadDependencies(sorted, metadata.name),
  }
}

const special = new Set(['Chart.yaml', 'Chart.lock', 'values.yaml', 'values.schema.json'])

/** Helm drops a byte order mark from every file. */
const withoutMark = (file: ChartFile): ChartFile =>
  file.text.startsWith('\ufeff') ? { path: file.path, text: file.text.slice(1) } : file

function loadDependencies(files: readonly ChartFile[], parent: string): Chart[] {
  const folders = new Map<string, ChartFile[]>()
  for (const { path, text } of files) {
    const [, folder, rest] = /^charts\/([^/]+)\/(.+)$/.exec(path) ?? []
    if (!folder || !rest || /^[_.]/.test(folder)) continue
    const into = folders.get(folder) ?? []
    into.push({ path: rest, text })
    folders.set(folder, into)
  }
  return [...folders].map(([folder, inside]) => loadDependency(folder, inside, parent))
}

function loadDependency(folder: string, files: readonly ChartFile[], parent: string): Chart {
  try {
    return load(files)
  } catch (error) {
    if (!(error instanceof HelmError)) throw error
    throw new HelmError(`error unpacking subchart ${folder} in ${parent}: ${error.message}`)
  }
}

/**
 * Reads a values file; several documents are merged in order. Throws `HelmError` that begins
 * with `context`. Source: Helm `loader.LoadValues`.
 */
export function readValues(text: string, context: string): Map<string, Value> {
  try {
    return mergeLayers(valuesDocuments(text).map(readYamlMap))
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
      const rest = line.slice(3).trim()
      if (rest !== '' && !rest.startsWith('#')) throw new HelmError(`invalid Yaml document separator: ${rest}`)
      if (lines !== '') documents.push(lines)
      lines = ''
    }
  }
  if (lines !== '') documents.push(lines)
  return documents
}
