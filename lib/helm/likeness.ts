/** Where a manifest that is written as usual has told kind and metadata. */
const body = /^(?:spec|data|stringData):$/m

/** A line of a table whose value is a word or a small or hexadecimal number: any other would be YAML, too. */
const simpleEntry = /^( +(?:- )*[\w./-]+: )(?:[A-Za-z][\w -]*|\d{1,9}|\d+[a-df][\da-f]*)$/gm

/**
 * A document without the words of its body: documents alike in this are valid YAML or not
 * alike, and have the same kind and metadata. The document itself where nothing else is certain.
 */
export function likenessOf(text: string): string {
  const start = text.search(body)
  if (start < 0) return text
  const rest = text.slice(start)
  // Another table at the margin could be the metadata.
  return /\n[^ \n]/.test(rest) ? text : text.slice(0, start) + rest.replace(simpleEntry, '$1x')
}
