import { all, podsIn, type Manifest } from '../chart.ts'
import {
  object,
  portsOf,
  selects,
  workloadOf,
  firstPod,
  type Condition,
  type Release,
} from './condition.ts'

const accounts = (release: Release): readonly string[] =>
  all(release, 'ServiceAccount').map(({ metadata }) => metadata.name)

export const objects: readonly Condition[] = [
  object(
    'a namespace of its own',
    ['Checkov CKV_K8S_21'],
    ({ metadata }) => !['default', undefined].includes(metadata.namespace),
    (release) => delete release[0].metadata.namespace,
  ),
  object(
    'stable versions of the API',
    ['kube-score stable-version', 'kube-linter no-extensions-v1beta'],
    ({ apiVersion }) => !/beta|alpha|^extensions/.test(apiVersion),
    (release) => (release[0].apiVersion = 'extensions/v1beta1'),
  ),
  object(
    'valid labels',
    ['kube-score label-values'],
    ({ metadata }) =>
      Object.values(metadata.labels ?? {}).every((value) =>
        /^([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?$/.test(String(value)),
      ),
    (release) => (release[0].metadata.labels = { a: 'b c' }),
  ),
  object(
    'no rights in the cluster',
    [
      'Polaris clusterrolebindingClusterAdmin',
      'Polaris rolePodExecAttach',
      'kube-linter cluster-admin-role-binding',
      'kube-linter access-to-secrets',
      'kube-linter access-to-create-pods',
    ],
    ({ kind }) => !/Role/.test(kind),
    (release) => (release as Manifest[]).push({ kind: 'RoleBinding', metadata: { name: 'x' } }),
  ),
  object(
    'no secret among plain settings',
    ['Polaris sensitiveConfigmapContent'],
    ({ kind, data }) =>
      kind !== 'ConfigMap' ||
      Object.keys(data).every((key) => !/password|token|bearer|secret/i.test(key)),
    (release) => (all(release, 'ConfigMap')[0].data.APP_PASSWORD = 'x'),
  ),
  {
    demand: 'accounts that exist',
    rules: ['kube-linter non-existent-service-account'],
    faults: (release) =>
      podsIn(release)
        .filter(({ spec }) => !accounts(release).includes(spec.serviceAccountName))
        .map(({ owner }) => owner),
    breakIt: (release) => (firstPod(release).spec.serviceAccountName = 'nobody'),
  },
  object(
    'Services that find pods, on ports that are open',
    [
      'kube-score service-targets-pod',
      'kube-linter dangling-service',
      'kube-linter invalid-target-ports',
    ],
    ({ kind, spec }, release) =>
      kind !== 'Service' ||
      (podsIn(release).some(({ labels }) => selects(spec.selector, labels)) &&
        spec.ports.every(({ targetPort }: Manifest) => portsOf(release).includes(targetPort))),
    (release) => (all(release, 'Service')[0].spec.ports[0].targetPort = 'other'),
  ),
  object(
    'no Service on every node',
    ['kube-score service-type', 'kube-linter exposed-services'],
    ({ kind, spec }) => kind !== 'Service' || (spec.type ?? 'ClusterIP') === 'ClusterIP',
    (release) => (all(release, 'Service')[0].spec.type = 'NodePort'),
  ),
  object(
    'an Ingress with TLS that leads to the Service',
    ['kube-score ingress-targets-service', 'Polaris tlsSettingsMissing'],
    ({ kind, spec }, release) =>
      kind !== 'Ingress' ||
      (spec.tls?.length > 0 &&
        spec.rules.every(({ http }: Manifest) =>
          http.paths.every(({ backend }: Manifest) =>
            all(release, 'Service').some(({ metadata }) => metadata.name === backend.service.name),
          ),
        )),
    (release) =>
      (release as Manifest[]).push({
        kind: 'Ingress',
        metadata: { name: 'x' },
        spec: { rules: [] },
      }),
  ),
  object(
    'an autoscaler with a target',
    ['kube-score horizontalpodautoscaler-has-target'],
    ({ kind, spec }, release) =>
      kind !== 'HorizontalPodAutoscaler' ||
      spec.scaleTargetRef.name === workloadOf(release).metadata.name,
    (release) =>
      (release as Manifest[]).push({
        kind: 'HorizontalPodAutoscaler',
        metadata: { name: 'x' },
        spec: { scaleTargetRef: { name: 'x' } },
      }),
  ),
  {
    demand: 'policies that select pods',
    rules: ['kube-score networkpolicy-targets-pod'],
    faults: (release) =>
      all(release, 'NetworkPolicy')
        .filter(
          ({ spec }) =>
            !podsIn(release).some(({ labels }) => selects(spec.podSelector.matchLabels, labels)),
        )
        .map(({ metadata }) => metadata.name),
    breakIt: (release) =>
      (release as Manifest[]).push({
        kind: 'NetworkPolicy',
        metadata: { name: 'x' },
        spec: { podSelector: { matchLabels: { a: 'b' } } },
      }),
  },
  {
    demand: 'a policy for every pod, both ways',
    rules: [
      'Checkov CKV2_K8S_6',
      'kube-score pod-networkpolicy',
      'kube-linter non-isolated-pod',
      'Polaris missingNetworkPolicy',
    ],
    faults: (release) =>
      podsIn(release)
        .filter(
          ({ labels }) =>
            !all(release, 'NetworkPolicy').some(
              ({ spec }) =>
                spec.policyTypes.length === 2 && selects(spec.podSelector.matchLabels, labels),
            ),
        )
        .map(({ owner }) => owner),
    breakIt: (release) =>
      (release as Manifest[]).splice(
        0,
        release.length,
        ...release.filter(({ kind }) => kind !== 'NetworkPolicy'),
      ),
  },
]
