import { defaults, presetConfig, presets, type Config, type Patch } from '../lib/config/index.ts'

const caddy: Patch = { ...presets.find(({ id }) => id === 'vm-compose')?.patch }

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
      !/backend|kind|keySource|level|format|version|vm\.(postgres|redis)$/i.test(path)
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
