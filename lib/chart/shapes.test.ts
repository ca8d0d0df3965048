import { describe, expect, test } from 'vitest'
import { Deployment, StatefulSet } from 'kubernetes-models/apps/v1'
import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2'
import { Job } from 'kubernetes-models/batch/v1'
import { Ingress, NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1'
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1'
import { ConfigMap, Pod, Secret, Service, ServiceAccount } from 'kubernetes-models/v1'
import { PodMonitor, PrometheusRule, ServiceMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1'
import { at, helm, isHook, lintOf, manifestsOf, matches, one, over, podsIn, type Manifest, type Values } from '../../testing/chart.ts'
import { misfits } from '../../testing/typed-objects.ts'
import upstream from './testdata/upstream-defaults.json' with { type: 'json' }

const postgres = at('database.postgres.existingSecret', 'db')
const sqlite = { database: { backend: 'sqlite' }, replicaCount: 1 }
const ingress = { ingress: { enabled: true, className: 'traefik', hosts: [{ host: 'api.example.com' }], tls: [{ secretName: 'tls' }] } }
const route = {
  httpRoute: { enabled: true, parentRefs: [{ name: 'public', namespace: 'gateways', sectionName: 'https' }], hostnames: ['api.example.com'], redirectSectionName: 'http', closedPaths: ['/metrics'] },
}
const measured = { metrics: { enabled: true }, prometheusRule: { enabled: true, labels: { release: 'prometheus' } }, dashboard: { enabled: true, folder: 'Services: "core"' } }
const controlled = (controller: string, closedPaths: readonly string[] = ['/metrics', '/docs']): Values =>
  over(postgres, measured, { ingress: { enabled: true, controller, hosts: [{ host: 'api.example.com' }], tls: [{ secretName: 'tls' }], closedPaths } })
const hooks = { sidecars: [{ name: 'proxy', image: 'proxy:1' }], initContainers: [{ name: 'wait', image: 'wait:1' }] }

/** Combinations of features; every one is installable. */
const shapes: Readonly<Record<string, Values>> = {
  postgres,
  'postgres with its password inline': at('database.postgres.password', 'letters-1'),
  sqlite,
  'sqlite with litestream': over(sqlite, {
    litestream: { enabled: true, existingSecret: 's3', replica: { bucket: 'backups', path: 'orders', endpoint: 'https://minio:9000' }, env: [{ name: 'A', value: 'b' }] },
    networkPolicy: { enabled: true },
    persistence: { annotations: { backup: 'yes' }, storageClass: '-', accessMode: 'ReadWriteOncePod' },
  }),
  'sqlite on an existing claim': over(sqlite, { persistence: { existingClaim: 'mine' } }),
  custom: { database: { backend: 'custom', url: 'postgresql+asyncpg://u:p@db:6432/orders' }, networkPolicy: { enabled: true, databaseCIDR: '10.0.0.5' } },
  everything: over(postgres, ingress, hooks, {
    app: { workers: 2, forwardedAllowIps: ['10.0.0.0/8'] },
    imagePullSecrets: ['a', { name: 'b' }],
    global: { imageRegistry: 'mirror.example.com', imagePullSecrets: ['b', 'c'] },
    redis: { existingSecret: 'redis' },
    cache: { enabled: true, explicitUrl: true, existingSecret: 'cache' },
    rateLimit: { enabled: true, trustProxyHeaders: true, trustedProxies: ['10.0.0.0/8'] },
    auth: { enabled: true, jwksUrl: 'https://id.example.com:8443/keys', jwtIssuer: 'i', jwtAudience: 'a' },
    tracing: { enabled: true, otlpHeaders: 'authorization=token' },
    metrics: { enabled: true },
    serviceMonitor: { enabled: true, labels: { release: 'prometheus' }, relabelings: [{ sourceLabels: ['a'], targetLabel: 'b' }] },
    networkPolicy: { enabled: true, ingressNamespaces: ['traefik'], ingressFrom: [{ ipBlock: { cidr: '10.0.0.0/8' } }], extraEgress: [{ ports: [{ port: 443 }] }] },
    autoscaling: { enabled: true },
    commonLabels: { team: 'core', tier: 1 },
    podLabels: { mesh: 'yes' },
    podAnnotations: { note: 'x' },
    deploymentAnnotations: { note: 'x' },
    service: { type: 'LoadBalancer', annotations: { a: 'b' } },
    serviceAccount: { annotations: { role: 'x' } },
    nodeSelector: { disk: 'ssd' },
    tolerations: [{ key: 'a', operator: 'Exists' }],
    hostAliases: [{ ip: '10.0.0.1', hostnames: ['db'] }],
    priorityClassName: 'high',
    runtimeClassName: 'gvisor',
    topologySpreadConstraints: [{ topologyKey: 'zone', maxSkew: 1, whenUnsatisfiable: 'DoNotSchedule' }],
    podAntiAffinityType: 'hard',
    extraVolumes: [{ name: 'ca', configMap: { name: 'ca' } }],
    extraVolumeMounts: [{ name: 'ca', mountPath: '/certs', readOnly: true }],
    extraEnvFrom: [{ configMapRef: { name: 'more' } }],
    extraEnv: { FEATURE: 'on', LIMIT: 5242880 },
    extraSecretEnv: { TOKEN: 'secret' },
    existingSecret: 'all',
    extraObjects: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: '{{ .Release.Name }}-more' }, data: { a: 'b' } }],
    resources: { limits: { cpu: '2' } },
  }),
  'a Gateway, and pods scraped by their labels': over(postgres, measured, route, {
    serviceMonitor: { enabled: true, kind: 'PodMonitor', targetLimit: 10, labelLimit: 30, labelValueLengthLimit: 500, sampleLimit: 0, relabelings: [{ sourceLabels: ['a'], targetLabel: 'b' }] },
    autoscaling: { enabled: true },
    networkPolicy: { enabled: true, ingressNamespaces: ['gateways'] },
  }),
  'a Gateway for sqlite': over(sqlite, measured, route, { serviceMonitor: { enabled: true }, httpRoute: { paths: ['/api', '/v1'], timeouts: false, annotations: { a: 1 } } }),
  traefik: controlled('traefik'),
  haproxy: controlled('haproxy'),
  alb: controlled('alb'),
  'Google Cloud': controlled('gce', []),
  'ingress-nginx': controlled('ingress-nginx'),
  'hs256 and memory': over(postgres, {
    replicaCount: 1,
    auth: { enabled: true, jwtAlgorithms: '["HS256"]', existingSecret: 'jwt', requireIssuer: false, requireAudience: false },
    rateLimit: { enabled: true, storageBackend: 'memory' },
    cache: { enabled: true, backend: 'memory' },
    migrations: { enabled: false },
    database: { runMigrations: true },
    serviceAccount: { create: false },
    tests: { enabled: false },
  }),
}

const named = Object.entries(shapes)

/** What upstream's values file holds, as one tree. */
const upstreamValues = Object.entries(upstream).reduce((tree, [path, value]) => over(tree, at(path, value)), {} as Values)

describe.skipIf(helm === undefined)('objects of the chart', () => {
  const models: Readonly<Record<string, new (data: never) => { validate: () => void }>> = {
    ConfigMap, Deployment, HorizontalPodAutoscaler, Ingress, Job, NetworkPolicy, Pod, PodDisruptionBudget, PodMonitor, PrometheusRule, Secret, Service, ServiceAccount, ServiceMonitor, StatefulSet,
  }
  /** Kinds without models; exposure.test.ts looks at them. */
  const apart = new Set(['BackendConfig', 'FrontendConfig', 'HTTPRoute', 'Middleware'])
  /** Where the models of a kind are declared. */
  const homes: Readonly<Record<string, string>> = {
    Deployment: 'kubernetes-models/apps/v1',
    StatefulSet: 'kubernetes-models/apps/v1',
    HorizontalPodAutoscaler: 'kubernetes-models/autoscaling/v2',
    Job: 'kubernetes-models/batch/v1',
    Ingress: 'kubernetes-models/networking.k8s.io/v1',
    NetworkPolicy: 'kubernetes-models/networking.k8s.io/v1',
    PodDisruptionBudget: 'kubernetes-models/policy/v1',
    PodMonitor: '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1',
    PrometheusRule: '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1',
    ServiceMonitor: '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1',
  }

  test.each(named)('%s: Kubernetes knows them', (_, values) => {
    for (const manifest of manifestsOf(values)) {
      if (apart.has(manifest.kind)) continue
      const Model = models[manifest.kind]
      expect(Model, manifest.kind).toBeDefined()
      expect(() => new Model!(manifest as never).validate(), `${manifest.kind} ${manifest.metadata.name}`).not.toThrow()
    }
  })

  test('no field has a name that Kubernetes does not know', { timeout: 120_000 }, () => {
    const groups = named.map(([, values]) =>
      manifestsOf(values)
        .filter(({ kind }) => !apart.has(kind))
        .map((manifest) => ({ from: homes[manifest.kind] ?? 'kubernetes-models/v1', type: `I${manifest.kind}`, value: manifest })),
    )
    expect(misfits(groups)).toEqual([])
  })

  test.each(named)('%s: every pod meets the restricted pod security standard', (_, values) => {
    for (const { owner, spec } of podsIn(manifestsOf(values))) {
      expect(spec.securityContext, owner).toMatchObject({ runAsNonRoot: true, runAsUser: 10001, runAsGroup: 10001, fsGroup: 10001, seccompProfile: { type: 'RuntimeDefault' } })
      expect(spec, owner).toMatchObject({ automountServiceAccountToken: false, enableServiceLinks: false })
      for (const field of ['hostNetwork', 'hostPID', 'hostIPC']) expect(spec[field], owner).toBeUndefined()
      for (const volume of spec.volumes ?? []) expect(volume, owner).not.toHaveProperty('hostPath')
      for (const container of [...(spec.initContainers ?? []), ...spec.containers]) {
        expect(container.securityContext, `${owner} ${container.name}`).toMatchObject({
          runAsNonRoot: true,
          allowPrivilegeEscalation: false,
          capabilities: { drop: ['ALL'] },
          seccompProfile: { type: 'RuntimeDefault' },
        })
        expect(container.securityContext.privileged).toBeUndefined()
        expect(container.securityContext.capabilities.add).toBeUndefined()
        for (const port of container.ports ?? []) expect(port.hostPort).toBeUndefined()
        if (!['proxy', 'wait'].includes(container.name)) {
          expect(container.securityContext.readOnlyRootFilesystem, `${owner} ${container.name}`).toBe(true)
          expect(container.resources.requests, `${owner} ${container.name}`).toMatchObject({ cpu: expect.anything(), memory: expect.anything() })
          expect(container.resources.limits, `${owner} ${container.name}`).toMatchObject({ memory: expect.anything() })
        }
      }
    }
  })

  test.each(named)('%s: what refers to something finds it', (_, values) => {
    const manifests = manifestsOf(values)
    const pods = podsIn(manifests)
    const selected = (selector: Record<string, string>) => pods.filter(({ labels }) => matches(selector, labels)).map(({ owner }) => owner)
    const main = pods.filter(({ owner }) => /^(Deployment|StatefulSet)/.test(owner)).map(({ owner }) => owner)
    for (const manifest of manifests) {
      if (manifest.kind === 'Service') expect(selected(manifest.spec.selector)).toEqual(main)
      if (manifest.kind === 'PodDisruptionBudget' || (manifest.kind === 'NetworkPolicy' && !isHook(manifest)))
        expect(selected((manifest.spec.selector ?? manifest.spec.podSelector).matchLabels)).toEqual(main)
      if (manifest.kind === 'HorizontalPodAutoscaler') one(manifests, manifest.spec.scaleTargetRef.kind, manifest.spec.scaleTargetRef.name)
      if (manifest.kind === 'PodMonitor') expect(selected(manifest.spec.selector.matchLabels)).toEqual(main)
      if (manifest.kind === 'ServiceMonitor') {
        const services = manifests.filter(({ kind, metadata }: Manifest) => kind === 'Service' && matches(manifest.spec.selector.matchLabels, metadata.labels))
        expect(services.map(({ metadata }: Manifest) => metadata.name)).toEqual([manifest.metadata.name])
      }
      if (manifest.kind === 'StatefulSet') one(manifests, 'Service', manifest.spec.serviceName)
    }
    for (const manifest of manifests) expect(manifest.metadata.namespace ?? 'prod').toBe('prod')
    const names = manifests.map(({ kind, metadata }: Manifest) => `${kind} ${metadata.name}`)
    expect(new Set(names).size).toBe(names.length)
  })

  test.each(named)('%s: helm lint has nothing against it', (_, values) => {
    expect(lintOf(values)).toBeUndefined()
  })
})

describe.skipIf(helm === undefined)("upstream's values files", () => {
  const withPassword = over(upstreamValues, at('database.postgres.password', 'letters-1'))

  test('the whole tree is accepted once there is a password', () => {
    expect(lintOf(withPassword)).toBeUndefined()
    expect(manifestsOf(withPassword).map(({ kind }) => kind)).toContain('Deployment')
  })

  test.each(['persistence.enabled', 'persistence.existingClaim'])('the undeclared key %s is accepted too', (path) => {
    expect(lintOf(over(withPassword, at(path, path.endsWith('enabled') ? true : 'claim')))).toBeUndefined()
  })

  test('no resources at all, as upstream wants it for its presets', () => {
    const { spec } = podsIn(manifestsOf(over(withPassword, { resources: null, resourcePreset: 'large' })))[0]!
    expect(spec.containers[0].resources.limits.memory).toBe('2Gi')
  })
})
