import { parseAllDocuments } from 'yaml'
import { Application, AppProject } from '@kubernetes-models/argo-cd/argoproj.io/v1alpha1'
import { HelmRelease } from '@kubernetes-models/flux-cd/helm.toolkit.fluxcd.io/v2'
import { Kustomization } from '@kubernetes-models/flux-cd/kustomize.toolkit.fluxcd.io/v1'
import { GitRepository, OCIRepository } from '@kubernetes-models/flux-cd/source.toolkit.fluxcd.io/v1'
import { Deployment, StatefulSet } from 'kubernetes-models/apps/v1'
import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2'
import { Job } from 'kubernetes-models/batch/v1'
import { Ingress, NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1'
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1'
import { ConfigMap, LimitRange, Namespace, ResourceQuota, Secret, Service, ServiceAccount } from 'kubernetes-models/v1'
import { describe, expect, test } from 'vitest'
import { misfits } from '../../../testing/typed-objects.ts'
import { hostile, hostileTexts, variation, variations } from '../../../testing/variations.ts'
import { defaults, type Config, type Patch } from '../../config/index.ts'
import { clusterSecretsOf, gitopsTool } from '../../plan/index.ts'
import { render } from '../../render.ts'
import { gitops } from './index.ts'

interface Manifest {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: Record<string, string>; readonly annotations?: Record<string, string> }
  readonly spec: Record<string, never>
}

const read = (text: string): readonly Manifest[] => parseAllDocuments(text).flatMap((document) => (document.contents === null ? [] : [document.toJS() as Manifest]))

const textOf = (config: Config, path: string): string => gitops.render(config).find((file) => file.path === path)?.text ?? ''
const oneOf = (config: Config, path: string): Manifest => read(textOf(config, path))[0] as Manifest

const models: Readonly<Record<string, new (data: never) => { validate: () => void }>> = {
  ConfigMap, Deployment, HorizontalPodAutoscaler, Ingress, Job, LimitRange, Namespace, NetworkPolicy, PodDisruptionBudget, ResourceQuota, Secret, Service, ServiceAccount, StatefulSet,
}

/** Where the models of the controllers' own kinds are declared; some share names with others. */
const homes: Readonly<Record<string, string>> = {
  'argoproj.io/v1alpha1': '@kubernetes-models/argo-cd/argoproj.io/v1alpha1',
  'source.toolkit.fluxcd.io/v1': '@kubernetes-models/flux-cd/source.toolkit.fluxcd.io/v1',
  'kustomize.toolkit.fluxcd.io/v1': '@kubernetes-models/flux-cd/kustomize.toolkit.fluxcd.io/v1',
  'helm.toolkit.fluxcd.io/v2': '@kubernetes-models/flux-cd/helm.toolkit.fluxcd.io/v2',
}
const own: typeof models = { Application, AppProject, GitRepository, OCIRepository, Kustomization, HelmRelease }

/** What of a manifest nobody would take. Throws where its schema is not met. */
function faultsOf(manifest: Manifest): readonly string[] {
  const { apiVersion, kind, metadata } = manifest
  if (apiVersion.startsWith('kustomize.config.k8s.io/')) return []
  const controlled = Object.hasOwn(homes, apiVersion)
  const Model = (controlled ? own : models)[kind]
  if (!Model) return /^(monitoring\.coreos\.com|gateway\.networking\.k8s\.io|traefik\.io)/.test(apiVersion) ? [] : [`${kind} of ${apiVersion} is unknown`]
  new Model(manifest as never).validate()
  return controlled && !metadata.namespace ? [`${kind} has no namespace`] : []
}

const delivered = variations.filter(([, config]) => gitopsTool(config) !== 'none')

describe.each(delivered)('%s', (_, config) => {
  const bundle = render(config)
  const files = gitops.render(config)

  test('the chart takes the configuration', () => expect(bundle.refusal).toBeUndefined())

  test('every object is one that the cluster takes', () => {
    expect(files.flatMap(({ text }) => read(text)).flatMap(faultsOf)).toEqual([])
  })

  test('kustomizations name files and folders of the bundle, or Secrets that their owner makes', () => {
    const paths = bundle.files.map(({ path }) => path)
    for (const { path, text } of files.filter(({ path }) => path.endsWith('/kustomization.yaml'))) {
      const { resources = [], components = [] } = read(text)[0] as never as { resources?: string[]; components?: string[] }
      for (const one of [...resources, ...components]) {
        const full = new URL(one, `file:///${path}`).pathname.slice(1)
        expect(paths.some((other) => other === full || other.startsWith(`${full}/`)), `${path}: ${one}`).toBe(true)
      }
    }
  })

  test("no hook of Argo CD stands in the chart's objects, for it would switch Helm's off", () => {
    for (const { path, text } of bundle.files.filter(({ path }) => /^(chart|manifests)\//.test(path))) expect(text, path).not.toContain('argocd.argoproj.io/')
  })

  test('the namespaces of the objects are made, or are those that somebody else made', () => {
    const namespaces = new Set(bundle.files.filter(({ path }) => path === 'manifests/all.yaml').flatMap(({ text }) => read(text).map(({ metadata }) => metadata.namespace)))
    const project = files.find(({ path }) => path === 'gitops/argocd/project.yaml')
    if (!project) return
    const allowed = (read(project.text)[0] as Manifest).spec.destinations as unknown as { namespace: string }[]
    expect([...namespaces].filter((name) => !allowed.some(({ namespace }) => namespace === name))).toEqual([])
  })
})

test('no field has a name that a controller does not know', { timeout: 120_000 }, () => {
  const groups = delivered.map(([, config]) =>
    gitops
      .render(config)
      .flatMap(({ text }) => read(text))
      .flatMap((value) => (homes[value.apiVersion] ? [{ from: homes[value.apiVersion] as string, type: `I${value.kind}`, value }] : [])),
  )
  expect(groups.flat().length).toBeGreaterThan(12)
  expect(misfits(groups)).toEqual([])
  expect(misfits([[{ from: homes['argoproj.io/v1alpha1'] as string, type: 'IApplication', value: { ...groups[0]?.[0]?.value, spec: { sauce: {} } } }]])).not.toEqual([])
})

const argocd: Patch = { 'gitops.tool': 'argocd', 'gitops.repoUrl': 'https://github.com/acme/orders' }
const flux: Patch = { ...argocd, 'gitops.tool': 'flux' }
const scaled: Patch = { 'autoscaling.enabled': true, 'autoscaling.minReplicas': 2, 'autoscaling.maxReplicas': 5 }
const withStore: Patch = { 'secrets.mode': 'eso', 'secrets.store': 'vault' }
const of = (...patches: readonly Patch[]): Config => Object.assign({ ...defaults }, ...patches) as Config

test('nothing by default', () => expect(gitops.render(defaults)).toEqual([]))

describe('the order: Secrets before the migration', () => {
  test('Argo CD has an Application of its own for them, in an earlier wave', () => {
    const config = of(argocd, withStore)
    const wave = (path: string) => Number(oneOf(config, path).metadata.annotations?.['argocd.argoproj.io/sync-wave'])
    expect(textOf(config, 'gitops/prepare/kustomization.yaml')).toContain('- ../../deploy/secrets\n')
    expect(oneOf(config, 'gitops/argocd/prepare.yaml').spec.source).toMatchObject({ path: 'gitops/prepare' })
    expect(wave('gitops/argocd/prepare.yaml')).toBeLessThan(wave('gitops/argocd/application.yaml'))
  })

  test('Flux starts Helm when they are ready', () => {
    const config = of(flux, withStore)
    const [prepare, release] = [oneOf(config, 'gitops/flux/prepare.yaml'), oneOf(config, 'gitops/flux/release.yaml')]
    expect(prepare.spec).toMatchObject({ wait: true, prune: false, path: './gitops/prepare' })
    expect(release.spec).toMatchObject({ dependsOn: [{ name: prepare.metadata.name }], path: './gitops/flux/release' })
  })

  test('Flux decrypts SOPS; Argo CD and kubectl cannot, so they are not given it', () => {
    const sops: Patch = { 'secrets.mode': 'sops', 'secrets.ageRecipient': 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p' }
    expect(oneOf(of(flux, sops), 'gitops/flux/prepare.yaml').spec).toMatchObject({ decryption: { provider: 'sops' } })
    for (const tool of ['argocd', 'kustomize'] as const) expect(textOf(of(argocd, sops, { 'gitops.tool': tool }), 'gitops/prepare/kustomization.yaml')).not.toContain('secrets')
  })
})

describe('no surprises', () => {
  test('nobody sets back what somebody changes in an emergency, unless it was asked for', () => {
    expect(oneOf(of(argocd), 'gitops/argocd/application.yaml').spec.syncPolicy).toMatchObject({ automated: { selfHeal: false, allowEmpty: false } })
    expect(oneOf(of(flux), 'gitops/flux/release/helm-release.yaml').spec.driftDetection).toEqual({ mode: 'warn' })
  })

  test('the number of replicas is left to the autoscaler', () => {
    expect(oneOf(of(argocd, scaled), 'gitops/argocd/application.yaml').spec).toMatchObject({
      ignoreDifferences: [{ group: 'apps', kind: 'Deployment', jsonPointers: ['/spec/replicas'] }],
    })
    expect(textOf(of(argocd), 'gitops/argocd/application.yaml')).not.toContain('ignoreDifferences')
    expect(textOf(of(flux, scaled), 'gitops/flux/release/helm-release.yaml')).toContain('- /spec/replicas\n')
    expect(textOf(of(scaled, { 'gitops.tool': 'kustomize' }), 'gitops/kustomize/overlays/production/app/kustomization.yaml')).not.toContain('replicas')
  })

  test('no tool deletes the namespace', () => {
    expect(textOf(of(argocd), 'gitops/prepare/namespace.yaml')).toContain('argocd.argoproj.io/sync-options: Prune=false,Delete=false')
    expect(textOf(of(flux), 'gitops/prepare/namespace.yaml')).toContain('kustomize.toolkit.fluxcd.io/prune: disabled')
  })
})

describe('the namespace', () => {
  test('takes restricted pods only', () => {
    const { labels = {} } = oneOf(of(argocd), 'gitops/prepare/namespace.yaml').metadata
    expect(labels).toMatchObject({
      'pod-security.kubernetes.io/enforce': 'restricted',
      'pod-security.kubernetes.io/enforce-version': 'v1.35',
      'pod-security.kubernetes.io/audit': 'restricted',
      'pod-security.kubernetes.io/warn': 'restricted',
    })
  })

  test('denies by default only where the release brings policies', () => {
    expect(textOf(of(argocd), 'gitops/prepare/default-deny.yaml')).toBe('')
    expect(textOf(of(argocd, { 'networkPolicy.enabled': true }), 'gitops/prepare/default-deny.yaml')).toContain('podSelector: {}')
  })

  test('its quota has room for all pods, those of a rollout, a migration and a test', () => {
    const [quota, range] = read(textOf(of(argocd, scaled, { 'gitops.quota': true, sidecars: '- {name: a, image: b, resources: {requests: {memory: 1Gi}}}\n' }), 'gitops/prepare/quota.yaml'))
    // 5 pods, 1 of a rollout, 2 Jobs; each 256 + 64 + 1024 MiB.
    expect(quota?.spec.hard).toMatchObject({ pods: '8', 'requests.memory': `${8 * (256 + 64 + 1024)}Mi` })
    expect(range?.spec.limits).toMatchObject([{ default: { memory: '256Mi' } }])
  })
})

describe('sources', () => {
  test.each([
    ['main', { branch: 'main' }],
    ['refs/tags/v1.2.0', { name: 'refs/tags/v1.2.0' }],
    ['0123456789abcdef0123456789abcdef01234567', { commit: '0123456789abcdef0123456789abcdef01234567' }],
  ])('%s', (revision, ref) => expect(oneOf(of(flux, { 'gitops.revision': revision }), 'gitops/flux/source.yaml').spec.ref).toEqual(ref))

  test.each([
    ['git@github.com:acme/orders.git', 'ssh://git@github.com/acme/orders.git'],
    ['ssh://git@git.acme.io:2222/orders', 'ssh://git@git.acme.io:2222/orders'],
    ['https://github.com/acme/orders', 'https://github.com/acme/orders'],
  ])('%s', (given, url) => expect(oneOf(of(flux, { 'gitops.repoUrl': given }), 'gitops/flux/source.yaml').spec.url).toBe(url))

  test('the pushed chart, at the version that was pushed', () => {
    const oci: Patch = { 'gitops.chartSource': 'oci', 'gitops.chartUrl': 'oci://ghcr.io/acme/charts', 'gitops.chartVersion': '2.0.0', replicaCount: 3 }
    expect(read(textOf(of(flux, oci), 'gitops/flux/source.yaml'))[1]?.spec).toMatchObject({ url: 'oci://ghcr.io/acme/charts/chassis', ref: { tag: '2.0.0' } })
    expect(oneOf(of(flux, oci), 'gitops/flux/release/helm-release.yaml').spec.values).toMatchObject({ replicaCount: 3 })
    expect(oneOf(of(argocd, oci), 'gitops/argocd/application.yaml').spec.sources).toMatchObject([{ repoURL: 'ghcr.io/acme/charts', chart: 'chassis', targetRevision: '2.0.0' }, { ref: 'values' }])
  })

  test("the chart's own values come first where Flux reads files", () => {
    expect(textOf(of(flux, { 'gitops.path': 'a/b' }), 'gitops/flux/release/helm-release.yaml')).toContain('- ./a/b/chart/values.yaml\n        - ./a/b/deploy/values.yaml\n')
  })
})

describe('without Helm', () => {
  const config = variation('Kustomize, production')
  const [base, migrate] = ['base/app', 'migrate/migrate'].map((name) => read(textOf(config, `gitops/kustomize/${name}.yaml`))) as [Manifest[], Manifest[]]

  test('all objects are there, none twice, no hook and no test', () => {
    const all = read(render(config).files.find(({ path }) => path === 'manifests/all.yaml')?.text ?? '')
    const names = (list: readonly Manifest[]) => list.map(({ kind, metadata }) => `${kind}/${metadata.name}`).toSorted()
    const isTest = ({ metadata }: Manifest) => metadata.annotations?.['helm.sh/hook'] === 'test'
    expect(names([...base, ...migrate])).toEqual(names(all.filter((one) => !isTest(one))))
    for (const { metadata } of [...base, ...migrate]) expect(Object.keys(metadata.annotations ?? {}).filter((name) => name.startsWith('helm.sh/'))).toEqual([])
  })

  test('the migration stands apart, with everything that its pod needs', () => {
    expect(migrate.map(({ kind }) => kind).toSorted()).toEqual(['ConfigMap', 'Job', 'NetworkPolicy', 'ServiceAccount'])
    expect(clusterSecretsOf(config).map(({ name }) => name).some((name) => JSON.stringify(migrate).includes(`"name":"${name}"`))).toBe(true)
  })

  test('names of overlays that are no folders are left out', () => {
    const paths = gitops.render({ ...config, 'gitops.overlays': ['../../etc', 'ok', 'ok', 'A'] }).map(({ path }) => path)
    expect(new Set(paths).size).toBe(paths.length)
    expect(paths.filter((path) => path.includes('overlays/')).every((path) => path.includes('overlays/ok/'))).toBe(true)
  })
})

test.each(hostileTexts)('%j gets out of no value', (text) => {
  for (const tool of ['argocd', 'flux'] as const) {
    const config: Config = { ...hostile(text, ['kubernetes']), 'gitops.tool': tool, 'gitops.chartSource': 'git', 'gitops.ownProject': true, 'gitops.quota': true, 'secrets.mode': 'eso' }
    const plain: Config = { ...hostile('x', ['kubernetes']), 'gitops.tool': tool, 'gitops.chartSource': 'git', 'gitops.ownProject': true, 'gitops.quota': true, 'secrets.mode': 'eso' }
    const shape = (one: Config) => gitops.render(one).map(({ path, text }) => [path, read(text).map(({ kind, spec }) => [kind, Object.keys(spec ?? {})])])
    expect(shape(config)).toEqual(shape(plain))
  }
})
