import type { Config } from '../../config/index.ts'
import type { TextFile } from '../../files/file.ts'
import { appliedSecretFiles, deliversSecrets, secretPaths, secretsModeOf } from '../../plan/index.ts'
import { yamlFile } from '../../yaml/commented.ts'
import type { Target } from '../target.ts'
import { externalSecrets } from './external.ts'
import { sealedTemplate } from './sealed.ts'
import { sopsFiles } from './sops.ts'

export { sealedSecretYaml, type SealedValues } from './sealed.ts'

/** How the Secrets of a cluster come to be; no file of it holds a value. */
export const clusterSecrets: Target = {
  id: 'secrets',
  label: 'Secrets',
  render: (config) => [...own(config), ...(deliversSecrets(config) ? [kustomization(config)] : [])],
}

function own(config: Config): readonly TextFile[] {
  switch (secretsModeOf(config)) {
    case 'eso':
      return [{ path: secretPaths.external, text: externalSecrets(config) }]
    case 'sealed':
      return [{ path: secretPaths.sealedTemplate, text: sealedTemplate(config) }]
    case 'sops':
      return sopsFiles(config)
    default:
      return []
  }
}

/** Names files that their owner makes: until they are there nothing is installed without its Secrets. */
const kustomization = (config: Config): TextFile => ({
  path: secretPaths.kustomization,
  text: yamlFile([
    {
      apiVersion: 'kustomize.config.k8s.io/v1beta1',
      kind: 'Kustomization',
      resources: appliedSecretFiles(config).map((path) => path.slice(secretPaths.folder.length + 1)),
    },
  ]),
})
