import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { TextFile } from '../lib/files/file.ts'

/** What a run of Helm gave: its output, or its message as its user sees it. */
export interface Run {
  readonly output: string
  readonly failed?: string
}

/** A folder that is removed when the work is done. */
export async function inFolder<T>(files: readonly TextFile[], work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'chassis-'))
  try {
    for (const { path, text } of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Runs Helm in a folder. */
export const helmIn = (helm: string, folder: string, args: readonly string[]): Promise<Run> =>
  new Promise((resolve) => {
    execFile(helm, args, { cwd: folder, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) =>
      resolve(error === null ? { output: stdout } : { output: stdout, failed: stderr.trim().replace(/^Error: /, '') }),
    )
  })
