import type { Value } from '../../go/value.ts'
import { SchemaDocument, SchemaError, type Check, type Draft } from './document.ts'
import { metaschemas, narrowed2019 } from './metaschemas.ts'
import { isPlainSchema } from './plain.ts'
import { problemText } from './problem.ts'
import { validate } from './validate.ts'

const documents = new Map<Draft | 'narrowed', SchemaDocument>()

function documentOf(draft: Draft, isNarrowed = false): SchemaDocument {
  const key = isNarrowed ? 'narrowed' : draft
  const { uri, schema } = metaschemas[draft]
  const document = documents.get(key) ?? new SchemaDocument(JSON.stringify({ $schema: uri, ...(isNarrowed ? narrowed2019() : schema()) }), { isMeta: true })
  documents.set(key, document)
  return document
}

/** Throws `SchemaError` for a schema that its draft does not allow, or one in it that its own draft does not; `uri` is where it stands. */
export const checkSchema: Check = (schema, draft, uri, drafts) => {
  const metaOf = (part: Value): SchemaDocument | undefined => {
    const own = drafts.get(part)
    return own && documentOf(own, own === 2019 && draft !== 2019)
  }
  const problem = isPlainSchema(schema, draft) ? undefined : validate(documentOf(draft), schema, metaOf)
  if (!problem) return
  throw new SchemaError(`"${uri}" is not valid against metaschema: jsonschema validation failed with '${metaschemas[draft].uri}'\n${problemText(problem)}`)
}
