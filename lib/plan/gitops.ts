import type { Config } from '../config/index.ts'
import { appliedSecretFiles, secretsModeOf } from './cluster-secrets.ts'
import { namespaceOf } from './hosts.ts'
import { runsOn } from './platform.ts'
import { chartRegistryOf, publishesChart } from './workflows.ts'

/** What delivers to the cluster from the repository. */
export const gitopsTool = (config: Config): Config['gitops.tool'] => (runsOn(config, 'kubernetes') ? config['gitops.tool'] : 'none')

/** Whether a controller in the cluster watches the repository. */
export const hasController = (config: Config): boolean => ['argocd', 'flux'].includes(gitopsTool(config))

/** Folders of the bundle, relative to it. */
export const gitopsPaths = {
  /** What must be there before the release: the namespace, its limits, its Secrets. */
  prepare: 'gitops/prepare',
  argocd: 'gitops/argocd',
  flux: 'gitops/flux',
  fluxRelease: 'gitops/flux/release',
  kustomize: 'gitops/kustomize',
} as const

/** The namespace in which the controller looks for its objects. */
export const controllerNamespaceOf = (config: Config): string =>
  config['gitops.controllerNamespace'] || (gitopsTool(config) === 'argocd' ? 'argocd' : 'flux-system')

/** The namespaces of a release: Helm's own record, and the objects, which may stand in another. */
export const namespacesOf = (config: Config): readonly string[] => [...new Set([config['release.namespace'], namespaceOf(config)])]

/** A path of the bundle as a path in the repository. */
export const inRepository = (config: Config, path: string): string => [config['gitops.path'], path].filter(Boolean).join('/')

/** Whether the Secrets are delivered with the namespace. Argo CD cannot decrypt SOPS, and neither can kubectl. */
export const deliversSecrets = (config: Config): boolean =>
  gitopsTool(config) !== 'none' && appliedSecretFiles(config).length > 0 && (secretsModeOf(config) !== 'sops' || gitopsTool(config) === 'flux')

/** Whether pods of the namespace that no policy speaks of are cut off. */
export const deniesByDefault = (config: Config): boolean =>
  gitopsTool(config) !== 'none' && config['networkPolicy.enabled'] && config['gitops.defaultDeny']

/** Whether a namespace serves others besides. */
export const isShared = (config: Config, name: string): boolean =>
  name === 'default' || name.startsWith('kube-') || (hasController(config) && name === controllerNamespaceOf(config))

/** Whether anything has to be there before the release. */
export const hasPreparation = (config: Config): boolean =>
  gitopsTool(config) !== 'none' &&
  (config['gitops.createNamespace'] || config['gitops.quota'] || deniesByDefault(config) || deliversSecrets(config))

/** The name of what delivers that. */
export const preparationOf = (config: Config): string => `${config['release.name']}-prepare`

/** The environments of the Kustomize output; their names are folders, so what is no such name is left out. */
export const overlaysOf = (config: Config): readonly string[] =>
  [...new Set(config['gitops.overlays'])].filter((name) => /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name))

/** The registry that the chart is taken from, with its scheme; empty where nobody named one. */
export const chartUrlOf = (config: Config): string =>
  config['gitops.chartUrl'] || (publishesChart(config) ? `oci://${chartRegistryOf(config)}` : '')
