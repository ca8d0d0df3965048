import { deploysByHelm, hasController, runsOnVm } from '../../plan/index.ts'
import type { Rule } from '../rule.ts'
import { on } from '../when.ts'

const jobTimeout: Rule = {
  id: 'job-timeout',
  severity: 'warning',
  demand: 'The job outlasts helm',
  applies: deploysByHelm,
  check: (config) => {
    const [job, helm] = [config['workflows.timeoutMinutes'], config['workflows.helmTimeoutMinutes']]
    const needed = Math.min(120, helm * 2 + 5)
    return job <= helm
      ? {
          path: 'workflows.timeoutMinutes',
          title: 'Job ends first',
          message: `The job is ended after ${job} min while helm may wait ${helm} min, so nothing rolls a failed release back.`,
          fix: { label: `Use ${needed} min`, patch: { 'workflows.timeoutMinutes': needed } },
        }
      : undefined
  },
}

const movingRunner: Rule = {
  id: 'runner-moves',
  severity: 'info',
  demand: 'The runner names its version',
  applies: on('workflows.enabled'),
  check: (config) =>
    config['workflows.runner'].endsWith('-latest')
      ? {
          path: 'workflows.runner',
          title: 'Moving runner',
          message: `${config['workflows.runner']} becomes another system from one day to the next.`,
          fix: { label: 'Use ubuntu-24.04', patch: { 'workflows.runner': 'ubuntu-24.04' } },
        }
      : undefined,
}

const noWorkflows: Rule = {
  id: 'workflows-off',
  severity: 'info',
  demand: 'Deployments are checked and rolled back by themselves',
  // A controller in the cluster does as much, for the cluster.
  applies: (config) => !hasController(config) || runsOnVm(config),
  check: (config) =>
    config['workflows.enabled']
      ? undefined
      : { path: 'workflows.enabled', title: 'Deployed by hand', message: 'Nothing verifies a deployment and rolls it back when the new version does not become ready.' },
}

export const deliveryRules: readonly Rule[] = [jobTimeout, movingRunner, noWorkflows]
