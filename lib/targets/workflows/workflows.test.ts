import { parse } from 'yaml'
import { describe, expect, test } from 'vitest'
import { variation } from '../../../testing/variations.ts'
import type { Config, Patch } from '../../config/index.ts'
import { defaults } from '../../config/index.ts'
import { workflows } from './index.ts'

interface Step {
  readonly name: string
  readonly uses?: string
  readonly with?: Record<string, unknown>
  readonly env?: Record<string, string>
}
interface Job {
  readonly env: Record<string, string>
  readonly environment?: string
  readonly permissions: Record<string, string>
  readonly steps: readonly Step[]
}
interface Parsed {
  readonly concurrency: { readonly group: string }
  readonly jobs: Record<string, Job>
}

const flow = (config: Config, name: string): Parsed => {
  const file = workflows.render(config).find(({ path }) => path === `.github/workflows/${name}.yml`)
  return parse(file?.text ?? '') as Parsed
}
const jobOf = (config: Config, name: string, id: string): Job => flow(config, name).jobs[id] as Job
const stepOf = (job: Job, name: string): Step | undefined =>
  job.steps.find((step) => step.name === name)
const changed = (patch: Patch): Config => ({ ...defaults, ...patch })
const own: Patch = { 'image.repository': 'acme/orders', 'workflows.build': true }

test('one workflow for each platform, and none when none is wanted', () => {
  expect(workflows.render(variation('all platforms')).map(({ path }) => path)).toEqual([
    '.github/workflows/deploy-helm.yml',
    '.github/workflows/deploy-compose.yml',
    '.github/workflows/deploy-container.yml',
    '.github/dependabot.yml',
  ])
  expect(workflows.render(variation('no workflows'))).toEqual([])
  expect(workflows.render(changed({ 'workflows.enabled': false, ...own }))).toEqual([])
})

test.each(['argocd', 'flux', 'kustomize'] as const)(
  'what %s delivers, no job installs: a release is proposed instead',
  (tool) => {
    const paths = workflows
      .render({ ...variation('all platforms'), 'gitops.tool': tool })
      .map(({ path }) => path)
    expect(paths).toContain('.github/workflows/propose-release.yml')
    expect(paths).toContain('.github/workflows/deploy-compose.yml')
    expect(paths).not.toContain('.github/workflows/deploy-helm.yml')
  },
)

test('image and chart have theirs when somebody asks', () => {
  const pathsOf = (patch: Patch) => workflows.render(changed(patch)).map(({ path }) => path)
  expect(pathsOf({ ...own, 'workflows.publishChart': true }).slice(0, 2)).toEqual([
    '.github/workflows/build-image.yml',
    '.github/workflows/publish-chart.yml',
  ])
  expect(
    pathsOf({ 'target.platforms': ['compose'], 'workflows.publishChart': true }),
  ).not.toContain('.github/workflows/publish-chart.yml')
})

test('two ways to one machine wait for each other', () => {
  const groups = ['helm', 'compose', 'container'].map(
    (name) => flow(variation('other names'), `deploy-${name}`).concurrency.group,
  )
  expect(groups).toEqual([
    'deploy-orders-api-prod-eu-kubernetes',
    'deploy-orders-api-prod-eu-machine',
    'deploy-orders-api-prod-eu-machine',
  ])
})

test('helm waits for what the chart makes', () => {
  const environment = (config: Config) => jobOf(config, 'deploy-helm', 'deploy').env
  expect(environment(variation('kubernetes-sqlite'))).toMatchObject({
    WORKLOAD: 'statefulset/chassis',
  })
  expect(environment(variation('other names'))).toMatchObject({
    WORKLOAD: 'deployment/orders',
    WORKLOAD_NAMESPACE: 'shop-objects',
    NAMESPACE: 'shop',
    SERVICE: 'orders',
    READY_HOST: 'orders',
    READY_PATH: '/ready',
  })
})

describe('the cluster', () => {
  const deploy = (patch: Patch): Job => jobOf(changed(patch), 'deploy-helm', 'deploy')

  test('is told GitHub’s identity only where a cloud takes it', () => {
    expect(deploy({}).permissions).toEqual({ contents: 'read' })
    for (const access of ['eks', 'gke', 'aks'] as const)
      expect(deploy({ 'workflows.clusterAccess': access }).permissions).toEqual({
        contents: 'read',
        'id-token': 'write',
      })
  })

  test('has what was typed, and variables for the rest', () => {
    const job = deploy({
      'workflows.clusterAccess': 'eks',
      'workflows.eks.region': 'eu-central-1',
    })
    expect(stepOf(job, 'Sign in to AWS')?.with).toEqual({
      'role-to-assume': '${{ vars.AWS_ROLE_ARN }}',
      'aws-region': 'eu-central-1',
      'mask-aws-account-id': true,
    })
    expect(stepOf(job, 'Write the kubeconfig')?.env).toEqual({
      EKS_CLUSTER: '${{ vars.EKS_CLUSTER }}',
      AWS_REGION: 'eu-central-1',
    })
  })

  test('on Google Cloud may be entered with or without an account', () => {
    const job = deploy({ 'workflows.clusterAccess': 'gke' })
    expect(Object.keys(stepOf(job, "Check the cluster's settings")?.env ?? {})).not.toContain(
      'GCP_SERVICE_ACCOUNT',
    )
    expect(stepOf(job, 'Sign in to Google Cloud')?.with?.service_account).toBe(
      '${{ vars.GCP_SERVICE_ACCOUNT }}',
    )
  })
})

describe('the image', () => {
  test('is scanned before any job may push', () => {
    const { jobs } = flow(variation('EKS, image and chart published'), 'build-image')
    expect(jobs.build?.permissions).toEqual({ contents: 'read' })
    expect(jobs.publish).toMatchObject({ needs: 'build' })
    const names = jobs.build?.steps.map(({ name }) => name) ?? []
    expect(names.slice(-5)).toEqual([
      'Unpack amd64',
      'Scan amd64',
      'Unpack arm64',
      'Scan arm64',
      'Hand the image over',
    ])
    expect(names.indexOf('Build')).toBeLessThan(names.indexOf('Unpack amd64'))
  })

  test('is emulated only where ARM is wanted', () => {
    const build = (arm64: boolean) =>
      jobOf(changed({ ...own, 'workflows.arm64': arm64 }), 'build-image', 'build')
    expect(build(false).env.PLATFORMS).toBe('linux/amd64')
    expect(stepOf(build(false), 'Set up emulation')).toBeUndefined()
    expect(build(true).env.PLATFORMS).toBe('linux/amd64,linux/arm64')
    expect(stepOf(build(true), 'Set up emulation')).toBeDefined()
  })

  test('goes to GitHub by the token of the job, and elsewhere by a password of the environment', () => {
    const at = (registry: string) =>
      jobOf(changed({ ...own, 'image.registry': registry }), 'build-image', 'publish')
    expect(at('ghcr.io').permissions).toEqual({
      packages: 'write',
      'id-token': 'write',
      attestations: 'write',
    })
    expect(at('ghcr.io').environment).toBeUndefined()
    expect(at('registry.acme.io').permissions).toEqual({
      'id-token': 'write',
      attestations: 'write',
    })
    expect(at('registry.acme.io').environment).toBe('production')
    expect(at('').env).toEqual({ IMAGE: 'docker.io/acme/orders', REGISTRY: 'docker.io' })
    expect(stepOf(at(''), 'Sign the provenance')?.with?.['subject-name']).toBe(
      'index.docker.io/acme/orders',
    )
  })

  test('is not signed when nobody wants that', () => {
    const job = jobOf(changed({ ...own, 'workflows.attest': false }), 'build-image', 'publish')
    expect(job.permissions).toEqual({ packages: 'write' })
    expect(stepOf(job, 'Sign the provenance')).toBeUndefined()
  })
})

test.each([
  [{}, 'ghcr.io/acme/charts', 'ghcr.io'],
  [{ 'image.registry': '' }, 'registry-1.docker.io/acme', 'docker.io'],
  [{ 'image.registry': 'r.io:5000', 'image.repository': 'x' }, 'r.io:5000/charts', 'r.io:5000'],
  [{ 'workflows.chartRegistry': 'r.io/helm' }, 'r.io/helm', 'r.io'],
] as const)('charts go beside the image: %j', (patch, charts, registry) => {
  const config = changed({ ...own, ...patch, 'workflows.publishChart': true })
  expect(jobOf(config, 'publish-chart', 'publish').env).toEqual({
    REGISTRY: registry,
    CHARTS: charts,
    CHART: `${charts}/chassis`,
  })
})

test('base images are kept fresh where they are used', () => {
  const ecosystems = (patch: Patch) =>
    (
      parse(workflows.render(changed(patch)).at(-1)?.text ?? '') as {
        updates: { 'package-ecosystem': string; directory: string }[]
      }
    ).updates.map((one) => `${one['package-ecosystem']} ${one.directory}`)
  expect(ecosystems({})).toEqual(['github-actions /'])
  expect(ecosystems(own)).toEqual(['github-actions /', 'docker /'])
  expect(ecosystems({ ...own, 'workflows.dockerfile': 'docker/app/Dockerfile' })).toEqual([
    'github-actions /',
    'docker /docker/app',
  ])
})
