import type { Field, JsonSchema } from './field.ts'
import { allSettings, isChartKey, type Setting } from './fields.ts'
import { helpOf } from './help/index.ts'

/** The settings and secrets that are keys of the chart's values, in the order of the form. */
export const chartKeys: readonly Setting[] = allSettings.filter(isChartKey)

/** The value that the chart's own `values.yaml` has at a key. */
export function chartDefaultOf(field: Field): unknown {
  if (field.chartDefault !== undefined) return field.chartDefault
  switch (field.kind) {
    case 'yaml':
      return field.shape === 'list' ? [] : {}
    case 'secret':
      return field.shape === 'map' ? {} : ''
    case 'list':
      return field.separator === undefined ? [...field.default] : field.default.join(field.separator)
    case 'text':
      return numberOrText(field, field.default)
    default:
      return field.default
  }
}

/** A text that the chart also takes as a number (`maxSurge: 1`) is written as one. */
export const numberOrText = (field: Field, value: string): string | number =>
  field.accepts && field.accepts.type !== 'string' && /^[0-9]{1,9}$/.test(value) ? Number(value) : value

/** The chart's `values.schema.json`, draft-07: every declared key with its type and bounds, nothing else. */
export function valuesSchema(): JsonSchema {
  const root: MutableSchema = objectSchema()
  for (const { path, field } of chartKeys) place(root, path.split('.'), chartSchema(path, field))
  return { $schema: 'http://json-schema.org/draft-07/schema#', title: 'Values of the chassis chart', ...root }
}

export interface MutableSchema {
  type: 'object'
  additionalProperties: boolean | JsonSchema
  properties: Record<string, JsonSchema | MutableSchema>
}

/** `resources.requests` and its like take whatever Kubernetes counts, such as ephemeral-storage. */
const open = new Set(['requests', 'limits'])

/** A schema of a map with nothing in it yet. */
export const objectSchema = (name = ''): MutableSchema => ({
  type: 'object',
  additionalProperties: open.has(name),
  properties: {},
})

/** Puts a schema at a path, with maps on the way. */
export function place(parent: MutableSchema, [name, ...rest]: readonly string[], leaf: JsonSchema): void {
  if (name === undefined) return
  if (rest.length === 0) {
    parent.properties[name] = { ...leaf, ...parent.properties[name] }
    return
  }
  const child = (parent.properties[name] ??= objectSchema(name)) as MutableSchema
  place(child, rest, leaf)
}

const chartSchema = (path: string, field: Field): JsonSchema => ({
  title: field.label,
  description: helpOf(path),
  ...(field.accepts ?? typeSchema(field)),
})

/** What a field's value must be, by its kind and bounds. */
export function typeSchema(field: Field): JsonSchema {
  switch (field.kind) {
    case 'text':
      return {
        type: 'string',
        ...(field.required ? { minLength: 1 } : {}),
        ...(field.maxLength ? { maxLength: field.maxLength } : {}),
        ...(field.pattern ? { pattern: field.pattern } : {}),
      }
    case 'int':
      return { type: 'integer', minimum: field.min, maximum: field.max }
    case 'bool':
      return { type: 'boolean' }
    case 'choice':
      return { enum: field.options.map(({ value }) => value) }
    case 'choices':
      return { type: 'array', items: { enum: field.options.map(({ value }) => value) } }
    case 'list': {
      const items = { type: 'array', items: { type: 'string', ...(field.pattern ? { pattern: field.pattern } : {}) } }
      return field.separator === undefined ? items : { anyOf: [items, { type: 'string' }] }
    }
    case 'map':
      return { type: 'object', additionalProperties: { type: ['string', 'number', 'boolean'] } }
    case 'yaml':
      return { type: field.shape === 'list' ? 'array' : 'object' }
    case 'secret':
      return field.shape === 'map'
        ? { type: 'object', additionalProperties: { type: ['string', 'number', 'boolean'] } }
        : { type: 'string' }
  }
}
