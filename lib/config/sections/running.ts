import { bool, choice, int, map, text, yaml } from '../field.ts'
import { intOrPercent, intOrPercentSchema, objectName, quantity, quantitySchema } from '../patterns.ts'
import { onKubernetes, onVm, section } from './section.ts'

const emptyOr = (rule: { pattern: string; hint: string; maxLength?: number }) => ({
  ...rule,
  pattern: `^(${rule.pattern.slice(1, -1)})?$`,
})

export const resources = section({
  id: 'resources',
  group: 'Running',
  title: 'Resources',
  help: 'What each container may use. A worker is single-threaded: about one core and 150 MiB each.',
  fields: {
    resourcePreset: choice(
      'small',
      { '': 'None', nano: 'Nano', micro: 'Micro', small: 'Small', medium: 'Medium', large: 'Large', xlarge: 'XL', '2xlarge': '2XL' },
      { when: onKubernetes, label: 'Size', },
    ),
    'resources.requests.cpu': text('', { ...quantity, accepts: quantitySchema, when: onKubernetes, advanced: true, label: 'CPU request' }),
    'resources.requests.memory': text('', { ...quantity, accepts: quantitySchema, when: onKubernetes, advanced: true, label: 'Memory request' }),
    'resources.limits.cpu': text('', { ...quantity, accepts: quantitySchema, when: onKubernetes, advanced: true, label: 'CPU limit' }),
    'resources.limits.memory': text('', { ...quantity, accepts: quantitySchema, when: onKubernetes, advanced: true, label: 'Memory limit' }),
    'vm.memory': text('512m', { pattern: '^[1-9][0-9]*[mg]$', hint: 'a size such as 512m or 2g', required: true, when: onVm, label: 'Memory' }),
    'vm.cpus': text('1.0', { pattern: '^[0-9]+(\\.[0-9]+)?$', hint: 'a number such as 1.0', required: true, when: onVm, label: 'CPUs' }),
    'vm.pidsLimit': int(200, [20, 10000], { when: onVm, advanced: true, unit: 'processes', label: 'Process limit' }),
  },
})

const scaled = { ...onKubernetes, 'autoscaling.enabled': true } as const

export const scaling = section({
  id: 'scaling',
  group: 'Running',
  title: 'Scaling',
  help: 'How many pods run, fixed or by load.',
  fields: {
    replicaCount: int(2, [0, 1000], { when: { ...onKubernetes, 'autoscaling.enabled': false }, unit: 'pods', label: 'Replicas' }),
    'autoscaling.enabled': bool(false, { when: onKubernetes, label: 'Autoscaling' }),
    'autoscaling.minReplicas': int(2, [1, 1000], { when: scaled, unit: 'pods', label: 'At least' }),
    'autoscaling.maxReplicas': int(6, [1, 1000], { when: scaled, chartDefault: 10, unit: 'pods', label: 'At most' }),
    'autoscaling.targetCPUUtilizationPercentage': int(75, [0, 1000], { when: scaled, unit: '% of request', label: 'CPU target' }),
    'autoscaling.targetMemoryUtilizationPercentage': int(80, [0, 1000], { when: scaled, unit: '% of request', label: 'Memory target' }),
    'autoscaling.scaleDownStabilization': int(300, [0, 3600], { when: scaled, advanced: true, unit: 'seconds', label: 'Wait before removing' }),
    'autoscaling.scaleUpStabilization': int(30, [0, 3600], { when: scaled, advanced: true, unit: 'seconds', label: 'Wait before adding' }),
    'autoscaling.scaleDownPods': int(1, [1, 100], { when: scaled, advanced: true, unit: 'pods a minute', label: 'Remove at most' }),
    'autoscaling.scaleUpPods': int(2, [1, 100], { when: scaled, advanced: true, unit: 'pods a minute', label: 'Add at most' }),
  },
})

export const rollout = section({
  id: 'rollout',
  group: 'Running',
  title: 'Disruption',
  help: 'What happens while pods are replaced: by a new version, by a drained node, by a shutdown.',
  fields: {
    'podDisruptionBudget.enabled': bool(true, { when: onKubernetes, label: 'Disruption budget' }),
    'podDisruptionBudget.minAvailable': text('', { ...intOrPercent, accepts: intOrPercentSchema, when: { ...onKubernetes, 'podDisruptionBudget.enabled': true }, advanced: true, label: 'Pods kept' }),
    'podDisruptionBudget.maxUnavailable': text('1', { ...intOrPercent, accepts: intOrPercentSchema, when: { ...onKubernetes, 'podDisruptionBudget.enabled': true }, label: 'Pods missing at once' }),
    'podDisruptionBudget.unhealthyPodEvictionPolicy': choice('AlwaysAllow', ['AlwaysAllow', 'IfHealthyBudget'], { when: { ...onKubernetes, 'podDisruptionBudget.enabled': true }, advanced: true, label: 'Unhealthy pods' }),
    'strategy.maxSurge': text('1', { ...intOrPercent, accepts: intOrPercentSchema, when: { ...onKubernetes, 'database.backend': ['postgres', 'custom'] }, advanced: true, label: 'Extra pods in a rollout' }),
    'strategy.maxUnavailable': text('0', { ...intOrPercent, accepts: intOrPercentSchema, when: { ...onKubernetes, 'database.backend': ['postgres', 'custom'] }, advanced: true, label: 'Missing pods in a rollout' }),
    terminationGracePeriodSeconds: int(45, [0, 3600], { when: onKubernetes, unit: 'seconds', label: 'Grace period' }),
    preStopSleepSeconds: int(5, [0, 300], { when: onKubernetes, unit: 'seconds', label: 'Delay before stop' }),
    revisionHistoryLimit: int(3, [0, 100], { when: onKubernetes, advanced: true, unit: 'revisions', label: 'History' }),
    deploymentAnnotations: map({ when: onKubernetes, advanced: true, label: 'Workload annotations' }),
  },
})

const probe = (name: string, initial: number, period: number, timeout: number, failures: number) =>
  ({
    initialDelaySeconds: int(initial, [0, 3600], { when: onKubernetes, advanced: true, unit: 'seconds', label: `${name}: first after` }),
    periodSeconds: int(period, [1, 3600], { when: onKubernetes, advanced: true, unit: 'seconds', label: `${name}: every` }),
    timeoutSeconds: int(timeout, [1, 300], { when: onKubernetes, advanced: true, unit: 'seconds', label: `${name}: timeout` }),
    failureThreshold: int(failures, [1, 1000], { when: onKubernetes, advanced: true, unit: 'failures', label: `${name}: gives up after` }),
  }) as const

const liveness = probe('Liveness', 15, 30, 5, 3)
const readiness = probe('Readiness', 5, 10, 6, 3)
const startup = probe('Startup', 5, 5, 3, 12)

export const probes = section({
  id: 'probes',
  group: 'Running',
  title: 'Probes',
  help: 'How Kubernetes finds out whether a pod lives and is ready. Every probe sends a Host header that the application trusts.',
  fields: {
    'probes.hostHeader': text('', { pattern: '^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$', hint: 'a host name', when: onKubernetes, placeholder: '{release}', label: 'Host header' }),
    'probes.liveness.initialDelaySeconds': liveness.initialDelaySeconds,
    'probes.liveness.periodSeconds': liveness.periodSeconds,
    'probes.liveness.timeoutSeconds': liveness.timeoutSeconds,
    'probes.liveness.failureThreshold': liveness.failureThreshold,
    'probes.readiness.initialDelaySeconds': readiness.initialDelaySeconds,
    'probes.readiness.periodSeconds': readiness.periodSeconds,
    'probes.readiness.timeoutSeconds': readiness.timeoutSeconds,
    'probes.readiness.failureThreshold': readiness.failureThreshold,
    'probes.startup.initialDelaySeconds': startup.initialDelaySeconds,
    'probes.startup.periodSeconds': startup.periodSeconds,
    'probes.startup.timeoutSeconds': startup.timeoutSeconds,
    'probes.startup.failureThreshold': startup.failureThreshold,
    'tests.enabled': bool(true, { when: onKubernetes, label: 'Helm test' }),
  },
})

export const scheduling = section({
  id: 'scheduling',
  group: 'Running',
  title: 'Scheduling',
  help: 'On which nodes pods run, and how they spread.',
  fields: {
    podAntiAffinityType: choice('soft', { soft: 'Prefer', hard: 'Insist', '': 'Off' }, { when: onKubernetes, label: 'Spread over nodes' }),
    topologySpreadType: choice('soft', { soft: 'Prefer', hard: 'Insist', '': 'Off' }, { when: onKubernetes, label: 'Spread over zones' }),
    topologySpreadConstraints: yaml('list', { when: onKubernetes, advanced: true, label: 'Raw spread constraints' }),
    nodeSelector: map({ when: onKubernetes, advanced: true, label: 'Node selector' }),
    tolerations: yaml('list', { when: onKubernetes, advanced: true, label: 'Tolerations' }),
    affinity: yaml('map', { when: onKubernetes, advanced: true, label: 'Raw affinity' }),
    priorityClassName: text('', { ...emptyOr(objectName), when: onKubernetes, advanced: true, label: 'Priority class' }),
    runtimeClassName: text('', { ...emptyOr(objectName), when: onKubernetes, advanced: true, label: 'Runtime class' }),
  },
})

