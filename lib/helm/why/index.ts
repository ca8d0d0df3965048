import type { Value } from '../../go/value.ts'
import type { Chart } from '../chart.ts'
import { splitDocuments } from '../manifests.ts'
import { renderBy, type ReleaseOptions, type RenderedFile, type RenderOptions, type RenderResult } from '../render.ts'
import { noPaths, type Line, type Origin, type Place } from './made.ts'
import { pathTexts } from './paths.ts'
import { Tracer } from './tracer.ts'

export { type Place } from './made.ts'

/** Why a line of the output is there, and as it is. Paths of values are written as `--set` takes them. */
export interface LineOrigin extends Place {
  /** Who called the template that wrote the line, the nearest first. */
  readonly via: readonly Place[]
  /** The values that were put into it. */
  readonly values: readonly string[]
  /** The values that decided that it is there, or which of several it is. */
  readonly conditions: readonly string[]
  /** Whether it will differ when it is installed: a random number, the clock or the cluster has a part in it. */
  readonly varies: boolean
}

/** A part of a template that wrote nothing, and the values that decided so. */
export interface Unwritten extends Place {
  readonly conditions: readonly string[]
}

/** A file of the result, line by line. */
export interface ExplainedFile {
  readonly path: string
  /** One for each line of the text; nothing for one that no template wrote, such as `# Source:`. */
  readonly lines: readonly (LineOrigin | undefined)[]
}

/** What was rendered, and where each line of it is from. */
export interface Explanation {
  readonly result: RenderResult
  /** For the lines of `result.manifest`. */
  readonly manifest: ExplainedFile['lines']
  /** For the texts of `result.templates`. */
  readonly templates: readonly ExplainedFile[]
  /** For the texts of `result.rendered`, with what each template file left out. */
  readonly rendered: readonly (ExplainedFile & { readonly unwritten: readonly Unwritten[] })[]
}

/** Renders a chart as `renderChart` does, and says of every line why it is there. Throws the same. */
export function explainChart(
  chart: Chart,
  values: ReadonlyMap<string, Value> | readonly ReadonlyMap<string, Value>[],
  release: ReleaseOptions,
  options: RenderOptions = {},
): Explanation {
  const tracer = new Tracer(options.random)
  const result = renderBy(() => tracer, chart, values, release, { ...options, random: undefined })
  const pathsOf = (paths: ReadonlySet<string>): string[] => pathTexts(paths, tracer.values)
  const rendered = result.rendered.map(({ path }) => explained(path, tracer.files.get(path)!, pathsOf))
  const linesOf = ({ text }: { readonly text: string }) => outputLines(text, result.rendered, rendered)
  return {
    result,
    manifest: linesOf({ text: result.manifest }),
    templates: result.templates.map(file => ({ path: file.path, lines: linesOf(file) })),
    rendered,
  }
}

type PathsOf = (paths: ReadonlySet<string>) => string[]

const explained = (path: string, { lines = [], silent }: Origin, pathsOf: PathsOf): Explanation['rendered'][number] => ({
  path,
  lines: lines.map(line => originOf(line, pathsOf)),
  unwritten: silent.flatMap(({ place, paths }) => (paths === noPaths ? [] : [{ ...(place ?? { file: path, line: 1 }), conditions: pathsOf(paths) }])),
})

function originOf({ way, printed, led, varies }: Line, pathsOf: PathsOf): LineOrigin | undefined {
  const [place, ...via] = way
  return place && { ...place, via, values: pathsOf(printed), conditions: pathsOf(led), varies }
}

const sourceLine = /^# Source: (.*)$/

/** The origins of the lines of a text that is made of documents of rendered files. */
function outputLines(text: string, files: readonly RenderedFile[], explanations: readonly ExplainedFile[]): (LineOrigin | undefined)[] {
  const starts = new Map(files.map(({ path, text }) => [path, startsOf(text)]))
  const origins = new Map(explanations.map(({ path, lines }) => [path, lines]))
  const lines = text.split('\n')
  const found: (LineOrigin | undefined)[] = lines.map(() => undefined)
  for (let at = 0; at < lines.length; at++) {
    const path = lines[at] === '---' ? sourceLine.exec(lines[at + 1] ?? '')?.[1] : undefined
    if (path === undefined) continue
    const candidates = starts.get(path) ?? []
    const chosen = candidates.findIndex(each => each.lines.every((line, further) => lines[at + 2 + further] === line))
    if (chosen < 0) continue
    const [{ start, lines: own }] = candidates.splice(chosen, 1) as [Document]
    own.forEach((_, further) => (found[at + 2 + further] = origins.get(path)?.[start + further]))
    at += own.length + 1
  }
  return found
}

interface Document {
  readonly start: number
  readonly lines: readonly string[]
}

/** The documents of a file, longest first, so that none is taken for the beginning of another. */
function startsOf(text: string): Document[] {
  let from = 0
  const documents = splitDocuments(text).map(document => {
    const at = text.indexOf(document, from)
    from = at + document.length
    return { start: text.slice(0, at).split('\n').length - 1, lines: document.split('\n') }
  })
  return documents.sort((a, b) => b.lines.length - a.lines.length)
}
