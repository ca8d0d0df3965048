import type { Target } from './target.ts'

/** Every kind of output, in the order in which the page shows them. */
export const targets: readonly Target[] = []
