import { z } from 'zod'
import type { Field } from './field.ts'
import { isPath, settingAt, settings, type Config, type Path, type SettingValue } from './fields.ts'

// zod would otherwise try `new Function`, which the page's Content-Security-Policy reports.
z.config({ jitless: true })

/** Longest text, list and map that any setting takes; what is larger is no configuration. */
const limits = { text: 100_000, yaml: 100_000, items: 200 }

const textSchema = (rules: { pattern?: string; hint?: string; maxLength?: number; required?: boolean }): z.ZodType<string> => {
  let schema = z.string().max(rules.maxLength ?? 2000, `at most ${rules.maxLength ?? 2000} characters`)
  if (rules.required) schema = schema.min(1, 'must not be empty')
  return rules.pattern ? schema.regex(new RegExp(rules.pattern), `must be ${rules.hint}`) : schema
}

/** The zod schema of a field's value, with the words that the form shows. */
export function schemaOf(field: Field): z.ZodType {
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
      return z.record(z.string().min(1).max(316), textSchema({ ...field, maxLength: field.maxLength ?? 10_000 }))
    case 'yaml':
      return z.string().max(limits.yaml, 'too long')
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

/** A whole configuration; unknown settings are refused. */
export const configSchema = (): z.ZodType<Config> =>
  z.strictObject(Object.fromEntries(settings.map(({ path, field }) => [path, schemaOf(field)]))) as unknown as z.ZodType<Config>
