import { isPath, settings, type Field, type Patch, type SettingValue } from '../lib/config/index.ts'
import { fieldAt } from '../lib/config/index.ts'
import { hasShape } from '../lib/config/schema.ts'
import { UsageError } from './args.ts'

/** Reads `path=value` into a patch, the value as its setting's kind wants it; throws `UsageError`. */
export function readSet(text: string): Patch {
  const at = text.indexOf('=')
  if (at < 1) throw new UsageError(`--set ${text}: write path=value`)
  const path = text.slice(0, at)
  if (!isPath(path)) throw new UsageError(`--set ${path}: there is no such setting${suggestion(path)}`)
  const field = fieldAt(path)
  const value = valueFrom(field, text.slice(at + 1))
  if (!hasShape(field, value)) throw new UsageError(`--set ${path}: ${wanted(field)}`)
  return { [path]: value }
}

function valueFrom(field: Field, text: string): SettingValue | undefined {
  switch (field.kind) {
    case 'int':
      return /^-?[0-9]+$/.test(text) ? Number(text) : undefined
    case 'bool':
      return text === 'true' ? true : text === 'false' ? false : undefined
    case 'list':
    case 'choices':
      return text.startsWith('[') ? json(text) : text === '' ? [] : text.split(',')
    case 'map':
      return text.startsWith('{') ? json(text) : pairs(text)
    default:
      return text
  }
}

const json = (text: string): SettingValue | undefined => {
  try {
    return JSON.parse(text) as SettingValue
  } catch {
    return undefined
  }
}

const pairs = (text: string): Record<string, string> | undefined => {
  const items = text === '' ? [] : text.split(',').map((item) => item.split(/=(.*)/s).slice(0, 2))
  return items.every((item) => item.length === 2) ? (Object.fromEntries(items) as Record<string, string>) : undefined
}

function wanted(field: Field): string {
  switch (field.kind) {
    case 'int':
      return `wants a whole number from ${field.min} to ${field.max}`
    case 'bool':
      return 'wants true or false'
    case 'choice':
      return `wants one of ${field.options.map(({ value }) => value || '""').join(', ')}`
    case 'choices':
      return `wants some of ${field.options.map(({ value }) => value).join(',')}`
    case 'list':
      return 'wants a,b or a JSON array'
    case 'map':
      return 'wants key=value,key=value or a JSON object'
    default:
      return 'the value is too long'
  }
}

/** The setting whose path is most like a mistyped one, by shared pairs of letters. */
function suggestion(path: string): string {
  const pairsOf = (text: string) => new Set([...text.toLowerCase()].slice(1).map((letter, at) => text[at]?.toLowerCase() + letter))
  const mine = pairsOf(path)
  const scored = settings.map((setting) => {
    const its = pairsOf(setting.path)
    return { path: setting.path, score: [...mine].filter((pair) => its.has(pair)).length / Math.max(mine.size + its.size, 1) }
  })
  const best = scored.reduce((one, other) => (other.score > one.score ? other : one))
  return best.score > 0.25 ? `; did you mean ${best.path}?` : ''
}
