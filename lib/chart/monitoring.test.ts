/** Scraping, alerts and dashboard of the chart; monitoring.tools.test.ts asks Prometheus about the alerts. */
import { describe, expect, test } from 'vitest'
import { at, all, failureOf, helm, manifestsOf, notesOf, one, over, type Manifest, type Values } from '../../testing/chart.ts'

const postgres = at('database.postgres.existingSecret', 'db')
const metrics = over(postgres, at('metrics.enabled', true))
const monitor = (values: Values): readonly Manifest[] => manifestsOf(over(metrics, { serviceMonitor: { enabled: true } }, values))
const dashboardOf = (values: Values): Manifest => one(manifestsOf(over(metrics, { dashboard: { enabled: true } }, values)), 'ConfigMap', 'orders-dashboard')
const parsed = (values: Values): Manifest => JSON.parse(dashboardOf(values).data['orders.json'])

/** What the application exports under a prefix, and what the client library and Prometheus add. */
const exported = (prefix: string): readonly string[] => [
  ...['requests_total', 'request_duration_seconds_bucket', 'requests_in_progress', 'request_body_bytes_total', 'response_body_bytes_total'].map((name) => `${prefix}_${name}`),
  'fastapi_app_info_info', 'process_resident_memory_bytes', 'process_cpu_seconds_total', 'up', 'scrape_samples_post_metric_relabeling',
]

describe.skipIf(helm === undefined)('scraping', () => {
  test('by the Service or by the pods, never both', () => {
    const kinds = (values: Values): readonly string[] => monitor(values).map(({ kind }) => kind).filter((kind) => kind.endsWith('Monitor'))
    expect(kinds({})).toEqual(['ServiceMonitor'])
    expect(kinds({ serviceMonitor: { kind: 'PodMonitor' } })).toEqual(['PodMonitor'])
    expect(failureOf(over(metrics, at('serviceMonitor.kind', 'Both')))).toContain('/serviceMonitor/kind')
  })

  test('a PodMonitor names the job like a ServiceMonitor would', () => {
    const [endpoint] = one(monitor({ serviceMonitor: { kind: 'PodMonitor', relabelings: [{ targetLabel: 'b', replacement: 'c' }] } }), 'PodMonitor').spec.podMetricsEndpoints
    expect(endpoint).toMatchObject({ port: 'http', path: '/metrics', honorLabels: false })
    expect(endpoint.relabelings).toEqual([{ targetLabel: 'job', replacement: 'orders' }, { targetLabel: 'b', replacement: 'c' }])
  })

  test('has the bounds that are set, and no others', () => {
    const limits = { sampleLimit: 0, targetLimit: 3, labelLimit: 30, labelValueLengthLimit: 500 }
    for (const kind of ['ServiceMonitor', 'PodMonitor']) {
      const { spec } = one(monitor({ serviceMonitor: { kind, ...limits } }), kind)
      expect(spec).toMatchObject({ targetLimit: 3, labelLimit: 30, labelValueLengthLimit: 500 })
      expect(spec).not.toHaveProperty('sampleLimit')
    }
  })
})

describe.skipIf(helm === undefined)('alerts', () => {
  test('carry the labels by which Prometheus selects them', () => {
    const { metadata, spec } = one(manifestsOf(over(metrics, { prometheusRule: { enabled: true, namespace: 'monitoring', labels: { release: 'prom' }, extraRules: [{ alert: 'Mine', expr: 'vector(1) > 2' }] } })), 'PrometheusRule')
    expect(metadata).toMatchObject({ namespace: 'monitoring', labels: { release: 'prom' } })
    expect(spec.groups[0].rules.at(-1)).toEqual({ alert: 'Mine', expr: 'vector(1) > 2' })
  })

  test('without metrics are refused, without scraping advised against', () => {
    for (const name of ['prometheusRule', 'dashboard']) expect(failureOf(over(postgres, at(`${name}.enabled`, true)))).toContain(`${name}.enabled: there is nothing to`)
    expect(notesOf(over(metrics, at('prometheusRule.enabled', true)))).toContain('The alerts expect job "orders"')
  })
})

describe.skipIf(helm === undefined)('the dashboard', () => {
  test('is found by its label, in its folder', () => {
    expect(dashboardOf({}).metadata).toMatchObject({ namespace: 'prod', labels: { grafana_dashboard: '1' } })
    expect(dashboardOf({ dashboard: { namespace: 'grafana', labelKey: 'acme.io/board', labelValue: 'yes', folder: 'Team: "core"' } }).metadata).toMatchObject({
      namespace: 'grafana',
      labels: { 'acme.io/board': 'yes' },
      annotations: { grafana_folder: 'Team: "core"' },
    })
  })

  test('is JSON, whatever the application is called', () => {
    for (const name of ['Orders', 'a "quoted" name', '__JOB__ \\ {{ x }}']) expect(parsed({ app: { name } }).title).toBe(name)
  })

  test('asks for metrics that there are, under the prefix', () => {
    const { panels, templating } = parsed({ metrics: { prefix: 'my-app' } })
    const queries: readonly string[] = panels.flatMap(({ targets }: Manifest) => targets.map(({ expr }: Manifest) => expr))
    const asked = new Set(queries.flatMap((query) => [...query.matchAll(/([a-zA-Z_:][\w:]*)\{/g)].map(([, name]) => name)))
    expect([...asked].filter((name) => !exported('my_app').includes(name as string))).toEqual([])
    expect(queries.every((query) => query.includes('{job="$job",namespace=~"$namespace"'))).toBe(true)
    expect(Object.fromEntries(templating.list.map(({ name, query }: Manifest) => [name, query]))).toEqual({ datasource: 'prometheus', job: 'orders', namespace: 'prod' })
    expect(JSON.stringify(parsed({}))).not.toMatch(/__[A-Z]+__/)
  })

  test('has panels that do not overlap', () => {
    const taken = new Set<string>()
    for (const { gridPos: { x, y, w, h } } of parsed({}).panels)
      for (let column = x; column < x + w; column++)
        for (let row = y; row < y + h; row++) {
          expect(taken.has(`${column},${row}`)).toBe(false)
          expect(column).toBeLessThan(24)
          taken.add(`${column},${row}`)
        }
  })

  test('has an id of its own in each namespace', () => {
    const ids = ['a', 'b'].map((namespace) => JSON.parse(one(manifestsOf(over(metrics, at('dashboard.enabled', true)), { namespace }), 'ConfigMap', 'orders-dashboard').data['orders.json']).uid)
    expect(new Set(ids).size).toBe(2)
  })

  test('is left out when off', () => expect(all(manifestsOf(metrics), 'ConfigMap').map(({ metadata }) => metadata.name)).not.toContain('orders-dashboard'))
})
