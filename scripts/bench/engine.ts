import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { chartFiles } from '../../lib/chart/index.ts'
import type { Config } from '../../lib/config/index.ts'
import { toValue } from '../../lib/go/plain.ts'
import { valuesTree } from '../../lib/plan/values.ts'
import { writeYaml } from '../../lib/yaml/index.ts'
import { findTool } from '../../testing/tools.ts'
import { buildCommand } from '../command.mjs'
import { measured } from './bundled.ts'
import { largest } from './largest.ts'
import { median, milliseconds } from './measure.ts'
import type { Engine } from './warm-engine.ts'
import type { Why } from './warm-why.ts'

const root = join(import.meta.dirname, '../..')
const release = { name: 'release' }

/** The template engine by itself, the chassis chart with the values of the largest preset, against one `helm template` process. */
export async function engine(): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'chassis-bench-'))
  try {
    return [...speed(largest, folder), ...(await size())]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function speed(config: Config, folder: string): string[] {
  const { changed, full } = measured<Engine>('warm-engine.ts')
  const helm = findTool('helm')
  if (helm === undefined) return [`engine render: ${milliseconds(changed)} after one changed value, ${milliseconds(full)} full; no helm to compare with`, overhead()]
  write(folder, config)
  const theirs = median(15, () => spawnSync(helm, ['template', release.name, 'chart', '-f', 'values.yaml'], { cwd: folder }))
  return [
    `engine render after one changed value: ${milliseconds(changed)}, helm template ${milliseconds(theirs)}: ${times(theirs / changed)} faster (bar: 100)`,
    `engine render in full: ${milliseconds(full)}: ${times(theirs / full)} faster (bar: 20)`,
    overhead(),
    cold(helm, folder),
  ]
}

/** What a `why` costs whoever asks for none, in the middle one of five processes: what the compiler makes of the code differs from one to the next. */
function overhead(): string {
  const slower = ({ before, after }: Why): number => after / before - 1
  const runs = Array.from({ length: 5 }, () => measured<Why>('warm-why.ts')).sort((a, b) => slower(a) - slower(b))
  const { before, why, after } = runs[2]!
  return `engine why: ${milliseconds(why)} on request; a plain rendering at best ${milliseconds(before)} before and ${milliseconds(after)} after the first was asked for: ${percent(after / before - 1)} slower (bar: 10 %)`
}

function write(folder: string, config: Config): void {
  for (const { path, text } of chartFiles) {
    mkdirSync(dirname(join(folder, 'chart', path)), { recursive: true })
    writeFileSync(join(folder, 'chart', path), text)
  }
  writeFileSync(join(folder, 'values.yaml'), writeYaml(toValue(valuesTree(config))))
}

/** The packed command in a fresh process against Helm, after a first run that compiles it; what an empty process takes is taken off on both sides. */
function cold(helm: string, folder: string): string {
  buildCommand(join(folder, 'dist'))
  writeFileSync(join(folder, 'empty.cjs'), '')
  const words = ['template', release.name, 'chart', '-f', 'values.yaml']
  const started = (command: string, args: readonly string[]) => median(15, () => spawnSync(command, args, { cwd: folder }))
  const [node, ours] = [started(process.execPath, ['empty.cjs']), started(process.execPath, ['dist/cli.cjs', ...words])]
  const [start, theirs] = [started(helm, ['version']), started(helm, words)]
  return `engine cold: ${milliseconds(ours - node)} beyond the start of Node, helm template ${milliseconds(theirs - start)} beyond its own: ${times((theirs - start) / (ours - node))} as fast (bar: 1)`
}

/** What a page loads for the engine with YAML, and what it loads only if a chart needs it. */
async function size(): Promise<string[]> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: { helm: 'lib/helm/index.ts' },
    bundle: true,
    minify: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    outdir: 'out-of-memory',
    write: false,
    metafile: true,
  })
  const zipped = new Map(outputFiles.map(({ path, contents }) => [path.slice(path.indexOf('out-of-memory')), gzipSync(contents, { level: 9 }).length]))
  const outputs = Object.entries(metafile.outputs)
  const [entry] = outputs.find(([, { entryPoint }]) => entryPoint === 'lib/helm/index.ts') as [string, unknown]
  const together = new Set<string>()
  const gather = (path: string): void => {
    if (together.has(path)) return
    together.add(path)
    for (const { path: next, kind } of metafile.outputs[path]?.imports ?? []) if (kind === 'import-statement') gather(next)
  }
  gather(entry)
  const sum = [...together].reduce((total, path) => total + (zipped.get(path) ?? 0), 0)
  const later = outputs.filter(([path]) => !together.has(path)).map(([path, { entryPoint }]) => `${entryPoint ?? path} ${kilobytes(zipped.get(path) ?? 0)}`)
  return [`engine size: ${kilobytes(sum)} minified and gzipped (bar: 110 kB); loaded only when needed: ${later.join(', ') || 'nothing'}`]
}

const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`
const times = (ratio: number): string => `${ratio.toFixed(1)} times`
const percent = (ratio: number): string => `${(ratio * 100).toFixed(1)} %`

