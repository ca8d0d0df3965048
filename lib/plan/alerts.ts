import type { Config } from '../config/index.ts'
import { fullnameOf, namespaceOf } from './hosts.ts'

/** One alert for Prometheus, as its rule files have it. */
export interface Alert {
  readonly alert: string
  readonly expr: string
  readonly for: string
  readonly severity: 'critical' | 'warning'
  readonly summary: string
  readonly description: string
}

/** Where the metrics come from: a cluster knows namespaces and pods, a machine only the job. */
export type Watched = 'kubernetes' | 'machine'

/** The job under which the application is scraped. */
export const jobOf = (config: Config, where: Watched): string => (where === 'kubernetes' ? fullnameOf(config) : config['release.name'])

/** The first part of metric names as the exporter writes it: it has no dashes. */
export const metricPrefixOf = (config: Config): string => config['metrics.prefix'].replaceAll('-', '_')

/** The name of the application's container on Kubernetes. */
const container = 'chassis'

const labels = (pairs: Readonly<Record<string, string>>): string =>
  Object.entries(pairs)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(',')

const seriesOf = (config: Config, where: Watched): string =>
  labels({ job: jobOf(config, where), ...(where === 'kubernetes' ? { namespace: namespaceOf(config) } : {}) })

const podsOf = (config: Config): string => {
  const names = config['database.backend'] === 'sqlite' ? '[0-9]+' : '[a-z0-9]+-[a-z0-9]{5}'
  return `${labels({ namespace: namespaceOf(config) })},pod=~${JSON.stringify(`${fullnameOf(config)}-${names}`)}`
}

/**
 * What somebody must hear of. The same as in the chart's PrometheusRule; a test compares the two.
 * The application counts neither timeouts nor rate-limited requests, so nothing here looks for them.
 */
export const alertsOf = (config: Config, where: Watched): readonly Alert[] => [
  ...availability(config, where),
  ...requests(config, where),
  ...(where === 'kubernetes' ? pods(config) : []),
  ...samples(config, where),
]

function availability(config: Config, where: Watched): readonly Alert[] {
  const name = jobOf(config, where)
  const series = seriesOf(config, where)
  const down = `${config['prometheusRule.downMinutes']}m`
  return [
    {
      alert: 'ServiceDown',
      // Of two colours on a machine one is down by intent.
      expr: where === 'machine' ? `max by (job) (up{${series}}) == 0` : `up{${series}} == 0`,
      for: down,
      severity: 'critical',
      summary: `${name} does not answer Prometheus`,
      description: `${where === 'machine' ? 'The service' : '{{ $labels.instance }}'} cannot be scraped: it is down, refuses the Host header, or exceeds a limit of the scrape.`,
    },
    {
      alert: 'ServiceAbsent',
      expr: `absent(up{${series}})`,
      for: down,
      severity: 'critical',
      summary: `${name} is not scraped at all`,
      description: 'Prometheus knows no instance: nothing runs, or nothing tells Prometheus to scrape it.',
    },
  ]
}

function requests(config: Config, where: Watched): readonly Alert[] {
  const name = jobOf(config, where)
  const series = seriesOf(config, where)
  const prefix = metricPrefixOf(config)
  const pending = `${config['prometheusRule.pendingMinutes']}m`
  const share = config['prometheusRule.latencyPercentile']
  const rate = (more: string): string => `sum by (job) (rate(${prefix}_requests_total{${series}${more}}[5m]))`
  return [
    {
      alert: 'ServiceErrors',
      expr: `${rate(',status_code=~"5.."')} / ${rate('')} * 100 > ${config['prometheusRule.errorPercent']}`,
      for: pending,
      severity: 'critical',
      summary: `${name} fails`,
      description: '{{ $value | printf "%.1f" }} % of requests are answered with 5xx.',
    },
    {
      alert: 'ServiceSlow',
      expr: `histogram_quantile(0.${share}, sum by (job, le) (rate(${prefix}_request_duration_seconds_bucket{${series}}[5m]))) * 1000 > ${config['prometheusRule.latencyMilliseconds']}`,
      for: pending,
      severity: 'warning',
      summary: `${name} is slow`,
      description: `${share} % of requests take up to {{ $value | printf "%.0f" }} ms.`,
    },
  ]
}

/** What kube-state-metrics knows about the pods. */
function pods(config: Config): readonly Alert[] {
  const name = fullnameOf(config)
  const series = podsOf(config)
  const scaler = labels({ namespace: namespaceOf(config), horizontalpodautoscaler: name })
  return [
    {
      alert: 'ServiceNotReady',
      expr: `kube_pod_status_ready{${series},condition="true"} == 0`,
      for: `${config['prometheusRule.downMinutes']}m`,
      severity: 'warning',
      summary: `A pod of ${name} is not ready`,
      description: '{{ $labels.pod }} gets no requests: its readiness names what is wrong.',
    },
    {
      alert: 'ServiceRestarts',
      expr: `increase(kube_pod_container_status_restarts_total{${series},container="${container}"}[1h]) > ${config['prometheusRule.restartsPerHour']}`,
      for: '1m',
      severity: 'warning',
      summary: `${name} restarts again and again`,
      description: '{{ $labels.pod }} restarted {{ $value | printf "%.0f" }} times within an hour.',
    },
    ...(config['autoscaling.enabled']
      ? [
          {
            alert: 'ServiceAtMost',
            expr: `kube_horizontalpodautoscaler_status_current_replicas{${scaler}} >= kube_horizontalpodautoscaler_spec_max_replicas{${scaler}}`,
            for: `${config['prometheusRule.pendingMinutes']}m`,
            severity: 'warning',
            summary: `${name} cannot scale further`,
            description: 'All {{ $value }} pods that are allowed run.',
          } as const,
        ]
      : []),
  ]
}

function samples(config: Config, where: Watched): readonly Alert[] {
  const limit = config['serviceMonitor.sampleLimit']
  if (limit === 0) return []
  return [
    {
      alert: 'ServiceSamplesNearLimit',
      expr: `scrape_samples_post_metric_relabeling{${seriesOf(config, where)}} > ${Math.floor((limit * 8) / 10)}`,
      for: `${config['prometheusRule.pendingMinutes']}m`,
      severity: 'warning',
      summary: `Scrapes of ${jobOf(config, where)} will fail soon`,
      description: `{{ $labels.instance }} has {{ $value }} of ${limit} samples; paths of requests are labels. Above the limit nothing is scraped.`,
    },
  ]
}
