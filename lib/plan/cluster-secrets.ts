import type { Config } from '../config/index.ts'
import { secretsOf, type SecretVariable } from './environment.ts'
import { runsOn } from './platform.ts'
import { secretReference } from './values.ts'

/** A Secret that the chart refers to and that must exist before Helm starts: the migration reads it first of all. */
export interface ClusterSecret {
  readonly name: string
  readonly keys: readonly ClusterSecretKey[]
}

export interface ClusterSecretKey {
  readonly key: string
  readonly variable: SecretVariable
}

/** The Secrets that a configuration needs on Kubernetes, each with its keys, in the order of the form. */
export function clusterSecretsOf(config: Config): readonly ClusterSecret[] {
  const found = new Map<string, Map<string, SecretVariable>>()
  for (const variable of runsOn(config, 'kubernetes') ? secretsOf(config, 'kubernetes') : []) {
    const { secret, key } = secretReference(config, variable.name)
    const keys = found.get(secret) ?? new Map<string, SecretVariable>()
    found.set(secret, keys.set(key, variable))
  }
  return [...found].map(([name, keys]) => ({ name, keys: [...keys].map(([key, variable]) => ({ key, variable })) }))
}

/** A PEM text is public and has several lines: it is taken from a file. */
export const hasSeveralLines = ({ path }: SecretVariable): boolean => path === 'auth.jwtPublicKey'

/** How Secrets come to exist; by hand where the configuration needs none. */
export const secretsModeOf = (config: Config): Config['secrets.mode'] =>
  clusterSecretsOf(config).length > 0 ? config['secrets.mode'] : 'existing'

/** Files about Secrets, relative to the bundle. Those that hold encrypted values are made by their owner and are in no bundle, so that none overwrites them. */
export const secretPaths = {
  folder: 'deploy/secrets',
  kustomization: 'deploy/secrets/kustomization.yaml',
  external: 'deploy/secrets/external-secrets.yaml',
  sealed: 'deploy/secrets/sealed-secrets.yaml',
  sealedTemplate: 'deploy/secrets/sealed-secrets.template.yaml',
  ignore: 'deploy/secrets/.gitignore',
  sopsRules: '.sops.yaml',
} as const

/** The encrypted file of one of the Secrets, by its place among them: SOPS signs each file as a whole. */
export const sopsFileOf = (at: number): string => `${secretPaths.folder}/secret${at === 0 ? '' : `-${at + 1}`}.sops.yaml`

/** The same without values. */
export const sopsTemplateOf = (at: number): string => sopsFileOf(at).replace('.sops.', '.template.')

/** The files that a cluster gets for its Secrets. */
export function appliedSecretFiles(config: Config): readonly string[] {
  switch (secretsModeOf(config)) {
    case 'eso':
      return [secretPaths.external]
    case 'sealed':
      return [secretPaths.sealed]
    case 'sops':
      return clusterSecretsOf(config).map((_, at) => sopsFileOf(at))
    default:
      return []
  }
}

/** Where a value stands in the external store. */
export function remoteReference(config: Config, { key, variable }: ClusterSecretKey): { readonly key: string; readonly property?: string } {
  const other = Object.hasOwn(config['secrets.remoteKeys'], variable.name) ? config['secrets.remoteKeys'][variable.name] : undefined
  if (other !== undefined) {
    const at = other.lastIndexOf('#')
    return at < 0 ? { key: other } : { key: other.slice(0, at), property: other.slice(at + 1) }
  }
  const path = config['secrets.remotePath'] || config['release.name']
  return config['secrets.remoteLayout'] === 'properties' ? { key: path, property: key } : { key: `${path}/${key}` }
}
