import { GoError } from './value.ts'

/** What `work` gives, or what `otherwise` makes of the error that it returns; `otherwise` may throw another. */
export function attempt<Made, Other>(work: () => Made, otherwise: (error: GoError) => Other): Made | Other {
  try {
    return work()
  } catch (error) {
    if (error instanceof GoError) return otherwise(error)
    throw error
  }
}

/** The message of the error that `work` returns; nothing where it succeeds. */
export const faultOf = (work: () => unknown): string | undefined => attempt(() => void work(), ({ message }) => message)
