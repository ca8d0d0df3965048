import { Document, visit } from 'yaml'
import { isAmbiguous } from './scalars.ts'

/** One value of a commented YAML file: where it goes, what it is, and what to say above it. */
export interface Entry {
  readonly path: readonly string[]
  readonly value: unknown
  readonly comment?: string
  /** An empty line above it. */
  readonly apart?: boolean
}

/** Plain data as one or several YAML documents, in the order given, quoted as `commentedYaml` quotes. */
export const yamlFile = (documents: readonly unknown[], heading?: string): string =>
  (heading === undefined ? '' : `${heading.replace(/^/gm, '# ').replace(/ +$/gm, '')}\n`) +
  documents
    .map(plainText)
    .join('---\n')

/** A table of the file: what stands under each key, and the entry that says so. */
type Table = Map<string, Table | Entry>

/**
 * A YAML file with a comment above each value, in the order given. Scalars that YAML 1.1
 * would read otherwise are quoted, for Helm and kubectl read YAML 1.1.
 */
export function commentedYaml(entries: readonly Entry[], heading?: string): string {
  const root: Table = new Map()
  for (const entry of entries) tableAt(root, entry.path.slice(0, -1)).set(entry.path.at(-1) as string, entry)
  const body = entries.length === 0 ? '{}\n' : textOf(root, '')
  return heading === undefined ? body : `${heading.replace(/^/gm, '# ').replace(/ +$/gm, '')}\n${body}`
}

function tableAt(root: Table, path: readonly string[]): Table {
  let table = root
  for (const name of path) {
    const found = table.get(name)
    const next: Table = found instanceof Map ? found : new Map()
    if (next !== found) table.set(name, next)
    table = next
  }
  return table
}

function textOf(table: Table, indent: string): string {
  let text = ''
  for (const [key, item] of table) {
    if (item instanceof Map) text += `${indent}${keyText(key)}:\n${textOf(item, `${indent}  `)}`
    else text += `${aboveOf(item, indent)}${indented(pairText(key, item.value), indent)}`
  }
  return text
}

const aboveOf = ({ apart, comment }: Entry, indent: string): string =>
  (apart ? '\n' : '') + (comment ? `${comment.replace(/^/gm, `${indent}# `)}\n` : '')

const indented = (text: string, indent: string): string => (indent === '' ? text : text.replace(/^(?=.)/gm, indent))

const keyText = (key: string): string => pairText(key, null).slice(0, -': null\n'.length)

const known = new Map<string, string>()
const mostKnown = 5000

/** `key: value` at the margin; most pairs stay the same from one rendering to the next. */
function pairText(key: string, value: unknown): string {
  const name = JSON.stringify([key, value])
  const found = known.get(name)
  if (found !== undefined) return found
  const text = plainText({ [key]: value })
  if (known.size >= mostKnown) known.clear()
  known.set(name, text)
  return text
}

/** What YAML takes for the end of a line, or does not take at all, and the library leaves as it is between double quotes. */
const unsafe = /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g
/** What go-yaml does not read as it was from a block: a tab where it looks for the indentation, and nothing but blanks. */
const noBlock = /^[ \n]*(?:\t|$)/
const loneSurrogates = /\p{Cs}/gu

/**
 * The library quotes what YAML 1.1 reads otherwise; go-yaml, which Helm and kubectl read with, takes
 * more for numbers (`-_0`). Half a character becomes U+FFFD, as in every file.
 */
function plainText(data: unknown): string {
  const document = new Document(data, { version: '1.2', compat: 'yaml-1.1', aliasDuplicateObjects: false })
  let escapes = false
  visit(document, {
    Scalar: (_, node) => {
      if (typeof node.value !== 'string') return
      node.value = node.value.replace(loneSurrogates, '\ufffd')
      const special = (node.value as string).search(unsafe) >= 0
      escapes ||= special
      if (special || noBlock.test(node.value as string) || isAmbiguous(node.value as string)) node.type = 'QUOTE_DOUBLE'
    },
  })
  const text = document.toString({ lineWidth: 0, flowCollectionPadding: false })
  return escapes ? text.replace(unsafe, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`) : text
}
