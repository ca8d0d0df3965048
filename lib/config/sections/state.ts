import { bool, choice, int, map, secret, text, yaml } from '../field.ts'
import { dataKey, host, line, objectName, quantity, quantitySchema } from '../patterns.ts'
import { bundledPostgresFields, bundledRedisFields } from './bundled.ts'
import { onCompose, onKubernetes, section } from './section.ts'

const emptyOr = (rule: { pattern: string; hint: string; maxLength?: number }) => ({
  ...rule,
  pattern: `^(${rule.pattern.slice(1, -1)})?$`,
})

const onPostgres = { 'database.backend': 'postgres' } as const
const onSqlite = { 'database.backend': 'sqlite' } as const
const onCustom = { 'database.backend': 'custom' } as const
const notSqlite = { 'database.backend': ['postgres', 'custom'] } as const
const litestream = { ...onKubernetes, ...onSqlite, 'litestream.enabled': true } as const

export const database = section({
  id: 'database',
  group: 'State',
  title: 'Database',
  help: 'Where the service keeps its state. Postgres and custom databases run as a Deployment that scales; SQLite runs with its own volume and exactly one replica.',
  fields: {
    'database.backend': choice('postgres', { postgres: 'Postgres', sqlite: 'SQLite', custom: 'Custom' }, {
      env: 'APP_DATABASE_BACKEND',
      label: 'Backend',
    }),
    'vm.postgres': choice('bundled', { bundled: 'In the stack', external: 'External' }, {
      when: { ...onCompose, ...onPostgres },
      label: 'Postgres on the VM',
    }),
    ...bundledPostgresFields,
    'database.postgres.host': text('postgres', {
      ...host,
      required: true,
      env: 'APP_DATABASE_POSTGRES_HOST',
      when: onPostgres,
      label: 'Host',
    }),
    'database.postgres.port': int(5432, [1, 65535], {
      env: 'APP_DATABASE_POSTGRES_PORT',
      when: onPostgres,
      label: 'Port',
    }),
    'database.postgres.name': text('fastapi_chassis', {
      pattern: '^[A-Za-z0-9_][A-Za-z0-9_.-]*$',
      hint: 'letters, digits, dashes, dots and underscores',
      maxLength: 63,
      required: true,
      env: 'APP_DATABASE_POSTGRES_NAME',
      when: onPostgres,
      label: 'Database name',
    }),
    'database.postgres.user': text('fastapi', {
      pattern: '^[A-Za-z0-9_][A-Za-z0-9_.-]*$',
      hint: 'letters, digits, dashes, dots and underscores',
      maxLength: 63,
      required: true,
      env: 'APP_DATABASE_POSTGRES_USER',
      when: onPostgres,
      label: 'User',
    }),
    'database.postgres.password': secret({
      env: 'APP_DATABASE_POSTGRES_PASSWORD',
      when: onPostgres,
      label: 'Password',
    }),
    'database.postgres.existingSecret': text('', {
      ...emptyOr(objectName),
      when: { ...onKubernetes, ...onPostgres },
      placeholder: '{release}-secrets',
      label: 'Password Secret',
    }),
    'database.postgres.existingSecretPasswordKey': text('', {
      ...emptyOr(dataKey),
      when: { ...onKubernetes, ...onPostgres },
      placeholder: 'APP_DATABASE_POSTGRES_PASSWORD',
      advanced: true,
      label: 'Key in the Secret',
    }),
    'database.postgres.sslMode': choice(
      'prefer',
      ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'],
      {
        env: 'PGSSLMODE',
        when: onPostgres,
        advanced: true,
        absentAt: 'prefer',
        label: 'TLS to Postgres',
      },
    ),
    'database.postgres.sslRootCert': text('', {
      pattern: '^(/[^\\x00-\\x1f\\x7f$#"\' ]*)?$',
      hint: 'an absolute path inside the container',
      env: 'PGSSLROOTCERT',
      when: { ...onPostgres, 'database.postgres.sslMode': ['verify-ca', 'verify-full'] },
      advanced: true,
      label: 'Root certificate',
    }),
    'database.url': secret({
      env: 'APP_DATABASE_URL',
      when: onCustom,
      label: 'URL',
    }),
    'database.alembicUrl': secret({
      env: 'APP_ALEMBIC_DATABASE_URL',
      when: { ...onCustom, 'database.driver': 'other' },
      label: 'Migration URL',
    }),
    'database.driver': choice(
      'postgresql+asyncpg',
      { 'postgresql+asyncpg': 'postgresql+asyncpg', 'sqlite+aiosqlite': 'sqlite+aiosqlite', other: 'Other' },
      {
        when: onCustom,
        chart: false,
      label: 'Driver of the URL',
      },
    ),
    'networkPolicy.databasePort': int(5432, [1, 65535], {
      when: { ...onKubernetes, ...onCustom },
      label: 'Port of the URL',
    }),
    'database.existingSecret': text('', {
      ...emptyOr(objectName),
      when: { ...onKubernetes, ...onCustom },
      placeholder: '{release}-secrets',
      label: 'URL Secret',
    }),
    'database.existingSecretUrlKey': text('', {
      ...emptyOr(dataKey),
      when: { ...onKubernetes, ...onCustom },
      placeholder: 'APP_DATABASE_URL',
      advanced: true,
      label: 'Key of the URL',
    }),
    'database.existingSecretAlembicUrlKey': text('', {
      ...emptyOr(dataKey),
      when: { ...onKubernetes, ...onCustom },
      placeholder: 'APP_ALEMBIC_DATABASE_URL',
      advanced: true,
      label: 'Key of the migration URL',
    }),
    'database.poolSize': int(5, [1, 100], {
      env: 'APP_DATABASE_POOL_SIZE',
      when: notSqlite,
      unit: 'kept open',
      label: 'Connections per process',
    }),
    'database.maxOverflow': int(10, [0, 100], {
      env: 'APP_DATABASE_MAX_OVERFLOW',
      when: notSqlite,
      unit: 'more in bursts',
      label: 'Burst connections',
    }),
    'database.maxConnections': int(100, [10, 100000], {
      when: notSqlite,
      advanced: true,
      unit: 'connections',
      chart: false,
      label: 'Database limit',
    }),
    'database.poolPrePing': bool(true, {
      env: 'APP_DATABASE_POOL_PRE_PING',
      advanced: true,
      label: 'Verify connections',
    }),
    'database.echo': bool(false, {
      env: 'APP_DATABASE_ECHO',
      advanced: true,
      label: 'Log SQL',
    }),
    'database.connectTimeout': int(5, [1, 60], {
      env: 'APP_DATABASE_CONNECT_TIMEOUT_SECONDS',
      when: onSqlite,
      advanced: true,
      unit: 'seconds',
      label: 'Connect timeout',
    }),
    'database.healthTimeout': int(2, [1, 30], {
      env: 'APP_DATABASE_HEALTH_TIMEOUT_SECONDS',
      advanced: true,
      unit: 'seconds',
      label: 'Health timeout',
    }),
    'database.sqlite.path': text('./data/app.db', {
      pattern: '^(\\./|/app/)data/[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*$',
      hint: 'a file below ./data, the only writable place that is kept',
      required: true,
      env: 'APP_DATABASE_SQLITE_PATH',
      when: onSqlite,
      advanced: true,
      label: 'File',
    }),
    'database.sqlite.journalMode': choice('wal', ['wal', 'delete', 'truncate', 'persist', 'memory', 'off'], {
      env: 'APP_DATABASE_SQLITE_JOURNAL_MODE',
      when: onSqlite,
      advanced: true,
      label: 'Journal mode',
    }),
    'database.sqlite.synchronous': choice('normal', ['off', 'normal', 'full', 'extra'], {
      env: 'APP_DATABASE_SQLITE_SYNCHRONOUS',
      when: onSqlite,
      advanced: true,
      label: 'Synchronous',
    }),
    'database.sqlite.busyTimeout': int(5000, [0, 60000], {
      env: 'APP_DATABASE_SQLITE_BUSY_TIMEOUT',
      when: onSqlite,
      advanced: true,
      unit: 'ms',
      label: 'Busy timeout',
    }),
    'database.sqlite.cacheSize': int(-64000, [-1000000000, 1000000000], {
      env: 'APP_DATABASE_SQLITE_CACHE_SIZE',
      when: onSqlite,
      advanced: true,
      label: 'Page cache',
    }),
    'database.sqlite.mmapSize': int(0, [0, 1099511627776], {
      env: 'APP_DATABASE_SQLITE_MMAP_SIZE',
      when: onSqlite,
      advanced: true,
      unit: 'bytes',
      label: 'Memory map',
    }),
    'database.sqlite.foreignKeys': bool(true, {
      env: 'APP_DATABASE_SQLITE_FOREIGN_KEYS',
      when: onSqlite,
      advanced: true,
      label: 'Foreign keys',
    }),
    'persistence.enabled': bool(true, {
      when: { ...onKubernetes, ...onSqlite },
      advanced: true,
      label: 'Volume',
    }),
    'persistence.size': text('10Gi', {
      ...quantity,
      required: true,
      accepts: quantitySchema,
      when: { ...onKubernetes, ...onSqlite },
      label: 'Volume size',
    }),
    'persistence.storageClass': text('', {
      pattern: '^(-|[a-z0-9]([-a-z0-9.]*[a-z0-9])?)?$',
      hint: 'the name of a StorageClass, or - for none',
      when: { ...onKubernetes, ...onSqlite },
      label: 'Storage class',
    }),
    'persistence.accessMode': choice('ReadWriteOnce', ['ReadWriteOnce', 'ReadWriteOncePod', 'ReadWriteMany'], {
      when: { ...onKubernetes, ...onSqlite },
      advanced: true,
      label: 'Access mode',
    }),
    'persistence.existingClaim': text('', {
      ...emptyOr(objectName),
      when: { ...onKubernetes, ...onSqlite },
      advanced: true,
      label: 'Existing claim',
    }),
    'persistence.annotations': map({
      when: { ...onKubernetes, ...onSqlite },
      advanced: true,
      label: 'Claim annotations',
    }),
    'persistence.whenDeleted': choice('Retain', ['Retain', 'Delete'], {
      when: { ...onKubernetes, ...onSqlite },
      advanced: true,
      label: 'When uninstalled',
    }),
    'sqlite.podManagementPolicy': choice('OrderedReady', ['OrderedReady', 'Parallel'], {
      when: { ...onKubernetes, ...onSqlite },
      advanced: true,
      label: 'Pod management',
    }),
    'litestream.enabled': bool(false, {
      when: { ...onKubernetes, ...onSqlite },
      label: 'Litestream backup',
    }),
    'litestream.replica.type': choice('s3', ['s3', 'gcs', 'abs', 'sftp'], {
      when: litestream,
      label: 'Replica type',
    }),
    'litestream.replica.bucket': text('', {
      ...line,
      when: litestream,
      label: 'Bucket',
    }),
    'litestream.replica.path': text('', {
      ...line,
      when: litestream,
      label: 'Path in the bucket',
    }),
    'litestream.replica.endpoint': text('', {
      ...line,
      when: litestream,
      advanced: true,
      label: 'Endpoint',
    }),
    'litestream.replica.region': text('', {
      ...line,
      when: litestream,
      advanced: true,
      label: 'Region',
    }),
    'litestream.replica.url': text('', {
      ...line,
      when: litestream,
      advanced: true,
      label: 'Replica URL',
    }),
    'litestream.replica.retentionDuration': text('', {
      pattern: '^([0-9]+(s|m|h))?$',
      hint: 'a duration such as 24h',
      when: litestream,
      advanced: true,
      label: 'Retention',
    }),
    'litestream.replica.syncInterval': text('', {
      pattern: '^([0-9]+(ms|s|m|h))?$',
      hint: 'a duration such as 1s',
      when: litestream,
      advanced: true,
      label: 'Sync interval',
    }),
    'litestream.existingSecret': text('', {
      ...emptyOr(objectName),
      when: litestream,
      placeholder: '{release}-litestream',
      label: 'Credentials Secret',
    }),
    'litestream.env': yaml('list', {
      when: litestream,
      advanced: true,
      label: 'Litestream environment',
    }),
    'litestream.image.registry': text('', { ...line, when: litestream, advanced: true, label: 'Litestream registry' }),
    'litestream.image.repository': text('litestream/litestream', { ...line, when: litestream, advanced: true, label: 'Litestream image' }),
    'litestream.image.tag': text('0.3.13', { ...line, when: litestream, advanced: true, label: 'Litestream tag' }),
    'litestream.image.digest': text('', { pattern: '^(sha256:[0-9a-f]{64})?$', hint: 'sha256: and 64 hexadecimal digits', when: litestream, advanced: true, label: 'Litestream digest' }),
    'litestream.resources.requests.cpu': text('50m', { ...quantity, accepts: quantitySchema, when: litestream, advanced: true, label: 'Litestream CPU request' }),
    'litestream.resources.requests.memory': text('64Mi', { ...quantity, accepts: quantitySchema, when: litestream, advanced: true, label: 'Litestream memory request' }),
    'litestream.resources.limits.memory': text('128Mi', { ...quantity, accepts: quantitySchema, when: litestream, advanced: true, label: 'Litestream memory limit' }),
  },
})

export const migrations = section({
  id: 'migrations',
  group: 'State',
  title: 'Migrations',
  help: 'How the database schema is brought up to date before a new version serves requests.',
  fields: {
    'migrations.enabled': bool(true, {
      chartDefault: true,
      label: 'Migrate on deploy',
    }),
    'database.runMigrations': bool(false, {
      env: 'RUN_DB_MIGRATIONS',
      advanced: true,
      label: 'Migrate at every start',
    }),
    'migrations.backoffLimit': int(3, [0, 10], {
      when: { ...onKubernetes, ...notSqlite, 'migrations.enabled': true },
      advanced: true,
      unit: 'retries',
      label: 'Retries',
    }),
    'migrations.activeDeadlineSeconds': int(120, [10, 3600], {
      when: { ...onKubernetes, ...notSqlite, 'migrations.enabled': true },
      advanced: true,
      unit: 'seconds',
      label: 'Deadline',
    }),
    'migrations.ttlSecondsAfterFinished': int(86400, [600, 2592000], {
      when: { ...onKubernetes, ...notSqlite, 'migrations.enabled': true },
      advanced: true,
      unit: 'seconds',
      label: 'Keep the finished Job',
    }),
  },
})

const usesRedis = [
  { 'rateLimit.enabled': true, 'rateLimit.storageBackend': 'redis' },
  { 'cache.enabled': true, 'cache.backend': 'redis' },
] as const
const both = (extra: Readonly<Record<string, string | readonly string[]>>) => usesRedis.map((one) => ({ ...one, ...extra }))

export const redis = section({
  id: 'redis',
  group: 'State',
  title: 'Redis',
  help: 'Shared memory of all replicas, used by the rate limit and the cache when they ask for it.',
  fields: {
    'vm.redis': choice('bundled', { bundled: 'In the stack', external: 'External' }, {
      when: both(onCompose),
      label: 'Redis on the VM',
    }),
    ...bundledRedisFields,
    'redis.host': text('redis', {
      ...host,
      required: true,
      env: 'APP_REDIS_HOST',
      when: usesRedis,
      label: 'Host',
    }),
    'redis.port': int(6379, [1, 65535], {
      env: 'APP_REDIS_PORT',
      when: usesRedis,
      label: 'Port',
    }),
    'redis.db': int(0, [0, 15], {
      env: 'APP_REDIS_DB',
      when: { 'rateLimit.enabled': true, 'rateLimit.storageBackend': 'redis' },
      advanced: true,
      label: 'Database of the rate limit',
    }),
    'redis.auth': bool(true, {
      when: usesRedis,
      chart: false,
      label: 'Password',
    }),
    'redis.password': secret({
      env: 'APP_REDIS_PASSWORD',
      when: usesRedis.map((one) => ({ ...one, 'redis.auth': true })),
      label: 'Password value',
    }),
    'redis.existingSecret': text('', {
      ...emptyOr(objectName),
      when: usesRedis.map((one) => ({ ...one, ...onKubernetes, 'redis.auth': true })),
      placeholder: '{release}-secrets',
      label: 'Password Secret',
    }),
    'redis.existingSecretPasswordKey': text('', {
      ...emptyOr(dataKey),
      when: usesRedis.map((one) => ({ ...one, ...onKubernetes, 'redis.auth': true })),
      placeholder: 'APP_REDIS_PASSWORD',
      advanced: true,
      label: 'Key in the Secret',
    }),
  },
})

const cached = { 'cache.enabled': true } as const
const cachedInRedis = { ...cached, 'cache.backend': 'redis' } as const

export const cache = section({
  id: 'cache',
  group: 'State',
  title: 'Cache',
  help: 'Keeps computed answers for a while. In Redis all replicas share it; in memory each has its own.',
  fields: {
    'cache.enabled': bool(false, { env: 'APP_CACHE_ENABLED', label: 'Cache' }),
    'cache.backend': choice('redis', { redis: 'Redis', memory: 'Memory' }, {
      env: 'APP_CACHE_BACKEND',
      when: cached,
      label: 'Store',
    }),
    'cache.defaultTtl': int(300, [1, 86400], { env: 'APP_CACHE_DEFAULT_TTL_SECONDS', when: cached, unit: 'seconds', label: 'Lifetime' }),
    'cache.maxEntries': int(10000, [1, 1000000], { env: 'APP_CACHE_MAX_ENTRIES', when: { ...cached, 'cache.backend': 'memory' }, advanced: true, unit: 'entries', label: 'Most entries' }),
    'cache.keyPrefix': text('cache:', { ...line, maxLength: 60, env: 'APP_CACHE_KEY_PREFIX', when: cachedInRedis, advanced: true, label: 'Key prefix' }),
    'cache.redisDb': int(1, [0, 15], { env: 'APP_CACHE_REDIS_DB', when: cachedInRedis, advanced: true, label: 'Redis database' }),
    'cache.healthTimeout': int(2, [1, 30], { env: 'APP_CACHE_HEALTH_TIMEOUT_SECONDS', when: cached, advanced: true, unit: 'seconds', label: 'Health timeout' }),
    'cache.storageUrl': secret({ env: 'APP_CACHE_STORAGE_URL', when: { ...cachedInRedis, 'cache.explicitUrl': true }, chart: false,
      label: 'Redis URL' }),
    'cache.explicitUrl': bool(false, { when: cachedInRedis, advanced: true, label: 'Own Redis URL' }),
    'cache.existingSecret': text('', { ...emptyOr(objectName), when: { ...cachedInRedis, ...onKubernetes, 'cache.explicitUrl': true }, placeholder: '{release}-secrets', advanced: true, label: 'URL Secret' }),
    'cache.existingSecretStorageUrlKey': text('', { ...emptyOr(dataKey), when: { ...cachedInRedis, ...onKubernetes, 'cache.explicitUrl': true }, placeholder: 'APP_CACHE_STORAGE_URL', advanced: true, label: 'Key in the Secret' }),
  },
})

