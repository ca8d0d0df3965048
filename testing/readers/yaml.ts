import { parseAllDocuments, visit, type Scalar } from 'yaml'
import { fromValue } from '../../lib/go/plain.ts'
import { readYamlDocuments } from '../../lib/yaml/index.ts'
import { difference, type Tree } from './tree.ts'

/**
 * Documents of a YAML file, read by two readers, of YAML 1.1 as Go's programs and of 1.2: they must
 * agree. Where Go's programs alone read the file, what is no number to them is none: one past float64.
 */
export function readYamlFile(text: string, { onlyGo = false } = {}): Tree {
  const plain = parseAllDocuments(text, {
    version: '1.2',
    uniqueKeys: true,
    strict: true,
  }) as ReturnType<typeof parseAllDocuments> & { readonly length: number }
  const documents = [...plain].map((document) => {
    if (document.errors[0]) throw document.errors[0]
    if (onlyGo)
      visit(document, {
        Scalar: (_, node) => void (isTooLarge(node) && (node.value = node.source)),
      })
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

const isTooLarge = ({ value, source = '' }: Scalar): boolean =>
  (value === Infinity || value === -Infinity) && /\d/.test(source)
