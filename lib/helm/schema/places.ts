import type { Value } from '../../go/value.ts'
import type { Draft } from './document.ts'

type Form = 'one' | 'list' | 'table'

/** The keywords that hold schemas, how they hold them, and the first draft that has each. Source: santhosh-tekuri/jsonschema v6, `Draft.subschemas`. */
const places: readonly (readonly [since: Draft, form: Form, ...keywords: readonly string[]])[] = [
  [4, 'one', 'not', 'additionalProperties', 'items', 'additionalItems'],
  [4, 'list', 'allOf', 'anyOf', 'oneOf', 'items'],
  [4, 'table', 'definitions', 'properties', 'patternProperties', 'dependencies'],
  [6, 'one', 'propertyNames', 'contains'],
  [7, 'one', 'if', 'then', 'else'],
  [2019, 'one', 'unevaluatedProperties', 'unevaluatedItems', 'contentSchema'],
  [2019, 'table', '$defs', 'dependentSchemas'],
  [2020, 'list', 'prefixItems'],
]

const formsOf = new Map<string, { readonly since: Draft; readonly form: Form }[]>()
for (const [since, form, ...keywords] of places)
  for (const keyword of keywords) formsOf.set(keyword, [...(formsOf.get(keyword) ?? []), { since, form }])

/** The parts of a schema that are schemas in a draft. */
export const schemasIn = (schema: ReadonlyMap<string, Value>, draft: Draft): Iterable<Value> => partsOf(schema, 4, draft)

/** In which order schemas are compiled, so that of several faults the same is found. */
const order = [
  'allOf', 'anyOf', 'oneOf', 'not', 'items', 'additionalItems', 'properties', 'patternProperties', 'additionalProperties', 'dependencies',
  'contains', 'propertyNames', 'if', 'then', 'else', 'dependentSchemas', 'unevaluatedItems', 'unevaluatedProperties', 'prefixItems',
]

function inOrder(schema: ReadonlyMap<string, Value>, draft: Draft): ReadonlyMap<string, Value> {
  const rank = (keyword: string): number => (keyword === 'items' && draft === 2020 ? order.length : order.indexOf(keyword))
  return new Map([...schema].sort(([one], [other]) => rank(one) - rank(other)))
}

/**
 * Those of them that are compiled. Beside a reference, drafts before 2019 ignore what draft 4 had,
 * and no more. Source: santhosh-tekuri/jsonschema v6, `objCompiler`.
 */
export const compiledIn = (schema: ReadonlyMap<string, Value>, draft: Draft, isReference: boolean): Iterable<Value> =>
  partsOf(inOrder(schema, draft), isReference && draft < 2019 ? 6 : 4, draft, (keyword) => {
    if (keyword === 'definitions' || keyword === '$defs' || keyword === 'contentSchema') return false
    if (keyword === 'additionalItems') return draft < 2020 && Array.isArray(schema.get('items'))
    return (keyword !== 'then' && keyword !== 'else') || schema.has('if')
  })

function* partsOf(schema: ReadonlyMap<string, Value>, first: Draft, last: Draft, takes: (keyword: string) => boolean = () => true): Generator<Value> {
  for (const [keyword, value] of schema) {
    const forms = formsOf.get(keyword)
    if (!forms || !takes(keyword)) continue
    for (const { since, form } of forms) {
      if (since < first || since > last) continue
      if (form === 'one') yield value
      else if (form === 'list' && Array.isArray(value)) yield* value
      else if (form === 'table' && value instanceof Map) yield* value.values()
    }
  }
}
