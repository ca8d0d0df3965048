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
    'metrics.enabled': bool(false, { env: 'APP_METRICS_ENABLED', label: 'Metrics' }),
    'metrics.prefix': text('http', { pattern: '^[A-Za-z_][A-Za-z0-9_-]*$', hint: 'letters, digits and underscores', required: true, maxLength: 60, env: 'APP_METRICS_PREFIX', when: measured, advanced: true, label: 'Metric prefix' }),
    'serviceMonitor.enabled': bool(false, { when: { ...onKubernetes, ...measured }, label: 'ServiceMonitor' }),
    'serviceMonitor.kind': choice('ServiceMonitor', { ServiceMonitor: 'Service', PodMonitor: 'Labels of pods' }, { when: monitored, advanced: true, label: 'Pods are found by' }),
    'serviceMonitor.namespace': text('', { ...emptyOr(objectName), when: monitored, advanced: true, placeholder: '{namespace}', label: 'ServiceMonitor namespace' }),
    'serviceMonitor.labels': map({ when: monitored, label: 'ServiceMonitor labels' }),
    'serviceMonitor.interval': text('30s', { ...duration, required: true, when: scraped, advanced: true, label: 'Scrape interval' }),
    'serviceMonitor.scrapeTimeout': text('10s', { ...duration, required: true, when: scraped, advanced: true, label: 'Scrape timeout' }),
    'serviceMonitor.sampleLimit': int(5000, [0, 1000000], { when: scraped, advanced: true, unit: 'samples', label: 'Sample limit' }),
    'serviceMonitor.targetLimit': int(0, [0, 100000], { when: monitored, advanced: true, unit: 'pods', label: 'Target limit' }),
    'serviceMonitor.labelLimit': int(0, [0, 1000], { when: scraped, advanced: true, unit: 'labels', label: 'Label limit' }),
    'serviceMonitor.labelValueLengthLimit': int(0, [0, 100000], { when: scraped, advanced: true, unit: 'bytes', label: 'Label length limit' }),
    'serviceMonitor.metricRelabelings': yaml('list', { when: monitored, advanced: true, label: 'Metric relabelings' }),
    'serviceMonitor.relabelings': yaml('list', { when: monitored, advanced: true, label: 'Relabelings' }),
    'prometheusRule.enabled': bool(false, { when: { ...onKubernetes, ...measured }, label: 'Alerts' }),
    'prometheusRule.namespace': text('', { ...emptyOr(objectName), when: alerted, advanced: true, placeholder: '{namespace}', label: 'PrometheusRule namespace' }),
    'prometheusRule.labels': map({ when: alerted, label: 'PrometheusRule labels' }),
    'prometheusRule.errorPercent': int(5, [1, 99], { when: watched, advanced: true, unit: '%', label: 'Failed requests' }),
    'prometheusRule.latencyPercentile': int(95, [50, 99], { when: watched, advanced: true, unit: '%', label: 'Latency percentile' }),
    'prometheusRule.latencyMilliseconds': int(1000, [5, 9999], { when: watched, advanced: true, unit: 'ms', label: 'Latency' }),
    'prometheusRule.pendingMinutes': int(10, [1, 120], { when: watched, advanced: true, unit: 'minutes', label: 'Failing for' }),
    'prometheusRule.downMinutes': int(5, [1, 120], { when: watched, advanced: true, unit: 'minutes', label: 'Down for' }),
    'prometheusRule.restartsPerHour': int(3, [1, 100], { when: alerted, advanced: true, unit: 'restarts', label: 'Restarts' }),
    'prometheusRule.extraRules': yaml('list', { when: alerted, advanced: true, label: 'More alerts' }),
    'dashboard.enabled': bool(false, { when: { ...onKubernetes, ...measured }, label: 'Dashboard' }),
    'dashboard.namespace': text('', { ...emptyOr(objectName), when: drawn, advanced: true, placeholder: '{namespace}', label: 'Dashboard namespace' }),
    'dashboard.labelKey': text('grafana_dashboard', { pattern: '^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$', hint: 'a label name', required: true, maxLength: 317, when: drawn, advanced: true, label: 'Dashboard label' }),
    'dashboard.labelValue': text('1', { pattern: '^([A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?)?$', hint: 'letters, digits, dashes, dots and underscores', maxLength: 63, when: drawn, advanced: true, label: 'Dashboard label value' }),
    'dashboard.folder': text('', { ...line, maxLength: 200, when: drawn, advanced: true, label: 'Dashboard folder' }),
    'tracing.enabled': bool(false, { env: 'APP_OTEL_ENABLED', label: 'Tracing' }),
    'tracing.otlpEndpoint': text('http://otel-collector.observability:4318/v1/traces', { pattern: '^https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~/%-]*)?$', hint: 'a URL such as http://collector:4318/v1/traces', required: true, env: 'APP_OTEL_EXPORTER_OTLP_ENDPOINT', when: traced, label: 'OTLP endpoint' }),
    'tracing.serviceName': text('', { ...line, maxLength: 120, env: 'APP_OTEL_SERVICE_NAME', when: traced, placeholder: '{release}', advanced: true, label: 'Service name in traces' }),
    'tracing.serviceVersion': text('', { ...line, maxLength: 120, env: 'APP_OTEL_SERVICE_VERSION', when: traced, placeholder: '{tag}', advanced: true, label: 'Version in traces' }),
    'tracing.environment': text('production', { ...line, maxLength: 120, env: 'APP_OTEL_ENVIRONMENT', when: traced, advanced: true, label: 'Environment in traces' }),
    'tracing.headers': bool(false, { chart: false, when: traced, advanced: true, label: 'OTLP headers' }),
    'tracing.otlpHeaders': secret({ env: 'APP_OTEL_EXPORTER_OTLP_HEADERS', when: { ...traced, 'tracing.headers': true }, label: 'OTLP header values' }),
    'tracing.existingSecret': text('', { ...emptyOr(objectName), when: { ...onKubernetes, ...traced, 'tracing.headers': true }, placeholder: '{release}-secrets', advanced: true, label: 'Headers Secret' }),
    'tracing.existingSecretHeadersKey': text('', { ...emptyOr(dataKey), when: { ...onKubernetes, ...traced, 'tracing.headers': true }, placeholder: 'APP_OTEL_EXPORTER_OTLP_HEADERS', advanced: true, label: 'Key in the Secret' }),
  },
})
