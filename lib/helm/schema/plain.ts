import { faultOf } from '../../go/attempt.ts'
import type { Value } from '../../go/value.ts'
import { compilePattern, type Draft } from './document.ts'
import { numberOf } from './equal.ts'

type Fits = (value: Value, draft: Draft) => boolean

const isText: Fits = (value) => typeof value === 'string'
const isFlag: Fits = (value) => typeof value === 'boolean'
const isNumber: Fits = (value) => numberOf(value) !== undefined
const isCount: Fits = (value) => Number.isInteger(numberOf(value)) && numberOf(value)! >= 0
const isAnything: Fits = () => true
const isSeveral = (value: Value): value is Value[] => Array.isArray(value) && value.length > 0
const areTexts: Fits = (value) => isSeveral(value) && value.every((item) => typeof item === 'string') && new Set(value).size === value.length

const typeNames = new Set<Value>(['null', 'boolean', 'number', 'integer', 'string', 'array', 'object'])
const areTypes: Fits = (value, draft) => typeNames.has(value) || (areTexts(value, draft) && (value as Value[]).every((item) => typeNames.has(item)))

const isPattern = (value: Value): boolean => typeof value === 'string' && faultOf(() => compilePattern(value)) === undefined

const isSchema: Fits = (value, draft) => isPlainSchema(value, draft)
const areSchemas: Fits = (value, draft) => isSeveral(value) && value.every((item) => isPlainSchema(item, draft))
function areNamed(value: Value, draft: Draft): boolean {
  if (!(value instanceof Map)) return false
  for (const item of value.values()) if (!isPlainSchema(item, draft)) return false
  return true
}

const each = (fits: Fits, ...names: readonly string[]): (readonly [string, Fits])[] => names.map((name) => [name, fits])

const keywords: ReadonlyMap<string, Fits> = new Map([
  ...each(isText, '$schema', '$comment', 'title', 'description', 'format'),
  ...each(isFlag, 'uniqueItems', 'readOnly', 'writeOnly', 'deprecated'),
  ...each(isNumber, 'minimum', 'maximum'),
  ...each(isCount, 'minLength', 'maxLength', 'minItems', 'maxItems', 'minProperties', 'maxProperties'),
  ...each(isAnything, 'const', 'default'),
  ...each(areTexts, 'required', 'enum'),
  ...each(isSchema, 'items', 'contains', 'propertyNames', 'not', 'if', 'then', 'else'),
  ...each(areSchemas, 'allOf', 'anyOf', 'oneOf'),
  ...each(areNamed, 'properties', 'definitions', '$defs'),
  ['type', areTypes],
  ['pattern', isPattern],
  ['examples', (value) => Array.isArray(value)],
  ['$ref', (value) => typeof value === 'string' && /^#[\w$/.-]*$/.test(value)],
  ['additionalProperties', (value, draft) => typeof value === 'boolean' || isPlainSchema(value, draft)],
  ['patternProperties', (value, draft) => areNamed(value, draft) && [...(value as Map<string, Value>).keys()].every(isPattern)],
])

/**
 * Whether a schema is one that every draft allows, as nearly all are: told quickly, where the
 * metaschema takes its time. What is not plain may still be right.
 */
export function isPlainSchema(schema: Value, draft: Draft): boolean {
  if (!(schema instanceof Map)) return typeof schema === 'boolean' && draft > 4
  for (const [key, value] of schema) if (!keywords.get(key)?.(value, draft)) return false
  return true
}
