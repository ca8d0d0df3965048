import { defaults, presetConfig, presets, type Config, type Patch } from '../lib/config/index.ts'

const caddy: Patch = { ...presets.find(({ id }) => id === 'vm-compose')?.patch }

const production: Patch = { ...presets.find(({ id }) => id === 'kubernetes-production')?.patch }

const patches: Readonly<Record<string, Patch>> = {
  'all platforms': {
    'target.platforms': ['kubernetes', 'compose', 'container'],
    'public.hosts': ['api.example.com'],
  },
  'external servers': {
    'target.platforms': ['compose'],
    'vm.postgres': 'external',
    'vm.redis': 'external',
    'rateLimit.enabled': true,
    'database.postgres.host': 'host.docker.internal',
    'redis.host': 'redis.internal',
  },
  'sqlite in Compose': {
    'target.platforms': ['compose'],
    'database.backend': 'sqlite',
    replicaCount: 1,
  },
  'Postgres 18, Redis kept': {
    ...caddy,
    'vm.postgresVersion': '18',
    'vm.redisPersistence': true,
    'vm.redisMemory': 512,
    'proxy.email': 'ops@example.com',
  },
  'Postgres 16, no migration, Redis without password': {
    ...caddy,
    'vm.postgresVersion': '16',
    'migrations.enabled': false,
    'redis.auth': false,
  },
  'custom database': {
    'target.platforms': ['compose', 'container'],
    'database.backend': 'custom',
    'database.driver': 'other',
  },
  'own Redis URLs': { ...caddy, 'rateLimit.explicitUrl': true, 'cache.explicitUrl': true },
  'shared JWT secret, tracing headers': {
    'target.platforms': ['kubernetes', 'container'],
    'auth.enabled': true,
    'auth.keySource': 'secret',
    'auth.jwtAlgorithms': ['HS256'],
    'auth.jwtIssuer': 'https://id.example.com/',
    'auth.jwtAudience': 'api',
    'tracing.enabled': true,
    'tracing.headers': true,
  },
  'PEM key': {
    'target.platforms': ['kubernetes', 'compose'],
    'auth.enabled': true,
    'auth.keySource': 'publicKey',
  },
  'a prefix, docs, metrics, short keep-alive': {
    ...caddy,
    'app.rootPath': '/api/',
    'app.docsEnabled': true,
    'app.openapiEnabled': true,
    'metrics.enabled': true,
    'app.keepAliveTimeout': 3,
    'security.maxRequestBodyBytes': 104857600,
  },
  'pinned digest, several hosts, long timeout': {
    ...caddy,
    'image.digest': `sha256:${'0123456789abcdef'.repeat(4)}`,
    'public.hosts': ['api.example.com', 'www.example.com'],
    'app.requestTimeout': 300,
  },
  'nginx in Compose': {
    ...caddy,
    'proxy.kind': 'nginx',
    'proxy.certificate': '/etc/ssl/acme/fullchain.pem',
    'proxy.certificateKey': '/etc/ssl/acme/privkey.pem',
  },
  'nginx on the machine, under a prefix': {
    'target.platforms': ['container'],
    'database.backend': 'sqlite',
    replicaCount: 1,
    'public.hosts': ['api.example.com', '*.example.org'],
    'proxy.kind': 'nginx',
    'proxy.certificate': '/etc/ssl/acme/fullchain.pem',
    'proxy.certificateKey': '/etc/ssl/acme/privkey.pem',
    'proxy.publishDocs': true,
    'app.rootPath': '/v1.0',
  },
  'Traefik in Compose and on the machine': {
    ...caddy,
    'target.platforms': ['compose', 'container'],
    'proxy.kind': 'traefik',
    'proxy.email': 'ops@example.com',
    'app.rootPath': '/api',
    'app.keepAliveTimeout': 3,
  },
  'Traefik with its own certificate': {
    ...caddy,
    'public.hosts': ['*.example.com'],
    'proxy.kind': 'traefik',
    'proxy.tls': 'files',
    'proxy.publishMetrics': true,
    'proxy.publishDocs': true,
  },
  'Caddy on the machine': {
    'target.platforms': ['container'],
    'public.hosts': ['api.example.com'],
    'proxy.kind': 'caddy',
  },
  'no workflows': { 'target.platforms': ['compose'], 'workflows.enabled': false },
  'other names': {
    'target.platforms': ['kubernetes', 'compose', 'container'],
    'release.name': 'orders-api',
    'release.namespace': 'shop',
    fullnameOverride: 'orders',
    namespaceOverride: 'shop-objects',
    'secret.name': 'orders-values',
    'redis.existingSecret': 'shared-redis',
    'redis.existingSecretPasswordKey': 'password',
    'cache.enabled': true,
    imagePullSecrets: ['registry'],
    existingSecret: 'more',
    'vm.path': '/srv/orders.d',
    'workflows.environment': 'prod-eu',
  },
  'Argo CD with a project and an external store': {
    ...production,
    'gitops.tool': 'argocd',
    'gitops.repoUrl': 'https://github.com/acme/orders',
    'gitops.path': 'services/orders',
    'gitops.ownProject': true,
    'gitops.quota': true,
    'serviceMonitor.namespace': 'monitoring',
    'secrets.mode': 'eso',
    'secrets.store': 'vault',
    'secrets.remotePath': 'kv/data/orders',
    'secrets.remoteKeys': { APP_REDIS_PASSWORD: 'redis/orders#password' },
    'redis.existingSecret': 'redis',
    commonLabels: { team: 'core' },
    'workflows.enabled': false,
  },
  'Argo CD by hand, chart from a registry, sealed': {
    'gitops.tool': 'argocd',
    'gitops.repoUrl': 'git@github.com:acme/orders.git',
    'gitops.automated': false,
    'gitops.chartSource': 'oci',
    'gitops.chartUrl': 'oci://ghcr.io/acme/charts',
    'secrets.mode': 'sealed',
    'secrets.sealedScope': 'namespace-wide',
    'cache.enabled': true,
    'redis.existingSecret': 'redis',
    namespaceOverride: 'orders',
    'workflows.enabled': false,
  },
  'Flux with SOPS': {
    ...production,
    'gitops.tool': 'flux',
    'gitops.repoUrl': 'git@github.com:acme/orders.git',
    'gitops.revision': 'refs/tags/v1.2.0',
    'gitops.repoSecret': 'orders-git',
    'secrets.mode': 'sops',
    'secrets.ageRecipient': 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p',
    'redis.existingSecret': 'redis',
    'workflows.enabled': false,
  },
  'Flux from a registry, nothing prepared': {
    'gitops.tool': 'flux',
    'gitops.repoUrl': 'https://git.acme.io/orders',
    'gitops.path': 'deploy',
    'gitops.chartSource': 'oci',
    'gitops.chartUrl': 'oci://ghcr.io/acme/charts',
    'gitops.chartSecret': 'registry',
    'gitops.createNamespace': false,
    'gitops.drift': 'enabled',
    'workflows.enabled': false,
  },
  'Kustomize, production': {
    ...production,
    'gitops.tool': 'kustomize',
    'gitops.quota': true,
    'secrets.mode': 'eso',
    'secrets.store': 'vault',
    'secrets.storeKind': 'SecretStore',
    'secrets.remoteLayout': 'entries',
    'workflows.enabled': false,
  },
  'Kustomize with SQLite, sealed': {
    'gitops.tool': 'kustomize',
    'database.backend': 'sqlite',
    replicaCount: 1,
    'image.digest': `sha256:${'0123456789abcdef'.repeat(4)}`,
    'auth.enabled': true,
    'auth.keySource': 'publicKey',
    'auth.jwtIssuer': 'https://id.example.com/',
    'auth.jwtAudience': 'api',
    'secrets.mode': 'sealed',
    'workflows.enabled': false,
  },
  'Kustomize without overlays, SOPS': { 'gitops.tool': 'kustomize', 'gitops.overlays': [], 'secrets.mode': 'sops', 'workflows.enabled': false },
  'Helm with an external store': { 'secrets.mode': 'eso', 'secrets.store': 'vault' },
  'Helm with sealed Secrets': { 'secrets.mode': 'sealed', 'cache.enabled': true, 'redis.existingSecret': 'redis' },
  'Helm with SOPS': { 'secrets.mode': 'sops', 'cache.enabled': true, 'redis.existingSecret': 'redis' },
  'EKS, image and chart published': {
    'image.repository': 'acme/orders',
    'public.hosts': ['api.example.com'],
    'workflows.clusterAccess': 'eks',
    'workflows.eks.cluster': 'main',
    'workflows.eks.region': 'eu-central-1',
    'workflows.eks.roleArn': 'arn:aws:iam::123456789012:role/deploy',
    'workflows.publicSmoke': true,
    'workflows.build': true,
    'workflows.arm64': true,
    'workflows.publishChart': true,
  },
  'GKE by variables, image for Docker Hub': {
    'target.platforms': ['kubernetes', 'compose'],
    'image.registry': '',
    'image.repository': 'acme/orders',
    'tests.enabled': false,
    'workflows.clusterAccess': 'gke',
    'workflows.build': true,
    'workflows.dockerfile': 'docker/app/Dockerfile',
    'workflows.publishChart': true,
  },
  'AKS, image and chart in a registry of the house, unsigned': {
    'image.registry': 'registry.acme.io:5000',
    'image.repository': 'orders',
    'workflows.clusterAccess': 'aks',
    'workflows.aks.cluster': 'main',
    'workflows.build': true,
    'workflows.publishChart': true,
    'workflows.chartRegistry': 'registry.acme.io:5000/helm',
    'workflows.attest': false,
  },
  'values that no env file can hold': {
    'target.platforms': ['compose', 'container'],
    'app.name': "Tom's $5 #shop",
    'app.description': '"quoted"',
    'security.referrerPolicy': '',
    extraEnv: { PRICE: '$5', GOOD: 'a=b c', 'BAD NAME': 'x', EMPTY: '', SPACED: ' x' },
  },
}

/** Configurations that between them use every part of what is generated, by name. */
export const variations: readonly (readonly [string, Config])[] = [
  ...presets.map((preset) => [preset.id, presetConfig(preset)] as const),
  ...Object.entries(patches).map(([name, patch]) => [name, { ...defaults, ...patch }] as const),
]

/** One of them. */
export function variation(name: string): Config {
  const found = variations.find(([one]) => one === name)
  if (!found) throw new Error(`no variation is called ${name}`)
  return found[1]
}

/** What somebody might type who wants out of the place where a value stands. */
export const hostileTexts: readonly string[] = [
  "'; touch /tmp/broken; '",
  '$(touch /tmp/broken)',
  '`touch /tmp/broken`',
  '${{ secrets.KUBE_CONFIG }}',
  '${HOME}',
  'a\nb: c',
  '" }\n}\nrespond "broken',
  '*/ # --> <script>',
]

/** A configuration in which every text setting holds a value that its declaration refuses. */
export const hostile = (text: string, platforms: Config['target.platforms']): Config => ({
  ...(Object.fromEntries(
    Object.entries({ ...defaults, ...caddy }).map(([path, value]) => [
      path,
      typeof value === 'string' &&
      !/backend|kind|gitops\.tool|secrets\.mode|keySource|level|format|version|vm\.(postgres|redis)$/i.test(path)
        ? text
        : value,
    ]),
  ) as Config),
  'target.platforms': platforms,
  'public.hosts': [text, 'api.example.com'],
  'security.trustedHosts': [text],
  extraEnv: { [text]: text, X: text },
  'vm.postgresVersion': '17',
  'database.backend': 'postgres',
})
