import type { Config, Path } from '../config/index.ts'
import type { TextFile } from '../files/file.ts'
import type { Target } from './target.ts'

/**
 * The same target, which renders again only when a setting that it read last time has another
 * value. Targets are pure, so the result is the same; unchanged files keep their identity.
 */
export function remembering(target: Target): Target {
  let last: { readonly reads: ReadonlyMap<Path, unknown>; readonly files: readonly TextFile[] } | undefined
  return {
    ...target,
    render: (config) => {
      if (last !== undefined && holds(last.reads, config)) return last.files
      const reads = new Map<Path, unknown>()
      // Stays empty where the target throws, for a refusal is no result to keep.
      last = undefined
      const files = target.render(recording(config, reads))
      last = { reads, files }
      return files
    },
  }
}

const holds = (reads: ReadonlyMap<Path, unknown>, config: Config): boolean => {
  for (const [path, value] of reads) if (config[path] !== value) return false
  return true
}

const recording = (config: Config, reads: Map<Path, unknown>): Config =>
  new Proxy(config, {
    get: (settings, path) => {
      const value = settings[path as Path]
      reads.set(path as Path, value)
      return value
    },
    ownKeys: (settings) => {
      for (const path of Object.keys(settings) as Path[]) reads.set(path, settings[path])
      return Reflect.ownKeys(settings)
    },
  })
