import type { Draft } from './document.ts'

// What schemas may say, by draft: the metaschemas of json-schema.org without what checks nothing.
// Those since 2019 point at themselves wherever a schema may stand, which is `#` here: no chart extends them.

type Json = boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
type Table = Readonly<Record<string, Json>>

const one = (name: string): Table => ({ $ref: `#/definitions/${name}` })
const schema: Table = { $ref: '#' }
const text: Table = { type: 'string' }
const flag: Table = { type: 'boolean' }
const number: Table = { type: 'number' }
const list: Table = { type: 'array' }
const formatted = (format: string): Table => ({ type: 'string', format })
const some = (...schemas: readonly Json[]): Table => ({ anyOf: schemas })
const tableOf = (item: Json): Table => ({ type: 'object', additionalProperties: item })
const all = (value: Json, ...names: readonly string[]): Table => Object.fromEntries(names.map((name) => [name, value]))

const schemaArray: Table = { type: 'array', minItems: 1, items: schema }
const simpleTypes: Table = { enum: ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'] }
const stringArray: Table = { type: 'array', items: text, uniqueItems: true }
const count: Table = { type: 'integer', minimum: 0 }
const types = some(one('simpleTypes'), { type: 'array', items: one('simpleTypes'), minItems: 1, uniqueItems: true })
const choices: Table = { type: 'array', minItems: 1, uniqueItems: true }

const counts: Table = {
  ...all(one('count'), 'maxLength', 'maxItems', 'maxProperties'),
  ...all(one('countOr0'), 'minLength', 'minItems', 'minProperties'),
}
const branches = all(one('schemaArray'), 'allOf', 'anyOf', 'oneOf')
const numbers = all(number, 'maximum', 'minimum')
const limits: Table = { ...numbers, ...all(number, 'exclusiveMaximum', 'exclusiveMinimum'), multipleOf: { type: 'number', exclusiveMinimum: 0 } }
const names = all(text, 'title', 'description')
const regex = formatted('regex')
const patterns: Table = { ...tableOf(schema), propertyNames: { format: 'regex' } }
const definitions: Table = { schemaArray, count, countOr0: { allOf: [one('count')] }, simpleTypes, stringArray }

const common: Table = {
  ...names, ...numbers, ...counts, ...branches,
  $schema: formatted('uri'), pattern: regex, uniqueItems: flag, required: one('stringArray'), type: types, enum: choices, format: text, not: schema,
  items: some(schema, one('schemaArray')),
  ...all(tableOf(schema), 'definitions', 'properties', 'patternProperties'),
  dependencies: tableOf(some(schema, one('stringArray'))),
}

const draft4 = (): Table => ({
  type: 'object',
  definitions: { ...definitions, stringArray: { ...stringArray, minItems: 1 } },
  properties: {
    ...common,
    id: text, $ref: text,
    multipleOf: { type: 'number', minimum: 0, exclusiveMinimum: true },
    ...all(flag, 'exclusiveMaximum', 'exclusiveMinimum'),
    ...all(some(flag, schema), 'additionalItems', 'additionalProperties'),
  },
  dependencies: { exclusiveMaximum: ['maximum'], exclusiveMinimum: ['minimum'] },
})

const draft6 = (): Table => ({
  type: ['object', 'boolean'],
  definitions,
  properties: {
    ...common, ...limits,
    ...all(formatted('uri-reference'), '$id', '$ref'),
    ...all(schema, 'additionalItems', 'additionalProperties', 'contains', 'propertyNames'),
  },
})

const draft7 = (): Table => ({
  ...draft6(),
  properties: {
    ...(draft6()['properties'] as Table),
    ...all(text, '$comment', 'contentMediaType', 'contentEncoding'),
    ...all(flag, 'readOnly', 'writeOnly'),
    ...all(schema, 'if', 'then', 'else'),
    examples: list, patternProperties: patterns,
  },
})

/** A draft that is put together of vocabularies. */
const ofVocabularies = (vocabularies: readonly Table[], properties: Table, more: Table = {}): Table => ({
  type: ['object', 'boolean'],
  allOf: vocabularies.map((_, at) => one(String(at))),
  properties: { definitions: tableOf(schema), dependencies: tableOf(some(schema, one('stringArray'))), ...properties },
  definitions: {
    ...definitions,
    countOr0: one('count'),
    ...more,
    ...Object.fromEntries(vocabularies.map((each, at) => [at, { type: ['object', 'boolean'], properties: each }])),
  },
})

const id: Table = { pattern: '^[^#]*#?$' }
const core: Table = { $comment: text, $defs: tableOf(schema) }
const applicator: Table = {
  ...branches,
  ...all(schema, 'contains', 'additionalProperties', 'propertyNames', 'if', 'then', 'else', 'not'),
  ...all(tableOf(schema), 'properties', 'dependentSchemas'),
  patternProperties: patterns,
}
const unevaluated = all(schema, 'unevaluatedItems', 'unevaluatedProperties')
const validation: Table = {
  ...limits, ...counts,
  ...all(one('count'), 'maxContains', 'minContains'),
  pattern: regex, uniqueItems: flag, required: one('stringArray'), type: types, enum: list,
  dependentRequired: tableOf(one('stringArray')),
}
const metaData: Table = { ...names, ...all(flag, 'deprecated', 'readOnly', 'writeOnly'), examples: list }
const content: Table = { ...all(text, 'contentMediaType', 'contentEncoding'), contentSchema: schema }

const anchor2019: Table = { type: 'string', pattern: '^[A-Za-z][-A-Za-z0-9.:_]*$' }
const core2019: Table = {
  ...core,
  $schema: formatted('uri'),
  $id: { ...formatted('uri-reference'), ...id },
  ...all(formatted('uri-reference'), '$ref', '$recursiveRef'),
  $anchor: anchor2019,
  $recursiveAnchor: flag,
  $vocabulary: { ...tableOf(flag), propertyNames: formatted('uri') },
}
const draft2019 = (): Table => ofVocabularies(
  [core2019, { ...applicator, ...unevaluated, additionalItems: schema, items: some(schema, one('schemaArray')) }, validation, metaData, { format: text }, content],
  {},
)

/**
 * Draft 2019-09 for a part of a schema that is of another draft: what should point at the whole
 * points at the vocabulary that it stands in, which is the nearest that Helm's library finds.
 */
export function narrowed2019(): Table {
  const { properties, definitions, ...rest } = draft2019() as Readonly<Record<string, Table>>
  const pointing = (parts: Table, placeOf: (name: string) => string): Table =>
    Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, JSON.parse(JSON.stringify(part).replaceAll('"$ref":"#"', `"$ref":"${placeOf(name)}"`)) as Json]))
  return {
    ...rest,
    properties: pointing(properties!, (name) => `#/properties/${name}`),
    // What has no number is used by the applicators only.
    definitions: pointing(definitions!, (name) => `#/definitions/${/^\d$/.test(name) ? name : 1}`),
  }
}

const core2020: Table = {
  ...core,
  $schema: one('uri'),
  $id: { ...one('reference'), ...id },
  ...all(one('reference'), '$ref', '$dynamicRef'),
  ...all(one('anchor'), '$anchor', '$dynamicAnchor'),
  $vocabulary: { ...tableOf(flag), propertyNames: one('uri') },
}
const draft2020 = (): Table => ofVocabularies(
  [core2020, { ...applicator, prefixItems: one('schemaArray'), items: schema }, unevaluated, validation, metaData, { format: text }, content],
  { $recursiveAnchor: one('anchor'), $recursiveRef: one('reference') },
  { uri: formatted('uri'), reference: formatted('uri-reference'), anchor: { type: 'string', pattern: '^[A-Za-z_][-A-Za-z0-9._]*$' } },
)

/** Where a draft's metaschema is published, and what it says. */
export const metaschemas: Readonly<Record<Draft, { readonly uri: string; readonly schema: () => Table }>> = {
  4: { uri: 'http://json-schema.org/draft-04/schema#', schema: draft4 },
  6: { uri: 'http://json-schema.org/draft-06/schema#', schema: draft6 },
  7: { uri: 'http://json-schema.org/draft-07/schema#', schema: draft7 },
  2019: { uri: 'https://json-schema.org/draft/2019-09/schema#', schema: draft2019 },
  2020: { uri: 'https://json-schema.org/draft/2020-12/schema#', schema: draft2020 },
}
