import { HelmError } from './failure.ts'
import { pathPattern } from './helmignore.ts'
import { splitDocuments } from './manifests.ts'

/**
 * The documents of the files asked for, in the order in which they were asked for; names may be
 * patterns such as `templates/*.yaml`. Throws `HelmError` for one that fits no file.
 * Source: `helm template --show-only`, which looks for the source in each document's text.
 */
export function showOnly(files: readonly string[], manifest: string): string {
  const documents = splitDocuments(manifest).map(text => ({ text, name: /# Source: [^/]+\/(.+)/.exec(text)?.[1] }))
  return files
    .flatMap(file => {
      const fits = matcher(file)
      const found = documents.filter(({ name }) => name !== undefined && fits(name))
      if (found.length === 0) throw new HelmError(`could not find template ${file} in chart`)
      return found
    })
    .map(({ text }) => `---\n${text}\n`)
    .join('')
}

/** A pattern that is wrong fits nothing. */
function matcher(file: string): (name: string) => boolean {
  try {
    const pattern = pathPattern(file)
    return name => pattern.test(name)
  } catch (error) {
    if (error instanceof HelmError) return () => false
    throw error
  }
}
