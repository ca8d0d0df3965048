import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildSync } from 'esbuild'

const root = join(import.meta.dirname, '../..')

/** Bundles a script into one file, as the published command is bundled. */
const bundle = (entry: string, outfile: string): void => {
  buildSync({ absWorkingDir: root, entryPoints: [`scripts/bench/${entry}`], bundle: true, minify: true, platform: 'node', format: 'cjs', outfile, logLevel: 'error' })
}

/** What a bundled script prints for these words, as JSON. */
export function measured<T>(entry: string, ...words: readonly string[]): T {
  const folder = mkdtempSync(join(tmpdir(), 'chassis-bench-'))
  try {
    bundle(entry, join(folder, 'measured.cjs'))
    return JSON.parse(execFileSync(process.execPath, [join(folder, 'measured.cjs'), ...words], { encoding: 'utf8' })) as T
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
