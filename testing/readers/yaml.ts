import { parseAllDocuments } from 'yaml'
import { fromValue } from '../../lib/go/plain.ts'
import { readYamlDocuments } from '../../lib/yaml/index.ts'
import { difference, type Tree } from './tree.ts'

/** Documents of a YAML file, read by two readers, of YAML 1.1 as Go's programs and of 1.2: they must agree. */
export function readYamlFile(text: string): Tree {
  const plain = parseAllDocuments(text, {
    version: '1.2',
    uniqueKeys: true,
    strict: true,
  }) as ReturnType<typeof parseAllDocuments> & { readonly length: number }
  const documents = [...plain].map((document) => {
    if (document.errors[0]) throw document.errors[0]
    return document.toJS({ maxAliasCount: 0 }) as Tree
  })
  const asGo = readYamlDocuments(text).map((document) => fromValue(document) as Tree)
  const differs = difference(
    documents.filter((one) => one !== null),
    asGo.filter((one) => one !== null),
  )
  if (differs !== undefined) throw new Error(`readers of YAML do not agree ${differs}`)
  return documents
}
