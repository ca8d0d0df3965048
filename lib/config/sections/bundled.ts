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
  'vm.postgresVersion': choice('17', ['16', '17', '18'], { when: bundledPostgres, label: 'Postgres version' }),
  'vm.postgresMemory': text('512m', { ...size, when: bundledPostgres, advanced: true, label: 'Postgres memory' }),
  'vm.postgresCpus': text('2.0', { ...cores, when: bundledPostgres, advanced: true, label: 'Postgres CPUs' }),
  'vm.postgresDigest': text('', { ...digest, when: bundledPostgres, advanced: true, label: 'Postgres digest' }),
} as const

/** Redis of the Compose stack: part of the section "Redis". */
export const bundledRedisFields = {
  'vm.redisImage': choice('redis', { redis: 'Redis', valkey: 'Valkey' }, { when: bundledRedis, label: 'Redis server' }),
  'vm.redisMemory': int(96, [16, 65536], { unit: 'MiB', when: bundledRedis, advanced: true, label: 'Redis memory' }),
  'vm.redisCpus': text('1.0', { ...cores, when: bundledRedis, advanced: true, label: 'Redis CPUs' }),
  'vm.redisPersistence': bool(false, { when: bundledRedis, advanced: true, label: 'Keep Redis data' }),
  'vm.redisDigest': text('', { ...digest, when: bundledRedis, advanced: true, label: 'Redis digest' }),
} as const
