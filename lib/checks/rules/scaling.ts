import type { Config } from '../../config/index.ts'
import { fewestPods, mostPods, resourcesOf, usesSqlite } from '../../plan/index.ts'
import type { Rule } from '../rule.ts'
import { all, on, onKubernetes, onVm } from '../when.ts'
import { count, listed } from '../words.ts'

const scaled = all(onKubernetes, on('autoscaling.enabled'))
const fixed = all(onKubernetes, (config) => !config['autoscaling.enabled'])

const order: Rule = {
  id: 'hpa-order',
  severity: 'error',
  demand: 'At most is not less than at least',
  applies: scaled,
  check: (config) => {
    const [least, most] = [config['autoscaling.minReplicas'], config['autoscaling.maxReplicas']]
    return least > most
      ? {
          path: 'autoscaling.maxReplicas',
          title: 'Upside down',
          message: `At least ${count(least, 'pod')} and at most ${most} cannot be; the cluster refuses the autoscaler.`,
          fix: { label: `Use ${least}`, patch: { 'autoscaling.maxReplicas': least } },
        }
      : undefined
  },
}

const metrics: Rule = {
  id: 'hpa-no-metric',
  severity: 'error',
  demand: 'Autoscaling has something to go by',
  applies: scaled,
  check: (config) =>
    config['autoscaling.targetCPUUtilizationPercentage'] === 0 && config['autoscaling.targetMemoryUtilizationPercentage'] === 0
      ? {
          path: 'autoscaling.targetCPUUtilizationPercentage',
          title: 'Nothing to go by',
          message: 'With neither a CPU nor a memory target the autoscaler has no metric, and the chart refuses it.',
          fix: { label: 'Use 75 % CPU', patch: { 'autoscaling.targetCPUUtilizationPercentage': 75, ...withRequests(config) } },
        }
      : undefined,
}

const withRequests = (config: Config) => (lacking(config, true, false).length > 0 ? ({ resourcePreset: 'small' } as const) : {})

/** Kinds of resource that a target is a share of and that nothing is asked for; a limit alone counts as the request too. */
function lacking(config: Config, cpu: boolean, memory: boolean): readonly ('CPU' | 'memory')[] {
  const { cpuRequest, cpuLimit, memoryRequest, memoryLimit } = resourcesOf(config)
  return [
    ...(cpu && cpuRequest === undefined && cpuLimit === undefined ? (['CPU'] as const) : []),
    ...(memory && memoryRequest === undefined && memoryLimit === undefined ? (['memory'] as const) : []),
  ]
}

const requests: Rule = {
  id: 'hpa-requests',
  severity: 'error',
  demand: 'Autoscaling knows what full use is',
  applies: scaled,
  check: (config) => {
    const missing = lacking(
      config,
      config['autoscaling.targetCPUUtilizationPercentage'] > 0,
      config['autoscaling.targetMemoryUtilizationPercentage'] > 0,
    )
    if (missing.length === 0) return undefined
    return {
      path: missing.includes('CPU') ? 'resources.requests.cpu' : 'resources.requests.memory',
      title: 'No request',
      message: `A target is a share of the request, and the pods ask for no ${listed(missing)}, so the autoscaler would never act.`,
      fix: { label: 'Use the small size', patch: { resourcePreset: 'small' } },
    }
  },
}

const rigid: Rule = {
  id: 'hpa-fixed',
  severity: 'warning',
  demand: 'Autoscaling has room',
  // SQLite takes no autoscaler at all, and one replica only.
  applies: all(scaled, (config) => !usesSqlite(config)),
  check: (config) => {
    const pods = config['autoscaling.minReplicas']
    return pods === config['autoscaling.maxReplicas']
      ? {
          path: 'autoscaling.maxReplicas',
          title: 'Nothing to scale',
          message: `At least and at most are both ${count(pods, 'pod')}, so the autoscaler can do nothing.`,
          fix: { label: `Use ${count(pods, 'replica')}`, patch: { 'autoscaling.enabled': false, replicaCount: pods } },
        }
      : undefined
  },
}

const memoryTarget: Rule = {
  id: 'hpa-memory',
  severity: 'info',
  demand: 'Scaling by what goes down again',
  applies: scaled,
  check: (config) => {
    const target = config['autoscaling.targetMemoryUtilizationPercentage']
    if (target === 0) return undefined
    return {
      path: 'autoscaling.targetMemoryUtilizationPercentage',
      title: 'Memory seldom falls',
      message: `Python seldom gives memory back, so pods added at ${target} % memory tend to stay.`,
      ...(config['autoscaling.targetCPUUtilizationPercentage'] > 0
        ? { fix: { label: 'Scale by CPU only', patch: { 'autoscaling.targetMemoryUtilizationPercentage': 0 } } }
        : {}),
    }
  },
}

const leastOne: Rule = {
  id: 'hpa-single',
  severity: 'info',
  demand: 'Two pods at all times',
  applies: scaled,
  check: (config) =>
    config['autoscaling.minReplicas'] === 1 && config['autoscaling.maxReplicas'] > 1
      ? {
          path: 'autoscaling.minReplicas',
          title: 'One pod at rest',
          message: 'At rest a single pod runs, and requests fail while its node is drained or lost.',
        }
      : undefined,
}

const single: Rule = {
  id: 'replicas-single',
  severity: 'info',
  demand: 'Two replicas',
  applies: all(fixed, (config) => !usesSqlite(config)),
  check: (config) =>
    config.replicaCount === 1
      ? { path: 'replicaCount', title: 'One replica', message: 'Requests fail while the only pod is moved from a drained or lost node.' }
      : undefined,
}

const none: Rule = {
  id: 'replicas-none',
  severity: 'warning',
  demand: 'At least one replica',
  applies: fixed,
  check: (config) =>
    config.replicaCount === 0
      ? {
          path: 'replicaCount',
          title: 'Nothing runs',
          message: '0 replicas deploy everything but the application.',
          fix: { label: 'Use 1', patch: { replicaCount: 1 } },
        }
      : undefined,
}

const workers: Rule = {
  id: 'workers-in-pods',
  severity: 'warning',
  demand: 'One worker in each pod',
  applies: onKubernetes,
  check: (config) =>
    config['app.workers'] > 1
      ? {
          path: 'app.workers',
          title: 'Workers in pods',
          message: `${config['app.workers']} workers in each of ${count(Math.max(1, mostPods(config)), 'pod')} hide a failed start from Kubernetes, which then restarts nothing; more pods scale better.`,
          fix: { label: 'Use 1 worker', patch: { 'app.workers': 1 } },
        }
      : undefined,
}

const workersOnVm: Rule = {
  id: 'workers-hide-errors',
  severity: 'info',
  demand: 'A failed start ends the container',
  applies: onVm,
  check: (config) =>
    config['app.workers'] > 1
      ? {
          path: 'app.workers',
          title: 'Failures are hidden',
          message: `With ${config['app.workers']} workers a setting that the application refuses does not end the container; only its health check tells.`,
        }
      : undefined,
}

const flapping: Rule = {
  id: 'hpa-flapping',
  severity: 'info',
  demand: 'Pods are not removed in haste',
  applies: scaled,
  check: (config) =>
    config['autoscaling.scaleDownStabilization'] < 60
      ? {
          path: 'autoscaling.scaleDownStabilization',
          title: 'Hasty removal',
          message: `After ${config['autoscaling.scaleDownStabilization']} s of less load pods are removed, only to be started again at the next peak.`,
          fix: { label: 'Use 300 s', patch: { 'autoscaling.scaleDownStabilization': 300 } },
        }
      : undefined,
}

const spread: Rule = {
  id: 'pods-not-spread',
  severity: 'warning',
  demand: 'Pods are spread over nodes',
  applies: all(onKubernetes, (config) => fewestPods(config) > 1, (config) => !usesSqlite(config)),
  check: (config) =>
    config.podAntiAffinityType === '' && config.topologySpreadType === '' && config.affinity.trim() === '' && config.topologySpreadConstraints.trim() === ''
      ? {
          path: 'podAntiAffinityType',
          title: 'All on one node',
          message: `Nothing keeps the ${fewestPods(config)} pods from running on one node and ending with it.`,
          fix: { label: 'Prefer other nodes', patch: { podAntiAffinityType: 'soft' } },
        }
      : undefined,
}

export const scalingRules: readonly Rule[] = [order, metrics, requests, rigid, none, workers, spread, memoryTarget, leastOne, single, workersOnVm, flapping]
