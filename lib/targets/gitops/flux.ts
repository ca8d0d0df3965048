import { chassisChart } from '../../chart/index.ts'
import type { Config } from '../../config/index.ts'
import type { TextFile } from '../../files/file.ts'
import { chartUrlOf, controllerNamespaceOf, deliversSecrets, gitopsPaths, hasPreparation, inRepository, preparationOf, secretsModeOf, valuesTree } from '../../plan/index.ts'
import { yamlFile } from '../../yaml/commented.ts'
import { kustomization, orNothing, scalesByItself, type KubernetesObject } from './objects.ts'

/** Flux's objects: the source, what must be there before, and the release, which waits for it. */
export const fluxFiles = (config: Config): readonly TextFile[] => {
  const objects = [
    ['source.yaml', repository(config), ...(fromRegistry(config) ? [chartSource(config)] : [])],
    ...(hasPreparation(config) ? [['prepare.yaml', prepare(config)] as const] : []),
    ['release.yaml', afterwards(config)],
  ] as readonly (readonly [string, ...KubernetesObject[]])[]
  return [
    { path: `${gitopsPaths.flux}/kustomization.yaml`, text: yamlFile([kustomization({ resources: objects.map(([name]) => name) })]) },
    ...objects.map(([name, ...parts]) => ({ path: `${gitopsPaths.flux}/${name}`, text: yamlFile(parts) })),
    { path: `${gitopsPaths.fluxRelease}/kustomization.yaml`, text: yamlFile([kustomization({ resources: ['helm-release.yaml'] })]) },
    { path: `${gitopsPaths.fluxRelease}/helm-release.yaml`, text: yamlFile([release(config)]) },
  ]
}

const fromRegistry = (config: Config): boolean => config['gitops.chartSource'] === 'oci'

const metadata = (config: Config, name = config['release.name']) => ({
  name,
  namespace: controllerNamespaceOf(config),
  labels: orNothing({ ...config.commonLabels }),
})

const interval = (config: Config): string => `${config['gitops.intervalMinutes']}m`

const repository = (config: Config): KubernetesObject => ({
  apiVersion: 'source.toolkit.fluxcd.io/v1',
  kind: 'GitRepository',
  metadata: metadata(config),
  spec: {
    interval: interval(config),
    url: sshUrl(config['gitops.repoUrl']),
    ref: reference(config['gitops.revision']),
    secretRef: config['gitops.repoSecret'] ? { name: config['gitops.repoSecret'] } : undefined,
  },
})

/** Flux takes no scp-like addresses: `git@host:path` is `ssh://git@host/path`. */
const sshUrl = (url: string): string => (url.includes('://') ? url : url.replace(/^([^@]+@[^:]+):\/?/, 'ssh://$1/'))

function reference(revision: string) {
  if (/^[0-9a-f]{40}$/.test(revision)) return { commit: revision }
  return revision.startsWith('refs/') ? { name: revision } : { branch: revision }
}

const chartSource = (config: Config): KubernetesObject => ({
  apiVersion: 'source.toolkit.fluxcd.io/v1',
  kind: 'OCIRepository',
  metadata: metadata(config, `${config['release.name']}-chart`),
  spec: {
    interval: interval(config),
    url: `${chartUrlOf(config)}/${chassisChart().metadata.name}`,
    ref: { tag: config['gitops.chartVersion'] || chassisChart().metadata.version },
    layerSelector: { mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip', operation: 'copy' },
    secretRef: config['gitops.chartSecret'] ? { name: config['gitops.chartSecret'] } : undefined,
  },
})

const step = (config: Config, name: string, path: string, minutes: number, rest: Readonly<Record<string, unknown>>): KubernetesObject => ({
  apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
  kind: 'Kustomization',
  metadata: metadata(config, name),
  spec: {
    ...rest,
    interval: interval(config),
    retryInterval: '1m',
    timeout: `${minutes}m`,
    path: `./${inRepository(config, path)}`,
    wait: true,
    sourceRef: { kind: 'GitRepository', name: config['release.name'] },
  },
})

const prepare = (config: Config): KubernetesObject =>
  step(config, preparationOf(config), gitopsPaths.prepare, 5, {
    // Secrets stay, whatever becomes of the file that made them.
    prune: false,
    decryption: deliversSecrets(config) && secretsModeOf(config) === 'sops' ? { provider: 'sops', secretRef: { name: 'sops-age' } } : undefined,
  })

/** A HelmRelease can wait only for its like, so a step of its own waits for the Secrets. */
const afterwards = (config: Config): KubernetesObject =>
  step(config, config['release.name'], gitopsPaths.fluxRelease, config['gitops.timeoutMinutes'] * 2 + 5, {
    prune: config['gitops.prune'],
    dependsOn: hasPreparation(config) ? [{ name: preparationOf(config) }] : undefined,
  })

const release = (config: Config): KubernetesObject => ({
  apiVersion: 'helm.toolkit.fluxcd.io/v2',
  kind: 'HelmRelease',
  metadata: metadata(config),
  spec: {
    releaseName: config['release.name'],
    targetNamespace: config['release.namespace'],
    storageNamespace: config['release.namespace'],
    interval: interval(config),
    timeout: `${config['gitops.timeoutMinutes']}m`,
    ...chartOf(config),
    maxHistory: 10,
    install: { remediation: { retries: 3 } },
    upgrade: { cleanupOnFail: true, remediation: { retries: 2, remediateLastFailure: true, strategy: 'rollback' } },
    driftDetection: {
      mode: config['gitops.drift'],
      // Written by the autoscaler.
      ignore: scalesByItself(config) ? [{ paths: ['/spec/replicas'], target: { kind: 'Deployment' } }] : undefined,
    },
    test: config['tests.enabled'] ? { enable: true } : undefined,
  },
})

/** The chart of the repository with its values file, or the pushed chart with the values inline. */
function chartOf(config: Config) {
  if (fromRegistry(config))
    return {
      chartRef: { kind: 'OCIRepository', name: `${config['release.name']}-chart`, namespace: controllerNamespaceOf(config) },
      values: valuesTree(config),
    }
  const at = (path: string): string => `./${inRepository(config, path)}`
  return {
    chart: {
      spec: {
        chart: at('chart'),
        sourceRef: { kind: 'GitRepository', name: config['release.name'], namespace: controllerNamespaceOf(config) },
        // The chart's version stays while its templates may change.
        reconcileStrategy: 'Revision',
        valuesFiles: [at('chart/values.yaml'), at('deploy/values.yaml')],
        interval: interval(config),
      },
    },
  }
}
