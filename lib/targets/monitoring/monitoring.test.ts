import { describe, expect, test } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { hostile, hostileTexts, variations } from '../../../testing/variations.ts'
import { defaults, type Config, type Patch } from '../../config/index.ts'
import { alertsOf, environmentOf, fullnameOf, scrapeOf, trustedHostsOf } from '../../plan/index.ts'
import { render } from '../../render.ts'
import { monitoring } from './index.ts'

const configOf = (patch: Patch): Config => ({ ...defaults, 'metrics.enabled': true, ...patch })
const fileOf = (config: Config, path: string): string => monitoring.render(config).find((file) => file.path === path)?.text ?? ''
const jobOf = (config: Config) => parse(fileOf(config, 'deploy/prometheus.yml')).scrape_configs[0]

const watched: Readonly<Record<string, Patch>> = {
  defaults: {},
  'several thresholds': { 'prometheusRule.errorPercent': 1, 'prometheusRule.latencyMilliseconds': 250, 'prometheusRule.latencyPercentile': 99, 'prometheusRule.pendingMinutes': 3, 'prometheusRule.downMinutes': 2, 'prometheusRule.restartsPerHour': 7 },
  autoscaled: { 'autoscaling.enabled': true, 'serviceMonitor.enabled': true, 'serviceMonitor.sampleLimit': 777, 'serviceMonitor.kind': 'PodMonitor' },
  'other names': { fullnameOverride: 'web', namespaceOverride: 'team', 'metrics.prefix': 'my-app', 'serviceMonitor.enabled': true, 'serviceMonitor.sampleLimit': 0 },
  sqlite: { 'database.backend': 'sqlite', replicaCount: 1 },
}

test.each(Object.entries(watched))('%s: the chart alerts to what the plan decided', (_, patch) => {
  const config = configOf({ ...patch, 'prometheusRule.enabled': true })
  const text = render(config).files.find(({ path }) => path === 'manifests/prometheusrule.yaml')?.text ?? ''
  const { groups } = parseAllDocuments(text)[0]?.toJS().spec
  expect(groups).toEqual([
    {
      name: fullnameOf(config),
      rules: alertsOf(config, 'kubernetes').map(({ alert, expr, for: pending, severity, summary, description }) => ({
        alert, expr, for: pending, labels: { severity, service: fullnameOf(config) }, annotations: { summary, description },
      })),
    },
  ])
})

describe('a machine', () => {
  test('has files only where there are metrics', () => {
    expect(monitoring.render({ ...defaults, 'target.platforms': ['compose'] })).toEqual([])
    expect(monitoring.render(configOf({}))).toEqual([])
    expect(monitoring.render(configOf({ 'target.platforms': ['container'] })).map(({ path }) => path)).toEqual(['deploy/prometheus.yml', 'deploy/prometheus-alerts.yml', 'deploy/grafana-dashboard.json'])
  })

  test.each([
    ['compose', {}, ['127.0.0.1:8000'], undefined],
    ['container', { 'vm.port': 9000 }, ['127.0.0.1:9000'], undefined],
    ['compose', { 'proxy.kind': 'caddy', 'public.hosts': ['api.acme.io'], 'app.port': 8080 }, ['app:8080'], 'chassis-edge'],
    ['compose', { 'proxy.kind': 'caddy', 'public.hosts': ['api.acme.io'], 'vm.zeroDowntime': true }, ['app-blue:8000', 'app-green:8000'], 'chassis-edge'],
  ] as const)('%s %j is scraped at %j', (platform, patch, targets, network) => {
    const config = configOf({ ...patch, 'target.platforms': [platform] })
    expect(jobOf(config).static_configs).toEqual([{ targets }])
    expect(scrapeOf(config)?.network).toBe(network)
  })

  test('is only scraped at names that the application trusts', () => {
    for (const [name, config] of variations)
      for (const platform of ['compose', 'container'] as const) {
        const only: Config = { ...config, 'metrics.enabled': true, 'target.platforms': [platform] }
        const trusted = trustedHostsOf(only, platform)
        expect(environmentOf(only, platform).plain.find((one) => one.name === 'APP_TRUSTED_HOSTS')?.value, name).toBe(JSON.stringify(trusted))
        for (const target of scrapeOf(only)?.targets ?? []) expect(trusted.includes('*') || trusted.includes(target.split(':')[0] as string), `${name}: ${target}`).toBe(true)
      }
  })

  test('has the bounds that are set', () => {
    const config = configOf({ 'target.platforms': ['compose'], 'serviceMonitor.interval': '1m', 'serviceMonitor.sampleLimit': 0, 'serviceMonitor.labelLimit': 30 })
    expect(jobOf(config)).toMatchObject({ job_name: 'chassis', scrape_interval: '1m', scrape_timeout: '10s', label_limit: 30 })
    expect(jobOf(config)).not.toHaveProperty('sample_limit')
  })

  test('draws series without namespace', () => {
    const board = JSON.parse(fileOf(configOf({ 'target.platforms': ['compose'], 'app.name': 'a "b" __JOB__ $& x' }), 'deploy/grafana-dashboard.json'))
    expect(board.title).toBe('a "b" __JOB__ $& x')
    expect(board.templating.list.find(({ name }: { name: string }) => name === 'namespace').query).toBe('')
  })

  test.each(hostileTexts)('%j leaves the files as they are', (text) => {
    const config: Config = { ...hostile(text, ['compose', 'container']), 'metrics.enabled': true }
    expect(Object.keys(parse(fileOf(config, 'deploy/prometheus.yml')))).toEqual(['rule_files', 'scrape_configs'])
    expect(parse(fileOf(config, 'deploy/prometheus-alerts.yml')).groups[0].rules).toHaveLength(alertsOf(config, 'machine').length)
    expect(() => JSON.parse(fileOf(config, 'deploy/grafana-dashboard.json'))).not.toThrow()
  })
})
