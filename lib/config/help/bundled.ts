/** What the settings of sections/bundled.ts are for, a sentence each. */
export const bundled = {
  'vm.postgresVersion': 'The major version of the bundled Postgres; data does not move by itself to another.',
  'vm.postgresMemory': 'What the bundled Postgres may use.',
  'vm.postgresCpus': 'How many cores the bundled Postgres may use.',
  'vm.postgresDigest': 'Pins the exact image; it must be of the version above.',
  'vm.redisImage': 'Redis 7.4, or Valkey 8.1, which has the license that Redis had before.',
  'vm.redisMemory': 'Above this Redis drops the oldest keys.',
  'vm.redisCpus': 'How many cores the bundled Redis may use.',
  'vm.redisPersistence': 'Writes keys to a volume; counters and caches do not need it.',
  'vm.redisDigest': 'Pins the exact image; it must be of the server above.',
}
