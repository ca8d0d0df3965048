import type { Config } from '../../config/index.ts'
import { fullnameOf, runsOn, runsOnVm } from '../../plan/index.ts'
import type { Rule } from '../rule.ts'
import { all, on, onKubernetes, onVm } from '../when.ts'

const measured = on('metrics.enabled')
/** Whether there are alert rules: on a machine wherever metrics are. */
const alerted = all(measured, (config) => runsOnVm(config) || (runsOn(config, 'kubernetes') && config['prometheusRule.enabled']))

const nothingMeasured: Rule = {
  id: 'alerts-without-metrics',
  severity: 'warning',
  demand: 'There is something to alert on and to draw',
  applies: all(onKubernetes, (config) => config['prometheusRule.enabled'] || config['dashboard.enabled']),
  check: (config) =>
    measured(config)
      ? undefined
      : {
          path: 'metrics.enabled',
          title: 'Nothing to alert on',
          message: 'Alerts and dashboard are wanted, but metrics are off, so they are left out.',
          fix: { label: 'Leave them out', patch: { 'prometheusRule.enabled': false, 'dashboard.enabled': false } },
        },
}

const otherJob: Rule = {
  id: 'alerts-unscraped',
  severity: 'warning',
  demand: 'Alerts find the metrics',
  applies: all(onKubernetes, measured, on('prometheusRule.enabled')),
  check: (config) =>
    config['serviceMonitor.enabled']
      ? undefined
      : {
          path: 'prometheusRule.enabled',
          title: 'Alerts may find nothing',
          message: `They look for job ${fullnameOf(config)}, which the ServiceMonitor makes; without one, give your own scraping that name, or ServiceAbsent fires for ever.`,
        },
}

const neverSlow: Rule = {
  id: 'alerts-never-slow',
  severity: 'warning',
  demand: 'The latency alert can fire',
  applies: alerted,
  check: (config) => {
    const most = config['app.requestTimeout'] * 1000
    const path = 'prometheusRule.latencyMilliseconds'
    return config[path] >= most
      ? {
          path,
          title: 'Never too slow',
          message: `Requests end after ${config['app.requestTimeout']} s and those that are cut off are not counted, so none takes longer than ${config[path]} ms.`,
          fix: { label: `Use ${most / 2} ms`, patch: { [path]: most / 2 } },
        }
      : undefined
  },
}

const noAlerts: Rule = {
  id: 'alerts-off',
  severity: 'info',
  demand: 'Alerts in the bundle',
  applies: all(onKubernetes, measured, on('serviceMonitor.enabled')),
  check: (config) =>
    config['prometheusRule.enabled']
      ? undefined
      : {
          path: 'prometheusRule.enabled',
          title: 'Nobody is told',
          message: 'Metrics are scraped, but nothing in the bundle alerts when the service is down or fails.',
          fix: { label: 'Turn alerts on', patch: { 'prometheusRule.enabled': true } },
        },
}

const ruleLabels: Rule = {
  id: 'alerts-labels',
  severity: 'info',
  demand: 'Prometheus selects the alerts',
  applies: all(onKubernetes, measured, on('prometheusRule.enabled')),
  check: (config) =>
    Object.keys(config['prometheusRule.labels']).length === 0
      ? {
          path: 'prometheusRule.labels',
          title: 'May be overlooked',
          message: 'The usual kube-prometheus-stack takes only PrometheusRules with its own release label.',
          fix: { label: 'Add release: kube-prometheus-stack', patch: { 'prometheusRule.labels': { release: 'kube-prometheus-stack' } } },
        }
      : undefined,
}

const clusterName = /\.(svc|svc\.cluster\.local|observability)$/
const hostOf = (config: Config): string => /^https?:\/\/([^/:]+)/.exec(config['tracing.otlpEndpoint'])?.[1] ?? ''

const tracesInCluster: Rule = {
  id: 'tracing-cluster-name',
  severity: 'warning',
  demand: 'The machine knows the collector',
  applies: all(onVm, on('tracing.enabled')),
  check: (config) =>
    clusterName.test(hostOf(config))
      ? {
          path: 'tracing.otlpEndpoint',
          title: 'Name of a cluster',
          message: `A machine does not know ${hostOf(config)}, so its traces are lost; for a collector on the machine itself, host.docker.internal leads there.`,
          ...(runsOn(config, 'kubernetes') ? {} : { fix: { label: 'Use the machine', patch: { 'tracing.otlpEndpoint': 'http://host.docker.internal:4318/v1/traces' } } }),
        }
      : undefined,
}

export const alertRules: readonly Rule[] = [nothingMeasured, otherJob, neverSlow, tracesInCluster, noAlerts, ruleLabels]
