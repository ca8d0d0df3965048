import { bool, choice, int, map, secret, text, yaml } from '../field.ts'
import { dataKey, duration, line, objectName } from '../patterns.ts'
import { onKubernetes, onVm, section } from './section.ts'

const emptyOr = (rule: { pattern: string; hint: string; maxLength?: number }) => ({
  ...rule,
  pattern: `^(${rule.pattern.slice(1, -1)})?$`,
})

const measured = { 'metrics.enabled': true } as const
const monitored = { ...onKubernetes, ...measured, 'serviceMonitor.enabled': true } as const
const scraped = [monitored, { ...onVm, ...measured }]
const alerted = { ...onKubernetes, ...measured, 'prometheusRule.enabled': true } as const
/** A machine's alert rules are written wherever metrics are. */
const watched = [alerted, { ...onVm, ...measured }]
const drawn = { ...onKubernetes, ...measured, 'dashboard.enabled': true } as const
const traced = { 'tracing.enabled': true } as const

export const monitoring = section({
  id: 'monitoring',
  group: 'Running',
  title: 'Monitoring',
  help: 'Metrics for Prometheus and traces for OpenTelemetry.',
  fields: {
    'metrics.enabled': bool(false, { env: 'APP_METRICS_ENABLED', label: 'Metrics', help: 'Serves /metrics on the same port, to anyone who can reach it; for a machine it adds what Prometheus and Grafana need.' }),
    'metrics.prefix': text('http', { pattern: '^[A-Za-z_][A-Za-z0-9_-]*$', hint: 'letters, digits and underscores', required: true, maxLength: 60, env: 'APP_METRICS_PREFIX', when: measured, advanced: true, label: 'Metric prefix', help: 'The first part of metric names.' }),
    'serviceMonitor.enabled': bool(false, { when: { ...onKubernetes, ...measured }, label: 'ServiceMonitor', help: "Tells the Prometheus operator to scrape; the cluster must know the operator's kinds." }),
    'serviceMonitor.kind': choice('ServiceMonitor', { ServiceMonitor: 'Service', PodMonitor: 'Labels of pods' }, { when: monitored, advanced: true, label: 'Pods are found by', help: 'A ServiceMonitor goes by the Service, a PodMonitor by the labels of pods; there is one or the other, so nothing is scraped twice.' }),
    'serviceMonitor.namespace': text('', { ...emptyOr(objectName), when: monitored, advanced: true, placeholder: '{namespace}', label: 'ServiceMonitor namespace', help: "Where the ServiceMonitor is created; empty means the release's namespace." }),
    'serviceMonitor.labels': map({ when: monitored, label: 'ServiceMonitor labels', help: 'What your Prometheus selects by, often release: kube-prometheus-stack.' }),
    'serviceMonitor.interval': text('30s', { ...duration, required: true, when: scraped, advanced: true, label: 'Scrape interval', help: 'Time between two scrapes.' }),
    'serviceMonitor.scrapeTimeout': text('10s', { ...duration, required: true, when: scraped, advanced: true, label: 'Scrape timeout', help: 'Must not exceed the interval.' }),
    'serviceMonitor.sampleLimit': int(5000, [0, 1000000], { when: scraped, advanced: true, unit: 'samples', label: 'Sample limit', help: 'The path label holds raw URLs, so series can multiply; 0 means no limit.' }),
    'serviceMonitor.targetLimit': int(0, [0, 100000], { when: monitored, advanced: true, unit: 'pods', label: 'Target limit', help: 'Nothing is scraped when there are more pods than this; 0 means no limit.' }),
    'serviceMonitor.labelLimit': int(0, [0, 1000], { when: scraped, advanced: true, unit: 'labels', label: 'Label limit', help: 'A scrape fails when a sample has more labels than this; 0 means no limit.' }),
    'serviceMonitor.labelValueLengthLimit': int(0, [0, 100000], { when: scraped, advanced: true, unit: 'bytes', label: 'Label length limit', help: 'A scrape fails when a label is longer than this, and paths of requests are labels; 0 means no limit.' }),
    'serviceMonitor.metricRelabelings': yaml('list', { when: monitored, advanced: true, label: 'Metric relabelings', help: 'A list of rules applied to samples.' }),
    'serviceMonitor.relabelings': yaml('list', { when: monitored, advanced: true, label: 'Relabelings', help: 'A list of rules applied to targets.' }),
    'prometheusRule.enabled': bool(false, { when: { ...onKubernetes, ...measured }, label: 'Alerts', help: 'A PrometheusRule that alerts when the service is down, fails, is slow or restarts.' }),
    'prometheusRule.namespace': text('', { ...emptyOr(objectName), when: alerted, advanced: true, placeholder: '{namespace}', label: 'PrometheusRule namespace', help: "Where the PrometheusRule is created; empty means the release's namespace." }),
    'prometheusRule.labels': map({ when: alerted, label: 'PrometheusRule labels', help: 'What your Prometheus selects rules by, often release: kube-prometheus-stack.' }),
    'prometheusRule.errorPercent': int(5, [1, 99], { when: watched, advanced: true, unit: '%', label: 'Failed requests', help: 'Alerts when more than this share of requests is answered with 5xx.' }),
    'prometheusRule.latencyPercentile': int(95, [50, 99], { when: watched, advanced: true, unit: '%', label: 'Latency percentile', help: 'The share of requests that must be faster than the latency below.' }),
    'prometheusRule.latencyMilliseconds': int(1000, [5, 9999], { when: watched, advanced: true, unit: 'ms', label: 'Latency', help: 'Alerts when that share of requests takes longer; the histogram ends at 10 seconds.' }),
    'prometheusRule.pendingMinutes': int(10, [1, 120], { when: watched, advanced: true, unit: 'minutes', label: 'Failing for', help: 'How long errors or latency must last before an alert.' }),
    'prometheusRule.downMinutes': int(5, [1, 120], { when: watched, advanced: true, unit: 'minutes', label: 'Down for', help: 'How long the service must be unreachable or unready before an alert.' }),
    'prometheusRule.restartsPerHour': int(3, [1, 100], { when: alerted, advanced: true, unit: 'restarts', label: 'Restarts', help: 'Alerts when a container restarts more often than this in an hour; asks kube-state-metrics.' }),
    'prometheusRule.extraRules': yaml('list', { when: alerted, advanced: true, label: 'More alerts', help: 'A list of Prometheus rules beside those of the chart.' }),
    'dashboard.enabled': bool(false, { when: { ...onKubernetes, ...measured }, label: 'Dashboard', help: 'A ConfigMap with a Grafana dashboard, for the sidecar that loads dashboards by label.' }),
    'dashboard.namespace': text('', { ...emptyOr(objectName), when: drawn, advanced: true, placeholder: '{namespace}', label: 'Dashboard namespace', help: "Where the ConfigMap is created; empty means the release's namespace." }),
    'dashboard.labelKey': text('grafana_dashboard', { pattern: '^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$', hint: 'a label name', required: true, maxLength: 317, when: drawn, advanced: true, label: 'Dashboard label', help: 'The label by which the sidecar finds dashboards.' }),
    'dashboard.labelValue': text('1', { pattern: '^([A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?)?$', hint: 'letters, digits, dashes, dots and underscores', maxLength: 63, when: drawn, advanced: true, label: 'Dashboard label value', help: 'The value that this label must have.' }),
    'dashboard.folder': text('', { ...line, maxLength: 200, when: drawn, advanced: true, label: 'Dashboard folder', help: 'The Grafana folder, as annotation grafana_folder; empty leaves it to the sidecar.' }),
    'tracing.enabled': bool(false, { env: 'APP_OTEL_ENABLED', label: 'Tracing', help: 'Sends traces by OTLP over HTTP.' }),
    'tracing.otlpEndpoint': text('http://otel-collector.observability:4318/v1/traces', { pattern: '^https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~/%-]*)?$', hint: 'a URL such as http://collector:4318/v1/traces', required: true, env: 'APP_OTEL_EXPORTER_OTLP_ENDPOINT', when: traced, label: 'OTLP endpoint', help: 'The whole URL with /v1/traces; HTTP on 4318, not gRPC on 4317.' }),
    'tracing.serviceName': text('', { ...line, maxLength: 120, env: 'APP_OTEL_SERVICE_NAME', when: traced, placeholder: '{release}', advanced: true, label: 'Service name in traces', help: 'Empty uses the display name.' }),
    'tracing.serviceVersion': text('', { ...line, maxLength: 120, env: 'APP_OTEL_SERVICE_VERSION', when: traced, placeholder: '{tag}', advanced: true, label: 'Version in traces', help: 'Empty uses the version of the application.' }),
    'tracing.environment': text('production', { ...line, maxLength: 120, env: 'APP_OTEL_ENVIRONMENT', when: traced, advanced: true, label: 'Environment in traces', help: 'The deployment.environment of traces.' }),
    'tracing.headers': bool(false, { chart: false, when: traced, advanced: true, label: 'OTLP headers', help: 'The collector wants headers such as a token; they live in a Secret.' }),
    'tracing.otlpHeaders': secret({ env: 'APP_OTEL_EXPORTER_OTLP_HEADERS', when: { ...traced, 'tracing.headers': true }, label: 'OTLP header values', help: 'key=value pairs with commas between them.' }),
    'tracing.existingSecret': text('', { ...emptyOr(objectName), when: { ...onKubernetes, ...traced, 'tracing.headers': true }, placeholder: '{release}-secrets', advanced: true, label: 'Headers Secret', help: 'The Secret that holds the headers.' }),
    'tracing.existingSecretHeadersKey': text('', { ...emptyOr(dataKey), when: { ...onKubernetes, ...traced, 'tracing.headers': true }, placeholder: 'APP_OTEL_EXPORTER_OTLP_HEADERS', advanced: true, label: 'Key in the Secret', help: 'The key under which the headers stand.' }),
  },
})
