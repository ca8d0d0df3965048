import type { Config } from '../../config/index.ts'
import type { TextFile } from '../../files/file.ts'
import { deliversSecrets, deniesByDefault, gitopsPaths, gitopsTool, hasPreparation, namespaceOf, namespacesOf, roomOf, secretPaths, unsaidOf } from '../../plan/index.ts'
import { yamlFile } from '../../yaml/commented.ts'
import { kustomization, orNothing, type KubernetesObject } from './objects.ts'

/** What must be there before the release, as a folder that Kustomize builds. */
export function preparation(config: Config): readonly TextFile[] {
  if (!hasPreparation(config)) return []
  const files = [
    ...(config['gitops.createNamespace'] ? [file('namespace.yaml', namespacesOf(config).map((name) => namespaceObject(config, name)))] : []),
    ...(deniesByDefault(config) ? [file('default-deny.yaml', [defaultDeny(config)])] : []),
    ...(config['gitops.quota'] ? [file('quota.yaml', [quota(config), limits(config)])] : []),
  ]
  const resources = [
    ...files.map(({ path }) => path.slice(gitopsPaths.prepare.length + 1)),
    ...(deliversSecrets(config) ? [`../../${secretPaths.folder}`] : []),
  ]
  return [{ path: `${gitopsPaths.prepare}/kustomization.yaml`, text: yamlFile([kustomization({ resources })], heading) }, ...files]
}

const heading = 'What must be there before Helm starts: its first step, the migration, reads the Secret.'

const file = (name: string, objects: readonly KubernetesObject[]): TextFile => ({ path: `${gitopsPaths.prepare}/${name}`, text: yamlFile(objects) })

/** The version of the rules that the release is made for; a newer cluster does not tighten them unasked. */
const rulesOf = (config: Config): string => `v${/^1\.[0-9]+/.exec(config['release.kubeVersion'])?.[0] ?? '1.35'}`

const namespaceObject = (config: Config, name: string): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: {
    name,
    labels: {
      ...config.commonLabels,
      'pod-security.kubernetes.io/enforce': 'restricted',
      'pod-security.kubernetes.io/enforce-version': rulesOf(config),
      'pod-security.kubernetes.io/audit': 'restricted',
      'pod-security.kubernetes.io/audit-version': 'latest',
      'pod-security.kubernetes.io/warn': 'restricted',
      'pod-security.kubernetes.io/warn-version': 'latest',
    },
    annotations: keeps[gitopsTool(config)],
  },
})

/** Volumes and Secrets go with a namespace, so no tool may delete it. */
const keeps: Readonly<Partial<Record<Config['gitops.tool'], Readonly<Record<string, string>>>>> = {
  argocd: { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' },
  flux: { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' },
}

const inNamespace = (config: Config, name: string) => ({ name, namespace: namespaceOf(config), labels: orNothing({ ...config.commonLabels }) })

/** Every pod that no other policy selects has neither callers nor anybody to call. */
const defaultDeny = (config: Config): KubernetesObject => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: inNamespace(config, 'default-deny'),
  spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
})

const quota = (config: Config): KubernetesObject => {
  const { pods, cpu, memoryRequest, memoryLimit } = roomOf(config)
  return {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: inNamespace(config, 'quota'),
    spec: {
      hard: {
        pods: String(pods),
        'requests.cpu': String(cpu),
        'requests.memory': mebibytes(memoryRequest),
        'limits.memory': mebibytes(memoryLimit),
        'services.nodeports': config['service.type'] === 'ClusterIP' ? '0' : undefined,
        'services.loadbalancers': config['service.type'] === 'LoadBalancer' ? undefined : '0',
      },
    },
  }
}

/** A quota refuses containers that name no amounts; these get some. */
const limits = (config: Config, unsaid = unsaidOf(config)): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'LimitRange',
  metadata: inNamespace(config, 'defaults'),
  spec: {
    limits: [
      {
        type: 'Container',
        defaultRequest: { cpu: `${unsaid.cpu * 1000}m`, memory: mebibytes(unsaid.memoryRequest) },
        default: { memory: mebibytes(unsaid.memoryLimit) },
      },
    ],
  },
})

const mebibytes = (bytes: number): string => `${Math.ceil(bytes / 1024 ** 2)}Mi`
