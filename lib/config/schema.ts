import { z } from 'zod'
import type { Field } from './field.ts'
import { isPath, settingAt, type Path, type SettingValue } from './fields.ts'

// zod would otherwise try `new Function`, which the page's Content-Security-Policy reports.
z.config({ jitless: true })

/** Longest text, list and map that any setting takes; what is larger is no configuration. */
const limits = { text: 100_000, yaml: 100_000, items: 200 }

/**
 * A character that some file could not hold or would lose: controls but tab and line ends, halves of characters, what is none,
 * and the line separators, which Helm's own YAML writer loses.
 */
const unwritable = /[^\P{Cc}\t\n\r]|\p{Cs}|[\u2028\u2029\ufffe\uffff]/u

/** Why a value cannot stand in a file, whatever its syntax; undefined where it can. */
export const unwritableProblem = (text: string): string | undefined =>
  characterProblem(text) ?? (/((^|\n)\n|[^\S \t\r\n])$/.test(text) ? 'must not end with an empty line or an unusual blank, which Helm would cut off; remove it' : undefined)

function characterProblem(text: string): string | undefined {
  const found = unwritable.exec(text)?.[0]
  return found && `must not hold U+${found.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}, a character that cannot be written; remove it`
}

const anyText = (problemIn = unwritableProblem): z.ZodString =>
  z.string().check((context) => {
    const message = problemIn(context.value)
    if (message) context.issues.push({ code: 'custom', input: context.value, message })
  })

const textSchema = (rules: { pattern?: string; hint?: string; maxLength?: number; required?: boolean }): z.ZodType<string> => {
  let schema = anyText().max(rules.maxLength ?? 2000, `at most ${rules.maxLength ?? 2000} characters`)
  if (rules.required) schema = schema.min(1, 'must not be empty')
  return rules.pattern ? schema.regex(new RegExp(rules.pattern), `must be ${rules.hint}`) : schema
}

/** The zod schema of a field's value, with the words that the form shows. */
function schemaOf(field: Field): z.ZodType {
  switch (field.kind) {
    case 'text':
      return textSchema(field)
    case 'int':
      return z
        .int('must be a whole number')
        .min(field.min, `must be at least ${field.min}`)
        .max(field.max, `must be at most ${field.max}`)
    case 'bool':
      return z.boolean()
    case 'choice':
      return z.enum(field.options.map(({ value }) => value) as [string, ...string[]])
    case 'choices':
      return z.array(z.enum(field.options.map(({ value }) => value) as [string, ...string[]])).min(1, 'choose at least one')
    case 'list':
      return z.array(textSchema({ ...field, required: true })).max(limits.items)
    case 'map':
      return z.record(anyText().min(1).max(316), textSchema({ ...field, maxLength: field.maxLength ?? 10_000 }))
    case 'yaml':
      return anyText(characterProblem).max(limits.yaml, 'too long')
    case 'secret':
      return z.never()
  }
}

const schemas = new Map<Path, z.ZodType>()

/** The schema of a setting, made when it is first asked for: all of them would hold up the start. */
function schemaAt(path: Path): z.ZodType | undefined {
  const field = isPath(path) ? settingAt(path)?.field : undefined
  const schema = schemas.get(path) ?? (field && schemaOf(field))
  if (schema) schemas.set(path, schema)
  return schema
}

/** What is wrong with a value by its declaration alone; undefined when nothing is. */
export function problemOf(path: Path, value: SettingValue): string | undefined {
  const result = schemaAt(path)?.safeParse(value)
  return result === undefined || result.success ? undefined : result.error.issues[0]?.message
}

/**
 * Whether a value has the shape that a setting holds, whatever its content: the form keeps
 * what a user typed even where `problemOf` objects. Texts beyond any use are refused.
 */
export function hasShape(field: Field, value: unknown): value is SettingValue {
  const isText = (item: unknown): item is string => typeof item === 'string' && item.length <= limits.text
  switch (field.kind) {
    case 'text':
    case 'yaml':
      return isText(value)
    case 'int':
      return typeof value === 'number' && Number.isSafeInteger(value)
    case 'bool':
      return typeof value === 'boolean'
    case 'choice':
      return field.options.some((option) => option.value === value)
    case 'choices':
      return Array.isArray(value) && value.length <= field.options.length && value.every((item) => field.options.some((option) => option.value === item))
    case 'list':
      return Array.isArray(value) && value.length <= limits.items && value.every(isText)
    case 'map':
      return (
        typeof value === 'object' && value !== null && !Array.isArray(value) &&
        Object.keys(value).length <= limits.items && Object.entries(value).every(([key, item]) => isText(key) && isText(item))
      )
    case 'secret':
      return false
  }
}
