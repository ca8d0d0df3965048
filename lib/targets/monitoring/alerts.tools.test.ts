/** The alerts of chart and machine, as Prometheus itself evaluates them. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseAllDocuments, stringify } from 'yaml'
import { requireTool } from '../../../testing/tools.ts'
import { defaults, type Config, type Patch } from '../../config/index.ts'
import { alertsOf, type Watched } from '../../plan/index.ts'
import { render } from '../../render.ts'

const promtool = requireTool('promtool')

const onCluster: Patch = { 'release.name': 'orders', 'release.namespace': 'prod', 'metrics.enabled': true, 'serviceMonitor.enabled': true, 'prometheusRule.enabled': true, 'autoscaling.enabled': true }
const onMachine: Patch = { 'release.name': 'orders', 'target.platforms': ['compose'], 'metrics.enabled': true }
const configOf = (...patches: readonly Patch[]): Config => ({ ...defaults, ...Object.assign({}, ...patches) })

interface Rule {
  readonly alert: string
  readonly expr: string
  readonly for: string
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: { readonly summary: string; readonly description: string }
}

/** The groups of the PrometheusRule in the manifests, or of the machine's rule file. */
function groupsOf(config: Config, where: Watched): readonly { readonly rules: readonly Rule[] }[] {
  const { files, refusal } = render(config)
  expect(refusal).toBeUndefined()
  const path = where === 'kubernetes' ? 'manifests/prometheusrule.yaml' : 'deploy/prometheus-alerts.yml'
  const [document] = parseAllDocuments(files.find((file) => file.path === path)?.text ?? '')
  const object = document?.toJS()
  return where === 'kubernetes' ? object.spec.groups : object.groups
}

function inFolder<T>(files: Readonly<Record<string, unknown>>, work: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'chassis-'))
  try {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), typeof content === 'string' ? content : stringify(content, { aliasDuplicateObjects: false }))
    return work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const run = (folder: string, ...args: readonly string[]): { readonly status: number | null; readonly said: string } => {
  const { status, stdout, stderr } = spawnSync(promtool as string, args, { cwd: folder, encoding: 'utf8' })
  return { status, said: `${stdout}${stderr}` }
}

/** Time series over 30 minutes, and the alert that they must or must not raise. */
interface Scenario {
  readonly series: readonly (readonly [string, string])[]
  readonly raises: boolean
}

/** Runs `promtool test rules` and compares which instances of an alert fire after 29 minutes. */
function outcome(config: Config, where: Watched, alert: string, series: Scenario['series']): { readonly fires: boolean; readonly said: string } {
  const test = {
    rule_files: ['rules.yml'],
    evaluation_interval: '1m',
    tests: [{ interval: '1m', input_series: series.map(([name, values]) => ({ series: name, values })), alert_rule_test: [{ eval_time: '29m', alertname: alert, exp_alerts: [] }] }],
  }
  return inFolder({ 'rules.yml': { groups: groupsOf(config, where) }, 'test.yml': test }, (folder) => {
    const { status, said } = run(folder, 'test', 'rules', 'test.yml')
    if (status !== 0) expect(said, said).toContain('got:')
    return { fires: status !== 0, said }
  })
}

const own = (where: Watched, more = ''): string => (where === 'kubernetes' ? `job="orders",namespace="prod",instance="10.0.0.1:8000"${more}` : `job="orders",instance="127.0.0.1:8000"${more}`)
const steady = (where: Watched): Scenario['series'][number] => [`up{${own(where)}}`, '1x30']
const bucket = (where: Watched, le: string, step: number): Scenario['series'][number] => [`http_request_duration_seconds_bucket{${own(where, `,method="GET",path="/",status_code="200",le="${le}"`)}}`, `0+${step}x30`]
const counted = (where: Watched, status: string, step: number): Scenario['series'][number] => [`http_requests_total{${own(where, `,method="GET",path="/",status_code="${status}"`)}}`, `0+${step}x30`]
const pod = 'namespace="prod",pod="orders-7d9f8b6c5d-x2x4z"'
const scaler = 'namespace="prod",horizontalpodautoscaler="orders"'

const common = (where: Watched): readonly (readonly [string, Scenario])[] => [
  ['ServiceDown', { series: [[`up{${own(where)}}`, '1x10 0x20']], raises: true }],
  ['ServiceDown', { series: [steady(where)], raises: false }],
  ['ServiceDown', { series: [['up{job="other",namespace="prod",instance="a"}', '0x30']], raises: false }],
  ['ServiceAbsent', { series: [['up{job="other"}', '1x30']], raises: true }],
  ['ServiceAbsent', { series: [steady(where)], raises: false }],
  ['ServiceErrors', { series: [counted(where, '200', 90), counted(where, '503', 10)], raises: true }],
  ['ServiceErrors', { series: [counted(where, '200', 97), counted(where, '500', 3)], raises: false }],
  ['ServiceErrors', { series: [counted(where, '200', 50), counted(where, '404', 50)], raises: false }],
  ['ServiceSlow', { series: [bucket(where, '1.0', 50), bucket(where, '2.5', 100), bucket(where, '+Inf', 100)], raises: true }],
  ['ServiceSlow', { series: [bucket(where, '0.5', 99), bucket(where, '1.0', 100), bucket(where, '+Inf', 100)], raises: false }],
  ['ServiceSamplesNearLimit', { series: [[`scrape_samples_post_metric_relabeling{${own(where)}}`, '4500x30']], raises: true }],
  ['ServiceSamplesNearLimit', { series: [[`scrape_samples_post_metric_relabeling{${own(where)}}`, '300x30']], raises: false }],
]

const clusterOnly: readonly (readonly [string, Scenario])[] = [
  ['ServiceNotReady', { series: [[`kube_pod_status_ready{${pod},condition="true"}`, '1x10 0x20']], raises: true }],
  ['ServiceNotReady', { series: [['kube_pod_status_ready{namespace="prod",pod="orders-web-7d9f8b6c5d-x2x4z",condition="true"}', '0x30']], raises: false }],
  ['ServiceRestarts', { series: [[`kube_pod_container_status_restarts_total{${pod},container="chassis"}`, '0 0 1 2 3 4 5 6 6x23']], raises: true }],
  ['ServiceRestarts', { series: [[`kube_pod_container_status_restarts_total{${pod},container="chassis"}`, '1x30']], raises: false }],
  ['ServiceAtMost', { series: [[`kube_horizontalpodautoscaler_status_current_replicas{${scaler}}`, '10x30'], [`kube_horizontalpodautoscaler_spec_max_replicas{${scaler}}`, '10x30']], raises: true }],
  ['ServiceAtMost', { series: [[`kube_horizontalpodautoscaler_status_current_replicas{${scaler}}`, '9x30'], [`kube_horizontalpodautoscaler_spec_max_replicas{${scaler}}`, '10x30']], raises: false }],
]

const cases = [
  ...common('kubernetes').map(([alert, scenario], at) => [`kubernetes ${alert} ${at}`, 'kubernetes', alert, scenario] as const),
  ...clusterOnly.map(([alert, scenario], at) => [`kubernetes ${alert} ${at}`, 'kubernetes', alert, scenario] as const),
  ...common('machine').map(([alert, scenario], at) => [`machine ${alert} ${at}`, 'machine', alert, scenario] as const),
]
const configs: Readonly<Record<Watched, Config>> = { kubernetes: configOf(onCluster), machine: configOf(onMachine) }

describe.skipIf(promtool === undefined)('Prometheus', () => {
  test.each(cases)('%s', (_, where, alert, { series, raises }) => {
    const { fires, said } = outcome(configs[where], where, alert, series)
    expect(fires, said).toBe(raises)
    if (raises) expect(said).not.toMatch(/<error|no value|%!/)
  })

  test('one of two colours that is down raises nothing, both do', () => {
    const two = (second: string) => [['up{job="orders",instance="app-blue:8000"}', '0x30'], ['up{job="orders",instance="app-green:8000"}', second]] as const
    expect(outcome(configs.machine, 'machine', 'ServiceDown', two('1x30')).fires).toBe(false)
    expect(outcome(configs.machine, 'machine', 'ServiceDown', two('0x30')).fires).toBe(true)
  })

  test('every alert was raised once', () => {
    for (const where of ['kubernetes', 'machine'] as const) {
      const raised = new Set(cases.flatMap(([, on, alert, { raises }]) => (on === where && raises ? alert : [])))
      expect(alertsOf(configs[where], where).map(({ alert }) => alert).filter((alert) => !raised.has(alert))).toEqual([])
    }
  })

  test('thresholds and prefix are followed', () => {
    const config = configOf(onCluster, { 'prometheusRule.errorPercent': 20, 'prometheusRule.latencyPercentile': 50, 'prometheusRule.latencyMilliseconds': 100, 'metrics.prefix': 'my-app' })
    const renamed = (series: Scenario['series']) => series.map(([name, values]) => [name.replace('http_', 'my_app_'), values] as const)
    expect(outcome(config, 'kubernetes', 'ServiceErrors', renamed([counted('kubernetes', '200', 90), counted('kubernetes', '503', 10)])).fires).toBe(false)
    expect(outcome(config, 'kubernetes', 'ServiceErrors', renamed([counted('kubernetes', '200', 70), counted('kubernetes', '503', 30)])).fires).toBe(true)
    expect(outcome(config, 'kubernetes', 'ServiceSlow', renamed([bucket('kubernetes', '0.1', 10), bucket('kubernetes', '0.25', 100), bucket('kubernetes', '+Inf', 100)])).fires).toBe(true)
  })

  test('pods of a StatefulSet are known by their number', () => {
    const config = configOf(onCluster, { 'autoscaling.enabled': false, 'database.backend': 'sqlite', replicaCount: 1 })
    expect(outcome(config, 'kubernetes', 'ServiceNotReady', [['kube_pod_status_ready{namespace="prod",pod="orders-0",condition="true"}', '0x30']]).fires).toBe(true)
  })

  test('accepts the files of a machine', () => {
    for (const patch of [{}, { 'proxy.kind': 'caddy', 'public.hosts': ['api.acme.io'] }, { 'serviceMonitor.sampleLimit': 0, 'serviceMonitor.labelLimit': 30, 'serviceMonitor.labelValueLengthLimit': 500 }] as const) {
      const { files } = render(configOf(onMachine, patch))
      const text = (path: string): string => files.find((file) => file.path === path)?.text ?? ''
      inFolder({ 'prometheus.yml': text('deploy/prometheus.yml'), 'prometheus-alerts.yml': text('deploy/prometheus-alerts.yml') }, (folder) => {
        const { status, said } = run(folder, 'check', 'config', 'prometheus.yml')
        expect(status, said).toBe(0)
        expect(said).toContain('rules found')
      })
    }
  })

  test('understands every query of the dashboard', () => {
    const text = render(configs.machine).files.find(({ path }) => path === 'deploy/grafana-dashboard.json')?.text ?? ''
    const { panels } = JSON.parse(text) as { readonly panels: readonly { readonly targets: readonly { readonly expr: string }[] }[] }
    const rules = panels.flatMap(({ targets }) => targets).map(({ expr }, at) => ({ record: `panel${at}`, expr: expr.replaceAll('$__rate_interval', '5m') }))
    expect(rules.length).toBeGreaterThan(10)
    inFolder({ 'rules.yml': { groups: [{ name: 'panels', rules }] } }, (folder) => {
      const { status, said } = run(folder, 'check', 'rules', 'rules.yml')
      expect(status, said).toBe(0)
    })
  })
})
