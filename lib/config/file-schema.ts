import { objectSchema, place, typeSchema } from './chart-values.ts'
import type { Field, JsonSchema } from './field.ts'
import { settings } from './fields.ts'
import { helpOf } from './help/index.ts'

/** The draft-07 schema of `deploy.config.yaml`: every setting with its label, help and default. */
export function configFileSchema(): JsonSchema {
  const tree = objectSchema()
  for (const { path, field } of settings) place(tree, path.split('.'), settingSchema(path, field))
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Configuration of a chassis deployment',
    type: 'object',
    required: ['version', 'settings'],
    additionalProperties: false,
    properties: { $schema: { type: 'string' }, version: { type: 'integer' }, settings: tree },
  }
}

const settingSchema = (path: string, field: Field): JsonSchema => ({
  title: field.label,
  description: helpOf(path),
  default: field.default,
  ...(field.kind === 'yaml'
    ? { type: 'string' }
    : field.kind === 'list'
      ? { type: 'array', items: { type: 'string', ...(field.pattern ? { pattern: field.pattern } : {}) } }
      : field.kind === 'map'
        ? { type: 'object', additionalProperties: { type: 'string' } }
        : typeSchema(field)),
})
