import * as fc from 'fast-check'
import type { Condition, Field, IntField } from './field.ts'
import { allSettings, defaults, settings, type Config, type Patch, type Path, type SettingValue } from './fields.ts'
import { presets } from './presets.ts'
import { problemOf } from './schema.ts'

/**
 * Configurations for property tests. Every value passes its own declaration and looks like one
 * that somebody would type; how values go together is left to chance.
 */

/** Some settings with values, most of them left alone; what other settings depend on is chosen more often. */
const anyPatch: fc.Arbitrary<Patch> = fc.nat(4).chain((eagerness) => patchOf(eagerness))

/** The defaults or a preset, with some settings changed. */
export const anyConfig: fc.Arbitrary<Config> = fc
  .tuple(fc.constantFrom<Patch>({}, ...presets.map(({ patch }) => patch)), anyPatch)
  .map(([preset, patch]) => ({ ...defaults, ...preset, ...patch }))

/** A value for one setting that its declaration accepts. */
export const anyValue = (path: Path): fc.Arbitrary<SettingValue> => values.get(path) as fc.Arbitrary<SettingValue>

/** Settings that other settings' conditions name. */
const switches = new Set(
  allSettings.flatMap(({ field }) =>
    field.when === undefined ? [] : ([field.when].flat() as readonly Condition[]).flatMap((condition) => Object.keys(condition)),
  ),
)

const patchOf = (eagerness: number): fc.Arbitrary<Patch> =>
  fc.tuple(...settings.map(({ path }) => perhaps(anyValue(path), (switches.has(path) ? 10 : 3) * eagerness))).map((picked) => {
    const chosen = settings.flatMap(({ path }, at) => (picked[at] === undefined ? [] : [[path, picked[at]] as const]))
    return Object.fromEntries(chosen) as Patch
  })

const perhaps = (value: fc.Arbitrary<SettingValue>, percent: number): fc.Arbitrary<SettingValue | undefined> =>
  fc.oneof({ withCrossShrink: true }, { weight: 100 - percent, arbitrary: fc.constant(undefined) }, { weight: percent, arbitrary: value })

function valueOf(field: Field, known: readonly SettingValue[] | undefined): fc.Arbitrary<SettingValue> {
  if (known) return fc.constantFrom(...known)
  switch (field.kind) {
    case 'text':
      return fc.oneof({ weight: 1, arbitrary: fc.constant(field.default) }, { weight: 3, arbitrary: textOf(field.pattern, field.maxLength) })
    case 'int':
      return wholeNumber(field)
    case 'bool':
      return fc.boolean()
    case 'choice':
      return fc.constantFrom(...field.options.map(({ value }) => value))
    case 'choices':
      return fc.subarray(field.options.map(({ value }) => value), { minLength: 1 })
    case 'list':
      return fc.uniqueArray(textOf(field.pattern, field.maxLength), { minLength: 1, maxLength: 3 })
    case 'map':
      return fc.constantFrom(...maps)
    case 'yaml':
    case 'secret':
      return fc.constant('')
  }
}

/** Near the default most of the time; the ends of the range at times. */
const wholeNumber = ({ default: initial, min, max }: IntField): fc.Arbitrary<number> =>
  fc.oneof(
    { weight: 5, arbitrary: fc.integer({ min: Math.max(min, initial - 10), max: Math.min(max, initial + 20) }) },
    { weight: 2, arbitrary: fc.integer({ min, max: Math.min(max, min + 10) }) },
    { weight: 1, arbitrary: fc.constantFrom(min, max) },
    { weight: 1, arbitrary: fc.integer({ min, max }) },
  )

const words = fc.constantFrom('a', 'orders', 'Orders API', 'x-1', 'team=core', "it's 5 o'clock", 'größer', '50 %', '2026', 'true', 'a, b; c')

const textOf = (pattern = '', maxLength = 2000): fc.Arbitrary<string> =>
  (pattern === '' || pattern.includes('\\x00') ? words : fc.stringMatching(new RegExp(pattern))).filter(
    (text) => text !== '' && text.length <= maxLength,
  )

const maps: readonly Readonly<Record<string, string>>[] = [{}, { team: 'core' }, { 'example.com/owner': 'payments', tier: 'web' }]

/** What people type where a pattern alone would say little. */
const samples: Readonly<Partial<Record<Path, readonly SettingValue[]>>> = {
  'release.name': ['chassis', 'orders', 'a', 'orders-api-2', 'a-name-of-forty-characters-which-is-most'],
  'release.namespace': ['chassis', 'default', 'orders', 'team-a'],
  'release.kubeVersion': ['1.35.0', '1.34.2', '1.30.0', '1.29.0'],
  'app.forwardedAllowIps': [['127.0.0.1'], [], ['*'], ['10.0.0.0/8'], ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'], ['10.1.2.3/8'], ['192.168.1.7'], ['fd00::/8']],
  'app.healthCheckPath': ['/healthcheck', '/healthz', '/live', '/ready'],
  'app.readinessCheckPath': ['/ready', '/readyz', '/healthcheck'],
  'app.rootPath': ['', '/orders', '/api/v1'],
  'image.registry': ['ghcr.io', '', 'registry.example.com:5000', 'docker.io'],
  'image.repository': ['patrykquantumnomad/fastapi-chassis', 'acme/orders', 'team/sub/service_x'],
  'image.tag': ['v1.0.0', '', 'latest', 'main', '1.0.0', 'v2.3.4', 'sha-1a2b3c4', '20240101', '1.10'],
  'image.digest': ['', `sha256:${'0123456789abcdef'.repeat(4)}`],
  'public.hosts': [[], ['api.example.com'], ['orders.acme.io', 'www.orders.acme.io'], ['*.acme.io'], ['localhost'], ['acme.io']],
  'ingress.className': ['', 'traefik', 'nginx', 'haproxy'],
  'ingress.annotations': [{}, { 'traefik.ingress.kubernetes.io/router.middlewares': 'web-strip@kubernetescrd' }, { 'nginx.ingress.kubernetes.io/proxy-body-size': '5m' }],
  'ingress.hosts': ['', '- host: api.acme.io\n  paths:\n    - path: /v1\n      pathType: Exact\n', '- host: a.acme.io\n- host: b.acme.io\n  paths: [{path: /}]\n'],
  'ingress.tls': ['', '- secretName: acme-tls\n  hosts: [api.acme.io]\n', '- secretName: wildcard\n'],
  'httpRoute.paths': [['/'], ['/api', '/v1'], ['/metrics'], []],
  'httpRoute.parentRefs': ['', '- name: public\n  namespace: gateways\n  sectionName: https\n', '- {name: inside}\n- {name: public, port: 443}\n'],
  'httpRoute.rules': ['', '- matches: [{path: {type: Exact, value: /old}}]\n  filters: [{type: RequestRedirect, requestRedirect: {path: {type: ReplaceFullPath, replaceFullPath: /new}}}]\n'],
  'public.gateway': ['public', ''],
  'public.gatewayNamespace': ['', 'gateways'],
  'public.gatewayListener': ['', 'https', 'http'],
  'httpRoute.redirectSectionName': ['', 'http'],
  'prometheusRule.labels': [{}, { release: 'kube-prometheus-stack' }],
  'prometheusRule.extraRules': ['', '- alert: Mine\n  expr: vector(1) > 2\n'],
  'dashboard.labelKey': ['grafana_dashboard', 'acme.io/dashboard'],
  'dashboard.labelValue': ['1', 'true', ''],
  'dashboard.folder': ['', 'Team: "Orders"'],
  'proxy.email': ['', 'ops@acme.io'],
  'proxy.certificate': ['', '/etc/ssl/acme/fullchain.pem'],
  'proxy.certificateKey': ['', '/etc/ssl/acme/privkey.pem'],
  'proxy.nginxVersion': ['1.22.1', '1.18.0', '1.24.0', '1.25.1', '1.30.4'],
  'proxy.opensslVersion': ['3.0', '1.0.2', '1.1.1', '3.5.1'],
  'database.postgres.host': ['postgres', 'db.acme.internal', 'postgres.data.svc.cluster.local', '10.20.0.5', 'localhost', '[fd00::5]'],
  'database.postgres.name': ['fastapi_chassis', 'orders'],
  'database.postgres.user': ['fastapi', 'orders_app'],
  'database.postgres.sslRootCert': ['', '/etc/ssl/certs/ca-certificates.crt', '/certs/rds.pem'],
  'database.sqlite.path': ['./data/app.db', './data/orders.sqlite3', '/app/data/db/app.db'],
  'persistence.size': ['10Gi', '1Gi', '500Mi', '0.5Ti', '1000000000'],
  'persistence.storageClass': ['', '-', 'gp3', 'local-path'],
  'litestream.replica.bucket': ['', 'acme-backups'],
  'litestream.replica.path': ['', 'orders/db'],
  'litestream.replica.endpoint': ['', 'https://minio.storage:9000'],
  'litestream.replica.region': ['', 'eu-central-1'],
  'litestream.replica.url': ['', 's3://acme-backups/orders', 'gcs://acme/orders', 'sftp://u@host.acme.io:22/backups'],
  'litestream.image.registry': ['', 'ghcr.io'],
  'litestream.image.repository': ['litestream/litestream', 'mirror/litestream'],
  'litestream.image.tag': ['0.3.13', '0.5.2'],
  'litestream.env': ['', '- name: LITESTREAM_ACCESS_KEY_ID\n  valueFrom:\n    secretKeyRef: {name: s3, key: id}\n'],
  'redis.host': ['redis', 'redis.acme.internal', 'redis-master.data.svc', '127.0.0.1'],
  'auth.jwksUrl': ['', 'https://id.acme.io/.well-known/jwks.json', 'https://login.acme.io:8443/keys?v=2'],
  'auth.jwtIssuer': ['', 'https://id.acme.io/'],
  'auth.jwtAudience': ['', 'orders', 'https://api.acme.io'],
  'auth.jwtAlgorithms': [['RS256'], ['HS256'], ['ES256', 'ES384'], ['RS256', 'HS256'], ['RS256', 'PS256'], ['EdDSA'], []],
  'rateLimit.trustedProxies': [[], ['10.0.0.0/8'], ['10.0.0.1/8'], ['fd00::/8', '192.168.0.1']],
  'rateLimit.proxyHeaders': [['X-Forwarded-For', 'X-Real-IP'], ['CF-Connecting-IP']],
  'security.trustedProxies': [[], ['10.0.0.0/8'], ['127.0.0.1']],
  'security.trustedHosts': [[], ['*'], ['api.internal.acme.io'], ['*.acme.io', 'acme.io'], ['10.0.0.7']],
  'cors.allowedOrigins': [[], ['*'], ['https://app.acme.io'], ['http://localhost:3000', 'https://app.acme.io']],
  'cors.allowedMethods': [['GET'], ['*'], ['GET', 'POST']],
  'cors.allowedHeaders': [['*'], ['Authorization'], []],
  'cors.exposeHeaders': [[], ['X-Request-ID']],
  'security.permissionsPolicy': ['geolocation=(), camera=(), microphone=()', '', 'geolocation=(self)'],
  'security.contentSecurityPolicy': ['', "default-src 'self'"],
  'security.referrerPolicy': ['no-referrer', 'same-origin', ''],
  'networkPolicy.ingressNamespaces': [[], ['traefik'], ['ingress-nginx', 'gateway']],
  'networkPolicy.monitoringNamespace': ['monitoring', '', 'observability'],
  'networkPolicy.databaseCIDR': ['', '10.20.0.0/16', '10.20.0.5', 'fd00:20::/64'],
  'networkPolicy.redisCIDR': ['', '10.30.0.0/16'],
  'networkPolicy.ingressFrom': ['', '- namespaceSelector:\n    matchLabels: {team: web}\n', '- ipBlock: {cidr: 10.0.0.0/8}\n'],
  'networkPolicy.extraEgress': ['', '- ports: [{protocol: TCP, port: 443}]\n  to:\n    - ipBlock: {cidr: 0.0.0.0/0}\n'],
  'vm.path': ['/opt/chassis', '/srv/orders', '/home/deploy/apps/orders'],
  'vm.subnet': ['172.30.0.0/24', '10.77.0.0/16', '192.168.250.0/28', '172.30.0.1/24', '172.17.0.0/16', '192.0.2.0/24'],
  'vm.memory': ['512m', '2g', '100m'],
  'vm.cpus': ['1.0', '2', '0.5'],
  'vm.postgresMemory': ['512m', '1g'],
  'vm.logMaxSize': ['10m', '512k', '1g'],
  'workflows.environment': ['production', 'staging'],
  'workflows.dockerfile': ['Dockerfile', 'docker/app/Dockerfile'],
  'workflows.chartRegistry': ['', 'ghcr.io/acme/charts', 'registry.acme.io:5000/helm'],
  'workflows.runner': ['ubuntu-24.04', 'ubuntu-latest', 'self-hosted'],
  'gitops.repoUrl': ['', 'https://github.com/acme/orders', 'git@github.com:acme/orders.git', 'ssh://git@git.acme.io:2222/orders'],
  'gitops.revision': ['main', 'refs/tags/v1.2.0', '0123456789abcdef0123456789abcdef01234567'],
  'gitops.path': ['', 'deploy', 'services/orders'],
  'gitops.chartUrl': ['', 'oci://ghcr.io/acme/charts'],
  'gitops.chartVersion': ['', '1.2.3'],
  'gitops.controllerNamespace': ['', 'gitops', 'orders'],
  'gitops.overlays': [['staging', 'production'], [], ['eu-1']],
  'secrets.store': ['', 'vault'],
  'secrets.remotePath': ['', 'kv/data/orders'],
  'secrets.remoteKeys': [{}, { APP_DATABASE_POSTGRES_PASSWORD: 'rds/orders#password' }, { APP_REDIS_PASSWORD: 'redis' }],
  'secrets.ageRecipient': ['', 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p'],
  'secret.name': ['', 'orders-secrets'],
  existingSecret: ['', 'shared-secrets'],
  fullnameOverride: ['', 'orders-web', 'a-very-long-name-for-all-objects-of-one-release-which-is-cut-at63'.slice(0, 63)],
  kubeVersionOverride: ['', 'v1.31.0', '1.29'],
  commonLabels: [...maps, { 'app.kubernetes.io/part-of': 'shop' }],
  podAnnotations: [{}, { 'sidecar.istio.io/inject': 'false' }, { note: 'free text, with: anything' }],
  nodeSelector: [{}, { 'kubernetes.io/arch': 'amd64' }],
  'serviceAccount.annotations': [{}, { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::123456789012:role/orders' }],
  'serviceMonitor.labels': [{}, { release: 'kube-prometheus-stack' }],
  'serviceMonitor.interval': ['30s', '1m', '15s', '500ms'],
  'serviceMonitor.scrapeTimeout': ['10s', '5s', '1m'],
  'serviceMonitor.metricRelabelings': ['', '- action: labeldrop\n  regex: path\n'],
  'serviceMonitor.relabelings': ['', '- sourceLabels: [__meta_kubernetes_pod_node_name]\n  targetLabel: node\n'],
  'tracing.otlpEndpoint': ['http://otel-collector.observability:4318/v1/traces', 'http://collector:4317', 'https://otlp.acme.io/v1/traces', 'http://localhost:4318/v1/traces'],
  'resources.requests.cpu': ['', '100m', '0.5', '2'],
  'resources.requests.memory': ['', '256Mi', '1Gi'],
  'resources.limits.cpu': ['', '500m', '2'],
  'resources.limits.memory': ['', '512Mi', '2Gi', '128Mi'],
  'litestream.resources.requests.memory': ['64Mi', '', '256Mi'],
  'podDisruptionBudget.minAvailable': ['', '1', '2', '50%', '100%', '0'],
  'podDisruptionBudget.maxUnavailable': ['1', '', '0', '25%', '2'],
  'strategy.maxSurge': ['1', '0', '25%', '100%', '2'],
  'strategy.maxUnavailable': ['0', '1', '25%', '0%'],
  'probes.hostHeader': ['', 'chassis', 'orders.acme.io', 'localhost'],
  topologySpreadConstraints: ['', '- topologyKey: topology.kubernetes.io/zone\n  maxSkew: 1\n  whenUnsatisfiable: DoNotSchedule\n'],
  tolerations: ['', '- key: dedicated\n  operator: Equal\n  value: web\n  effect: NoSchedule\n'],
  affinity: ['', 'nodeAffinity:\n  requiredDuringSchedulingIgnoredDuringExecution:\n    nodeSelectorTerms:\n      - matchExpressions: [{key: disk, operator: In, values: [ssd]}]\n'],
  extraEnv: [
    {},
    { FEATURE_X: 'on' },
    { APP_LOG_LEVEL: 'DEBUG', GREETING: 'hello world' },
    { APP_PORT: '9000' },
    { APP_DEBUG: 'maybe' },
    { API_TOKEN: 'abc' },
    { PRICE: '$5 # net' },
    { APP_CORS_ALLOWED_ORIGINS: '["*"]' },
    { 'bad name': '1' },
  ],
  extraEnvFrom: ['', '- configMapRef: {name: shared}\n', '- secretRef:\n    name: more\n    optional: true\n'],
  extraVolumes: ['', '- name: ca\n  configMap: {name: ca}\n'],
  extraVolumeMounts: ['', '- name: ca\n  mountPath: /certs\n  readOnly: true\n'],
  initContainers: ['', '- name: wait\n  image: busybox:1.37\n  command: ["true"]\n'],
  sidecars: ['', '- name: proxy\n  image: example.com/sql-proxy:2\n  args: ["--port=5432"]\n'],
  hostAliases: ['', '- ip: 10.0.0.9\n  hostnames: [db.acme.internal]\n'],
  podSecurityContext: ['', 'fsGroup: 2000\n'],
  containerSecurityContext: ['', 'runAsUser: 10001\n', 'readOnlyRootFilesystem: false\n'],
  extraObjects: ['', '- apiVersion: v1\n  kind: ConfigMap\n  metadata:\n    name: "{{ .Release.Name }}-extra"\n  data:\n    key: value\n'],
  global: ['', 'imageRegistry: mirror.acme.io\n'],
}

const values = new Map(
  settings.map(({ path, field }) => [path, valueOf(field, samples[path]).filter((value) => problemOf(path, value) === undefined)]),
)
