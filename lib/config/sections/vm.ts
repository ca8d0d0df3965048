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
    'vm.path': text('/opt/chassis', { pattern: '^/[A-Za-z0-9_][A-Za-z0-9_./-]*[A-Za-z0-9_]$', hint: 'an absolute path of letters, digits, dots, dashes and underscores', required: true, when: onVm, label: 'Directory', help: 'Where the files of the bundle are copied to on the machine.' }),
    'vm.subnet': text('172.30.0.0/24', { pattern: '^(10|172|192)(\\.[0-9]{1,3}){3}/(1[6-9]|2[0-8])$', hint: 'a private network such as 172.30.0.0/24', required: true, when: onVm, advanced: true, label: 'Container network', help: 'A fixed network, so that the application knows which address its proxy has.' }),
    'vm.zeroDowntime': bool(false, { when: bundledProxy, label: 'No downtime', help: 'Starts each new version beside the old one, and lets the proxy change over when it is ready.' }),
    'vm.systemd': bool(false, { when: onContainer, label: 'systemd unit', help: "Lets systemd keep the container running, instead of Docker's restart policy." }),
    'vm.backup': bool(false, { when: backedUp, label: 'Backups', help: 'A container beside the service writes dumps of the database to a volume, and a script restores them.' }),
    'vm.backupHours': int(24, [1, 720], { unit: 'hours', when: withBackup, label: 'Backup interval', help: 'The time from one dump to the next.' }),
    'vm.backupDays': int(14, [1, 3650], { unit: 'days', when: withBackup, label: 'Backups kept', help: 'Older dumps are deleted, but never the newest one.' }),
    'vm.proxyDigest': text('', { ...digest, when: bundledProxy, advanced: true, label: 'Proxy digest', help: 'Pins the exact image of the reverse proxy in the stack.' }),
    'vm.openFiles': int(65536, [1024, 1048576], { when: onVm, advanced: true, unit: 'files', label: 'Open files', help: 'How many files and connections the application may have open at once.' }),
    'vm.logMaxSize': text('10m', { pattern: '^[1-9][0-9]*[kmg]$', hint: 'a size such as 10m', required: true, when: onVm, advanced: true, label: 'Log file size', help: 'A log file is rotated at this size.' }),
    'vm.logMaxFile': int(3, [1, 100], { when: onVm, advanced: true, unit: 'files', label: 'Log files', help: 'How many rotated log files are kept.' }),
  },
})
