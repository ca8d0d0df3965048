import type { Config } from '../config/index.ts'
import type { TextFile } from '../files/file.ts'

/** One kind of output. A target returns its own files and never reads or edits another's. */
export interface Target {
  readonly id: string
  /** What the tab of its files is called. */
  readonly label: string
  /** The files for a configuration; none where the target does not apply. The same bytes for the same configuration. */
  render(config: Config): readonly TextFile[]
}
