import type { Config, Patch } from '../../config/index.ts'
import { fewestPods, hasBudget, isNone, podsOf } from '../../plan/index.ts'
import type { Rule } from '../rule.ts'
import { all, on, onKubernetes } from '../when.ts'
import { count } from '../words.ts'

const minAvailable = (config: Config): string => config['podDisruptionBudget.minAvailable']
const maxUnavailable = (config: Config): string => config['podDisruptionBudget.maxUnavailable']
const budgeted = all(onKubernetes, hasBudget)

const oneAtATime: Patch = { 'podDisruptionBudget.minAvailable': '', 'podDisruptionBudget.maxUnavailable': '1' }

const both: Rule = {
  id: 'budget-both',
  severity: 'warning',
  demand: 'One bound for the disruption budget',
  applies: all(onKubernetes, on('podDisruptionBudget.enabled')),
  check: (config) =>
    minAvailable(config) !== '' && maxUnavailable(config) !== ''
      ? {
          path: 'podDisruptionBudget.minAvailable',
          title: 'Two bounds',
          message: `A budget has one bound: ${minAvailable(config)} kept counts, and ${maxUnavailable(config)} missing at once is ignored.`,
          fix: blocks({ ...config, 'podDisruptionBudget.maxUnavailable': '' })
            ? { label: 'Let 1 be missing', patch: oneAtATime }
            : { label: `Keep ${minAvailable(config)}`, patch: { 'podDisruptionBudget.maxUnavailable': '' } },
        }
      : undefined,
}

/** Whether the budget lets no pod go, ever. */
function blocks(config: Config): boolean {
  const pods = fewestPods(config)
  if (minAvailable(config) !== '') return podsOf(minAvailable(config), pods, 'up') >= pods
  return maxUnavailable(config) !== '' && isNone(maxUnavailable(config))
}

const blocking: Rule = {
  id: 'budget-blocks',
  severity: 'error',
  demand: 'Nodes can be drained',
  applies: budgeted,
  check: (config) => {
    if (!blocks(config)) return undefined
    const pods = count(fewestPods(config), 'pod')
    return {
      path: minAvailable(config) !== '' ? 'podDisruptionBudget.minAvailable' : 'podDisruptionBudget.maxUnavailable',
      title: 'Drains wait for ever',
      message:
        minAvailable(config) !== ''
          ? `${minAvailable(config)} of ${pods} must stay, so no node that holds one can be drained.`
          : `${maxUnavailable(config)} of ${pods} may be missing, so no node that holds one can be drained.`,
      fix: { label: 'Let 1 be missing', patch: oneAtATime },
    }
  },
}

const idle: Rule = {
  id: 'budget-idle',
  severity: 'warning',
  demand: 'A disruption budget that keeps something',
  applies: budgeted,
  check: (config) => {
    const pods = fewestPods(config)
    const keepsNone = minAvailable(config) !== '' ? isNone(minAvailable(config)) : podsOf(maxUnavailable(config), pods, 'up') >= pods
    if (!keepsNone) return undefined
    return {
      path: minAvailable(config) !== '' ? 'podDisruptionBudget.minAvailable' : 'podDisruptionBudget.maxUnavailable',
      title: 'Keeps nothing',
      message: `All ${count(pods, 'pod')} may be taken at once, so the budget protects nothing.`,
      fix: { label: 'Let 1 be missing', patch: oneAtATime },
    }
  },
}

const missing: Rule = {
  id: 'budget-off',
  severity: 'warning',
  demand: 'A disruption budget',
  applies: all(onKubernetes, (config) => fewestPods(config) > 1),
  check: (config) =>
    config['podDisruptionBudget.enabled']
      ? undefined
      : {
          path: 'podDisruptionBudget.enabled',
          title: 'No disruption budget',
          message: `Draining nodes may take all ${fewestPods(config)} pods at once.`,
          fix: { label: 'Let 1 be missing', patch: { 'podDisruptionBudget.enabled': true, ...oneAtATime } },
        },
}

const unhealthy: Rule = {
  id: 'budget-unhealthy',
  severity: 'info',
  demand: 'Broken pods do not hold drains up',
  applies: budgeted,
  check: (config) =>
    config['podDisruptionBudget.unhealthyPodEvictionPolicy'] === 'IfHealthyBudget'
      ? {
          path: 'podDisruptionBudget.unhealthyPodEvictionPolicy',
          title: 'Broken pods block drains',
          message: 'Pods that do not become ready count as missing, so a node that holds one cannot be drained.',
          fix: { label: 'Let them go', patch: { 'podDisruptionBudget.unhealthyPodEvictionPolicy': 'AlwaysAllow' } },
        }
      : undefined,
}

export const disruptionRules: readonly Rule[] = [blocking, both, idle, missing, unhealthy]
