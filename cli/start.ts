import { closeSync, openSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Script } from 'node:vm'

/** Where the package has what these files were bundled to, under names with a hash of it. Set when the package is built. */
declare const bundles: { readonly 'cli/main.ts': string; readonly 'cli/template-main.ts': string }

/**
 * Runs a bundle from code that earlier runs have compiled, for compiling is most of what a short
 * run waits for. The code is kept beside the bundle, so who can change it can change that, too;
 * where nothing can be kept there, every run compiles anew.
 */
function start(bundle: string): void {
  const filename = join(__dirname, bundle)
  const kept = `${filename}.${process.version}-${process.arch}`
  // An expression that gives a function of `require`, in ASCII.
  const script = new Script(readFileSync(filename, 'latin1'), { filename, cachedData: contentOf(kept) })
  if (script.cachedDataRejected !== false || isOld(kept)) process.once('exit', () => keep(kept, () => script.createCachedData()))
  ;(script.runInThisContext() as (require: NodeJS.Require) => void)(require)
}

function contentOf(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch {
    return undefined
  }
}

/** The first run may have been a short one: now and then another adds what it had to compile. */
const isOld = (path: string): boolean => Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) > 600_000

/** Writes a file in one step, as two runs may end at the same time, and makes its content only where it can be written. */
function keep(path: string, content: () => Buffer): void {
  try {
    const draft = `${path}.${process.pid}`
    const file = openSync(draft, 'w')
    writeFileSync(file, content())
    closeSync(file)
    renameSync(draft, path)
  } catch {
    // The next run compiles anew.
  }
}

start(bundles[process.argv[2] === 'template' ? 'cli/template-main.ts' : 'cli/main.ts'])
