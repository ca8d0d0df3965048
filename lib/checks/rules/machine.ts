import { applies } from '../../config/index.ts'
import { backupOf, connectionsPerInstance, runsOn, switchesColours, usesSqlite } from '../../plan/index.ts'
import type { Rule } from '../rule.ts'
import { all, on } from '../when.ts'
import { count } from '../words.ts'

const twoWriters: Rule = {
  id: 'no-downtime-sqlite',
  severity: 'error',
  demand: 'One version at a time writes a SQLite file',
  applies: all(on('vm.zeroDowntime'), (config) => applies(config, 'vm.zeroDowntime')),
  check: (config) =>
    usesSqlite(config)
      ? {
          path: 'vm.zeroDowntime',
          title: 'Two would write',
          message: 'The new version would start beside the old one on the same SQLite file, which has one writer and one schema at a time.',
          fix: { label: 'Replace the version', patch: { 'vm.zeroDowntime': false } },
        }
      : undefined,
}

const twoWays: Rule = {
  id: 'machine-twice',
  severity: 'error',
  demand: 'The machine runs the service in one way',
  applies: (config) => runsOn(config, 'compose'),
  check: (config) => {
    if (!runsOn(config, 'container')) return undefined
    const ports = config['proxy.kind'] === 'none' ? `port ${config['vm.port']}` : 'ports 80 and 443'
    return {
      path: 'target.platforms',
      title: 'Compose and container',
      message: `Both want ${ports}, the network ${config['vm.subnet']}, the directory ${config['vm.path']} and the same names, so the second one does not start. Where two machines differ, each needs a configuration of its own.`,
      fix: { label: 'Only Compose', patch: { 'target.platforms': config['target.platforms'].filter((one) => one !== 'container') } },
    }
  },
}

const twoVersions: Rule = {
  id: 'no-downtime-room',
  severity: 'info',
  demand: 'The machine has room for two versions at once',
  applies: switchesColours,
  check: (config) => ({
    path: 'vm.zeroDowntime',
    title: 'Two at once',
    message: `While a new version takes over, two containers of ${config['vm.memory']} run, with up to ${2 * connectionsPerInstance(config)} database connections, and both use the schema of the new one.`,
  }),
}

const tooFew: Rule = {
  id: 'backup-window',
  severity: 'warning',
  demand: 'More than one dump is kept',
  applies: (config) => backupOf(config) !== undefined,
  check: (config) => {
    const [hours, days] = [config['vm.backupHours'], config['vm.backupDays']]
    const needed = Math.ceil((7 * hours) / 24)
    return hours * 2 > days * 24
      ? {
          path: 'vm.backupDays',
          title: 'One dump',
          message: `A dump is made every ${count(hours, 'hour')} and kept for ${count(days, 'day')}, so there is hardly ever an older one to go back to.`,
          fix: { label: `Keep ${count(needed, 'day')}`, patch: { 'vm.backupDays': needed } },
        }
      : undefined
  },
}

const sameDisk: Rule = {
  id: 'backup-same-disk',
  severity: 'info',
  demand: 'Dumps are copied off the machine',
  applies: (config) => backupOf(config) !== undefined,
  check: (config) => ({
    path: 'vm.backup',
    title: 'Same machine',
    message: `The volume ${backupOf(config)?.volume} lies on the disk of the database; copy the dumps elsewhere, as the README shows, and try to restore one.`,
  }),
}

export const machineRules: readonly Rule[] = [twoWays, twoWriters, twoVersions, tooFew, sameDisk]
