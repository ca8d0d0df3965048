import { bool, choice, int, text } from '../field.ts'
import { onCompose, onContainer, onVm, section } from './section.ts'

const bundledPostgres = { ...onCompose, 'database.backend': 'postgres', 'vm.postgres': 'bundled' } as const
const bundledRedis = [
  { ...onCompose, 'rateLimit.enabled': true, 'vm.redis': 'bundled' },
  { ...onCompose, 'cache.enabled': true, 'vm.redis': 'bundled' },
] as const
const backedUp = [bundledPostgres, { ...onVm, 'database.backend': 'sqlite' }] as const
const withBackup = backedUp.map((one) => ({ ...one, 'vm.backup': true }))
const bundledProxy = { ...onCompose, 'proxy.kind': ['caddy', 'nginx', 'traefik'] } as const

const size = { pattern: '^[1-9][0-9]*[mg]$', hint: 'a size such as 512m or 2g', required: true }
const cores = { pattern: '^[0-9]+(\\.[0-9]+)?$', hint: 'a number such as 1.0', required: true }
const digest = { pattern: '^(sha256:[0-9a-f]{64})?$', hint: 'sha256: and 64 hexadecimal digits' }

export const vm = section({
  id: 'vm',
  group: 'Delivery',
  title: 'Machine',
  help: 'Where things lie on the machine, and what runs beside the application.',
  fields: {
    'vm.path': text('/opt/chassis', { pattern: '^/[A-Za-z0-9_][A-Za-z0-9_./-]*[A-Za-z0-9_]$', hint: 'an absolute path of letters, digits, dots, dashes and underscores', required: true, when: onVm, label: 'Directory', help: 'Where the files of the bundle are copied to on the machine.' }),
    'vm.subnet': text('172.30.0.0/24', { pattern: '^(10|172|192)(\\.[0-9]{1,3}){3}/(1[6-9]|2[0-8])$', hint: 'a private network such as 172.30.0.0/24', required: true, when: onVm, advanced: true, label: 'Container network', help: 'A fixed network, so that the application knows which address its proxy has.' }),
    'vm.zeroDowntime': bool(false, { when: bundledProxy, label: 'No downtime', help: 'Starts each new version beside the old one, and lets the proxy change over when it is ready.' }),
    'vm.systemd': bool(false, { when: onContainer, label: 'systemd unit', help: "Lets systemd keep the container running, instead of Docker's restart policy." }),
    'vm.backup': bool(false, { when: backedUp, label: 'Backups', help: 'A container beside the service writes dumps of the database to a volume, and a script restores them.' }),
    'vm.backupHours': int(24, [1, 720], { unit: 'hours', when: withBackup, label: 'Backup interval', help: 'The time from one dump to the next.' }),
    'vm.backupDays': int(14, [1, 3650], { unit: 'days', when: withBackup, label: 'Backups kept', help: 'Older dumps are deleted, but never the newest one.' }),
    'vm.postgresVersion': choice('17', ['16', '17', '18'], { when: bundledPostgres, label: 'Postgres version', help: 'The major version of the bundled Postgres; data does not move by itself to another.' }),
    'vm.postgresMemory': text('512m', { ...size, when: bundledPostgres, advanced: true, label: 'Postgres memory', help: 'What the bundled Postgres may use.' }),
    'vm.postgresCpus': text('2.0', { ...cores, when: bundledPostgres, advanced: true, label: 'Postgres CPUs', help: 'How many cores the bundled Postgres may use.' }),
    'vm.postgresDigest': text('', { ...digest, when: bundledPostgres, advanced: true, label: 'Postgres digest', help: 'Pins the exact image; it must be of the version above.' }),
    'vm.redisImage': choice('redis', { redis: 'Redis', valkey: 'Valkey' }, { when: bundledRedis, advanced: true, label: 'Redis server', help: 'Redis 7.4, or Valkey 8.1, which has the license that Redis had before.' }),
    'vm.redisMemory': int(96, [16, 65536], { unit: 'MiB', when: bundledRedis, advanced: true, label: 'Redis memory', help: 'Above this Redis drops the oldest keys.' }),
    'vm.redisCpus': text('1.0', { ...cores, when: bundledRedis, advanced: true, label: 'Redis CPUs', help: 'How many cores the bundled Redis may use.' }),
    'vm.redisPersistence': bool(false, { when: bundledRedis, advanced: true, label: 'Keep Redis data', help: 'Writes keys to a volume; counters and caches do not need it.' }),
    'vm.redisDigest': text('', { ...digest, when: bundledRedis, advanced: true, label: 'Redis digest', help: 'Pins the exact image; it must be of the server above.' }),
    'vm.proxyDigest': text('', { ...digest, when: bundledProxy, advanced: true, label: 'Proxy digest', help: 'Pins the exact image of the reverse proxy in the stack.' }),
    'vm.openFiles': int(65536, [1024, 1048576], { when: onVm, advanced: true, unit: 'files', label: 'Open files', help: 'How many files and connections the application may have open at once.' }),
    'vm.logMaxSize': text('10m', { pattern: '^[1-9][0-9]*[kmg]$', hint: 'a size such as 10m', required: true, when: onVm, advanced: true, label: 'Log file size', help: 'A log file is rotated at this size.' }),
    'vm.logMaxFile': int(3, [1, 100], { when: onVm, advanced: true, unit: 'files', label: 'Log files', help: 'How many rotated log files are kept.' }),
  },
})
