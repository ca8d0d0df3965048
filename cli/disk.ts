import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import type { TextFile } from '../lib/files/file.ts'
import { UsageError } from './args.ts'
import { reasonOf } from './reason.ts'

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
