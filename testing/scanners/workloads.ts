import { all, type Manifest } from '../chart.ts'
import { object, selects, workloadOf, type Condition, type Release } from './condition.ts'

const selfSelecting = (workload: Manifest): boolean =>
  (
    workload.spec.template.spec.affinity?.podAntiAffinity
      ?.preferredDuringSchedulingIgnoredDuringExecution ?? []
  ).some(
    ({ podAffinityTerm: term }: Manifest) =>
      term.topologyKey === 'kubernetes.io/hostname' &&
      selects(term.labelSelector.matchLabels, workload.spec.template.metadata.labels),
  )
const scaler = (release: Release): Manifest => all(release, 'HorizontalPodAutoscaler')[0]
const fewest = (release: Release): number =>
  scaler(release)?.spec.minReplicas ?? workloadOf(release).spec.replicas
/** SQLite has one writer; nothing that spreads or counts copies applies to it. */
const isAlone = (release: Release): boolean => workloadOf(release).kind === 'StatefulSet'

/** A condition of the Deployment; holds where there is one pod by design. */
const spread = (
  demand: string,
  rules: readonly string[],
  holds: (workload: Manifest, release: Release) => boolean,
  breakIt: (workload: Manifest, release: Release) => unknown,
): Condition => ({
  demand,
  rules,
  faults: (release) =>
    isAlone(release) || holds(workloadOf(release), release)
      ? []
      : [workloadOf(release).metadata.name],
  breakIt: (release) => breakIt(workloadOf(release), release),
})
const budget = (release: Release): Manifest => all(release, 'PodDisruptionBudget')[0]

export const workloads: readonly Condition[] = [
  spread(
    'copies',
    [
      'kube-score deployment-replicas',
      'kube-score horizontalpodautoscaler-replicas',
      'Polaris hpaMinAvailability',
      'Polaris deploymentMissingReplicas',
    ],
    (_, release) => fewest(release) >= 2,
    ({ spec }, release) => {
      spec.replicas = 1
      if (scaler(release)) scaler(release).spec.minReplicas = 1
    },
  ),
  spread(
    'room to scale',
    ['Polaris hpaMaxAvailability'],
    (_, release) =>
      !scaler(release) || scaler(release).spec.maxReplicas > scaler(release).spec.minReplicas,
    (_, release) => {
      if (scaler(release)) scaler(release).spec.maxReplicas = scaler(release).spec.minReplicas
    },
  ),
  spread(
    'no fixed copies under an autoscaler',
    ['kube-score deployment-targeted-by-hpa-does-not-have-replicas-configured'],
    ({ spec }, release) => !scaler(release) || spec.replicas === undefined,
    ({ spec }) => (spec.replicas = 2),
  ),
  spread(
    'rolling updates',
    ['kube-score deployment-strategy', 'kube-linter no-rolling-update-strategy'],
    ({ spec }) => spec.strategy.type === 'RollingUpdate',
    ({ spec }) => (spec.strategy = { type: 'Recreate' }),
  ),
  spread(
    'copies on different nodes',
    ['kube-score deployment-has-host-podantiaffinity', 'kube-linter no-anti-affinity'],
    selfSelecting,
    ({ spec }) => delete spec.template.spec.affinity,
  ),
  spread(
    'copies in different zones',
    ['Polaris topologySpreadConstraint', 'kube-score pod-topology-spread-constraints'],
    ({ spec }) =>
      (spec.template.spec.topologySpreadConstraints ?? []).some(
        ({ maxSkew, labelSelector }: Manifest) => maxSkew >= 1 && labelSelector,
      ),
    ({ spec }) => delete spec.template.spec.topologySpreadConstraints,
  ),
  spread(
    'a budget that no drain waits for',
    [
      'kube-score deployment-has-poddisruptionbudget',
      'kube-score poddisruptionbudget-has-policy',
      'kube-linter pdb-max-unavailable',
      'kube-linter pdb-min-available',
      'kube-linter pdb-unhealthy-pod-eviction-policy',
      'Polaris missingPodDisruptionBudget',
      'Polaris pdbDisruptionsIsZero',
      'Polaris pdbMinAvailableGreaterThanOrEqualToHPAMinReplicas',
    ],
    ({ spec }, release) =>
      budget(release)?.spec.maxUnavailable >= 1 &&
      budget(release).spec.unhealthyPodEvictionPolicy === 'AlwaysAllow' &&
      selects(budget(release).spec.selector.matchLabels, spec.template.metadata.labels),
    (_, release) => (budget(release).spec.maxUnavailable = 0),
  ),
  {
    demand: 'named like the release',
    rules: ['Polaris metadataAndInstanceMismatched'],
    faults: (release) =>
      [workloadOf(release)]
        .filter(({ metadata }) => metadata.labels['app.kubernetes.io/instance'] !== metadata.name)
        .map(({ metadata }) => metadata.name),
    breakIt: (release) => (workloadOf(release).metadata.name = 'other'),
  },
  object(
    'selectors find their own pods',
    [
      'kube-score deployment-pod-selector-labels-match-template-metadata-labels',
      'kube-score statefulset-pod-selector-labels-match-template-metadata-labels',
      'kube-linter mismatching-selector',
    ],
    ({ kind, spec }) =>
      !['Deployment', 'StatefulSet'].includes(kind) ||
      selects(spec.selector.matchLabels, spec.template.metadata.labels),
    (release) => (workloadOf(release).spec.selector.matchLabels.x = 'y'),
  ),
  object(
    'a headless Service for the StatefulSet',
    ['kube-score statefulset-has-servicename'],
    ({ kind, spec }, release) =>
      kind !== 'StatefulSet' ||
      all(release, 'Service').some(
        (one) => one.metadata.name === spec.serviceName && one.spec.clusterIP === 'None',
      ),
    (release) =>
      (Object.assign(workloadOf(release), { kind: 'StatefulSet' }).spec.serviceName = 'nowhere'),
  ),
  object(
    'Jobs go away',
    ['kube-linter job-ttl-seconds-after-finished'],
    ({ kind, spec }) => kind !== 'Job' || spec.ttlSecondsAfterFinished >= 600,
    (release) => (release as Manifest[]).push({ kind: 'Job', metadata: { name: 'x' }, spec: {} }),
  ),
]
