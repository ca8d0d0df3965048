/** Paths of values, as `watched.ts` keeps them. */
export type Paths = ReadonlySet<string>

/** A line of a template file; lines count from 1. */
export interface Place {
  /** The path with the chart's name in front: `chart/templates/_helpers.tpl`. */
  readonly file: string
  readonly line: number
}

/** What a text or another value was made of. */
export interface Made {
  /** What was put into it. */
  readonly printed: Paths
  /** What decided that it is there, or which of several it is. */
  readonly led: Paths
  /** Whether a random number, the clock or a cluster had a part in it. */
  readonly varies: boolean
}

/** What a line of a text was made of. */
export interface Line extends Made {
  /** Who wrote it, then who called that one, and so on; nothing for what was not written by a template. */
  readonly way: readonly Place[]
}

/** What a value was made of. */
export interface Origin extends Made {
  /** One for each line, where it is a text that templates wrote. */
  readonly lines: readonly Line[] | undefined
  /** What kept templates from writing more. */
  readonly silent: readonly Silence[]
}

/** A part of a template that wrote nothing, and what decided so. */
export interface Silence {
  readonly place: Place | undefined
  readonly paths: Paths
}

export const noPaths: Paths = new Set()
const noSilence: readonly Silence[] = []

export const nothing: Origin = { printed: noPaths, led: noPaths, varies: false, lines: undefined, silent: noSilence }

/** The paths of several, as one of them where that has all. */
export function unite(sets: readonly Paths[]): Paths {
  const filled = sets.filter(({ size }) => size > 0)
  if (filled.length <= 1) return filled[0] ?? noPaths
  const all = new Set<string>()
  for (const set of filled) for (const path of set) all.add(path)
  return filled.find(({ size }) => size === all.size) ?? all
}

export const uniteMade = (parts: readonly Made[]): Made => ({
  printed: unite(parts.map(({ printed }) => printed)),
  led: unite(parts.map(({ led }) => led)),
  varies: parts.some(({ varies }) => varies),
})

export const ofPaths = (printed: Paths): Origin => (printed.size === 0 ? nothing : { ...nothing, printed })

/** What somebody depends on who looks at a value as a whole. */
export function flat(origin: Origin): Origin {
  const { lines, silent } = origin
  if (!lines && silent.length === 0) return origin
  const { printed, led, varies } = uniteMade([origin, ...(lines ?? [])])
  return { printed, led: unite([led, ...silent.map(({ paths }) => paths)]), varies, lines: undefined, silent: noSilence }
}

/** What depends on several values as wholes. */
export const together = (origins: readonly Origin[]): Origin => {
  const relevant = origins.filter(one => one !== nothing)
  if (relevant.length === 0) return nothing
  const flattened = relevant.map(flat)
  return flattened.length === 1 ? flattened[0]! : { ...uniteMade(flattened), lines: undefined, silent: noSilence }
}

/** A value that is there because of another, too. */
export const because = (origin: Origin, cause: Origin): Origin => {
  const { printed, led, varies } = flat(cause)
  if (printed.size === 0 && led.size === 0 && !varies) return origin
  return { ...origin, led: unite([origin.led, printed, led]), varies: origin.varies || varies }
}

/** Two of one value: its own, and what else it depends on. */
export const joined = (origin: Origin, more: Origin): Origin =>
  more === nothing ? origin : origin === nothing ? more : { ...origin, ...uniteMade([origin, flat(more)]) }

/** Everything that a condition was made of. */
export const allOf = (origin: Origin): Paths => {
  const { printed, led } = flat(origin)
  return unite([printed, led])
}
