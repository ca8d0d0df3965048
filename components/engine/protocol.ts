import type { Config, Patch, Path } from '../../lib/config/index.ts'
import type { Sealing } from '../../lib/plan/index.ts'
import type { Finding, SealedValues, Severity } from '../../lib/render.ts'
import type { Marks } from './diff.ts'

/** What the page asks of the worker. Every question is answered once, with the same `id`. */
export type Question =
  | {
      readonly ask: 'render'
      readonly id: number
      /** What differs from the configuration of the rendering before, or from the defaults. */
      readonly patch: Patch
      readonly step: number
    }
  | { readonly ask: 'link' | 'zip'; readonly id: number; readonly config: Config }
  | { readonly ask: 'decode' | 'read'; readonly id: number; readonly text: string }
  | { readonly ask: 'open'; readonly id: number; readonly name: string; readonly bytes: Uint8Array }
  | {
      readonly ask: 'why'
      readonly id: number
      readonly config: Config
      readonly path: string
      /** The text of the line, and which it is, counted from 1. */
      readonly line: string
      readonly at: number
    }
  | {
      readonly ask: 'seal'
      readonly id: number
      readonly config: Config
      /** Sealed already: plain values stay with the one who typed them. */
      readonly sealed: SealedValues
    }

export type Answer = { readonly id: number } & (
  | { readonly value: Rendered | string | Archive | Reading | Explained }
  | { readonly failed: string }
)

/** What a rule demands, and whether the configuration meets it. */
export interface Demand {
  readonly id: string
  readonly demand: string
  readonly severity: Severity
  readonly met: boolean
}

/** What there is to know about a rendering beside the texts of its files. */
export interface Summary {
  /** The paths of all files, in the order of the bundle. */
  readonly paths: readonly string[]
  readonly findings: readonly Finding[]
  readonly demands: readonly Demand[]
  /** Why Helm would refuse the chart, in its words. */
  readonly refusal?: string
  /** Files that stayed from an earlier rendering, because Helm refuses this one. */
  readonly stale: readonly string[]
  /** Where the values of the secrets that apply live, by the path of the secret. */
  readonly secrets: Readonly<Record<string, readonly string[]>>
  /** What somebody has to seal, where Secrets are delivered sealed. */
  readonly sealing: Sealing | undefined
}

/** A rendering, as far as it differs from the one before: parts of the summary that stayed are left out. */
export interface Rendered extends Partial<Summary> {
  /** Always told, for it may go away. */
  readonly refusal: string | undefined
  readonly step: number
  /** The files whose text is new. */
  readonly files: readonly { readonly path: string; readonly text: string }[]
  /** What the step changed, by path; files that it took away are in `removed`. */
  readonly marks: Readonly<Record<string, Marks>>
  readonly removed: readonly string[]
  readonly effect: Effect
  /** The link of this configuration, without `#`. */
  readonly link: string
}

export interface Effect {
  readonly lines: number
  readonly files: number
}

export interface Archive {
  readonly name: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** What became of a text from outside. */
export interface Reading {
  readonly config: Config
  readonly notes: readonly string[]
  readonly failed?: string
}

/** Why a line is there. */
export interface Explained {
  readonly reasons: readonly Reason[]
  /** Where the chart has the line from: `templates/configmap.yaml:9`, then what that one called. */
  readonly written: readonly string[]
  /** Whether the line is drawn anew at each installation, by chance or the clock. */
  readonly varies: boolean
}

/** A setting that a line follows from. */
export interface Reason {
  readonly path: Path
  /** Whether it differs from the default. */
  readonly changed: boolean
}
