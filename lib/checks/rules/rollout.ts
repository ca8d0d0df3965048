import type { Config } from '../../config/index.ts'
import { fewestPods, gracefulSeconds, hasBudget, isNone, mostPods, podsOf, surgePods } from '../../plan/index.ts'
import type { Rule } from '../rule.ts'
import { all, always, onKubernetes } from '../when.ts'
import { count } from '../words.ts'

const deployment = all(onKubernetes, (config) => config['database.backend'] !== 'sqlite')

const stuck: Rule = {
  id: 'rollout-stuck',
  severity: 'error',
  demand: 'A rollout can begin',
  applies: deployment,
  check: (config) =>
    isNone(config['strategy.maxSurge']) && isNone(config['strategy.maxUnavailable'])
      ? {
          path: 'strategy.maxSurge',
          title: 'Rollout cannot begin',
          message: 'With 0 extra and 0 missing pods no pod may be replaced, and the cluster refuses the Deployment.',
          fix: { label: 'Use 1 extra pod', patch: { 'strategy.maxSurge': '1' } },
        }
      : undefined,
}

const shares = ['strategy.maxUnavailable', 'podDisruptionBudget.minAvailable', 'podDisruptionBudget.maxUnavailable'] as const

const overHundred: Rule = {
  id: 'percent-over',
  severity: 'error',
  demand: 'No share above 100 %',
  applies: onKubernetes,
  check: (config) =>
    shares
      .filter((path) => config[path].endsWith('%') && Number.parseInt(config[path], 10) > 100)
      .filter((path) => (path === 'strategy.maxUnavailable' ? deployment(config) : hasBudget(config)))
      .map((path) => ({
        path,
        title: 'More than all',
        message: `${config[path]} of the pods is more than there are, and the cluster refuses it.`,
        fix: { label: 'Use 100%', patch: { [path]: '100%' } },
      })),
}

const downtime: Rule = {
  id: 'rollout-downtime',
  severity: 'warning',
  demand: 'Some pods stay up during a rollout',
  applies: all(deployment, (config) => fewestPods(config) > 0),
  check: (config) => {
    const [pods, missing] = [fewestPods(config), podsOf(config['strategy.maxUnavailable'], fewestPods(config), 'down')]
    return missing >= pods
      ? {
          path: 'strategy.maxUnavailable',
          title: 'Gap in each rollout',
          message: `A rollout may take ${config['strategy.maxUnavailable']} of ${count(pods, 'pod')} away before a new one is ready, which is all of them.`,
          fix: { label: 'Let none be missing', patch: { 'strategy.maxUnavailable': '0', ...(isNone(config['strategy.maxSurge']) ? { 'strategy.maxSurge': '1' } : {}) } },
        }
      : undefined
  },
}

const margin = 5

/** Seconds from being told to stop until the last request has ended, and a little more. */
const stopSeconds = (config: Config): number => config.preStopSleepSeconds + config['app.requestTimeout'] + margin

const grace: Rule = {
  id: 'grace-short',
  severity: 'error',
  demand: 'The grace period outlasts every request',
  applies: onKubernetes,
  check: (config) => {
    const [given, needed] = [config.terminationGracePeriodSeconds, stopSeconds(config)]
    return given < needed
      ? {
          path: 'terminationGracePeriodSeconds',
          title: 'Requests are cut off',
          message: `${config.preStopSleepSeconds} s delay + ${config['app.requestTimeout']} s request timeout + ${margin} s margin = ${needed} s, and pods are killed after ${given} s.`,
          fix: { label: `Use ${needed + 5} s`, patch: { terminationGracePeriodSeconds: needed + 5 } },
        }
      : undefined
  },
}

const gracefulLong: Rule = {
  id: 'graceful-long',
  severity: 'warning',
  demand: 'Graceful shutdown ends before the kill',
  applies: onKubernetes,
  check: (config) => {
    const left = config.terminationGracePeriodSeconds - config.preStopSleepSeconds
    const longest = gracefulSeconds(config)
    return config['app.gracefulShutdownTimeout'] > 0 && longest > left && config.terminationGracePeriodSeconds >= stopSeconds(config)
      ? {
          path: 'app.gracefulShutdownTimeout',
          title: 'Killed while ending',
          message: `Open requests get ${longest} s to end, but ${left} s after the delay the pod is killed.`,
          fix: { label: 'Follow the request timeout', patch: { 'app.gracefulShutdownTimeout': 0 } },
        }
      : undefined
  },
}

const gracefulShort: Rule = {
  id: 'graceful-short',
  severity: 'warning',
  demand: 'Graceful shutdown outlasts every request',
  applies: always,
  check: (config) =>
    gracefulSeconds(config) < config['app.requestTimeout']
      ? {
          path: 'app.gracefulShutdownTimeout',
          title: 'Requests are cut off',
          message: `A request may take ${config['app.requestTimeout']} s, but a stop waits only ${gracefulSeconds(config)} s for it.`,
          fix: { label: 'Follow the request timeout', patch: { 'app.gracefulShutdownTimeout': 0 } },
        }
      : undefined,
}

const noDelay: Rule = {
  id: 'pre-stop-none',
  severity: 'warning',
  demand: 'Pods wait before they stop listening',
  applies: onKubernetes,
  check: (config) =>
    config.preStopSleepSeconds === 0
      ? {
          path: 'preStopSleepSeconds',
          title: 'Stops at once',
          message: 'The application stops listening as soon as it is told to, while load balancers still send requests to it for a moment.',
          fix: {
            label: 'Wait 5 s',
            patch: { preStopSleepSeconds: 5, terminationGracePeriodSeconds: Math.max(config.terminationGracePeriodSeconds, 5 + config['app.requestTimeout'] + margin) },
          },
        }
      : undefined,
}

const noHistory: Rule = {
  id: 'history-none',
  severity: 'warning',
  demand: 'A revision to go back to',
  applies: onKubernetes,
  check: (config) =>
    config.revisionHistoryLimit === 0
      ? {
          path: 'revisionHistoryLimit',
          title: 'No way back',
          message: 'Without old revisions kubectl rollout undo has nothing to go back to.',
          fix: { label: 'Keep 3', patch: { revisionHistoryLimit: 3 } },
        }
      : undefined,
}

const hardSpread: Rule = {
  id: 'spread-hard',
  severity: 'info',
  demand: 'A node for every pod of a rollout',
  applies: deployment,
  check: (config) => {
    if (config.podAntiAffinityType !== 'hard' || config.affinity.trim() !== '') return undefined
    const nodes = mostPods(config) + surgePods(config)
    return {
      path: 'podAntiAffinityType',
      title: `Needs ${count(nodes, 'node')}`,
      message: `${count(mostPods(config), 'pod')} and ${surgePods(config)} more in a rollout each insist on a node of their own; with fewer nodes the rollout waits.`,
      fix: { label: 'Prefer instead', patch: { podAntiAffinityType: 'soft' } },
    }
  },
}

const restarts: Rule = {
  id: 'max-requests',
  severity: 'warning',
  demand: 'Instances do not end by themselves',
  applies: always,
  check: (config) =>
    config['app.limitMaxRequests'] > 0 && config['app.workers'] === 1
      ? {
          path: 'app.limitMaxRequests',
          title: 'Ends by itself',
          message: `After ${config['app.limitMaxRequests']} requests the only process of a container ends, and requests fail until it is back.`,
          fix: { label: 'Never', patch: { 'app.limitMaxRequests': 0 } },
        }
      : undefined,
}

export const rolloutRules: readonly Rule[] = [stuck, overHundred, grace, downtime, gracefulLong, gracefulShort, noDelay, noHistory, restarts, hardSpread]
