import { bool, int, text } from '../field.ts'
import { bundledPostgres, digest } from './bundled.ts'
import { onCompose, onContainer, onVm, section } from './section.ts'

const backedUp = [bundledPostgres, { ...onVm, 'database.backend': 'sqlite' }] as const
const withBackup = backedUp.map((one) => ({ ...one, 'vm.backup': true }))
const bundledProxy = { ...onCompose, 'proxy.kind': ['caddy', 'nginx', 'traefik'] } as const

export const vm = section({
  id: 'vm',
  group: 'Delivery',
  title: 'Machine',
  help: 'Where things lie on the machine, how versions change over there, and what is backed up.',
  fields: {
    'vm.path': text('/opt/chassis', { pattern: '^/[A-Za-z0-9_][A-Za-z0-9_./-]*[A-Za-z0-9_]$', hint: 'an absolute path of letters, digits, dots, dashes and underscores', required: true, when: onVm, label: 'Directory' }),
    'vm.subnet': text('172.30.0.0/24', { pattern: '^(10|172|192)(\\.[0-9]{1,3}){3}/(1[6-9]|2[0-8])$', hint: 'a private network such as 172.30.0.0/24', required: true, when: onVm, advanced: true, label: 'Container network' }),
    'vm.zeroDowntime': bool(false, { when: bundledProxy, label: 'No downtime' }),
    'vm.systemd': bool(false, { when: onContainer, label: 'systemd unit' }),
    'vm.backup': bool(false, { when: backedUp, label: 'Backups' }),
    'vm.backupHours': int(24, [1, 720], { unit: 'hours', when: withBackup, label: 'Backup interval' }),
    'vm.backupDays': int(14, [1, 3650], { unit: 'days', when: withBackup, label: 'Backups kept' }),
    'vm.proxyDigest': text('', { ...digest, when: bundledProxy, advanced: true, label: 'Proxy digest' }),
    'vm.openFiles': int(65536, [1024, 1048576], { when: onVm, advanced: true, unit: 'files', label: 'Open files' }),
    'vm.logMaxSize': text('10m', { pattern: '^[1-9][0-9]*[kmg]$', hint: 'a size such as 10m', required: true, when: onVm, advanced: true, label: 'Log file size' }),
    'vm.logMaxFile': int(3, [1, 100], { when: onVm, advanced: true, unit: 'files', label: 'Log files' }),
  },
})
