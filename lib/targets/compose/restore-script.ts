import type { Config } from '../../config/index.ts'
import { appServicesOf, switchesColours, type Backup } from '../../plan/index.ts'
import { shellQuoted } from '../../text/shell.ts'
import { restoreText } from '../restore.ts'
import { composeFunction } from './script-parts.ts'

/** `ops/restore.sh` of the stack; the dumps are those of its service `backup`. */
export const restoreScript = (config: Config, backup: Backup): string =>
  restoreText({
    path: backup.restore,
    title: 'Restores the database of this stack from a dump.',
    ending: backup.kind === 'sqlite' ? 'db' : 'dump',
    variables: `project=${shellQuoted(config['release.name'])}
services=${shellQuoted(appServicesOf(config).join(' '))}
note=deploy/.stopped
`,
    functions: `${composeFunction(`${switchesColours(config) ? '--profile blue --profile green ' : ''}--profile backup `)}${functions}`,
    logs: 'docker compose logs',
    before: backup.kind === 'postgres' ? 'compose up --detach --no-recreate --wait --wait-timeout "$timeout" postgres\n' : '',
  })

const functions = `
# backup WORD...: asks the service, in a container of its own.
backup() {
  compose run --rm --no-deps -T backup "$@"
}

find_running() {
  for service in $services; do
    found=$(compose ps --quiet --status running "$service") || fail 'Docker does not say what runs; nothing was changed'
    if [ -n "$found" ]; then running="$running $service"; fi
  done
}

stop_running() {
  printf '%s\\n' "$running" >"$note.part"
  mv -- "$note.part" "$note"
  # shellcheck disable=SC2086 # Several names.
  compose stop $running
}

left_stopped() {
  [ -f "$note" ] && stopped=$(cat -- "$note")
}

start_again() {
  # shellcheck disable=SC2086 # Several names.
  compose up --detach --no-deps --no-recreate --wait --wait-timeout "$timeout" $stopped
}

forget() {
  rm -f -- "$note"
}
`
