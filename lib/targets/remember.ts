import { settings, type Config, type Path } from '../config/index.ts'
import type { TextFile } from '../files/file.ts'
import type { Target } from './target.ts'

/**
 * The same target, which renders again only when a setting that it read last time has another
 * value. Targets are pure, so the result is the same; unchanged files keep their identity.
 */
export function remembering(target: Target): Target {
  const recorder = new Recorder()
  let last: { readonly reads: readonly Path[]; readonly config: Config; readonly files: readonly TextFile[] } | undefined
  return {
    ...target,
    render: (config) => {
      if (last !== undefined && agree(last.reads, last.config, config)) return last.files
      // Stays empty where the target throws, for a refusal is no result to keep.
      last = undefined
      const { reads, view } = recorder.begin(config)
      const files = target.render(view)
      last = { reads, config, files }
      return files
    },
  }
}

const agree = (paths: readonly Path[], one: Config, other: Config): boolean => {
  for (const path of paths) if (one[path] !== other[path]) return false
  return true
}

/** Shows a configuration and notes what is looked at. Made once a target, for defining the view costs more than a rendering. */
class Recorder {
  private config: Config | undefined
  private reads: Path[] = []
  /** By the place of a setting the turn in which it was last read: cheaper than a set. */
  private readonly readIn = new Uint32Array(settings.length)
  private turn = 0
  private readonly view: Config

  constructor() {
    const properties = settings.map(({ path }, place) => [path, { enumerable: true, get: () => this.read(path, place) }] as const)
    this.view = Object.defineProperties({}, Object.fromEntries(properties)) as Config
  }

  begin(config: Config): { readonly reads: readonly Path[]; readonly view: Config } {
    this.config = config
    this.reads = []
    this.turn++
    return { reads: this.reads, view: this.view }
  }

  private read(path: Path, place: number): Config[Path] {
    if (this.readIn[place] !== this.turn) {
      this.readIn[place] = this.turn
      this.reads.push(path)
    }
    return (this.config as Config)[path]
  }
}
