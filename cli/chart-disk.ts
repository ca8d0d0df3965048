import { isUtf8 } from 'node:buffer'
import { existsSync, lstatSync, readdirSync, readFileSync, readlinkSync, realpathSync, statSync, type Stats } from 'node:fs'
import { isAbsolute, join, resolve } from 'node:path'
import { fromBytes } from '../lib/go/bytes.ts'
import { isGzip, largestFile } from '../lib/helm/archive.ts'
import { ignoring } from '../lib/helm/helmignore.ts'
import { HelmError, loadArchive, loadChart, loadUnpacker, type Chart, type ChartFile, type Notify } from '../lib/helm/index.ts'
import { contentType } from './content-type.ts'

/** Where a chart is: a folder or a packed file. Throws `HelmError`. Source: Helm `LocateChart`. */
export function chartPath(name: string): string {
  const path = resolve(name)
  if (!existsSync(path)) throw new HelmError(notFound(name))
  return path
}

/** Loads a chart from a folder or a packed file. Throws `HelmError`. Source: Helm `loader.Load`. */
export async function chartAt(path: string, notify: Notify): Promise<Chart> {
  if (!statSync(path).isDirectory()) return packedChart(path, notify)
  const files = filesOf(path, notify)
  if (files.some((file) => file.path.endsWith('.tgz'))) await loadUnpacker()
  return loadChart(files, notify)
}

/** What Helm says of a chart that is no file here, before it would look in repositories. */
function notFound(name: string): string {
  if (/^(?:https?|oci):/.test(name)) return `${name}: this command opens no connection; run \`helm pull\` before`
  if (isAbsolute(name) || name.startsWith('.')) return `path ${JSON.stringify(name)} not found`
  const [repository, chart] = name.split('/')
  return chart === undefined ? `non-absolute URLs should be in form of repo_name/path_to_chart, got: ${name}` : `repo ${repository} not found`
}

async function packedChart(path: string, notify: Notify): Promise<Chart> {
  const bytes = readFileSync(path)
  if (isGzip(bytes)) {
    await loadUnpacker()
    return loadArchive(bytes, notify)
  }
  if (/\.ya?ml$/.test(path)) throw new HelmError(`file '${path}' seems to be a YAML file, but expected a gzipped archive`)
  throw new HelmError(`file '${path}' does not appear to be a gzipped archive; got '${contentType(bytes)}'`)
}

/** The text that holds a file's bytes, quickly where they are UTF-8. */
export function fileText(path: string): string {
  const bytes = readFileSync(path)
  return isUtf8(bytes) ? bytes.toString('utf8') : fromBytes(bytes)
}

/** Every file below a chart's folder that .helmignore does not name. Source: Helm `sympath.Walk`. */
function filesOf(folder: string, notify: Notify): ChartFile[] {
  const main = join(folder, 'Chart.yaml')
  if (!statSync(main, { throwIfNoEntry: false })) {
    throw new HelmError(`unable to detect chart at ${main}: open ${main}: no such file or directory`)
  }
  const rules = join(folder, '.helmignore')
  const ignores = ignoring(statSync(rules, { throwIfNoEntry: false }) ? fileText(rules) : '')
  const files: ChartFile[] = []
  const walk = (path: string): void => {
    const full = join(folder, path)
    const found = path === '' ? statSync(full) : followed(full, notify)
    if (path !== '' && ignores(path, found.isDirectory())) return
    if (found.isDirectory()) {
      for (const name of readdirSync(full).sort()) walk(path === '' ? name : `${path}/${name}`)
    } else files.push({ path, text: regularText(full, found) })
  }
  walk('')
  return files
}

function followed(path: string, notify: Notify): Stats {
  const found = lstatSync(path)
  if (!found.isSymbolicLink()) return found
  const reason = whyBroken(path)
  if (reason !== undefined) throw new HelmError(`error evaluating symlink ${path}: ${reason}`)
  const message = 'found symbolic link in path. Contents of linked file included and used'
  notify({ level: 'INFO', message, about: [['path', path], ['resolved', realpathSync(path)]] })
  return statSync(path)
}

/** Why a path cannot be followed to its end, links on the way included. Source: Go `filepath.EvalSymlinks`. */
function whyBroken(path: string): string | undefined {
  let left = path.split('/')
  let reached = '/'
  for (let links = 0; links <= mostLinks; ) {
    const [part, ...rest] = left
    if (part === undefined) return undefined
    left = rest
    const next = join(reached, part)
    const found = lstatSync(next, { throwIfNoEntry: false })
    if (!found) return `lstat ${next}: no such file or directory`
    if (found.isSymbolicLink()) {
      const target = readlinkSync(next)
      if (isAbsolute(target)) reached = '/'
      left = [...target.split('/'), ...rest]
      links++
    } else if (!found.isDirectory() && rest.length > 0) return 'not a directory'
    else reached = next
  }
  return 'EvalSymlinks: too many links'
}

const mostLinks = 255

function regularText(path: string, found: Stats): string {
  if (!found.isFile()) throw new HelmError(`cannot load irregular file ${path} as it has file mode type bits set`)
  if (found.size > largestFile) {
    throw new HelmError(`chart file ${JSON.stringify(path.slice(path.lastIndexOf('/') + 1))} is larger than the maximum file size ${largestFile}`)
  }
  return fileText(path)
}
