import { bool, choice, int, text } from '../field.ts'
import { onCompose } from './section.ts'

/** Postgres runs in the Compose stack. */
export const bundledPostgres = { ...onCompose, 'database.backend': 'postgres', 'vm.postgres': 'bundled' } as const
const bundledRedis = [
  { ...onCompose, 'rateLimit.enabled': true, 'vm.redis': 'bundled' },
  { ...onCompose, 'cache.enabled': true, 'vm.redis': 'bundled' },
] as const

const size = { pattern: '^[1-9][0-9]*[mg]$', hint: 'a size such as 512m or 2g', required: true }
const cores = { pattern: '^[0-9]+(\\.[0-9]+)?$', hint: 'a number such as 1.0', required: true }
export const digest = { pattern: '^(sha256:[0-9a-f]{64})?$', hint: 'sha256: and 64 hexadecimal digits' }

/** Postgres of the Compose stack: part of the section "Database". */
export const bundledPostgresFields = {
  'vm.postgresVersion': choice('17', ['16', '17', '18'], { when: bundledPostgres, label: 'Postgres version', help: 'The major version of the bundled Postgres; data does not move by itself to another.' }),
  'vm.postgresMemory': text('512m', { ...size, when: bundledPostgres, advanced: true, label: 'Postgres memory', help: 'What the bundled Postgres may use.' }),
  'vm.postgresCpus': text('2.0', { ...cores, when: bundledPostgres, advanced: true, label: 'Postgres CPUs', help: 'How many cores the bundled Postgres may use.' }),
  'vm.postgresDigest': text('', { ...digest, when: bundledPostgres, advanced: true, label: 'Postgres digest', help: 'Pins the exact image; it must be of the version above.' }),
} as const

/** Redis of the Compose stack: part of the section "Redis". */
export const bundledRedisFields = {
  'vm.redisImage': choice('redis', { redis: 'Redis', valkey: 'Valkey' }, { when: bundledRedis, label: 'Redis server', help: 'Redis 7.4, or Valkey 8.1, which has the license that Redis had before.' }),
  'vm.redisMemory': int(96, [16, 65536], { unit: 'MiB', when: bundledRedis, advanced: true, label: 'Redis memory', help: 'Above this Redis drops the oldest keys.' }),
  'vm.redisCpus': text('1.0', { ...cores, when: bundledRedis, advanced: true, label: 'Redis CPUs', help: 'How many cores the bundled Redis may use.' }),
  'vm.redisPersistence': bool(false, { when: bundledRedis, advanced: true, label: 'Keep Redis data', help: 'Writes keys to a volume; counters and caches do not need it.' }),
  'vm.redisDigest': text('', { ...digest, when: bundledRedis, advanced: true, label: 'Redis digest', help: 'Pins the exact image; it must be of the server above.' }),
} as const
