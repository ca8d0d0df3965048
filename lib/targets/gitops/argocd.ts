import { chassisChart } from '../../chart/index.ts'
import type { Config } from '../../config/index.ts'
import type { TextFile } from '../../files/file.ts'
import { chartUrlOf, controllerNamespaceOf, gitopsPaths, hasPreparation, inRepository, namespaceOf, namespacesOf, preparationOf } from '../../plan/index.ts'
import { yamlFile } from '../../yaml/commented.ts'
import { orNothing, scalesByItself, type KubernetesObject } from './objects.ts'

/** Argo CD's objects: one Application for what must be there before, one for the release, and a project by choice. */
export const argocdFiles = (config: Config): readonly TextFile[] => [
  ...(config['gitops.ownProject'] ? [file('project.yaml', project(config))] : []),
  ...(hasPreparation(config) ? [file('prepare.yaml', prepare(config), beforehand)] : []),
  { ...file('application.yaml', release(config), asHelm) },
]

const file = (name: string, object: KubernetesObject, heading?: string): TextFile => ({ path: `${gitopsPaths.argocd}/${name}`, text: yamlFile([object], heading) })

const beforehand = 'Comes first, and must be healthy before the release: Argo CD runs the migration before it makes any object of the release.'
const asHelm = `Argo CD renders the chart and runs its pre-install and pre-upgrade hooks as PreSync.
No object of the chart may get an argocd.argoproj.io/hook annotation: Argo CD would then ignore the migration.`

const api = 'argoproj.io/v1alpha1'

const projectName = (config: Config): string => (config['gitops.ownProject'] ? config['release.name'] : config['gitops.project'])

/** Waves order Applications where another Application installs them. */
const metadata = (config: Config, name: string, wave: string) => ({
  name,
  namespace: controllerNamespaceOf(config),
  labels: orNothing({ ...config.commonLabels }),
  annotations: { 'argocd.argoproj.io/sync-wave': wave },
})

const git = (config: Config, path: string) => ({
  repoURL: config['gitops.repoUrl'],
  targetRevision: config['gitops.revision'],
  path: inRepository(config, path),
})

const syncPolicy = (config: Config, prune: boolean, options: readonly string[]) => ({
  automated: config['gitops.automated'] ? { prune, selfHeal: config['gitops.selfHeal'], allowEmpty: false } : undefined,
  syncOptions: ['ServerSideApply=true', 'CreateNamespace=false', ...options],
  retry: { limit: 5, backoff: { duration: '10s', factor: 2, maxDuration: '5m' } },
})

const prepare = (config: Config): KubernetesObject => ({
  apiVersion: api,
  kind: 'Application',
  metadata: metadata(config, preparationOf(config), '-1'),
  spec: {
    project: projectName(config),
    source: git(config, gitopsPaths.prepare),
    destination: { server: config['gitops.server'], namespace: namespaceOf(config) },
    syncPolicy: syncPolicy(config, false, []),
  },
})

const release = (config: Config): KubernetesObject => ({
  apiVersion: api,
  kind: 'Application',
  metadata: metadata(config, config['release.name'], '0'),
  spec: {
    project: projectName(config),
    ...sources(config),
    destination: { server: config['gitops.server'], namespace: config['release.namespace'] },
    // Written by the autoscaler; the chart leaves it out, and this keeps it out of the comparison.
    ignoreDifferences: scalesByItself(config) ? [{ group: 'apps', kind: 'Deployment', jsonPointers: ['/spec/replicas'] }] : undefined,
    syncPolicy: syncPolicy(config, config['gitops.prune'], ['PruneLast=true', ...(scalesByItself(config) ? ['RespectIgnoreDifferences=true'] : [])]),
    revisionHistoryLimit: 10,
  },
})

/** The chart of the repository with the values beside it, or the pushed chart with the repository's values. */
function sources(config: Config) {
  const { releaseName, values } = { releaseName: config['release.name'], values: 'deploy/values.yaml' }
  if (config['gitops.chartSource'] === 'git')
    return { source: { ...git(config, 'chart'), helm: { releaseName, valueFiles: [`../${values}`] } } }
  const { path: _, ...repository } = git(config, '')
  return {
    sources: [
      {
        repoURL: registryOf(config),
        chart: chassisChart().metadata.name,
        targetRevision: config['gitops.chartVersion'] || chassisChart().metadata.version,
        helm: { releaseName, valueFiles: [`$values/${inRepository(config, values)}`] },
      },
      { ...repository, ref: 'values' },
    ],
  }
}

/** Argo CD writes registries without a scheme. */
const registryOf = (config: Config): string => chartUrlOf(config).replace(/^oci:\/\//, '')

/** A project in which nothing but this service can be installed. */
const project = (config: Config): KubernetesObject => ({
  apiVersion: api,
  kind: 'AppProject',
  metadata: { ...metadata(config, config['release.name'], '-2') },
  spec: {
    description: `What ${config['release.name']} may install`,
    sourceRepos: [config['gitops.repoUrl'], ...(config['gitops.chartSource'] === 'oci' ? [registryOf(config)] : [])],
    destinations: destinations(config).map((namespace) => ({ server: config['gitops.server'], namespace })),
    clusterResourceWhitelist: config['gitops.createNamespace'] ? [{ group: '', kind: 'Namespace' }] : [],
    namespaceResourceBlacklist: [
      { group: 'rbac.authorization.k8s.io', kind: 'Role' },
      { group: 'rbac.authorization.k8s.io', kind: 'RoleBinding' },
    ],
  },
})

/** A monitor may stand beside Prometheus instead of beside the service. */
const destinations = (config: Config): readonly string[] => [
  ...new Set([...namespacesOf(config), ...(config['serviceMonitor.enabled'] && config['serviceMonitor.namespace'] ? [config['serviceMonitor.namespace']] : [])]),
]
