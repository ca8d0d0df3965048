import type { Config } from '../../config/index.ts'
import { containerOf, sqliteFile, type Backup } from '../../plan/index.ts'
import { shellCommand, shellQuoted } from '../../text/shell.ts'
import { restoreText } from '../restore.ts'
import { containerFunctions } from './parts.ts'

/** The name of the container that copies SQLite's file, beside that of the application. */
export const backupName = (config: Config): string => `${config['release.name']}-backup`

/**
 * `docker run` of ops/backup.py in the image `$image`, with the words of `lead` before what the
 * plan decides and those of `trail` after it; both are shell text.
 */
function backupCommand(config: Config, backup: Backup, lead: string, trail: string): string {
  const { user, data, logMaxSize, logMaxFile } = containerOf(config)
  const options: readonly (readonly string[])[] = [
    ['--network', 'none'],
    ['--user', user],
    ['--read-only'],
    ['--tmpfs', '/tmp:rw,noexec,nosuid,nodev,size=16m'],
    ['--cap-drop', 'ALL'],
    ['--security-opt', 'no-new-privileges:true'],
    ['--pids-limit', '50'],
    ['--ulimit', 'nofile=65536:65536'],
    ['--memory', '256m'],
    ['--cpus', '1.0'],
    ['--log-driver', 'json-file'],
    ['--log-opt', `max-size=${logMaxSize}`],
    ['--log-opt', `max-file=${logMaxFile}`],
    ['--env', `BACKUP_FOLDER=${backup.folder}`],
    ['--env', `BACKUP_DATABASE=/source/${sqliteFile(config)}`],
    ['--env', `BACKUP_HOURS=${backup.hours}`],
    ['--env', `BACKUP_DAYS=${backup.days}`],
    // The application's volume elsewhere: a new volume of copies takes its owner from the image's own /app/data.
    ['--volume', `${data?.volume}:/source`],
    ['--volume', `${backup.volume}:${backup.folder}`],
    ['--entrypoint', 'python'],
  ]
  const lines = [
    `docker run ${lead}`,
    ...options.map((words) => `  ${shellCommand(words)}`),
    `  --volume "$PWD/${backup.script}:/ops/backup.py:ro"`,
    `  "$image" /ops/backup.py ${trail}`,
  ]
  return lines.map((line) => `  ${line}`).join(' \\\n')
}

const health = ['--stop-timeout', '30', '--health-cmd', 'python /ops/backup.py health', '--health-interval', '5m', '--health-timeout', '10s', '--health-retries', '2', '--health-start-period', '1h']

/** The function `start_backup` of the deploy script: the container that copies, in the image that was deployed. */
export const startBackup = (config: Config, backup: Backup): string => `
# The copies are made in a container of its own, which Docker keeps running.
start_backup() {
  if exists "$backups"; then docker rm --force "$backups" >/dev/null || return 1; fi
${backupCommand(config, backup, `--detach --name "$backups" --restart unless-stopped ${shellCommand(health)}`, 'run >/dev/null')}
}
`

/** `ops/restore.sh` of the single container. */
export const restoreContainer = (config: Config, backup: Backup): string =>
  restoreText({
    path: backup.restore,
    title: "Restores the container's database from a copy.",
    ending: 'db',
    variables: `service=${shellQuoted(config['release.name'])}
old="$service-previous"
image=${shellCommand([containerOf(config).image])}
`,
    functions: `${containerFunctions(config)}
# backup WORD...: asks ops/backup.py, in a container of its own.
backup() {
${backupCommand(config, backup, '--rm --interactive', '"$@"')}
}

# In the image that runs, which need not be the configured one.
for one in "$service" "$old"; do
  if id=$(docker inspect --format '{{.Image}}' "$one" 2>/dev/null); then
    image=$id
    break
  fi
done

find_running() {
  found=$(docker ps --quiet --filter "name=^/$service\$") || fail 'Docker does not say what runs; nothing was changed'
  if [ -n "$found" ]; then running=" $service"; fi
}

# Under another name nothing starts it meanwhile, not even systemd; the deploy script knows the name.
stop_running() {
  docker rename "$service" "$old"
  docker stop "$old" >/dev/null
}

left_stopped() {
  exists "$old" && ! exists "$service" && stopped=$service
}

start_again() {
  if exists "$old"; then docker rename "$old" "$service" || return 1; fi
  docker start "$service" >/dev/null && wait_ready "$service"
}

forget() {
  :
}
`,
    logs: 'docker logs $service',
    before: '',
  })
