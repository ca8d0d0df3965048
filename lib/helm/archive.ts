import type { FlateError } from './gunzip.ts'
import { fromBytes } from '../go/bytes.ts'
import { quote } from '../go/quote.ts'
import type { ChartFile } from './chart.ts'
import { HelmError } from './failure.ts'

const largestArchive = 100 * 1024 * 1024
/** Bytes that a file of a chart may have. Source: Helm `archive.MaxDecompressedFileSize`. */
export const largestFile = 5 * 1024 * 1024

let unpacker: typeof import('./gunzip.ts') | undefined

/** Fetches the code that reads packed charts. Await it once before `loadArchive`, and before `loadChart` where there is a `.tgz` in `charts/`. */
export async function loadUnpacker(): Promise<void> {
  unpacker ??= await import('./gunzip.ts')
}

/** The files of a packed chart, by path inside the chart. Throws `HelmError`. Source: Helm `archive.LoadArchiveFiles`. */
export function readArchive(bytes: Uint8Array): ChartFile[] {
  const files: ChartFile[] = []
  const { tar, isWhole } = unzipped(bytes)
  for (const { name, type, content } of entries(tar, isWhole)) {
    if (type === '5' || name.endsWith('/')) continue
    const path = pathInChart(name)
    if (content.length > largestFile) {
      throw new HelmError(`decompressed chart file ${quote(name)} is larger than the maximum file size ${largestFile}`)
    }
    files.push({ path, text: fromBytes(content) })
  }
  if (files.length === 0) throw new HelmError('no files in chart archive')
  return files
}

const leastHeader = 10
const wrongHeader = 'gzip: invalid header'

/** The files of a packed chart that is no subchart, of which Helm says less. Throws `HelmError`. Source: Helm `loader.LoadFile`. */
export function readRootArchive(bytes: Uint8Array): ChartFile[] {
  const files = readRoot(bytes)
  if (!files.some(({ path }) => path === 'Chart.yaml')) throw new HelmError('unable to detect chart version, no Chart.yaml found')
  return files
}

function readRoot(bytes: Uint8Array): ChartFile[] {
  try {
    return readArchive(bytes)
  } catch (error) {
    throw error instanceof HelmError && error.message !== wrongHeader ? new HelmError('unable to load chart archive') : error
  }
}

/** Whether these are the first bytes of a gzip file. */
export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8

const tooLarge = () => new HelmError(`decompressed chart is larger than the maximum size ${largestArchive}`)
const piece = 16 * 1024

/** Unzips piece by piece, so that a bomb is noticed before it fills the memory. */
function unzipped(bytes: Uint8Array): { tar: Uint8Array; isWhole: boolean } {
  if (bytes.length < leastHeader) throw new HelmError(bytes.length === 0 ? 'EOF' : 'unexpected EOF')
  if (!isGzip(bytes)) throw new HelmError(wrongHeader)
  if (!unpacker) throw new Error('packed charts cannot be read yet; await loadUnpacker() before the chart is loaded')
  const chunks: Uint8Array[] = []
  let length = 0
  const gunzip = new unpacker.Gunzip(chunk => {
    chunks.push(chunk)
    length += chunk.length
    if (length > largestArchive) throw tooLarge()
  })
  let isWhole = true
  try {
    for (let at = 0; at < bytes.length; at += piece) gunzip.push(bytes.subarray(at, at + piece), at + piece >= bytes.length)
  } catch (error) {
    if (error instanceof HelmError) throw error
    if ((error as FlateError).code !== unpacker.FlateErrorCode.InvalidHeader) throw new HelmError('unexpected EOF')
    // Something follows that is no gzip; Helm reads no further than the tar file goes.
    isWhole = false
  }
  const whole = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.length
  }
  return { tar: whole, isWhole }
}

// Tar

interface Entry {
  readonly name: string
  readonly type: string
  readonly content: Uint8Array
}

const block = 512

/** The entries of a tar file: ustar, and the long names of PAX and GNU. What follows its end mark may be missing. */
function* entries(tar: Uint8Array, isWhole: boolean): Generator<Entry> {
  let longName: string | undefined
  for (let at = 0; at + block <= tar.length; ) {
    const header = tar.subarray(at, at + block)
    if (header.every(byte => byte === 0)) return
    const size = numberIn(header, 124, 12)
    const content = tar.subarray(at + block, at + block + size)
    if (content.length < size) throw new HelmError('unexpected EOF')
    at += block + Math.ceil(size / block) * block
    const type = String.fromCharCode(header[156]!)
    if (type === 'L') longName = textIn(content, 0, content.length)
    else if (type === 'x') longName = paxPath(content) ?? longName
    else if (type !== 'g' && type !== 'K') {
      yield { name: longName ?? shortName(header), type, content }
      longName = undefined
    }
  }
  if (!isWhole) throw new HelmError('unexpected EOF')
}

function shortName(header: Uint8Array): string {
  const name = textIn(header, 0, 100)
  const prefix = textIn(header, 257, 5) === 'ustar' ? textIn(header, 345, 155) : ''
  return prefix === '' ? name : `${prefix}/${name}`
}

function textIn(bytes: Uint8Array, from: number, length: number): string {
  const field = bytes.subarray(from, from + length)
  const end = field.indexOf(0)
  return fromBytes(end < 0 ? field : field.subarray(0, end))
}

/** A number in octal digits, or in binary where its first bit is set. */
function numberIn(bytes: Uint8Array, from: number, length: number): number {
  const field = bytes.subarray(from, from + length)
  if (field[0]! & 0x80) return field.subarray(1).reduce((sum, byte) => sum * 256 + byte, field[0]! & 0x7f)
  const text = textIn(bytes, from, length).trim()
  if (!/^[0-7]*$/.test(text)) throw new HelmError('archive/tar: invalid tar header')
  return text === '' ? 0 : parseInt(text, 8)
}

/** The path in a PAX header, whose records are `length name=value` and a line end. */
function paxPath(content: Uint8Array): string | undefined {
  for (let at = 0; at < content.length; ) {
    const length = parseInt(fromBytes(content.subarray(at, at + 20)), 10)
    if (!(length > 0)) return undefined
    const record = fromBytes(content.subarray(at, at + length - 1))
    const found = /^\d+ path=(.*)$/s.exec(record)
    if (found) return found[1]
    at += length
  }
  return undefined
}

/** Without the archive's own folder. */
function pathInChart(name: string): string {
  const parts = name.split(name.includes('\\') ? '\\' : '/')
  const inside = parts.slice(1).join('/')
  if (inside.startsWith('/')) throw new HelmError('chart illegally contains absolute paths')
  const path = cleaned(inside)
  if (path === '') throw new HelmError(`chart illegally contains content outside the base directory: ${quote(name)}`)
  if (path.startsWith('..')) throw new HelmError('chart illegally references parent directory')
  if (/^[a-zA-Z]:\//.test(path)) throw new HelmError('chart contains illegally named files')
  if (parts[0] === 'Chart.yaml') throw new HelmError('chart yaml not in base directory')
  return path
}

function cleaned(path: string): string {
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return parts.join('/')
}
