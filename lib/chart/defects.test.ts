/**
 * The chart that came before this one has known defects, numbered C (critical), H (high), M
 * (medium) and L (low). Each that a chart can have is a test here: fixed, or refused with a reason.
 */
import { describe, expect, test } from 'vitest'
import {
  all, appContainer, at, environment, failureOf, helm, isHook, manifestsOf, matches, notesOf, one, over, podsIn, renderWithHelm, secretVariable, workload,
  type Manifest, type Values,
} from '../../testing/chart.ts'

const postgres = at('database.postgres.existingSecret', 'db')
const sqlite = { database: { backend: 'sqlite' }, replicaCount: 1 }
const custom = (url: string): Values => ({ database: { backend: 'custom', url } })
const hosts = { ingress: { enabled: true, hosts: [{ host: 'api.example.com' }] } }
const authenticated = { auth: { enabled: true, jwksUrl: 'https://id.example.com/keys', jwtIssuer: 'i', jwtAudience: 'a' } }

const trustedHosts = (values: Values): string[] => JSON.parse(environment(manifestsOf(values)).APP_TRUSTED_HOSTS as string)
const pod = (values: Values): Manifest => workload(manifestsOf(values)).spec.template.spec
const env = (values: Values, name: string): string | undefined => environment(manifestsOf(over(postgres, values)))[name]
const warnings = (values: Values): string => notesOf(over(postgres, values)).split('Look at:')[1] ?? ''
const job = (values: Values): Manifest => one(manifestsOf(over(postgres, values)), 'Job', 'orders-migrate')
const egress = (values: Values): Manifest[] => one(manifestsOf(over(at('networkPolicy.enabled', true), values)), 'NetworkPolicy').spec.egress
const egressPorts = (values: Values): number[] => egress(values).flatMap(({ ports }) => ports.map(({ port }: Manifest) => port)).filter((port) => port !== 53)

describe.skipIf(helm === undefined)('critical', () => {
  test('C1: probes ask for a name that the application trusts, and Prometheus by the trusted pod address', () => {
    for (const values of [postgres, sqlite, over(postgres, at('security.trustedHosts', ['api.example.com'])), over(postgres, at('probes.hostHeader', 'probe.internal'))]) {
      const manifests = manifestsOf(values)
      const trusted = JSON.parse(environment(manifests).APP_TRUSTED_HOSTS as string)
      for (const probe of ['startupProbe', 'livenessProbe', 'readinessProbe']) {
        const [header] = appContainer(manifests)[probe].httpGet.httpHeaders
        expect(header.name).toBe('Host')
        expect(trusted).toContain(header.value)
      }
      const names = appContainer(manifests).env.map(({ name }: Manifest) => name)
      expect(names.indexOf('POD_IP')).toBeLessThan(names.indexOf('APP_TRUSTED_HOSTS'))
      expect(trusted).toContain('$(POD_IP)')
    }
  })

  test('C1: public and cluster names are trusted, once each, and * stands alone', () => {
    expect(trustedHosts(over(postgres, hosts, at('security.trustedHosts', '["a.example.com","api.example.com"]')))).toEqual([
      'a.example.com', 'api.example.com', 'orders', 'orders.prod', 'orders.prod.svc', 'orders.prod.svc.cluster.local', 'localhost', '127.0.0.1', '$(POD_IP)',
    ])
    expect(trustedHosts(over(postgres, hosts, at('security.trustedHosts', ['*', 'x'])))).toEqual(['*'])
    expect(trustedHosts(over(postgres, at('security.trustPodIP', false)))).not.toContain('$(POD_IP)')
    expect(trustedHosts(over(postgres, at('security.trustedHosts', ['$(HOME)'])))[0]).toBe('$$(HOME)')
  })

  test('C1: an own APP_TRUSTED_HOSTS wins, and must hold what the probes ask for', () => {
    const manifests = manifestsOf(over(postgres, at('extraEnv.APP_TRUSTED_HOSTS', '["orders"]')))
    expect(environment(manifests).APP_TRUSTED_HOSTS).toBe('["orders"]')
    expect(appContainer(manifests).env.map(({ name }: Manifest) => name)).not.toContain('APP_TRUSTED_HOSTS')
    expect(failureOf(over(postgres, at('extraEnv.APP_TRUSTED_HOSTS', '["api.example.com"]')))).toContain('extraEnv.APP_TRUSTED_HOSTS: lacks "orders"')
  })

  test('C2: the limiter starts, and trust without proxies is refused', () => {
    expect(env(at('rateLimit.enabled', true), 'APP_RATE_LIMIT_TRUST_PROXY_HEADERS')).toBe('false')
    const trusting = over(postgres, { rateLimit: { enabled: true, trustProxyHeaders: true } })
    expect(failureOf(trusting)).toContain('rateLimit.trustedProxies: must name the proxies')
    expect(environment(manifestsOf(over(trusting, at('rateLimit.trustedProxies', ['10.0.0.0/8'])))).APP_RATE_LIMIT_TRUSTED_PROXIES).toBe('["10.0.0.0/8"]')
    expect(failureOf(over(trusting, at('rateLimit.trustedProxies', ['*'])))).toContain('* is neither')
    expect(failureOf(over(postgres, at('security.trustProxyProtoHeader', true)))).toContain('security.trustedProxies: must name the proxies')
  })

  test('C3: the default tag is one that is published', () => {
    expect(appContainer(manifestsOf(postgres)).image).toBe('ghcr.io/patrykquantumnomad/fastapi-chassis:v1.0.0')
  })

  test('C4: the migration needs nothing that a first install has not made yet', () => {
    const manifests = manifestsOf(over(at('database.postgres.password', 'letters-1'), at('networkPolicy.enabled', true)))
    const hooks = manifests.filter((manifest) => isHook(manifest) && manifest.metadata.annotations['helm.sh/hook'] === 'pre-install,pre-upgrade')
    const weight = (kind: string): number => Number(hooks.find((manifest) => manifest.kind === kind)?.metadata.annotations['helm.sh/hook-weight'])
    expect(hooks.map(({ kind }) => kind).sort()).toEqual(['ConfigMap', 'Job', 'NetworkPolicy', 'Secret', 'ServiceAccount'])
    expect(weight('ServiceAccount')).toBeLessThan(weight('ConfigMap'))
    for (const kind of ['ConfigMap', 'Secret', 'NetworkPolicy']) expect(weight(kind)).toBeLessThan(weight('Job'))
    for (const { metadata } of hooks) {
      expect(metadata.name).toBe('orders-migrate')
      expect(metadata.annotations['helm.sh/hook-delete-policy']).toContain('before-hook-creation')
    }
    const { spec } = hooks.find(({ kind }) => kind === 'Job')!.spec.template
    expect(spec.serviceAccountName).toBe('orders-migrate')
    expect(spec.containers[0].envFrom).toEqual([{ configMapRef: { name: 'orders-migrate' } }, { secretRef: { name: 'orders-migrate' } }])
    expect(hooks.find(({ kind }) => kind === 'Job')!.metadata.annotations['helm.sh/hook-delete-policy']).toBe('before-hook-creation')
    expect(hooks.find(({ kind }) => kind === 'Job')!.spec.ttlSecondsAfterFinished).toBe(86400)
  })

  test('C4: an account that the chart does not make is used as it is', () => {
    const manifests = manifestsOf(over(postgres, { serviceAccount: { create: false, name: 'shared' } }))
    expect(all(manifests, 'ServiceAccount')).toEqual([])
    for (const { spec } of podsIn(manifests)) expect(spec.serviceAccountName).toBe('shared')
  })

  test('C5: the loopback name of the image health check stays trusted', () => {
    expect(trustedHosts(over(postgres, at('security.trustedHosts', ['api.example.com'])))).toEqual(expect.arrayContaining(['localhost', '127.0.0.1']))
  })

  test('C6: the application binds to every address', () => {
    expect(env({}, 'APP_HOST')).toBe('0.0.0.0')
  })

  test.each<[string, Values]>([
    ['a Secret', postgres],
    ['an inline password', at('database.postgres.password', 'letters-1')],
    ['a Secret of everything', at('existingSecret', 'all')],
    ['an extra secret variable', at('extraSecretEnv.APP_DATABASE_POSTGRES_PASSWORD', 'x')],
    ['a whole URL', at('extraSecretEnv.APP_DATABASE_URL', 'postgresql+asyncpg://u:p@h/d')],
    ['another source', at('extraEnvFrom', [{ secretRef: { name: 'x' } }])],
  ])('C7: no password is refused, %s is enough', (_, values) => {
    expect(failureOf({})).toContain('database.postgres.existingSecret: the application does not start without a password')
    expect(manifestsOf(values)).not.toEqual([])
  })

  test('C7: a custom database without URL is refused', () => {
    expect(failureOf(at('database.backend', 'custom'))).toContain('database.existingSecret: the application does not start without a URL')
  })
})

describe.skipIf(helm === undefined)('high', () => {
  test('H1: nobody is believed unless named, and * is warned about', () => {
    expect(env({}, 'UVICORN_FORWARDED_ALLOW_IPS')).toBe('127.0.0.1')
    expect(env(at('app.forwardedAllowIps', ''), 'UVICORN_FORWARDED_ALLOW_IPS')).toBe('')
    expect(env(at('app.forwardedAllowIps', ['10.0.0.0/8', '172.16.0.0/12']), 'UVICORN_FORWARDED_ALLOW_IPS')).toBe('10.0.0.0/8,172.16.0.0/12')
    expect(env(at('app.forwardedAllowIps', '10.0.0.0/8, 172.16.0.0/12'), 'UVICORN_FORWARDED_ALLOW_IPS')).toBe('10.0.0.0/8,172.16.0.0/12')
    expect(warnings({ app: { forwardedAllowIps: '*' }, rateLimit: { enabled: true } })).toContain('pass the rate limit')
  })

  test('H4: OTLP headers stand in a Secret', () => {
    const manifests = manifestsOf(over(postgres, { tracing: { enabled: true, otlpHeaders: 'authorization=Bearer s3cret' } }))
    expect(environment(manifests)).not.toHaveProperty('APP_OTEL_EXPORTER_OTLP_HEADERS')
    expect(one(manifests, 'Secret').stringData).toEqual({ APP_OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer s3cret' })
    const named = manifestsOf(over(postgres, { tracing: { enabled: true, existingSecret: 'otel', existingSecretHeadersKey: 'headers' } }))
    expect(secretVariable(appContainer(named), 'APP_OTEL_EXPORTER_OTLP_HEADERS')).toEqual({ name: 'otel', key: 'headers' })
  })

  test('H4: secrets among the plain variables are refused', () => {
    for (const name of ['APP_DATABASE_URL', 'APP_AUTH_JWT_SECRET', 'APP_REDIS_PASSWORD', 'PGPASSWORD'])
      expect(failureOf(over(postgres, at(`extraEnv.${name}`, 'x')))).toContain(`extraEnv.${name}: would stand in a ConfigMap`)
  })

  test('H5: a setting that the application refuses is refused before it can print its environment', () => {
    for (const [path, value] of [['app.logLevel', 'info'], ['app.requestTimeout', 301], ['database.poolSize', 0], ['security.maxRequestBodyBytes', 1]] as const)
      expect(failureOf(over(postgres, at(path, value)))).toContain(path.replace('.', '/'))
  })

  test('H6: /metrics is off unless asked for, and its exposure is warned about', () => {
    expect(env({}, 'APP_METRICS_ENABLED')).toBe('false')
    expect(warnings(over(hosts, at('metrics.enabled', true)))).toContain('/metrics')
  })

  test.each([
    ['database.poolPrePing', 'APP_DATABASE_POOL_PRE_PING', {}],
    ['auth.requireExp', 'APP_AUTH_REQUIRE_EXP', authenticated],
    ['auth.requireIssuer', 'APP_AUTH_REQUIRE_ISSUER', authenticated],
    ['auth.requireAudience', 'APP_AUTH_REQUIRE_AUDIENCE', authenticated],
    ['rateLimit.trustProxyHeaders', 'APP_RATE_LIMIT_TRUST_PROXY_HEADERS', at('rateLimit.enabled', true)],
    ['metrics.enabled', 'APP_METRICS_ENABLED', {}],
    ['security.headersEnabled', 'APP_SECURITY_HEADERS_ENABLED', {}],
    ['security.hstsEnabled', 'APP_SECURITY_HSTS_ENABLED', {}],
    ['database.sqlite.foreignKeys', 'APP_DATABASE_SQLITE_FOREIGN_KEYS', sqlite],
  ])('H7: %s false is false', (path, name, values) => {
    expect(env(over(values, at(path, false)), name)).toBe('false')
  })

  test('H7: HS256 without issuer works when none is required', () => {
    const auth = { enabled: true, jwtAlgorithms: ['HS256'], jwtSecret: 'x'.repeat(32), requireIssuer: false, requireAudience: false }
    expect(env({ auth }, 'APP_AUTH_REQUIRE_ISSUER')).toBe('false')
  })

  test('H8: SQLite migrates at start on its own volume, never by a Job', () => {
    const manifests = manifestsOf(sqlite)
    expect(all(manifests, 'Job')).toEqual([])
    expect(environment(manifests).RUN_DB_MIGRATIONS).toBe('true')
    expect(environment(manifestsOf(over(sqlite, at('migrations.enabled', false)))).RUN_DB_MIGRATIONS).toBe('false')
    expect(environment(manifestsOf(postgres)).RUN_DB_MIGRATIONS).toBe('false')
    expect(env({ replicaCount: 1, database: { runMigrations: true }, migrations: { enabled: false } }, 'RUN_DB_MIGRATIONS')).toBe('true')
  })

  test.each<[string, Values]>([
    ['replicaCount', at('replicaCount', 2)],
    ['autoscaling.enabled', at('autoscaling.enabled', true)],
    ['app.workers', at('app.workers', 2)],
    ['persistence.enabled', at('persistence.enabled', false)],
  ])('H9: SQLite refuses %s', (path, values) => {
    expect(failureOf(over(sqlite, values))).toContain(`${path}:`)
    expect(failureOf(at('database.backend', 'sqlite'))).toContain('replicaCount: every pod would have a SQLite file of its own')
  })

  test('H10: the migration URL is left to the application, or given with a synchronous driver', () => {
    const derived = one(manifestsOf(custom('postgresql+asyncpg://u:p@h/d')), 'Secret').stringData
    expect(derived).toEqual({ APP_DATABASE_URL: 'postgresql+asyncpg://u:p@h/d' })
    expect(failureOf(custom('mysql+aiomysql://u:p@h/d'))).toContain('database.alembicUrl: can be derived only from')
    expect(failureOf(over(custom('mysql+aiomysql://u:p@h/d'), at('database.alembicUrl', 'mysql+aiomysql://u:p@h/d')))).toContain('synchronous driver')
    const both = over(custom('mysql+aiomysql://u:p@h/d'), at('database.alembicUrl', 'mysql+pymysql://u:p@h/d'))
    expect(one(manifestsOf(both), 'Secret').stringData.APP_ALEMBIC_DATABASE_URL).toBe('mysql+pymysql://u:p@h/d')
  })

  test('H10: a migration URL in a Secret may be missing unless its key is named', () => {
    const values = { database: { backend: 'custom', existingSecret: 'db' } }
    expect(secretVariable(appContainer(manifestsOf(values)), 'APP_ALEMBIC_DATABASE_URL')).toEqual({ name: 'db', key: 'APP_ALEMBIC_DATABASE_URL', optional: true })
    expect(secretVariable(appContainer(manifestsOf(over(values, at('database.existingSecretAlembicUrlKey', 'sync')))), 'APP_ALEMBIC_DATABASE_URL')).toEqual({ name: 'db', key: 'sync' })
  })

  test('H11: the migration gets the whole configuration', () => {
    const values = over(postgres, {
      auth: { enabled: true, jwtAlgorithms: ['HS256'], existingSecret: 'jwt', jwtIssuer: 'i', jwtAudience: 'a' },
      cache: { enabled: true },
      redis: { existingSecret: 'redis' },
      existingSecret: 'all',
      extraEnvFrom: [{ configMapRef: { name: 'more' } }],
      extraVolumes: [{ name: 'ca', secret: { secretName: 'ca' } }],
      extraVolumeMounts: [{ name: 'ca', mountPath: '/certs' }],
      initContainers: [{ name: 'proxy', image: 'proxy:1', restartPolicy: 'Always' }],
      nodeSelector: { disk: 'ssd' },
      tolerations: [{ key: 'a', operator: 'Exists' }],
      podAnnotations: { 'sidecar.istio.io/inject': 'false' },
      priorityClassName: 'high',
      imagePullSecrets: ['pull'],
    })
    const manifests = manifestsOf(values)
    const { metadata, spec } = job(values).spec.template
    const [migrate] = spec.containers
    const [app] = [appContainer(manifests)]
    expect(one(manifests, 'ConfigMap', 'orders-migrate').data).toEqual(one(manifests, 'ConfigMap', 'orders').data)
    for (const name of ['APP_DATABASE_POSTGRES_PASSWORD', 'APP_AUTH_JWT_SECRET', 'APP_REDIS_PASSWORD'])
      expect(secretVariable(migrate, name), name).toEqual(secretVariable(app, name))
    expect(migrate.envFrom.slice(1)).toEqual([{ secretRef: { name: 'all' } }, { configMapRef: { name: 'more' } }])
    expect(migrate.volumeMounts).toEqual(app.volumeMounts)
    expect(spec.volumes).toEqual(pod(values).volumes)
    expect(migrate).toMatchObject({ image: app.image, command: ['alembic', '-c', 'alembic.ini', 'upgrade', 'head'], resources: app.resources })
    expect(spec).toMatchObject({ nodeSelector: { disk: 'ssd' }, priorityClassName: 'high', imagePullSecrets: [{ name: 'pull' }], restartPolicy: 'Never' })
    expect(spec.initContainers.map(({ name }: Manifest) => name)).toEqual(['proxy'])
    expect(spec.tolerations).toHaveLength(1)
    expect(metadata.annotations).toEqual({ 'sidecar.istio.io/inject': 'false' })
  })

  test('H12: large integers stay integers', () => {
    const manifests = manifestsOf(over(sqlite, {
      database: { sqlite: { mmapSize: 268435456, cacheSize: -2000000 } },
      security: { maxRequestBodyBytes: 104857600, hstsEnabled: true, hstsMaxAge: 63072000 },
      extraEnv: { BIG: 5242880, HALF: 0.5, FLAG: true },
      commonLabels: { build: 20240101 },
    }))
    expect(environment(manifests)).toMatchObject({
      APP_DATABASE_SQLITE_MMAP_SIZE: '268435456',
      APP_DATABASE_SQLITE_CACHE_SIZE: '-2000000',
      APP_MAX_REQUEST_BODY_BYTES: '104857600',
      APP_SECURITY_HSTS_MAX_AGE_SECONDS: '63072000',
      BIG: '5242880',
      HALF: '0.5',
      FLAG: 'true',
    })
    expect(workload(manifests).metadata.labels.build).toBe('20240101')
    expect(env({ cache: { enabled: true, backend: 'memory', maxEntries: 1000000 } }, 'APP_CACHE_MAX_ENTRIES')).toBe('1000000')
    expect(failureOf(over(postgres, at('image.tag', 20240101)))).toContain("at '/image/tag': got number, want string")
    expect(appContainer(manifestsOf(over(postgres, at('image.tag', '1.10')))).image).toMatch(/:1\.10$/)
  })

  test.each([
    ['auth.jwtAlgorithms', 'APP_AUTH_JWT_ALGORITHMS', ['RS256', 'RS512'], authenticated],
    ['cors.allowedOrigins', 'APP_CORS_ALLOWED_ORIGINS', ['https://a.example', 'https://b.example'], {}],
    ['cors.allowedHeaders', 'APP_CORS_ALLOWED_HEADERS', [], {}],
  ])('H13: %s is a list or its JSON text', (path, name, value, values) => {
    const json = JSON.stringify(value)
    expect(env(over(values, at(path, value)), name)).toBe(json)
    expect(env(over(values, at(path, json)), name)).toBe(json)
    expect(env(over(values, at(path, ` [ ${value.map((item) => JSON.stringify(item)).join(' , ')} ] `)), name)).toBe(json)
    expect(failureOf(over(postgres, values, at(path, '[a]')))).toContain(`${path}: must be a list, or a JSON array`)
    expect(failureOf(over(postgres, values, at(path, 'a,b')))).toContain(path.replace('.', '/'))
  })

  test('H14: several workers with the limiter get its whole URL, or are refused', () => {
    const several = over(postgres, { app: { workers: 2 }, rateLimit: { enabled: true } })
    expect(environment(manifestsOf(several)).APP_RATE_LIMIT_STORAGE_URL).toBe('redis://redis:6379/0')
    expect(one(manifestsOf(over(several, at('redis.password', 'letters-1'))), 'Secret').stringData.APP_RATE_LIMIT_STORAGE_URL).toBe('redis://:letters-1@redis:6379/0')
    const named = appContainer(manifestsOf(over(several, at('redis.existingSecret', 'redis')))).env.map(({ name, value }: Manifest) => [name, value])
    const order = named.map(([name]: string[]) => name)
    expect(named).toContainEqual(['APP_RATE_LIMIT_STORAGE_URL', 'redis://:$(APP_REDIS_PASSWORD)@redis:6379/0'])
    expect(order.indexOf('APP_REDIS_PASSWORD')).toBeLessThan(order.indexOf('APP_RATE_LIMIT_STORAGE_URL'))
    expect(secretVariable(appContainer(manifestsOf(over(several, at('rateLimit.existingSecret', 'limit')))), 'APP_RATE_LIMIT_STORAGE_URL')).toEqual({ name: 'limit', key: 'APP_RATE_LIMIT_STORAGE_URL' })
    expect(failureOf(over(several, at('rateLimit.storageBackend', 'memory')))).toContain('rateLimit.storageBackend: several workers')
    expect(environment(manifestsOf(over(several, at('app.workers', 1))))).not.toHaveProperty('APP_RATE_LIMIT_STORAGE_URL')
  })

  test('H15: one worker by default, and several are warned about', () => {
    expect(env({}, 'UVICORN_WORKERS')).toBe('1')
    expect(warnings(at('app.workers', 2))).toContain('With 2 workers')
  })

  test('H16: errors while starting end the process', () => {
    expect(env({}, 'UVICORN_LIFESPAN')).toBe('on')
    expect(failureOf(over(postgres, at('security.trustedHosts', ['*example.com'])))).toContain('"*example.com" is no pattern')
    expect(failureOf(over(postgres, { rateLimit: { enabled: true, storageUrl: 'cache:6379/0' } }))).toContain('rateLimit.storageUrl: must begin with redis://')
  })

  test('H17: passwords that break the URL are refused, and the way out works', () => {
    for (const password of ['p@ss', '100%']) expect(failureOf(at('database.postgres.password', password))).toContain('database.postgres.password: the application pastes it into a URL')
    for (const password of ['a/b', 'a#b', 'a?b', 'a[b', 'a]b'])
      expect(failureOf(over(postgres, { cache: { enabled: true }, redis: { password } }))).toContain('redis.password:')
    expect(failureOf(custom('postgresql+asyncpg://u:p%40@h/d'))).toContain('Alembic cannot read a URL with %')
    const way = over(custom('postgresql+asyncpg://u@h/d'), at('extraSecretEnv.PGPASSWORD', 'p@ss%'))
    expect(one(manifestsOf(way), 'Secret').stringData.PGPASSWORD).toBe('p@ss%')
  })

  test('H18: the network policy opens the ports that are used, and no others', () => {
    expect(egressPorts(postgres)).toEqual([5432])
    expect(egressPorts(over(postgres, at('database.postgres.port', 6432)))).toEqual([6432])
    expect(egressPorts(custom('postgresql+asyncpg://u:p@db:6432/d'))).toEqual([6432])
    expect(egressPorts({ database: { backend: 'custom', existingSecret: 'db' }, networkPolicy: { databasePort: 7432 } })).toEqual([7432])
    expect(egressPorts(sqlite)).toEqual([])
    expect(egressPorts(over(postgres, authenticated, at('auth.jwksUrl', 'https://id:8443/keys')))).toEqual([5432, '8443'].map(Number))
    expect(egressPorts(over(postgres, authenticated))).toEqual([5432, 443])
    expect(egressPorts(over(postgres, { tracing: { enabled: true, otlpEndpoint: 'https://otel.example/v1/traces' } }))).toEqual([5432, 443])
    expect(egressPorts(over(postgres, { rateLimit: { enabled: true, storageBackend: 'memory' } }))).toEqual([5432])
    expect(egressPorts(over(postgres, { rateLimit: { enabled: true }, redis: { port: 6380 } }))).toEqual([5432, 6380])
    expect(egressPorts(over(postgres, { rateLimit: { enabled: true, storageUrl: 'rediss://u:p@r:7000/0' } }))).toEqual([5432, 7000])
    expect(egressPorts(over(postgres, { rateLimit: { enabled: true, existingSecret: 'x' }, networkPolicy: { redisPort: 7001 } }))).toEqual([5432, 7001])
    expect(egressPorts(over(sqlite, { litestream: { enabled: true, replica: { url: 's3://b/p' } } }))).toEqual([443])
    expect(egressPorts(over(sqlite, { litestream: { enabled: true, replica: { bucket: 'b', path: 'p', endpoint: 'http://minio:9000' } } }))).toEqual([9000])
  })

  test('H18: networks narrow egress, and a bare address becomes one', () => {
    const rules = egress(over(postgres, { networkPolicy: { databaseCIDR: '10.0.0.5' } }))
    expect(rules.find(({ ports }) => ports[0].port === 5432).to).toEqual([{ ipBlock: { cidr: '10.0.0.5/32' } }])
  })

  test('H18: only known callers come in, Prometheus and helm test among them', () => {
    const values = over(postgres, { networkPolicy: { enabled: true, ingressNamespaces: ['traefik'] }, metrics: { enabled: true } })
    const manifests = manifestsOf(values)
    const [rule] = one(manifests, 'NetworkPolicy').spec.ingress
    expect(rule).toEqual({
      from: [
        { podSelector: {} },
        { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'traefik' } } },
        { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } },
      ],
      ports: [{ protocol: 'TCP', port: 8000 }],
    })
    const testPolicy = one(manifests, 'NetworkPolicy', 'orders-test')
    expect(matches(testPolicy.spec.podSelector.matchLabels, one(manifests, 'Pod', 'orders-test').metadata.labels)).toBe(true)
    expect(testPolicy.spec.egress[1].ports).toEqual([{ protocol: 'TCP', port: 8000 }])
  })

  test('H18: the migration may reach the database and nothing else', () => {
    const manifests = manifestsOf(over(postgres, authenticated, { networkPolicy: { enabled: true }, cache: { enabled: true } }))
    const policy = one(manifests, 'NetworkPolicy', 'orders-migrate')
    expect(policy.spec.egress.flatMap(({ ports }: Manifest) => ports.map(({ port }: Manifest) => port))).toEqual([53, 53, 5432])
    expect(policy.spec).not.toHaveProperty('ingress')
    expect(matches(policy.spec.podSelector.matchLabels, job(at('networkPolicy.enabled', true)).spec.template.metadata.labels)).toBe(true)
  })

  test('H19: LiteFS is refused with a way out', () => {
    expect(failureOf(over(sqlite, at('litefs.enabled', true)))).toMatch(/litefs\.enabled: .*litestream\.enabled/)
  })

  const litestream = (replica: Values, more: Values = {}): Values => over(sqlite, { litestream: { enabled: true, replica } }, more)
  const litestreamConfig = (values: Values): string => one(manifestsOf(values), 'ConfigMap', 'orders-litestream').data['litestream.yml']

  test('H20: Litestream takes a bucket or a URL, never both', () => {
    expect(failureOf(litestream({ bucket: 'b', path: 'p', url: 's3://b/p' }))).toContain('litestream.replica.url: Litestream refuses it together')
    expect(failureOf(litestream({}))).toContain('litestream.replica.bucket: the copy needs a place')
    expect(failureOf(litestream({ type: 'abs', bucket: 'b', path: 'p' }))).toContain('abs needs a URL')
    expect(litestreamConfig(litestream({ url: 's3://b/p' }))).not.toMatch(/type|bucket|path: p/)
  })

  test('H20: restoring reads the same file and the same place as replicating', () => {
    const values = litestream({ bucket: 'b', path: 'p', endpoint: 'https://minio', region: 'eu' }, at('database.sqlite.path', './data/db/other.db'))
    expect(litestreamConfig(values)).toBe(
      'dbs:\n- path: /app/data/db/other.db\n  replicas:\n  - bucket: b\n    endpoint: https://minio\n    path: p\n    region: eu\n    type: s3\n',
    )
    const [restore, replicate] = pod(values).initContainers
    expect(restore.args).toEqual(['restore', '-no-expand-env', '-if-db-not-exists', '-if-replica-exists', '-config', '/etc/litestream.yml', '/app/data/db/other.db'])
    expect(replicate.args).toEqual(['replicate', '-no-expand-env', '-config', '/etc/litestream.yml'])
  })

  test('H20: the sidecar ends after the application, so the last changes are copied', () => {
    const containers = pod(litestream({ url: 's3://b/p' })).initContainers
    expect(containers.map(({ name, restartPolicy }: Manifest) => [name, restartPolicy])).toEqual([['litestream-restore', undefined], ['litestream', 'Always']])
  })

  test('H22: as many samples are taken as were allowed', () => {
    const monitor = { metrics: { enabled: true }, serviceMonitor: { enabled: true } }
    expect(one(manifestsOf(over(postgres, monitor)), 'ServiceMonitor').spec.sampleLimit).toBe(5000)
    expect(one(manifestsOf(over(postgres, monitor, at('serviceMonitor.sampleLimit', 0))), 'ServiceMonitor').spec).not.toHaveProperty('sampleLimit')
  })

  test('H23: each pod is scraped once, by an address that it trusts', () => {
    const values = over(sqlite, { metrics: { enabled: true }, serviceMonitor: { enabled: true } })
    const manifests = manifestsOf(values)
    const { matchLabels } = one(manifests, 'ServiceMonitor').spec.selector
    expect(all(manifests, 'Service').filter(({ metadata }) => matches(matchLabels, metadata.labels)).map(({ metadata }) => metadata.name)).toEqual(['orders'])
    expect(trustedHosts(values)).toContain('$(POD_IP)')
    expect(failureOf(over(values, at('security.trustPodIP', false)))).toContain('security.trustPodIP: Prometheus scrapes pods by address')
    expect(failureOf(over(values, at('metrics.enabled', false)))).toContain('serviceMonitor.enabled: there is nothing to scrape')
  })

  test('H24: a limiter on Redis that readiness does not watch is warned about', () => {
    expect(warnings(at('rateLimit.enabled', true))).toContain('While Redis is away')
    expect(warnings({ rateLimit: { enabled: true }, cache: { enabled: true } })).not.toContain('While Redis is away')
  })
})

describe.skipIf(helm === undefined)('medium', () => {
  test.each<[string, Values, (manifests: readonly Manifest[]) => unknown, unknown]>([
    ['database.maxOverflow', postgres, (m) => environment(m).APP_DATABASE_MAX_OVERFLOW, '0'],
    ['database.sqlite.busyTimeout', sqlite, (m) => environment(m).APP_DATABASE_SQLITE_BUSY_TIMEOUT, '0'],
    ['database.sqlite.cacheSize', sqlite, (m) => environment(m).APP_DATABASE_SQLITE_CACHE_SIZE, '0'],
    ['auth.clockSkew', over(postgres, authenticated), (m) => environment(m).APP_AUTH_CLOCK_SKEW_SECONDS, '0'],
    ['cache.redisDb', over(postgres, at('cache.enabled', true)), (m) => environment(m).APP_CACHE_REDIS_DB, '0'],
    ['security.hstsMaxAge', over(postgres, at('security.hstsEnabled', true)), (m) => environment(m).APP_SECURITY_HSTS_MAX_AGE_SECONDS, '0'],
    ['revisionHistoryLimit', postgres, (m) => workload(m).spec.revisionHistoryLimit, 0],
    ['strategy.maxSurge', over(postgres, at('strategy.maxUnavailable', 1)), (m) => workload(m).spec.strategy.rollingUpdate.maxSurge, 0],
    ['migrations.backoffLimit', postgres, (m) => one(m, 'Job', 'orders-migrate').spec.backoffLimit, 0],
    ['autoscaling.scaleDownStabilization', over(postgres, at('autoscaling.enabled', true)), (m) => one(m, 'HorizontalPodAutoscaler').spec.behavior.scaleDown.stabilizationWindowSeconds, 0],
    ['autoscaling.scaleUpStabilization', over(postgres, at('autoscaling.enabled', true)), (m) => one(m, 'HorizontalPodAutoscaler').spec.behavior.scaleUp.stabilizationWindowSeconds, 0],
    ['probes.startup.initialDelaySeconds', postgres, (m) => appContainer(m).startupProbe.initialDelaySeconds, 0],
    ['probes.liveness.initialDelaySeconds', postgres, (m) => appContainer(m).livenessProbe.initialDelaySeconds, 0],
    ['probes.readiness.initialDelaySeconds', postgres, (m) => appContainer(m).readinessProbe.initialDelaySeconds, 0],
    ['terminationGracePeriodSeconds', over(postgres, at('preStopSleepSeconds', 0)), (m) => workload(m).spec.template.spec.terminationGracePeriodSeconds, 0],
    ['replicaCount', postgres, (m) => workload(m).spec.replicas, 0],
  ])('M1: %s 0 is 0', (path, values, read, expected) => {
    expect(read(manifestsOf(over(values, at(path, 0))))).toBe(expected)
  })

  test('M1: an empty cache prefix is empty, and 0 where it means "none" is left out', () => {
    expect(env({ cache: { enabled: true, keyPrefix: '' } }, 'APP_CACHE_KEY_PREFIX')).toBe('')
    expect(env({ app: { limitConcurrency: 0, limitMaxRequests: 0 } }, 'UVICORN_LIMIT_CONCURRENCY')).toBeUndefined()
    expect(env(at('app.limitConcurrency', 50), 'UVICORN_LIMIT_CONCURRENCY')).toBe('50')
  })

  const budget = (values: Values): Manifest => all(manifestsOf(over(postgres, values)), 'PodDisruptionBudget')[0]?.spec

  test('M2: a budget says what was asked for, and is left out where one pod runs', () => {
    expect(budget({})).toMatchObject({ maxUnavailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow' })
    expect(budget(at('podDisruptionBudget.minAvailable', 0))).toMatchObject({ minAvailable: 0 })
    expect(budget(at('podDisruptionBudget.minAvailable', 1))).toMatchObject({ minAvailable: 1 })
    expect(budget(at('podDisruptionBudget.minAvailable', '50%'))).toMatchObject({ minAvailable: '50%' })
    expect(budget(at('podDisruptionBudget.maxUnavailable', '25%'))).toMatchObject({ maxUnavailable: '25%' })
    expect(budget(at('podDisruptionBudget.maxUnavailable', ''))).toMatchObject({ maxUnavailable: 1 })
    for (const one of [{ replicaCount: 1 }, { autoscaling: { enabled: true, minReplicas: 1 } }]) expect(budget(one)).toBeUndefined()
    expect(all(manifestsOf(sqlite), 'PodDisruptionBudget')).toEqual([])
  })

  test.each<[string, Values]>([
    ['minAvailable', { minAvailable: 2 }],
    ['minAvailable', { minAvailable: '100%' }],
    ['minAvailable', { minAvailable: '51%' }],
    ['maxUnavailable', { maxUnavailable: 0 }],
    ['maxUnavailable', { maxUnavailable: '0%' }],
  ])('M2: a budget that no drain can meet is refused: %s of %j', (key, podDisruptionBudget) => {
    expect(failureOf(over(postgres, { podDisruptionBudget }))).toContain(`podDisruptionBudget.${key}:`)
  })

  const resources = (values: Values): Manifest => appContainer(manifestsOf(over(postgres, values))).resources

  test('M3: the preset works beside single quantities, and an unknown one is refused', () => {
    expect(resources({ resourcePreset: 'large' })).toEqual({
      requests: { cpu: '500m', memory: '1Gi', 'ephemeral-storage': '50Mi' },
      limits: { cpu: '1', memory: '2Gi', 'ephemeral-storage': '4Gi' },
    })
    expect(resources({ resources: { limits: { cpu: 2 } } })).toMatchObject({ requests: { cpu: '100m' }, limits: { cpu: '2', memory: '512Mi' } })
    expect(resources({ resourcePreset: '', resources: { requests: { cpu: '1' } } })).toEqual({ requests: { cpu: '1' } })
    expect(resources({ app: { workers: 3 } })).toMatchObject({ limits: { cpu: '3' } })
    expect(resources({ resources: { requests: { cpu: '1500m' } } })).toMatchObject({ limits: { cpu: '1500m' } })
    expect(failureOf(over(postgres, at('resourcePreset', 'huge')))).toContain('/resourcePreset')
  })

  test('M3: a request never exceeds its limit', () => {
    expect(resources({ resources: { limits: { memory: '128Mi' } } })).toMatchObject({ requests: { memory: '128Mi' }, limits: { memory: '128Mi' } })
    expect(resources({ resources: { requests: { memory: '1.5Gi' } } })).toMatchObject({ requests: { memory: '1.5Gi' }, limits: { memory: '1.5Gi' } })
    expect(resources({ resources: { limits: { cpu: '0.05' } } })).toMatchObject({ requests: { cpu: '0.05' }, limits: { cpu: '0.05' } })
    expect(failureOf(over(postgres, { resources: { requests: { cpu: 2 }, limits: { cpu: '500m' } } }))).toContain('resources.requests.cpu: 2 is more than the limit of 500m')
  })

  test('M4: spread constraints get the selector that they lack', () => {
    const selector = { matchLabels: { 'app.kubernetes.io/name': 'orders', 'app.kubernetes.io/instance': 'orders' } }
    const own = { matchLabels: { x: 'y' } }
    const constraint = { topologyKey: 'zone', maxSkew: 1, whenUnsatisfiable: 'DoNotSchedule' }
    expect(pod(over(postgres, { topologySpreadConstraints: [constraint, { ...constraint, labelSelector: own }] })).topologySpreadConstraints).toEqual([
      { ...constraint, labelSelector: selector },
      { ...constraint, labelSelector: own },
    ])
    expect(pod(postgres).topologySpreadConstraints).toEqual([
      { topologyKey: 'topology.kubernetes.io/zone', maxSkew: 1, whenUnsatisfiable: 'ScheduleAnyway', labelSelector: selector, matchLabelKeys: ['pod-template-hash'] },
    ])
    expect(pod(over(postgres, at('topologySpreadType', '')))).not.toHaveProperty('topologySpreadConstraints')
  })

  test('M5: the longest names leave room for every suffix, and stay apart', () => {
    const long = 'a'.repeat(53)
    const names = (release: string): string[] =>
      [sqlite, over(sqlite, { litestream: { enabled: true, replica: { url: 's3://b/p' } } }), over(postgres, { networkPolicy: { enabled: true } })].flatMap((values) =>
        manifestsOf(values, { release }).flatMap(({ metadata }) => [metadata.name, ...Object.values(metadata.labels as Record<string, string>)]),
      )
    for (const name of names(long)) expect(name.length, name).toBeLessThanOrEqual(63)
    expect(one(manifestsOf(sqlite, { release: long }), 'StatefulSet').metadata.name.length).toBeLessThanOrEqual(52)
    expect(workload(manifestsOf(postgres, { release: `${long.slice(1)}b` })).metadata.name).not.toBe(workload(manifestsOf(postgres, { release: long })).metadata.name)
    expect(workload(manifestsOf(postgres, { release: 'team.orders' })).metadata.name).toBe('team-orders')
    expect(failureOf(postgres, { release: '1st' })).toContain('does not begin with a letter')
    expect(workload(manifestsOf(over(postgres, at('fullnameOverride', 'b'.repeat(63))))).metadata.name.length).toBe(52)
  })

  test('M6: Jobs and tests are found by no selector of the application', () => {
    const manifests = manifestsOf(over(postgres, { networkPolicy: { enabled: true }, podLabels: { 'app.kubernetes.io/name': 'other' } }))
    const selector = workload(manifests).spec.selector.matchLabels
    const found = podsIn(manifests).filter(({ labels }) => matches(selector, labels)).map(({ owner }) => owner)
    expect(found).toEqual(['Deployment orders'])
  })

  test('M7: the test uses the image itself, its pull secrets, and a name that is trusted', () => {
    const values = over(postgres, { imagePullSecrets: ['pull'], tolerations: [{ key: 'a', operator: 'Exists' }], global: { imageRegistry: 'mirror.example.com' } })
    const { spec } = one(manifestsOf(values), 'Pod', 'orders-test')
    expect(spec).toMatchObject({ imagePullSecrets: [{ name: 'pull' }], tolerations: [{ key: 'a' }] })
    expect(spec.containers.map(({ name }: Manifest) => name)).toEqual(['liveness', 'readiness'])
    for (const container of spec.containers) {
      expect(container.image).toBe('mirror.example.com/patrykquantumnomad/fastapi-chassis:v1.0.0')
      expect(container.command).toEqual(['python', '/app/ops/http_probe.py'])
      expect(container.args).toEqual(expect.arrayContaining(['--host=orders', '--port=80', '--host-header=orders']))
      expect(trustedHosts(values)).toContain('orders')
    }
    expect(all(manifestsOf(over(postgres, at('tests.enabled', false))), 'Pod')).toEqual([])
  })

  test('M8: no password is dropped, and no unused Secret is asked for', () => {
    expect(failureOf({ secret: { create: false }, database: { postgres: { password: 'letters-1' } } })).toContain('secret.create: is off, so nothing would carry APP_DATABASE_POSTGRES_PASSWORD')
    expect(all(manifestsOf(over(postgres, at('secret.create', false))), 'Secret')).toEqual([])
    const unused = { redis: { existingSecret: 'redis' }, auth: { existingSecret: 'jwt' }, tracing: { existingSecret: 'otel' }, cache: { existingSecret: 'c' }, rateLimit: { existingSecret: 'r' } }
    expect(JSON.stringify(manifestsOf(over(postgres, unused)))).not.toMatch(/"(redis|jwt|otel|c|r)","key"/)
    expect(appContainer(manifestsOf(over(postgres, unused))).env.filter((each: Manifest) => each.valueFrom?.secretKeyRef)).toHaveLength(1)
    expect(all(manifestsOf(postgres), 'Secret')).toEqual([])
  })

  test('M9: an extra variable replaces the one of the same name, whatever it is called', () => {
    const values = over(postgres, { extraEnv: { APP_LOG_LEVEL: 'DEBUG', N: 1, y: 'no', null: 'x' } })
    const text = renderWithHelm(values).text
    expect(text.match(/APP_LOG_LEVEL:/g)).toHaveLength(2) // the ConfigMap, and its copy for the migration
    expect(environment(manifestsOf(values))).toMatchObject({ APP_LOG_LEVEL: 'DEBUG', N: '1', y: 'no', null: 'x' })
    expect(failureOf(over(postgres, at('extraEnv', { 'a b': 1 })))).toContain("'a b'")
    expect(failureOf(over(postgres, at('extraEnv.APP_PORT', '9000')))).toContain('extraEnv.APP_PORT: probes, ports and volumes follow app.port')
  })

  test('M10: an Ingress has hosts, paths, and no empty Secret name', () => {
    expect(failureOf(over(postgres, { ingress: { enabled: true, tls: [{ secretName: 'tls' }] } }))).toContain('ingress.hosts: an Ingress needs at least one host')
    const { spec } = one(manifestsOf(over(postgres, hosts, { ingress: { tls: [{}, { secretName: 'tls', hosts: ['b.example.com'] }] } })), 'Ingress')
    expect(spec.rules).toEqual([
      { host: 'api.example.com', http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'orders', port: { name: 'http' } } } }] } },
    ])
    expect(spec.tls).toEqual([{ hosts: ['api.example.com'] }, { hosts: ['b.example.com'], secretName: 'tls' }])
    expect(spec).not.toHaveProperty('ingressClassName')
  })

  test('M11: pods leave the load balancer before they stop, and requests get time to end', () => {
    expect(appContainer(manifestsOf(postgres)).lifecycle).toEqual({ preStop: { sleep: { seconds: 5 } } })
    expect(appContainer(manifestsOf(postgres, { kubeVersion: '1.29.0' })).lifecycle).toEqual({ preStop: { exec: { command: ['sleep', '5'] } } })
    expect(appContainer(manifestsOf(over(postgres, at('preStopSleepSeconds', 0))))).not.toHaveProperty('lifecycle')
    expect(env({}, 'UVICORN_TIMEOUT_GRACEFUL_SHUTDOWN')).toBe('32')
    expect(env(at('app.gracefulShutdownTimeout', 10), 'UVICORN_TIMEOUT_GRACEFUL_SHUTDOWN')).toBe('10')
    expect(warnings(at('terminationGracePeriodSeconds', 30))).toContain('long requests are cut off')
    expect(failureOf(over(postgres, at('terminationGracePeriodSeconds', 3)))).toContain('must not be shorter than preStopSleepSeconds')
  })

  test('M12: no variables of other Services reach the application', () => {
    for (const { spec, owner } of podsIn(manifestsOf(postgres))) expect(spec.enableServiceLinks, owner).toBe(false)
  })

  test('M13: a readiness probe that its own checks outlast is warned about', () => {
    expect(warnings({})).not.toContain('probes.readiness.timeoutSeconds')
    expect(warnings(over(authenticated, { cache: { enabled: true } }))).toContain('above the 9 seconds')
  })

  test('M14: autoscaling has a target, a request to measure it by, and no fixed replicas', () => {
    const scaled = over(postgres, at('autoscaling.enabled', true))
    expect(workload(manifestsOf(scaled)).spec).not.toHaveProperty('replicas')
    expect(one(manifestsOf(over(scaled, at('autoscaling.targetMemoryUtilizationPercentage', 0))), 'HorizontalPodAutoscaler').spec.metrics).toHaveLength(1)
    expect(failureOf(over(scaled, { autoscaling: { targetCPUUtilizationPercentage: 0, targetMemoryUtilizationPercentage: 0 } }))).toContain('nothing tells when to scale')
    expect(failureOf(over(scaled, { autoscaling: { targetCPUUtilizationPercentage: null, targetMemoryUtilizationPercentage: null } }))).toContain('nothing tells when to scale')
    expect(failureOf(over(scaled, at('resourcePreset', '')))).toContain('resources.requests.cpu: the CPU target is a part of the request')
    expect(failureOf(over(scaled, { autoscaling: { minReplicas: 5, maxReplicas: 3 } }))).toContain('autoscaling.minReplicas: must not exceed')
    expect(warnings(at('podAntiAffinityType', 'hard'))).toContain('needs more nodes than pods')
    expect(failureOf(over(postgres, { strategy: { maxSurge: 0, maxUnavailable: '0%' } }))).toContain('no rollout can begin')
  })

  test('M15 to M17: what has no effect is not sent, or warned about', () => {
    expect(env({}, 'APP_DATABASE_CONNECT_TIMEOUT_SECONDS')).toBeUndefined()
    expect(environment(manifestsOf(sqlite)).APP_DATABASE_CONNECT_TIMEOUT_SECONDS).toBe('5')
    expect(warnings(at('app.logFormat', 'text'))).toContain('leaves method, path and status out')
    expect(warnings(at('app.docsEnabled', true))).toContain('answer 404 until app.openapiEnabled is on')
  })

  test('M24: a claim of your own, what becomes of a claim, and no file outside the volume', () => {
    const mine = manifestsOf(over(sqlite, at('persistence.existingClaim', 'mine')))
    expect(workload(mine).spec).not.toHaveProperty('volumeClaimTemplates')
    expect(workload(mine).spec.template.spec.volumes).toContainEqual({ name: 'data', persistentVolumeClaim: { claimName: 'mine' } })
    const own = workload(manifestsOf(over(sqlite, { persistence: { whenDeleted: 'Delete', size: 1000000000, storageClass: 'fast' } }))).spec
    expect(own.persistentVolumeClaimRetentionPolicy).toEqual({ whenDeleted: 'Delete', whenScaled: 'Retain' })
    expect(own.volumeClaimTemplates[0].spec).toEqual({ accessModes: ['ReadWriteOnce'], storageClassName: 'fast', resources: { requests: { storage: '1000000000' } } })
    expect(appContainer(manifestsOf(sqlite)).volumeMounts).toContainEqual({ name: 'data', mountPath: '/app/data' })
    for (const path of ['/tmp/app.db', './app.db', '/app/database/app.db']) expect(failureOf(over(sqlite, at('database.sqlite.path', path)))).toContain('/database/sqlite/path')
    for (const path of ['./data/../app.db', './data/x/..']) expect(failureOf(over(sqlite, at('database.sqlite.path', path)))).toContain('database.sqlite.path: must lie below ./data')
  })

  test('M25: typos and impossible choices are refused', () => {
    expect(failureOf(at('database.backend', 'mysql'))).toContain("at '/database/backend'")
    expect(failureOf(over(postgres, at('podAntiAffinityType', 'bogus')))).toContain("at '/podAntiAffinityType'")
    expect(failureOf(over(postgres, at('databse.backend', 'sqlite')))).toContain("'databse' not allowed")
    expect(failureOf(over(postgres, at('app.prot', 1)))).toContain("'prot' not allowed")
  })

  test('M26: notes warn of what matters and of nothing else', () => {
    expect(warnings({})).toBe('')
    expect(warnings(at('image.tag', 'latest'))).toContain('image.tag "latest" moves')
    expect(warnings({ image: { tag: 'latest', digest: `sha256:${'0'.repeat(64)}` } })).toBe('')
    expect(warnings(at('security.trustedHosts', ['*']))).toContain('any host name')
    expect(warnings(over(sqlite))).toContain('The SQLite file has no copy')
    expect(warnings(over(sqlite, at('persistence.accessMode', 'ReadWriteMany')))).toContain('network filesystem')
    expect(warnings(hosts)).toMatch(/does not name the ingress controller[\s\S]*no TLS/)
    expect(warnings(at('security.hstsEnabled', true))).toContain('no effect without TLS')
    expect(warnings(at('app.debug', true))).toContain('tracebacks')
    expect(warnings({ rateLimit: { enabled: true, storageBackend: 'memory' } })).toContain('counts in each pod alone')
    expect(warnings(at('migrations.enabled', false))).toContain('Nothing migrates')
    expect(warnings({ replicaCount: 1, database: { runMigrations: true } })).toContain('Migrations run twice')
    expect(warnings(at('autoscaling.enabled', true))).toContain('150 database connections')
    expect(notesOf(postgres)).not.toMatch(/\n{3}/)
  })

  test('M27: a public key without line breaks is refused', () => {
    const auth = { enabled: true, jwtIssuer: 'i', jwtAudience: 'a' }
    const pem = '-----BEGIN PUBLIC KEY-----\nabc\n-----END PUBLIC KEY-----\n'
    expect(failureOf(over(postgres, { auth: { ...auth, jwtPublicKey: pem.replaceAll('\n', '\\n') } }))).toContain('auth.jwtPublicKey: must be a PEM text with real line breaks')
    expect(one(manifestsOf(over(postgres, { auth: { ...auth, jwtPublicKey: pem } })), 'Secret').stringData.APP_AUTH_JWT_PUBLIC_KEY).toBe(pem)
  })

  test('M29: a URL cannot silently win over SQLite', () => {
    expect(failureOf(over(sqlite, at('extraSecretEnv.APP_DATABASE_URL', 'x')))).toContain('extraSecretEnv.APP_DATABASE_URL: would win')
    expect(failureOf(custom('sqlite+aiosqlite:///x.db'))).toContain('use database.backend=sqlite')
  })
})

describe.skipIf(helm === undefined)('low', () => {
  test('L1: Kubernetes before 1.29 is refused', () => {
    expect(failureOf(postgres, { kubeVersion: '1.28.0' })).toContain('kubeVersion')
    expect(failureOf(over(postgres, at('kubeVersionOverride', '1.20')))).toContain('kubeVersionOverride:')
    expect(appContainer(manifestsOf(over(postgres, at('kubeVersionOverride', '1.29')))).lifecycle.preStop).toHaveProperty('exec')
  })

  test('L2: an empty storage class is the default one, and - is none', () => {
    const claim = (values: Values): Manifest => workload(manifestsOf(over(sqlite, values))).spec.volumeClaimTemplates[0].spec
    expect(claim({})).not.toHaveProperty('storageClassName')
    expect(claim(at('persistence.storageClass', '-')).storageClassName).toBe('')
    expect(claim({ global: { storageClass: 'house' }, persistence: { storageClass: 'own' } }).storageClassName).toBe('house')
  })

  test('L3: a token is mounted where it is asked for, and only there', () => {
    const manifests = manifestsOf(over(postgres, at('serviceAccount.automount', true)))
    expect(Object.fromEntries(podsIn(manifests).map(({ owner, spec }) => [owner, spec.automountServiceAccountToken]))).toEqual({
      'Deployment orders': true,
      'Job orders-migrate': false,
      'Pod orders-test': false,
    })
  })

  test('L5: ids can be left to the cluster, and nothing can be loosened', () => {
    const open = over(postgres, { podSecurityContext: { runAsUser: null, runAsGroup: null, fsGroup: null } })
    expect(pod(open).securityContext).toEqual({ runAsNonRoot: true, fsGroupChangePolicy: 'OnRootMismatch', seccompProfile: { type: 'RuntimeDefault' } })
    expect(appContainer(manifestsOf(open)).securityContext).not.toHaveProperty('runAsUser')
    for (const [key, value] of [['privileged', true], ['allowPrivilegeEscalation', true], ['runAsNonRoot', false], ['runAsUser', 0], ['readOnlyRootFilesystem', false], ['capabilities', { add: ['NET_ADMIN'] }], ['seccompProfile', { type: 'Unconfined' }], ['capabilities', null]] as const)
      expect(failureOf(over(postgres, { containerSecurityContext: { [key]: value } })), key).toContain(`containerSecurityContext.${key}`)
    expect(failureOf(over(postgres, { podSecurityContext: { runAsNonRoot: false } }))).toContain('podSecurityContext.runAsNonRoot')
    expect(failureOf(over(postgres, { sidecars: [{ name: 'x', securityContext: { privileged: true } }] }))).toContain('sidecars.x.privileged')
    expect(failureOf(over(postgres, { extraVolumes: [{ name: 'x', hostPath: { path: '/' } }] }))).toContain('extraVolumes.x: a hostPath')
  })

  test('L6: a label stands once, and never against a selector', () => {
    const manifests = manifestsOf(over(postgres, {
      commonLabels: { team: 'core', 'app.kubernetes.io/instance': 'other' },
      podLabels: { team: 'web' },
      metrics: { enabled: true },
      serviceMonitor: { enabled: true, labels: { team: 'ops' } },
    }))
    expect(workload(manifests).metadata.labels).toMatchObject({ team: 'core', 'app.kubernetes.io/instance': 'orders' })
    expect(workload(manifests).spec.template.metadata.labels.team).toBe('web')
    expect(one(manifests, 'ServiceMonitor').metadata.labels.team).toBe('ops')
  })

  test('L11: a new chart restarts nothing, a new setting does', () => {
    const template = (values: Values): Manifest => workload(manifestsOf(over(postgres, values))).spec.template.metadata
    expect(template({}).labels).not.toHaveProperty('helm.sh/chart')
    expect(template(at('app.requestTimeout', 31)).annotations['checksum/config']).not.toBe(template({}).annotations['checksum/config'])
    expect(template(at('extraSecretEnv.A', '1')).annotations['checksum/secret']).not.toBe(template(at('extraSecretEnv.A', '2')).annotations['checksum/secret'])
  })

  test('L12: several pods never migrate at once', () => {
    expect(failureOf(over(postgres, at('database.runMigrations', true)))).toContain('database.runMigrations: several pods would migrate at once')
  })
})

describe.skipIf(helm === undefined)('what the application refuses is refused here', () => {
  test.each<[string, Values, string]>([
    ['equal paths', at('app.readinessCheckPath', '/healthcheck'), 'app.readinessCheckPath'],
    ['a path without slash', at('app.healthCheckPath', 'health'), '/app/healthCheckPath'],
    ['credentials for everyone', { cors: { allowedOrigins: ['*'], allowCredentials: true } }, 'cors.allowedOrigins'],
    ['auth without keys', { auth: { enabled: true, jwtIssuer: 'i', jwtAudience: 'a' } }, 'auth.jwksUrl'],
    ['auth without issuer', over(authenticated, at('auth.jwtIssuer', '')), 'auth.jwtIssuer'],
    ['auth without audience', over(authenticated, at('auth.jwtAudience', '')), 'auth.jwtAudience'],
    ['mixed algorithms', over(authenticated, at('auth.jwtAlgorithms', ['RS256', 'PS256'])), 'exactly one family'],
    ['no algorithm', over(authenticated, at('auth.jwtAlgorithms', [])), 'exactly one family'],
    ['an unknown algorithm', over(authenticated, at('auth.jwtAlgorithms', ['RS999'])), '"RS999"'],
    ['plain http for keys', over(authenticated, at('auth.jwksUrl', 'http://id.example.com')), '/auth/jwksUrl'],
    ['HS256 without secret', { auth: { enabled: true, jwtAlgorithms: ['HS256'], jwtIssuer: 'i', jwtAudience: 'a' } }, 'auth.existingSecret'],
    ['a short secret', { auth: { enabled: true, jwtAlgorithms: ['HS256'], jwtSecret: 'short', jwtIssuer: 'i', jwtAudience: 'a' } }, '32 characters'],
    ['HS256 with a key set', over(authenticated, { auth: { jwtAlgorithms: ['HS256'], jwtSecret: 'x'.repeat(32) } }), 'HS* takes a shared secret'],
    ['RS256 with a shared secret', over(authenticated, at('auth.jwtSecret', 'x'.repeat(32))), 'goes with HS* only'],
    ['a certificate check without certificate', at('database.postgres.sslMode', 'verify-full'), 'database.postgres.sslRootCert'],
    ['an own cache URL that nothing gives', { cache: { enabled: true, explicitUrl: true } }, 'cache.existingSecret'],
  ])('%s', (_, values, words) => {
    expect(failureOf(over(postgres, values))).toContain(words)
  })

  test('everything that is wrong is said at once', () => {
    expect(failureOf({ app: { readinessCheckPath: '/healthcheck' }, auth: { enabled: true } }).match(/\n- /g)?.length).toBeGreaterThan(3)
  })
})
