import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildSync } from 'esbuild'

const root = join(import.meta.dirname, '../..')
// Packages of the CommonJS kind ask for Node's own modules by way of `require`.
const banner = { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" }

/** Bundles a script into a folder as the package is bundled, with what it may do without in files of its own; gives its path. */
function bundle(name: string, outdir: string): string {
  const outExtension = { '.js': '.mjs' }
  buildSync({ absWorkingDir: root, entryPoints: [`scripts/bench/${name}.ts`], bundle: true, minify: true, platform: 'node', format: 'esm', splitting: true, outdir, outExtension, banner, logLevel: 'error' })
  return join(outdir, `${name}.mjs`)
}

/** What a bundled script prints for these words, as JSON. */
export function measured<T>(name: string, ...words: readonly string[]): T {
  const folder = mkdtempSync(join(tmpdir(), 'chassis-bench-'))
  try {
    return JSON.parse(execFileSync(process.execPath, [bundle(name, folder), ...words], { encoding: 'utf8' })) as T
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
