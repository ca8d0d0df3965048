import { chart } from './chart/index.ts'
import { compose } from './compose/index.ts'
import { configFile } from './config-file/index.ts'
import { container } from './container/index.ts'
import { docs } from './docs/index.ts'
import { envFile } from './env-file/index.ts'
import { gitops } from './gitops/index.ts'
import { manifests } from './manifests/index.ts'
import { monitoring } from './monitoring/index.ts'
import { proxy } from './proxy/index.ts'
import { remembering } from './remember.ts'
import type { Target } from './target.ts'
import { clusterSecrets } from './secrets/index.ts'
import { workflows } from './workflows/index.ts'

export { originOfLine } from './manifests/index.ts'
export { sealedSecretYaml, type SealedValues } from './secrets/index.ts'

/** Every kind of output, in the order in which the page shows them. */
export const targets: readonly Target[] = [
  manifests,
  chart,
  gitops,
  clusterSecrets,
  compose,
  container,
  proxy,
  monitoring,
  envFile,
  workflows,
  docs,
  configFile,
].map(remembering)
