import { chart } from './chart/index.ts'
import { configFile } from './config-file/index.ts'
import { manifests } from './manifests/index.ts'
import type { Target } from './target.ts'

/** Every kind of output, in the order in which the page shows them. */
export const targets: readonly Target[] = [
  manifests,
  chart,
  configFile,
]
