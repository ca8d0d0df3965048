import type { Config, Patch, Path } from '../config/index.ts'

/**
 * `error`: it will not start, answers only errors, loses data or opens a hole. `warning`: it
 * runs, but not as its owner would wish. `info`: worth knowing.
 */
export type Severity = 'error' | 'warning' | 'info'

/** What a rule has to say about a configuration. */
export interface Finding {
  /** The rule's id, stable for links and exceptions. */
  readonly id: string
  readonly severity: Severity
  /** The setting at which it is shown. */
  readonly path: Path
  /** The problem in two or three words. */
  readonly title: string
  /** Why it is one, in a sentence with the user's own numbers and names. */
  readonly message: string
  readonly fix?: Fix
}

/** A way out that the user may take with one click. */
export interface Fix {
  /** What the button says: `Use 6`, `Turn HSTS off`. */
  readonly label: string
  readonly patch: Patch
}

/** What a rule says; its id and severity are the rule's own. */
export type Said = Omit<Finding, 'id' | 'severity'>

/** One rule: pure, and silent where nothing is wrong. */
export interface Rule {
  readonly id: string
  readonly severity: Severity
  /** What the rule demands, as the checklist states it: `One replica for SQLite`. */
  readonly demand: string
  /** Whether the rule has anything to do with this configuration: the checklist lists only those. */
  applies(config: Config): boolean
  /** What is wrong, once for each thing that is; nothing when nothing is. Only asked where the rule applies. */
  check(config: Config): Said | readonly Said[] | undefined
}
