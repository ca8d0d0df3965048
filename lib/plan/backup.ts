import type { Config } from '../config/index.ts'
import { bundlesPostgres } from './facts.ts'
import { machinePaths, type MachinePlatform } from './machine.ts'
import { runsOn } from './platform.ts'

/** Dumps of the database on a machine: what writes them, and for how long they stay. */
export interface Backup {
  readonly kind: 'postgres' | 'sqlite'
  /** The platform whose database it is. */
  readonly platform: MachinePlatform
  /** The script of the bundle that runs in the service. */
  readonly script: string
  /** The script of the bundle that lists, saves and restores. */
  readonly restore: string
  /** Where the service sees its dumps: a folder that the image gives to its own user, for a new volume takes its owner from there. */
  readonly folder: string
  /** The volume of the dumps. */
  readonly volume: string
  readonly hours: number
  readonly days: number
}

/** Where the image of a Postgres version keeps its data, in a folder of the user `postgres`. Source: docker-library/postgres, which moved it in 18. */
export const postgresFolder = (config: Config): string =>
  config['vm.postgresVersion'] === '18' ? '/var/lib/postgresql' : '/var/lib/postgresql/data'

/** The backups of a platform, of the stack where there is one; undefined where none are made. A single container brings no Postgres to back up. */
export function backupOf(config: Config, platform: MachinePlatform = runsOn(config, 'compose') ? 'compose' : 'container'): Backup | undefined {
  if (!config['vm.backup'] || !runsOn(config, platform)) return undefined
  const rest = {
    platform,
    restore: platform === 'container' && runsOn(config, 'compose') ? machinePaths.restoreContainer : machinePaths.restore,
    volume: `${config['release.name']}-backups`,
    hours: config['vm.backupHours'],
    days: config['vm.backupDays'],
  }
  if (platform === 'compose' && bundlesPostgres(config)) return { kind: 'postgres', script: machinePaths.backupPostgres, folder: postgresFolder(config), ...rest }
  if (config['database.backend'] === 'sqlite') return { kind: 'sqlite', script: machinePaths.backupSqlite, folder: '/app/data', ...rest }
  return undefined
}

/** The path of SQLite's file below the folder that its volume is mounted at. */
export const sqliteFile = (config: Config): string => config['database.sqlite.path'].replace(/^(\.|\/app)\/data\//, '')
