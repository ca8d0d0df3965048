import type { Config } from '../../config/index.ts'
import { backupOf, containerOf, machinePaths, sqliteFile, type Backup } from '../../plan/index.ts'
import { composeText } from '../../text/expressions.ts'
import { imageText } from './app.ts'
import { postgresImage, serverUser } from './servers.ts'
import { command, hardened, logging, tmpfs, type Plain } from './service.ts'

/**
 * The service that dumps the database, in a profile of its own: no deployment waits for it, and none
 * goes back because of it.
 */
export function backupServices(config: Config): Plain {
  const backup = backupOf(config, 'compose')
  if (!backup) return {}
  return {
    backup: {
      ...(backup.kind === 'postgres' ? fromPostgres(config, backup) : fromSqlite(config, backup)),
      ...hardened({ pids: 50, memory: '256m', cpus: '1.0' }),
      tmpfs: [tmpfs('/tmp', '16m')],
      profiles: ['backup'],
      command: command('run'),
      restart: 'unless-stopped',
      stop_grace_period: '30s',
      logging: logging(config),
    },
  }
}

const intervals = ({ folder, hours, days }: Backup): Plain => ({
  BACKUP_FOLDER: folder,
  BACKUP_HOURS: String(hours),
  BACKUP_DAYS: String(days),
})

/** A dump may take long, and the first one begins at once. */
const healthcheck = (...program: readonly string[]): Plain => ({
  test: command('CMD', ...program, 'health'),
  interval: '5m',
  timeout: '10s',
  retries: 2,
  start_period: '1h',
})

const fromPostgres = (config: Config, backup: Backup): Plain => ({
  // The same image: pg_dump of an older major version refuses, and a newer one writes what this one cannot read.
  image: postgresImage(config),
  user: serverUser,
  entrypoint: command('sh', '/ops/backup.sh'),
  environment: {
    PGHOST: 'postgres',
    PGDATABASE: composeText(config['database.postgres.name']),
    PGUSER: composeText(config['database.postgres.user']),
    PGCONNECT_TIMEOUT: '10',
    ...intervals(backup),
  },
  env_file: [machinePaths.postgresSecrets],
  volumes: [`./${backup.script}:/ops/backup.sh:ro`, `backups:${backup.folder}`],
  networks: ['data'],
  depends_on: { postgres: { condition: 'service_healthy' } },
  healthcheck: healthcheck('sh', '/ops/backup.sh'),
})

const fromSqlite = (config: Config, backup: Backup): Plain => ({
  image: imageText(config),
  user: containerOf(config).user,
  entrypoint: command('python', '/ops/backup.py'),
  environment: { BACKUP_DATABASE: composeText(`/source/${sqliteFile(config)}`), ...intervals(backup) },
  // The application's volume elsewhere: a new volume of copies takes its owner from the image's own /app/data.
  volumes: [`./${backup.script}:/ops/backup.py:ro`, 'data:/source', `backups:${backup.folder}`],
  network_mode: 'none',
  depends_on: { app: { condition: 'service_healthy' } },
  healthcheck: healthcheck('python', '/ops/backup.py'),
})
