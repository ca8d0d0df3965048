import type { Config } from '../../config/index.ts'
import { readinessSeconds } from '../../plan/index.ts'
import type { Rule } from '../rule.ts'
import { always, onKubernetes } from '../when.ts'

/** The checks that add up to the longest readiness answer, as a sum in words. */
const parts = (config: Config): string =>
  [
    `database ${config['database.healthTimeout']}`,
    ...(config['auth.enabled'] && config['auth.keySource'] === 'jwks' ? [`key set ${config['auth.httpTimeout']}`] : []),
    ...(config['cache.enabled'] ? [`cache ${config['cache.healthTimeout']}`] : []),
  ].join(' + ')

const readiness: Rule = {
  id: 'readiness-timeout',
  severity: 'warning',
  demand: 'The readiness probe waits for its checks',
  applies: onKubernetes,
  check: (config) => {
    const [given, needed] = [config['probes.readiness.timeoutSeconds'], readinessSeconds(config)]
    return given < needed
      ? {
          path: 'probes.readiness.timeoutSeconds',
          title: 'Readiness gives up early',
          message: `The checks run one after another and may take ${parts(config)} = ${needed - 1} s, but the probe waits ${given} s.`,
          fix: { label: `Use ${needed} s`, patch: { 'probes.readiness.timeoutSeconds': needed } },
        }
      : undefined
  },
}

const budget = (config: Config, probe: 'startup' | 'liveness'): number =>
  config[`probes.${probe}.periodSeconds`] * config[`probes.${probe}.failureThreshold`]

const leastSeconds = 30

const patience = (probe: 'startup' | 'liveness', id: string, demand: string, title: string, why: string): Rule => ({
  id,
  severity: 'warning',
  demand,
  applies: onKubernetes,
  check: (config) => {
    const [period, seconds] = [config[`probes.${probe}.periodSeconds`], budget(config, probe)]
    const failures = Math.ceil(leastSeconds / period)
    return seconds < leastSeconds
      ? {
          path: `probes.${probe}.failureThreshold`,
          title,
          message: `${config[`probes.${probe}.failureThreshold`]} × ${period} s = ${seconds} s: ${why}`,
          fix: { label: `Use ${failures} failures`, patch: { [`probes.${probe}.failureThreshold`]: failures } },
        }
      : undefined
  },
})

const startup = patience('startup', 'startup-hasty', 'Pods get time to start', 'Little time to start', 'a pod that starts more slowly is killed and starts over.')
const liveness = patience('liveness', 'liveness-hasty', 'A short stall restarts nothing', 'Hasty restarts', 'a pod that is busy for that long is restarted, and its load moves on to the others.')

const concurrency: Rule = {
  id: 'concurrency-low',
  severity: 'warning',
  demand: 'Probes get through',
  applies: always,
  check: (config) => {
    const limit = config['app.limitConcurrency']
    return limit > 0 && limit < 20
      ? {
          path: 'app.limitConcurrency',
          title: 'Probes compete',
          message: `Above ${limit} connections at once everything is answered 503, probes included, so load takes instances out of service.`,
          fix: { label: 'No limit', patch: { 'app.limitConcurrency': 0 } },
        }
      : undefined
  },
}

export const probeRules: readonly Rule[] = [readiness, startup, liveness, concurrency]
