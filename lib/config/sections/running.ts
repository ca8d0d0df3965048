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
      { when: onKubernetes, label: 'Size', help: 'Small asks for 100m CPU and 256Mi and may use 512Mi and one core a worker; each step about doubles it.' },
    ),
    'resources.requests.cpu': text('', { ...quantity, accepts: quantitySchema, when: onKubernetes, advanced: true, label: 'CPU request', help: 'Wins over the size.' }),
    'resources.requests.memory': text('', { ...quantity, accepts: quantitySchema, when: onKubernetes, advanced: true, label: 'Memory request', help: 'Wins over the size.' }),
    'resources.limits.cpu': text('', { ...quantity, accepts: quantitySchema, when: onKubernetes, advanced: true, label: 'CPU limit', help: 'Wins over the size, which leaves each worker a core: below that every request slows down.' }),
    'resources.limits.memory': text('', { ...quantity, accepts: quantitySchema, when: onKubernetes, advanced: true, label: 'Memory limit', help: 'Wins over the size; the container is ended above it.' }),
    'vm.memory': text('512m', { pattern: '^[1-9][0-9]*[mg]$', hint: 'a size such as 512m or 2g', required: true, when: onVm, label: 'Memory', help: 'What the application container may use.' }),
    'vm.cpus': text('1.0', { pattern: '^[0-9]+(\\.[0-9]+)?$', hint: 'a number such as 1.0', required: true, when: onVm, label: 'CPUs', help: 'How many cores the application container may use.' }),
    'vm.pidsLimit': int(200, [20, 10000], { when: onVm, advanced: true, unit: 'processes', label: 'Process limit', help: 'Stops a runaway from taking the machine down.' }),
  },
})

const scaled = { ...onKubernetes, 'autoscaling.enabled': true } as const

export const scaling = section({
  id: 'scaling',
  group: 'Running',
  title: 'Scaling',
  help: 'How many pods run, fixed or by load.',
  fields: {
    replicaCount: int(2, [0, 1000], { when: { ...onKubernetes, 'autoscaling.enabled': false }, unit: 'pods', label: 'Replicas', help: 'Pods that run at any time; SQLite takes exactly one.' }),
    'autoscaling.enabled': bool(false, { when: onKubernetes, label: 'Autoscaling', help: 'Adds and removes pods by CPU and memory use.' }),
    'autoscaling.minReplicas': int(2, [1, 1000], { when: scaled, unit: 'pods', label: 'At least', help: 'Pods that run even when nothing happens.' }),
    'autoscaling.maxReplicas': int(6, [1, 1000], { when: scaled, chartDefault: 10, unit: 'pods', label: 'At most', help: 'Pods at peak; times the pool, this must fit into the database.' }),
    'autoscaling.targetCPUUtilizationPercentage': int(75, [0, 1000], { when: scaled, unit: '% of request', label: 'CPU target', help: 'Average use that pods are added for; 0 leaves the metric out.' }),
    'autoscaling.targetMemoryUtilizationPercentage': int(80, [0, 1000], { when: scaled, unit: '% of request', label: 'Memory target', help: 'Python seldom gives memory back, so this rather adds than removes; 0 leaves it out.' }),
    'autoscaling.scaleDownStabilization': int(300, [0, 3600], { when: scaled, advanced: true, unit: 'seconds', label: 'Wait before removing', help: 'How long use must be lower before pods are removed.' }),
    'autoscaling.scaleUpStabilization': int(30, [0, 3600], { when: scaled, advanced: true, unit: 'seconds', label: 'Wait before adding', help: 'How long use must be higher before pods are added.' }),
    'autoscaling.scaleDownPods': int(1, [1, 100], { when: scaled, advanced: true, unit: 'pods a minute', label: 'Remove at most', help: 'Pods removed in a minute.' }),
    'autoscaling.scaleUpPods': int(2, [1, 100], { when: scaled, advanced: true, unit: 'pods a minute', label: 'Add at most', help: 'Pods added in a minute.' }),
  },
})

export const rollout = section({
  id: 'rollout',
  group: 'Running',
  title: 'Disruption',
  help: 'What happens while pods are replaced: by a new version, by a drained node, by a shutdown.',
  fields: {
    'podDisruptionBudget.enabled': bool(true, { when: onKubernetes, label: 'Disruption budget', help: 'Keeps node drains from taking all pods at once; left out where only one pod runs.' }),
    'podDisruptionBudget.minAvailable': text('', { ...intOrPercent, accepts: intOrPercentSchema, when: { ...onKubernetes, 'podDisruptionBudget.enabled': true }, advanced: true, label: 'Pods kept', help: 'Must be less than the pods that run, or drains wait for ever.' }),
    'podDisruptionBudget.maxUnavailable': text('1', { ...intOrPercent, accepts: intOrPercentSchema, when: { ...onKubernetes, 'podDisruptionBudget.enabled': true }, label: 'Pods missing at once', help: 'How many a drain may take at a time.' }),
    'podDisruptionBudget.unhealthyPodEvictionPolicy': choice('AlwaysAllow', ['AlwaysAllow', 'IfHealthyBudget'], { when: { ...onKubernetes, 'podDisruptionBudget.enabled': true }, advanced: true, label: 'Unhealthy pods', help: 'AlwaysAllow lets a drain remove pods that do not work anyway.' }),
    'strategy.maxSurge': text('1', { ...intOrPercent, accepts: intOrPercentSchema, when: { ...onKubernetes, 'database.backend': ['postgres', 'custom'] }, advanced: true, label: 'Extra pods in a rollout', help: 'Pods started before old ones end.' }),
    'strategy.maxUnavailable': text('0', { ...intOrPercent, accepts: intOrPercentSchema, when: { ...onKubernetes, 'database.backend': ['postgres', 'custom'] }, advanced: true, label: 'Missing pods in a rollout', help: 'Pods ended before new ones are ready; 0 keeps full capacity.' }),
    terminationGracePeriodSeconds: int(45, [0, 3600], { when: onKubernetes, unit: 'seconds', label: 'Grace period', help: 'From SIGTERM to SIGKILL: longer than the delay below plus the request timeout.' }),
    preStopSleepSeconds: int(5, [0, 300], { when: onKubernetes, unit: 'seconds', label: 'Delay before stop', help: 'Lets load balancers forget the pod before it stops listening.' }),
    revisionHistoryLimit: int(3, [0, 100], { when: onKubernetes, advanced: true, unit: 'revisions', label: 'History', help: 'Old revisions kept for kubectl rollout undo.' }),
    deploymentAnnotations: map({ when: onKubernetes, advanced: true, label: 'Workload annotations', help: 'Annotations of the Deployment or StatefulSet.' }),
  },
})

const probe = (name: string, initial: number, period: number, timeout: number, failures: number) =>
  ({
    initialDelaySeconds: int(initial, [0, 3600], { when: onKubernetes, advanced: true, unit: 'seconds', label: `${name}: first after`, help: 'Wait after the container starts.' }),
    periodSeconds: int(period, [1, 3600], { when: onKubernetes, advanced: true, unit: 'seconds', label: `${name}: every`, help: 'Time between two probes.' }),
    timeoutSeconds: int(timeout, [1, 300], { when: onKubernetes, advanced: true, unit: 'seconds', label: `${name}: timeout`, help: 'How long an answer may take.' }),
    failureThreshold: int(failures, [1, 1000], { when: onKubernetes, advanced: true, unit: 'failures', label: `${name}: gives up after`, help: 'Failures in a row before it counts.' }),
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
    'probes.hostHeader': text('', { pattern: '^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$', hint: 'a host name', when: onKubernetes, placeholder: '{release}', label: 'Host header', help: "The name that probes ask for; empty uses the service's own name, which is always trusted." }),
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
    'tests.enabled': bool(true, { when: onKubernetes, label: 'Helm test', help: 'helm test asks the running service for its health and readiness, with the application image itself.' }),
  },
})

export const scheduling = section({
  id: 'scheduling',
  group: 'Running',
  title: 'Scheduling',
  help: 'On which nodes pods run, and how they spread.',
  fields: {
    podAntiAffinityType: choice('soft', { soft: 'Prefer', hard: 'Insist', '': 'Off' }, { when: onKubernetes, label: 'Spread over nodes', help: 'Prefer puts pods on different nodes where it can; insist needs one node more than pods in a rollout.' }),
    topologySpreadType: choice('soft', { soft: 'Prefer', hard: 'Insist', '': 'Off' }, { when: onKubernetes, label: 'Spread over zones', help: 'Keeps pods balanced over availability zones.' }),
    topologySpreadConstraints: yaml('list', { when: onKubernetes, advanced: true, label: 'Raw spread constraints', help: 'A list that replaces the spreading over zones; a missing labelSelector is filled in.' }),
    nodeSelector: map({ when: onKubernetes, advanced: true, label: 'Node selector', help: 'Labels that a node must have.' }),
    tolerations: yaml('list', { when: onKubernetes, advanced: true, label: 'Tolerations', help: 'A list of taints that pods put up with.' }),
    affinity: yaml('map', { when: onKubernetes, advanced: true, label: 'Raw affinity', help: 'Replaces the spreading over nodes.' }),
    priorityClassName: text('', { ...emptyOr(objectName), when: onKubernetes, advanced: true, label: 'Priority class', help: 'A class that exists in the cluster.' }),
    runtimeClassName: text('', { ...emptyOr(objectName), when: onKubernetes, advanced: true, label: 'Runtime class', help: 'For sandboxed runtimes such as gVisor.' }),
  },
})

