import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import type { TextFile } from '../lib/files/file.ts'
import { fromBytes } from '../lib/go/bytes.ts'
import { UsageError } from './args.ts'
import { reasonOf } from './source.ts'

/**
 * Writes files below a folder. Everything is written beside it first and moved only when all
 * of it stands there, so that a full disk leaves the folder as it was. Throws `UsageError`.
 */
export function writeFolder(folder: string, files: readonly TextFile[]): void {
  const target = resolve(folder)
  staged(target, (stage) => {
    for (const { path, text, executable } of files) {
      mkdirSync(dirname(join(stage, path)), { recursive: true })
      writeFileSync(join(stage, path), text, { mode: executable ? 0o755 : 0o644 })
    }
    for (const { path } of files) {
      mkdirSync(dirname(join(target, path)), { recursive: true })
      renameSync(join(stage, path), join(target, path))
    }
  })
}

/** Writes one file whole or not at all; throws `UsageError`. */
export function writeWhole(file: string, bytes: Uint8Array): void {
  const target = resolve(file)
  staged(target, (stage) => {
    writeFileSync(join(stage, 'file'), bytes)
    renameSync(join(stage, 'file'), target)
  })
}

function staged(target: string, work: (stage: string) => void): void {
  let stage: string | undefined
  try {
    mkdirSync(dirname(target), { recursive: true })
    stage = mkdtempSync(join(dirname(target), `.${basename(target)}-`))
    work(stage)
  } catch (error) {
    throw new UsageError(`${target}: ${reasonOf(error)}`)
  } finally {
    if (stage !== undefined) rmSync(stage, { recursive: true, force: true })
  }
}

/** Every file below a chart's folder, by its path inside it; throws `UsageError` where there is no such folder. */
export function readChartFolder(folder: string): readonly { readonly path: string; readonly text: string }[] {
  try {
    if (!statSync(folder).isDirectory()) throw new UsageError(`${folder}: is not a folder`)
    return pathsBelow(folder, '').map((path) => ({ path, text: fromBytes(readFileSync(join(folder, path))) }))
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError(`${folder}: ${reasonOf(error)}`)
  }
}

const pathsBelow = (folder: string, prefix: string): readonly string[] =>
  readdirSync(join(folder, prefix))
    .sort()
    .flatMap((name) => {
      const path = prefix === '' ? name : `${prefix}/${name}`
      return statSync(join(folder, path)).isDirectory() ? pathsBelow(folder, path) : [path]
    })
