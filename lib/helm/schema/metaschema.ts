import type { Value } from '../../go/value.ts'
import { SchemaDocument, SchemaError, type Draft } from './document.ts'
import { metaschemas } from './metaschemas.ts'
import { isPlainSchema } from './plain.ts'
import { problemText } from './problem.ts'
import { validate } from './validate.ts'

const documents = new Map<Draft, SchemaDocument>()

function documentOf(draft: Draft): SchemaDocument {
  const { uri, schema } = metaschemas[draft]
  const document = documents.get(draft) ?? new SchemaDocument(JSON.stringify({ $schema: uri, ...schema() }), { isMeta: true })
  documents.set(draft, document)
  return document
}

/** Throws `SchemaError` for a schema that its draft does not allow; `uri` is where it stands. */
export function checkSchema(schema: Value, draft: Draft, uri: string): void {
  const problem = isPlainSchema(schema, draft) ? undefined : validate(documentOf(draft), schema)
  if (!problem) return
  throw new SchemaError(`"${uri}" is not valid against metaschema: jsonschema validation failed with '${metaschemas[draft].uri}'\n${problemText(problem)}`)
}
