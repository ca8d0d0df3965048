import type { Config } from '../../config/index.ts'
import { hasCompanions, scrapeOf, trustedHostsOf } from '../../plan/index.ts'
import { isLoopback } from '../../text/address.ts'
import { milliseconds } from '../../text/quantity.ts'
import type { Rule } from '../rule.ts'
import { all, always, on, onKubernetes } from '../when.ts'

const measured = all(onKubernetes, on('metrics.enabled'))
const monitored = all(measured, on('serviceMonitor.enabled'))
const scraped = (config: Config): boolean => monitored(config) || scrapeOf(config) !== undefined
const traced = on('tracing.enabled')

const noMetrics: Rule = {
  id: 'monitor-without-metrics',
  severity: 'warning',
  demand: 'There is something to scrape',
  applies: all(onKubernetes, on('serviceMonitor.enabled')),
  check: (config) =>
    config['metrics.enabled']
      ? undefined
      : {
          path: 'metrics.enabled',
          title: 'Nothing to scrape',
          message: 'The ServiceMonitor is wanted, but metrics are off, so it is left out.',
          fix: { label: 'Leave it out', patch: { 'serviceMonitor.enabled': false } },
        },
}

const unscraped: Rule = {
  id: 'metrics-unscraped',
  severity: 'info',
  demand: 'Somebody scrapes the metrics',
  applies: measured,
  check: (config) =>
    config['serviceMonitor.enabled']
      ? undefined
      : { path: 'serviceMonitor.enabled', title: 'Nobody scrapes', message: 'Metrics are served, but nothing in the bundle tells Prometheus to fetch them.' },
}

const podAddress: Rule = {
  id: 'metrics-pod-address',
  severity: 'error',
  demand: 'Prometheus is answered',
  applies: monitored,
  check: (config) =>
    config['security.trustPodIP'] || trustedHostsOf(config, 'kubernetes').includes('*')
      ? undefined
      : {
          path: 'security.trustPodIP',
          title: 'Scrapes are refused',
          message: 'Prometheus asks pods by address and cannot send another Host header, so every scrape is answered 400.',
          fix: { label: 'Trust the pod address', patch: { 'security.trustPodIP': true } },
        },
}

const timing: Rule = {
  id: 'scrape-timeout',
  severity: 'error',
  demand: 'A scrape ends before the next begins',
  applies: scraped,
  check: (config) => {
    const [interval, timeout] = [config['serviceMonitor.interval'], config['serviceMonitor.scrapeTimeout']]
    const [each, most] = [milliseconds(interval) ?? 0, milliseconds(timeout) ?? 0]
    if (each > 0 && most > 0 && most <= each) return undefined
    if (each === 0 || most === 0)
      return {
        path: each === 0 ? 'serviceMonitor.interval' : 'serviceMonitor.scrapeTimeout',
        title: 'No time to scrape',
        message: `${each === 0 ? interval : timeout} is no time, and Prometheus refuses the scrape.`,
        fix: { label: 'Use 30s and 10s', patch: { 'serviceMonitor.interval': '30s', 'serviceMonitor.scrapeTimeout': '10s' } },
      }
    return {
      path: 'serviceMonitor.scrapeTimeout',
      title: 'Scrapes overlap',
      message: `A scrape may take ${timeout} and begins every ${interval}; Prometheus refuses that.`,
      fix: { label: `Use ${interval}`, patch: { 'serviceMonitor.scrapeTimeout': interval } },
    }
  },
}

const series: Rule = {
  id: 'sample-limit',
  severity: 'info',
  demand: 'A bound on the number of series',
  applies: scraped,
  check: (config) =>
    config['serviceMonitor.sampleLimit'] === 0
      ? {
          path: 'serviceMonitor.sampleLimit',
          title: 'Series without bound',
          message: 'The path label holds raw URLs, so each id makes series of its own and nothing stops them.',
          fix: { label: 'Use 5000', patch: { 'serviceMonitor.sampleLimit': 5000 } },
        }
      : undefined,
}

const labels: Rule = {
  id: 'monitor-labels',
  severity: 'info',
  demand: 'Prometheus selects what it scrapes',
  applies: monitored,
  check: (config) =>
    Object.keys(config['serviceMonitor.labels']).length === 0
      ? {
          path: 'serviceMonitor.labels',
          title: 'May be overlooked',
          message: `The usual kube-prometheus-stack takes only ${config['serviceMonitor.kind']}s with its own release label.`,
          fix: { label: 'Add release: kube-prometheus-stack', patch: { 'serviceMonitor.labels': { release: 'kube-prometheus-stack' } } },
        }
      : undefined,
}

const workers: Rule = {
  id: 'metrics-workers',
  severity: 'warning',
  demand: 'Metrics of all workers are seen',
  applies: on('metrics.enabled'),
  check: (config) =>
    config['app.workers'] > 1
      ? {
          path: 'app.workers',
          title: 'Metrics by chance',
          message: `Each scrape meets one of ${config['app.workers']} workers and sees the counts of that one only.`,
          fix: { label: 'Use 1 worker', patch: { 'app.workers': 1 } },
        }
      : undefined,
}

const text: Rule = {
  id: 'log-text',
  severity: 'warning',
  demand: 'Logs are JSON',
  applies: always,
  check: (config) =>
    config['app.logFormat'] === 'text'
      ? {
          path: 'app.logFormat',
          title: 'Text logs',
          message: 'As text, request logs lack method, path, status and duration.',
          fix: { label: 'Use JSON', patch: { 'app.logFormat': 'json' } },
        }
      : undefined,
}

const verbose: Rule = {
  id: 'log-debug',
  severity: 'info',
  demand: 'Logs are not at DEBUG',
  applies: always,
  check: (config) =>
    config['app.logLevel'] === 'DEBUG'
      ? { path: 'app.logLevel', title: 'Verbose logs', message: 'DEBUG logs more than production needs, and may log data of users.', fix: { label: 'Use INFO', patch: { 'app.logLevel': 'INFO' } } }
      : undefined,
}

const endpointParts = /^(https?:\/\/)([^/:]+)(?::([0-9]+))?(\/.*)?$/

const grpc: Rule = {
  id: 'tracing-grpc',
  severity: 'warning',
  demand: 'Traces go by HTTP',
  applies: traced,
  check: (config) => {
    const [, scheme, host, port, path] = endpointParts.exec(config['tracing.otlpEndpoint']) ?? []
    if (port !== '4317') return undefined
    const instead = `${scheme}${host}:4318${path && path !== '/' ? path : '/v1/traces'}`
    return {
      path: 'tracing.otlpEndpoint',
      title: 'Port of gRPC',
      message: 'Port 4317 speaks gRPC and the application HTTP, so all traces are lost.',
      fix: { label: 'Use 4318', patch: { 'tracing.otlpEndpoint': instead } },
    }
  },
}

const tracesPath: Rule = {
  id: 'tracing-path',
  severity: 'warning',
  demand: 'Traces go to the path for traces',
  applies: traced,
  check: (config) => {
    const endpoint = config['tracing.otlpEndpoint']
    return endpoint.endsWith('/v1/traces')
      ? undefined
      : {
          path: 'tracing.otlpEndpoint',
          title: 'No /v1/traces',
          message: `The address is used as it is, and collectors take traces at /v1/traces, not at ${endpointParts.exec(endpoint)?.[4] ?? '/'}.`,
          fix: { label: 'Add /v1/traces', patch: { 'tracing.otlpEndpoint': `${endpoint.replace(/\/+$/, '')}/v1/traces` } },
        }
  },
}

const tracesToSelf: Rule = {
  id: 'tracing-loopback',
  severity: 'warning',
  demand: 'Traces leave the container',
  applies: traced,
  check: (config) => {
    const host = endpointParts.exec(config['tracing.otlpEndpoint'])?.[2] ?? ''
    const beside = all(onKubernetes, hasCompanions)(config)
    return isLoopback(host) && !beside
      ? { path: 'tracing.otlpEndpoint', title: 'Looks at itself', message: `Inside the container ${host} is the container itself, and no collector runs there, so all traces are lost.` }
      : undefined
  },
}

const headersInClear: Rule = {
  id: 'tracing-headers-clear',
  severity: 'warning',
  demand: 'Tokens for the collector are encrypted on their way',
  applies: all(traced, on('tracing.headers')),
  check: (config) => (publicHttp(config) ? { path: 'tracing.otlpEndpoint', title: 'Token in the clear', message: `The headers cross the network to ${endpointParts.exec(config['tracing.otlpEndpoint'])?.[2]} unencrypted; use https.` } : undefined),
}

/** Whether traces go by plain http to a name that is not of the cluster. */
const publicHttp = (config: Config): boolean => {
  const [, scheme, host = ''] = endpointParts.exec(config['tracing.otlpEndpoint']) ?? []
  return scheme === 'http://' && host.split('.').length > 2 && !/\.(svc|local|internal)$/.test(host)
}

export const monitoringRules: readonly Rule[] = [podAddress, timing, noMetrics, workers, text, grpc, tracesPath, tracesToSelf, headersInClear, unscraped, series, labels, verbose]
