import { useSyncExternalStore } from 'react'
import type { helpOf } from '../../lib/config/help/index.ts'

/** Only the build has the sentences at once; in the browser they come after the form. */
let sentences: typeof helpOf | undefined =
  typeof window === 'undefined'
    ? // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would bring them into the first load
      (require('../../lib/config/help/index.ts') as typeof import('../../lib/config/help/index.ts'))
        .helpOf
    : undefined

let asked = false
const waiting = new Set<() => void>()

function subscribe(onChange: () => void): () => void {
  waiting.add(onChange)
  if (!asked) {
    asked = true
    import('../../lib/config/help/index.ts').then(
      (loaded) => {
        sentences = loaded.helpOf
        for (const tell of waiting) tell()
      },
      () => (asked = false),
    )
  }
  return () => waiting.delete(onChange)
}

/** What a setting does, in a sentence; undefined until the sentences have come. */
export function useHelp(path: string): string | undefined {
  const sentence = () => sentences?.(path)
  return useSyncExternalStore(subscribe, sentence, sentence)
}
