import type { Value } from '../../go/value.ts'
import { writeYamlEntries, type YamlEntry } from '../../yaml/index.ts'
import { flat, joined, nothing, together, uniteMade, type Line, type Origin } from './made.ts'

/** Functions that keep the lines of a text, or lay texts side by side. */
const keepsLines = new Set(['indent', 'nindent', 'trim', 'trimSuffix', 'trimPrefix', 'toString', 'print', 'printf', 'println', 'cat'])

/** Functions that change each line of a text by itself. */
const changesLines = new Set(['replace', 'upper', 'lower', 'title', 'untitle'])

const bare: Line = { way: [], printed: nothing.printed, led: nothing.led, varies: false }

/** What a function's text was made of, line by line where its lines are those of its arguments. */
export function textOrigin(name: string, values: readonly Value[], origins: readonly Origin[], result: string): Origin {
  const same = origins.findIndex((origin, at) => origin.lines && values[at] === result)
  if (same >= 0) return joined(origins[same]!, together(origins.filter((_, at) => at !== same)))
  const lines = keptLines(name, values, origins, result)
  if (!lines) return together(origins)
  const others = together(origins.filter(origin => !origin.lines))
  const wholes = origins.filter(origin => origin.lines).map(({ lines: _, silent: __, ...made }) => made)
  return { ...uniteMade([others, ...wholes]), lines, silent: origins.flatMap(({ silent }) => silent) }
}

function keptLines(name: string, values: readonly Value[], origins: readonly Origin[], result: string): Line[] | undefined {
  const keeps = keepsLines.has(name)
  if (!keeps && !changesLines.has(name)) return undefined
  const texts: string[] = []
  const lines: Line[] = []
  origins.forEach((origin, at) => {
    const parts = origin.lines && typeof values[at] === 'string' ? values[at].split('\n') : []
    if (parts.length !== origin.lines?.length) return
    for (const part of parts) texts.push(part)
    for (const line of origin.lines) lines.push(line)
  })
  if (lines.length === 0) return undefined
  const parts = result.split('\n')
  if (!keeps) return parts.length === lines.length ? lines : undefined
  return inOrder(parts, texts, lines)
}

/** For each part the first line not yet passed that has the same words; nothing if one has none. */
function inOrder(parts: readonly string[], texts: readonly string[], lines: readonly Line[]): Line[] | undefined {
  const found: Line[] = []
  let next = 0
  for (const part of parts) {
    const wanted = part.trim()
    if (wanted === '') {
      found.push(bare)
      continue
    }
    while (next < texts.length && texts[next]!.trim() !== wanted) next++
    if (next === texts.length) return undefined
    found.push(lines[next++]!)
  }
  return found
}

const writers = new Set(['toYaml', 'mustToYaml', 'toYamlPretty'])

/** What each line of a value written as YAML was made of; `entryOf` knows it of the entries of tables and lists. */
export function yamlOrigin(name: string, value: Value, result: string, own: Origin, entryOf: (entry: YamlEntry) => Origin | undefined): Origin | undefined {
  // What cannot be written gives no text.
  if (!writers.has(name) || result === '' || value === null || typeof value !== 'object') return undefined
  const parts = result.split('\n')
  const entries = writeYamlEntries(value, name === 'toYamlPretty')
  if (entries.length === 0) return undefined
  const lines: Line[] = []
  let open: { readonly depth: number; readonly origin: Origin }[] = []
  let next = 0
  for (let at = 0; at < parts.length; at++) {
    const here: Origin[] = []
    for (; next < entries.length && entries[next]!.line <= at; next++) {
      const entry = entries[next]!
      open = open.filter(({ depth }) => depth < entry.depth)
      const origin = entryOf(entry) ?? open.at(-1)?.origin ?? nothing
      open.push({ depth: entry.depth, origin })
      here.push(flat(origin))
    }
    lines.push({ way: [], ...uniteMade(here.length > 0 ? here : open.length > 0 ? [flat(open.at(-1)!.origin)] : []) })
  }
  return { ...own, lines, silent: [] }
}

const topLevelKey = /^("?)([^\s#"'&*!|>%@{}[\],?-][^"':]*)\1:(?: |$)/

/** What the lines under each key at the margin were made of; nothing for a text written in another way. */
export function entryLines(text: string, lines: readonly Line[]): Map<string, Origin> | undefined {
  const parts = text.split('\n')
  if (parts.length !== lines.length) return undefined
  const found = new Map<string, Line[]>()
  let current: Line[] | undefined
  for (const [at, part] of parts.entries()) {
    if (part.trim() !== '' && !/^[ -]/.test(part)) {
      const key = topLevelKey.exec(part)?.[2]
      if (key === undefined || found.has(key)) return undefined
      found.set(key, (current = []))
    }
    current?.push(lines[at]!)
  }
  return new Map([...found].map(([key, own]) => [key, { ...nothing, ...uniteMade(own) }]))
}
