/**
 * What Checkov, kube-score, kube-linter and Polaris demand of a release, as far as it applies to a
 * service without rights in the cluster. Each condition names the rules that ask for it and says
 * how to break it, so that a test can see that it notices.
 */
import { all, matches, podsIn, type Manifest, type PodIn } from './chart.ts'

export type Release = readonly Manifest[]

export interface Condition {
  readonly demand: string
  /** The rules as their tools call them: tool and id. */
  readonly rules: readonly string[]
  /** What does not meet it. */
  readonly faults: (release: Release) => readonly string[]
  /** Changes a release so that it no longer meets it. */
  readonly breakIt: (release: Release) => unknown
}

/** The pods that stay or end; those of `helm test` are no part of what a release runs. */
const podsOf = (release: Release): readonly PodIn[] => podsIn(release.filter((one) => !isTest(one)))
const isTest = (one: Manifest): boolean => one.metadata.annotations?.['helm.sh/hook'] === 'test'
const servers = (release: Release): readonly PodIn[] => podsIn(release).filter(({ owner }) => /^(Deployment|StatefulSet) /.test(owner))
const workloadOf = (release: Release): Manifest => release.find(({ kind }) => kind === 'Deployment' || kind === 'StatefulSet')
const containersOf = ({ spec }: PodIn): readonly Manifest[] => [...(spec.initContainers ?? []), ...spec.containers]
const firstPod = (release: Release): PodIn => podsOf(release)[0] as PodIn
const first = (release: Release): Manifest => firstPod(release).spec.containers[0]

/** A condition of every pod, those of tests included. */
const pod = (demand: string, rules: readonly string[], holds: (pod: PodIn) => boolean, breakIt: (pod: PodIn) => unknown): Condition => ({
  demand,
  rules,
  faults: (release) => podsIn(release).filter((one) => !holds(one)).map(({ owner }) => owner),
  breakIt: (release) => breakIt(firstPod(release)),
})

/** A condition of every container. */
const container = (demand: string, rules: readonly string[], holds: (container: Manifest, pod: PodIn) => boolean, breakIt: (container: Manifest) => unknown): Condition => ({
  demand,
  rules,
  faults: (release) => podsIn(release).flatMap((one) => containersOf(one).filter((each) => !holds(each, one)).map(({ name }) => `${one.owner} ${name}`)),
  breakIt: (release) => breakIt(first(release)),
})

/** A condition of the containers that answer requests. */
const server = (demand: string, rules: readonly string[], holds: (container: Manifest) => boolean, breakIt: (container: Manifest) => unknown): Condition => ({
  ...container(demand, rules, holds, breakIt),
  faults: (release) => servers(release).flatMap(({ owner, spec }) => (holds(spec.containers[0]) ? [] : [owner])),
})

const object = (demand: string, rules: readonly string[], holds: (one: Manifest, release: Release) => boolean, breakIt: (release: Release) => unknown): Condition => ({
  demand,
  rules,
  faults: (release) => release.filter((one) => !holds(one, release)).map(({ kind, metadata }) => `${kind} ${metadata.name}`),
  breakIt,
})

const portsOf = (release: Release): readonly string[] => servers(release).flatMap(({ spec }) => spec.containers.flatMap(({ ports = [] }: Manifest) => ports.map(({ name }: Manifest) => name)))
const selects = (selector: Manifest, labels: Readonly<Record<string, string>>): boolean => matches(selector ?? {}, labels)
const variablesOf = ({ env = [] }: Manifest): readonly Manifest[] => env

const pods: readonly Condition[] = [
  pod('no namespace of the host', ['Checkov CKV_K8S_17', 'Checkov CKV_K8S_18', 'Checkov CKV_K8S_19', 'kube-linter host-ipc', 'kube-linter host-network', 'kube-linter host-pid', 'Polaris hostIPCSet', 'Polaris hostNetworkSet', 'Polaris hostPIDSet'],
    ({ spec }) => !spec.hostNetwork && !spec.hostPID && !spec.hostIPC, ({ spec }) => (spec.hostPID = true)),
  pod('no path of the host', ['Checkov CKV_K8S_27', 'kube-linter docker-sock', 'kube-linter sensitive-host-mounts', 'Polaris hostPathSet'],
    ({ spec }) => (spec.volumes ?? []).every((volume: Manifest) => !volume.hostPath), ({ spec }) => spec.volumes.push({ name: 'x', hostPath: { path: '/etc' } })),
  pod('no token of the cluster', ['Checkov CKV_K8S_38', 'Polaris automountServiceAccountToken'], ({ spec }) => spec.automountServiceAccountToken === false, ({ spec }) => delete spec.automountServiceAccountToken),
  pod('an account of its own', ['Checkov CKV_K8S_41', 'kube-linter default-service-account', 'kube-linter deprecated-service-account-field'],
    ({ spec }) => !['', 'default', undefined].includes(spec.serviceAccountName) && spec.serviceAccount === undefined, ({ spec }) => (spec.serviceAccountName = 'default')),
  pod('a security context', ['Checkov CKV_K8S_29'], ({ spec }) => spec.securityContext?.runAsNonRoot === true, ({ spec }) => delete spec.securityContext),
  pod('no unsafe sysctls', ['kube-linter unsafe-sysctls'], ({ spec }) => spec.securityContext.sysctls === undefined, ({ spec }) => (spec.securityContext.sysctls = [{ name: 'kernel.msgmax', value: '1' }])),
]

const quantities = ['cpu', 'memory', 'ephemeral-storage'] as const
const capabilities = (each: Manifest): Manifest => each.securityContext?.capabilities ?? {}
const digest = /@sha256:[0-9a-f]{64}$/

const containers: readonly Condition[] = [
  container('not privileged', ['Checkov CKV_K8S_16', 'Checkov CKV_K8S_20', 'Checkov CKV_K8S_30', 'kube-score container-security-context-privileged', 'kube-linter privileged-container', 'kube-linter privilege-escalation-container', 'Polaris runAsPrivileged', 'Polaris privilegeEscalationAllowed'],
    ({ securityContext }) => !securityContext.privileged && securityContext.allowPrivilegeEscalation === false, ({ securityContext }) => delete securityContext.allowPrivilegeEscalation),
  container('not root', ['Checkov CKV_K8S_23', 'Checkov CKV_K8S_40', 'kube-score container-security-context-user-group-id', 'kube-linter run-as-non-root', 'Polaris runAsRootAllowed'],
    ({ securityContext }) => securityContext.runAsNonRoot === true && securityContext.runAsUser >= 10_000 && securityContext.runAsGroup >= 10_000, ({ securityContext }) => (securityContext.runAsUser = 1000)),
  container('no capabilities', ['Checkov CKV_K8S_25', 'Checkov CKV_K8S_28', 'Checkov CKV_K8S_37', 'Checkov CKV_K8S_39', 'kube-linter drop-net-raw-capability', 'Polaris dangerousCapabilities', 'Polaris insecureCapabilities'],
    (each) => capabilities(each).drop?.includes('ALL') && !capabilities(each).add, (each) => (capabilities(each).add = ['NET_ADMIN'])),
  container('a profile of system calls', ['Checkov CKV_K8S_31', 'kube-score container-seccomp-profile', 'Polaris linuxHardening'],
    ({ securityContext }, { spec }) => [securityContext, spec.securityContext].every(({ seccompProfile }) => seccompProfile?.type === 'RuntimeDefault'), ({ securityContext }) => delete securityContext.seccompProfile),
  container('no writable root', ['Checkov CKV_K8S_22', 'kube-score container-security-context-readonlyrootfilesystem', 'kube-linter no-read-only-root-fs', 'Polaris notReadOnlyRootFilesystem'],
    ({ securityContext }) => securityContext.readOnlyRootFilesystem === true, ({ securityContext }) => delete securityContext.readOnlyRootFilesystem),
  container('the usual /proc', ['kube-linter unsafe-proc-mount', 'Polaris procMount'], ({ securityContext }) => securityContext.procMount === undefined, ({ securityContext }) => (securityContext.procMount = 'Unmasked')),
  container('requests', ['Checkov CKV_K8S_10', 'Checkov CKV_K8S_12', 'kube-linter unset-cpu-requirements', 'kube-linter unset-memory-requirements', 'Polaris cpuRequestsMissing', 'Polaris memoryRequestsMissing'],
    ({ resources }) => quantities.every((name) => resources.requests[name]), ({ resources }) => delete resources.requests.cpu),
  container('limits', ['Checkov CKV_K8S_11', 'Checkov CKV_K8S_13', 'kube-score container-resources', 'kube-score container-ephemeral-storage-request-and-limit', 'Polaris cpuLimitsMissing', 'Polaris memoryLimitsMissing'],
    ({ resources }) => quantities.every((name) => resources.limits[name]), ({ resources }) => delete resources.limits.cpu),
  container('a tag that stays', ['Checkov CKV_K8S_14', 'kube-score container-image-tag', 'kube-linter latest-tag', 'Polaris tagNotSpecified'], ({ image }) => digest.test(image) || /:(?!latest$)[\w][\w.-]*$/.test(image), (each) => (each.image = 'ghcr.io/acme/orders:latest')),
  container('a digest', ['Checkov CKV_K8S_43'], ({ image }) => digest.test(image), (each) => (each.image = 'ghcr.io/acme/orders:v1')),
  container('the registry is asked each time', ['Checkov CKV_K8S_15', 'kube-score container-image-pull-policy', 'Polaris pullPolicyNotAlways'], ({ imagePullPolicy }) => imagePullPolicy === 'Always', (each) => delete each.imagePullPolicy),
  container('no port of the host, of SSH, or that only root may open', ['Checkov CKV_K8S_26', 'kube-linter ssh-port', 'kube-linter privileged-ports', 'Polaris hostPortSet'],
    ({ ports = [] }) => ports.every(({ hostPort, containerPort }: Manifest) => hostPort === undefined && containerPort > 1024), (each) => (each.ports = [{ containerPort: 22 }])),
  container('no variable twice', ['kube-score environment-variable-key-duplication', 'kube-linter duplicate-env-var'], (each) => new Set(variablesOf(each).map(({ name }) => name)).size === variablesOf(each).length, (each) => (each.env = [{ name: 'A', value: '1' }, { name: 'A', value: '2' }])),
  container('no secret written out', ['kube-linter env-var-secret', 'Polaris sensitiveContainerEnvVar'], (each) => variablesOf(each).every(({ name, value }) => !value || !/password|token|bearer|secret/i.test(name)), (each) => (each.env = [{ name: 'APP_SECRET', value: 'x' }])),
  container('no secret in the environment', ['Checkov CKV_K8S_35', 'kube-linter read-secret-from-env-var'],
    (each) => variablesOf(each).every(({ valueFrom }) => !valueFrom?.secretKeyRef) && (each.envFrom ?? []).every(({ secretRef }: Manifest) => !secretRef), (each) => (each.envFrom = [{ secretRef: { name: 'x' } }])),
  server('probes', ['Checkov CKV_K8S_8', 'Checkov CKV_K8S_9', 'kube-score pod-probes', 'kube-linter no-liveness-probe', 'kube-linter no-readiness-probe', 'Polaris livenessProbeMissing', 'Polaris readinessProbeMissing'],
    ({ livenessProbe, readinessProbe }) => livenessProbe && readinessProbe, (each) => delete each.livenessProbe),
  server('probes that differ', ['kube-score pod-probes-identical'], ({ livenessProbe, readinessProbe }) => livenessProbe.httpGet.path !== readinessProbe.httpGet.path, ({ livenessProbe, readinessProbe }) => (readinessProbe.httpGet.path = livenessProbe.httpGet.path)),
  server('probes on ports that are open', ['kube-linter liveness-port', 'kube-linter readiness-port', 'kube-linter startup-port'],
    ({ ports, ...each }) => ['livenessProbe', 'readinessProbe', 'startupProbe'].every((probe) => ports.some(({ name }: Manifest) => name === each[probe].httpGet.port)), ({ startupProbe }) => (startupProbe.httpGet.port = 'other')),
]

const selfSelecting = (workload: Manifest): boolean =>
  (workload.spec.template.spec.affinity?.podAntiAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []).some(
    ({ podAffinityTerm: term }: Manifest) => term.topologyKey === 'kubernetes.io/hostname' && selects(term.labelSelector.matchLabels, workload.spec.template.metadata.labels),
  )
const scaler = (release: Release): Manifest => all(release, 'HorizontalPodAutoscaler')[0]
const fewest = (release: Release): number => scaler(release)?.spec.minReplicas ?? workloadOf(release).spec.replicas
/** SQLite has one writer; nothing that spreads or counts copies applies to it. */
const isAlone = (release: Release): boolean => workloadOf(release).kind === 'StatefulSet'

/** A condition of the Deployment; holds where there is one pod by design. */
const spread = (demand: string, rules: readonly string[], holds: (workload: Manifest, release: Release) => boolean, breakIt: (workload: Manifest, release: Release) => unknown): Condition => ({
  demand,
  rules,
  faults: (release) => (isAlone(release) || holds(workloadOf(release), release) ? [] : [workloadOf(release).metadata.name]),
  breakIt: (release) => breakIt(workloadOf(release), release),
})
const budget = (release: Release): Manifest => all(release, 'PodDisruptionBudget')[0]

const workloads: readonly Condition[] = [
  spread('copies', ['kube-score deployment-replicas', 'kube-score horizontalpodautoscaler-replicas', 'Polaris hpaMinAvailability', 'Polaris deploymentMissingReplicas'], (_, release) => fewest(release) >= 2, ({ spec }, release) => { spec.replicas = 1; if (scaler(release)) scaler(release).spec.minReplicas = 1 }),
  spread('room to scale', ['Polaris hpaMaxAvailability'], (_, release) => !scaler(release) || scaler(release).spec.maxReplicas > scaler(release).spec.minReplicas, (_, release) => { if (scaler(release)) scaler(release).spec.maxReplicas = scaler(release).spec.minReplicas }),
  spread('no fixed copies under an autoscaler', ['kube-score deployment-targeted-by-hpa-does-not-have-replicas-configured'], ({ spec }, release) => !scaler(release) || spec.replicas === undefined, ({ spec }) => (spec.replicas = 2)),
  spread('rolling updates', ['kube-score deployment-strategy', 'kube-linter no-rolling-update-strategy'], ({ spec }) => spec.strategy.type === 'RollingUpdate', ({ spec }) => (spec.strategy = { type: 'Recreate' })),
  spread('copies on different nodes', ['kube-score deployment-has-host-podantiaffinity', 'kube-linter no-anti-affinity'], selfSelecting, ({ spec }) => delete spec.template.spec.affinity),
  spread('copies in different zones', ['Polaris topologySpreadConstraint', 'kube-score pod-topology-spread-constraints'], ({ spec }) => (spec.template.spec.topologySpreadConstraints ?? []).some(({ maxSkew, labelSelector }: Manifest) => maxSkew >= 1 && labelSelector), ({ spec }) => delete spec.template.spec.topologySpreadConstraints),
  spread('a budget that no drain waits for', ['kube-score deployment-has-poddisruptionbudget', 'kube-score poddisruptionbudget-has-policy', 'kube-linter pdb-max-unavailable', 'kube-linter pdb-min-available', 'kube-linter pdb-unhealthy-pod-eviction-policy', 'Polaris missingPodDisruptionBudget', 'Polaris pdbDisruptionsIsZero', 'Polaris pdbMinAvailableGreaterThanOrEqualToHPAMinReplicas'],
    ({ spec }, release) => budget(release)?.spec.maxUnavailable >= 1 && budget(release).spec.unhealthyPodEvictionPolicy === 'AlwaysAllow' && selects(budget(release).spec.selector.matchLabels, spec.template.metadata.labels), (_, release) => (budget(release).spec.maxUnavailable = 0)),
  { demand: 'named like the release', rules: ['Polaris metadataAndInstanceMismatched'], faults: (release) => [workloadOf(release)].filter(({ metadata }) => metadata.labels['app.kubernetes.io/instance'] !== metadata.name).map(({ metadata }) => metadata.name), breakIt: (release) => (workloadOf(release).metadata.name = 'other') },
  object('selectors find their own pods', ['kube-score deployment-pod-selector-labels-match-template-metadata-labels', 'kube-score statefulset-pod-selector-labels-match-template-metadata-labels', 'kube-linter mismatching-selector'],
    ({ kind, spec }) => !['Deployment', 'StatefulSet'].includes(kind) || selects(spec.selector.matchLabels, spec.template.metadata.labels), (release) => (workloadOf(release).spec.selector.matchLabels.x = 'y')),
  object('a headless Service for the StatefulSet', ['kube-score statefulset-has-servicename'],
    ({ kind, spec }, release) => kind !== 'StatefulSet' || all(release, 'Service').some((one) => one.metadata.name === spec.serviceName && one.spec.clusterIP === 'None'), (release) => Object.assign(workloadOf(release), { kind: 'StatefulSet' }).spec.serviceName = 'nowhere'),
  object('Jobs go away', ['kube-linter job-ttl-seconds-after-finished'], ({ kind, spec }) => kind !== 'Job' || spec.ttlSecondsAfterFinished >= 600, (release) => (release as Manifest[]).push({ kind: 'Job', metadata: { name: 'x' }, spec: {} })),
]

const accounts = (release: Release): readonly string[] => all(release, 'ServiceAccount').map(({ metadata }) => metadata.name)

const objects: readonly Condition[] = [
  object('a namespace of its own', ['Checkov CKV_K8S_21'], ({ metadata }) => !['default', undefined].includes(metadata.namespace), (release) => delete release[0].metadata.namespace),
  object('stable versions of the API', ['kube-score stable-version', 'kube-linter no-extensions-v1beta'], ({ apiVersion }) => !/beta|alpha|^extensions/.test(apiVersion), (release) => (release[0].apiVersion = 'extensions/v1beta1')),
  object('valid labels', ['kube-score label-values'], ({ metadata }) => Object.values(metadata.labels ?? {}).every((value) => /^([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?$/.test(String(value))), (release) => (release[0].metadata.labels = { a: 'b c' })),
  object('no rights in the cluster', ['Polaris clusterrolebindingClusterAdmin', 'Polaris rolePodExecAttach', 'kube-linter cluster-admin-role-binding', 'kube-linter access-to-secrets', 'kube-linter access-to-create-pods'], ({ kind }) => !/Role/.test(kind), (release) => (release as Manifest[]).push({ kind: 'RoleBinding', metadata: { name: 'x' } })),
  object('no secret among plain settings', ['Polaris sensitiveConfigmapContent'], ({ kind, data }) => kind !== 'ConfigMap' || Object.keys(data).every((key) => !/password|token|bearer|secret/i.test(key)), (release) => (all(release, 'ConfigMap')[0].data.APP_PASSWORD = 'x')),
  { demand: 'accounts that exist', rules: ['kube-linter non-existent-service-account'], faults: (release) => podsIn(release).filter(({ spec }) => !accounts(release).includes(spec.serviceAccountName)).map(({ owner }) => owner), breakIt: (release) => (firstPod(release).spec.serviceAccountName = 'nobody') },
  object('Services that find pods, on ports that are open', ['kube-score service-targets-pod', 'kube-linter dangling-service', 'kube-linter invalid-target-ports'],
    ({ kind, spec }, release) => kind !== 'Service' || (podsIn(release).some(({ labels }) => selects(spec.selector, labels)) && spec.ports.every(({ targetPort }: Manifest) => portsOf(release).includes(targetPort))), (release) => (all(release, 'Service')[0].spec.ports[0].targetPort = 'other')),
  object('no Service on every node', ['kube-score service-type', 'kube-linter exposed-services'], ({ kind, spec }) => kind !== 'Service' || (spec.type ?? 'ClusterIP') === 'ClusterIP', (release) => (all(release, 'Service')[0].spec.type = 'NodePort')),
  object('an Ingress with TLS that leads to the Service', ['kube-score ingress-targets-service', 'Polaris tlsSettingsMissing'],
    ({ kind, spec }, release) => kind !== 'Ingress' || (spec.tls?.length > 0 && spec.rules.every(({ http }: Manifest) => http.paths.every(({ backend }: Manifest) => all(release, 'Service').some(({ metadata }) => metadata.name === backend.service.name)))), (release) => (release as Manifest[]).push({ kind: 'Ingress', metadata: { name: 'x' }, spec: { rules: [] } })),
  object('an autoscaler with a target', ['kube-score horizontalpodautoscaler-has-target'], ({ kind, spec }, release) => kind !== 'HorizontalPodAutoscaler' || spec.scaleTargetRef.name === workloadOf(release).metadata.name, (release) => (release as Manifest[]).push({ kind: 'HorizontalPodAutoscaler', metadata: { name: 'x' }, spec: { scaleTargetRef: { name: 'x' } } })),
  { demand: 'policies that select pods', rules: ['kube-score networkpolicy-targets-pod'], faults: (release) => all(release, 'NetworkPolicy').filter(({ spec }) => !podsIn(release).some(({ labels }) => selects(spec.podSelector.matchLabels, labels))).map(({ metadata }) => metadata.name), breakIt: (release) => (release as Manifest[]).push({ kind: 'NetworkPolicy', metadata: { name: 'x' }, spec: { podSelector: { matchLabels: { a: 'b' } } } }) },
  { demand: 'a policy for every pod, both ways', rules: ['Checkov CKV2_K8S_6', 'kube-score pod-networkpolicy', 'kube-linter non-isolated-pod', 'Polaris missingNetworkPolicy'], faults: (release) => podsIn(release).filter(({ labels }) => !all(release, 'NetworkPolicy').some(({ spec }) => spec.policyTypes.length === 2 && selects(spec.podSelector.matchLabels, labels))).map(({ owner }) => owner), breakIt: (release) => (release as Manifest[]).splice(0, release.length, ...release.filter(({ kind }) => kind !== 'NetworkPolicy')) },
]

export const conditions: readonly Condition[] = [...pods, ...containers, ...workloads, ...objects]
