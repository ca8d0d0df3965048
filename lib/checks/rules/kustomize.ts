import { applies, settings } from '../../config/index.ts'
import { gitopsTool, rawOf } from '../../plan/index.ts'
import { isAmbiguous } from '../../yaml/index.ts'
import type { Rule } from '../rule.ts'
import { short } from '../words.ts'

/** Keys at any depth. */
const keysIn = (value: unknown): readonly string[] =>
  Array.isArray(value)
    ? value.flatMap(keysIn)
    : typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, below]) => [key, ...keysIn(below)])
      : []

/** Older words for true and false are the ones that Kustomize does quote. */
const isMistaken = (key: string): boolean => isAmbiguous(key) && !/^(y|n|yes|no|on|off)$/i.test(key)

/** Source: `kubectl kustomize` writes keys without their quotes while it works, and then fails at those that became numbers. */
const mistaken: Rule = {
  id: 'gitops-key-no-text',
  severity: 'error',
  demand: 'Kustomize reads every key as text',
  applies: (config) => ['kustomize', 'flux'].includes(gitopsTool(config)),
  check: (config) =>
    settings.flatMap(({ path, field }) => {
      if ((field.kind !== 'map' && field.kind !== 'yaml') || !applies(config, path)) return []
      const value = config[path]
      const bad = keysIn(field.kind === 'yaml' ? rawOf(value as string, field.shape).value : value).find(isMistaken)
      return bad === undefined
        ? []
        : [
            {
              path,
              title: 'Key that is no text',
              message: `${gitopsTool(config) === 'flux' ? "Flux's Kustomize" : 'Kustomize'} takes the key “${short(bad, 40)}” for a number or another value, quoted or not, and refuses the whole file; give it another name.`,
            },
          ]
    }),
}

export const kustomizeRules: readonly Rule[] = [mistaken]
