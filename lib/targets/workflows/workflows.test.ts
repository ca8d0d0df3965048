import { parse } from 'yaml'
import { describe, expect, test } from 'vitest'
import { hostile, hostileTexts, variation, variations } from '../../../testing/variations.ts'
import type { Config } from '../../config/index.ts'
import { actions } from './actions.ts'
import { workflows } from './index.ts'

interface Step {
  readonly name: string
  readonly uses?: string
  readonly run?: string
  readonly env?: Record<string, string>
}
interface Job {
  readonly steps: Step[]
  readonly environment: string
  readonly permissions: unknown
  readonly env: Record<string, string>
  readonly 'timeout-minutes': number
}
interface Parsed {
  readonly permissions: unknown
  readonly concurrency: { group: string; 'cancel-in-progress': boolean }
  readonly jobs: Record<string, Job>
}

const flows = (config: Config): readonly (readonly [string, string, Parsed])[] =>
  workflows
    .render(config)
    .filter(({ path }) => path.startsWith('.github/workflows/'))
    .map(({ path, text }) => [path, text, parse(text) as Parsed])

describe.each(variations)('%s', (_, config) => {
  test('every workflow is as tight as it can be', () => {
    for (const [path, text, flow] of flows(config)) {
      expect(flow.permissions, path).toEqual({})
      expect(flow.concurrency['cancel-in-progress'], path).toBe(false)
      for (const job of Object.values(flow.jobs)) {
        expect(job.permissions).toEqual({ contents: 'read' })
        expect(job['timeout-minutes']).toBe(config['workflows.timeoutMinutes'])
        expect(job.environment).toBe(config['workflows.environment'])
        expect(JSON.stringify(job.env)).not.toContain('secrets.')
        for (const step of job.steps) {
          expect(step.run ?? '', step.name).not.toContain('${{')
          if (step.run) expect(step.run).toMatch(/^set -euo pipefail\n/)
        }
        expect(
          job.steps.filter(({ env }) => JSON.stringify(env ?? {}).includes('secrets.')),
        ).toHaveLength(1)
      }
      for (const [, uses, version] of text.matchAll(/uses: (\S+)(.*)/g)) {
        expect(uses).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/)
        expect(version).toMatch(/^ # v\d+\.\d+\.\d+$/)
      }
    }
  })
})

test('one workflow for each platform, and none when none is wanted', () => {
  expect(workflows.render(variation('all platforms')).map(({ path }) => path)).toEqual([
    '.github/workflows/deploy-helm.yml',
    '.github/workflows/deploy-compose.yml',
    '.github/workflows/deploy-container.yml',
    '.github/dependabot.yml',
  ])
  expect(workflows.render(variation('no workflows'))).toEqual([])
})

test('two ways to one machine wait for each other', () => {
  const groups = flows(variation('other names')).map(([, , { concurrency }]) => concurrency.group)
  expect(groups).toEqual([
    'deploy-orders-api-prod-eu-kubernetes',
    'deploy-orders-api-prod-eu-machine',
    'deploy-orders-api-prod-eu-machine',
  ])
})

test('helm waits for what the chart makes', () => {
  const workload = (config: Config) => flows(config)[0]?.[2].jobs.deploy?.env
  expect(workload(variation('kubernetes-sqlite'))).toMatchObject({
    WORKLOAD: 'statefulset/chassis',
  })
  expect(workload(variation('other names'))).toMatchObject({
    WORKLOAD: 'deployment/orders',
    WORKLOAD_NAMESPACE: 'shop-objects',
    NAMESPACE: 'shop',
  })
})

test.each(hostileTexts)('%j is never evaluated', (value) => {
  for (const [, text, flow] of flows(hostile(value, ['kubernetes', 'compose', 'container']))) {
    expect(Object.keys(flow.jobs)).toEqual(['deploy'])
    for (const [, expression] of text.matchAll(/\$\{\{(.*?)\}\}/g))
      expect(expression).toMatch(
        /^ (secrets\.(KUBE_CONFIG|DEPLOY_[A-Z_]+)|inputs\.image_(tag|digest)|always\(\)|failure\(\) && steps\.deploy\.outcome == 'success'|steps\.deploy\.outputs\.previous|'\$\{\{') $/,
      )
    const { env } = flow.jobs.deploy as Job
    expect(JSON.stringify(env)).not.toMatch(/\$\{\{ secrets/)
  }
})

test('pins are commits', () => {
  for (const { uses, version } of Object.values(actions)) {
    expect(uses).toMatch(/@[0-9a-f]{40}$/)
    expect(version).toMatch(/^v\d+\.\d+\.\d+$/)
  }
})
