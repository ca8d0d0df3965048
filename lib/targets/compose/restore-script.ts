import type { Config } from '../../config/index.ts'
import { appServicesOf, backupOf, machinePaths, switchesColours } from '../../plan/index.ts'
import { shellQuoted } from '../../text/shell.ts'
import { finishing, locking, saying, trapping } from '../script.ts'
import { composeFunction } from './script-parts.ts'

/**
 * `ops/restore.sh`: puts a dump in the place of the database. The dump is read to its end before
 * anything is stopped, and the database as it was is kept by what the service `backup` does.
 */
export const restoreScript = (config: Config): string => {
  const ending = backupOf(config)?.kind === 'sqlite' ? 'db' : 'dump'
  return `#!/bin/sh
# Restores the database of this stack from a dump.
#
# Usage: ${machinePaths.restore} --list
#        ${machinePaths.restore} --save NAME >FILE
#        ${machinePaths.restore} [--dry-run] [--force] latest | NAME | ./FILE
#   --list     shows the dumps that there are, the newest last
#   --save     writes one to standard output, to keep it elsewhere
#   --dry-run  only tells whether the dump is whole
#   --force    stops the application while it is restored, and starts it again
#   NAME       one of the list; ./FILE is a file of this machine, named with a slash
set -eu
cd -- "$(dirname -- "$0")/.."

project=${shellQuoted(config['release.name'])}
services=${shellQuoted(appServicesOf(config).join(' '))}
what=
action=restore
force=no
stopped=
note=deploy/.stopped
timeout=180

${saying('restore')}
${composeFunction(`${switchesColours(config) ? '--profile blue --profile green ' : ''}--profile backup `)}
# backup WORD...: asks the service, in a container of its own.
backup() {
  compose run --rm --no-deps -T backup "$@"
}

start_again() {
  # shellcheck disable=SC2086 # Several names.
  compose up --detach --no-deps --no-recreate --wait --wait-timeout "$timeout" $stopped
}

finish() {
${finishing}  if [ -n "$stopped" ]; then
    if start_again || start_again; then
      rm -f -- "$note"
      say 'the application runs again'
    else
      status=1
      say 'the application did not start again; look at: docker compose logs'
    fi
  fi
  if [ "$status" -ne 0 ]; then say 'not restored'; fi
  exit "$status"
}

while [ "$#" -gt 0 ]; do
  case $1 in
    --list) action=list ;;
    --save) action=save ;;
    --dry-run) action=check ;;
    --force) force=yes ;;
    -*) fail "there is no option $1" ;;
    *) what=$1 ;;
  esac
  shift
done

if [ "$action" = list ]; then
  backup list </dev/null
  exit
fi
case $what in
  '') fail 'say which dump: latest, a name that --list shows, or a file with a slash in its name' ;;
  */*) [ -f "$what" ] || fail "there is no file $what" ;;
esac
if [ "$action" = save ]; then
  backup send "$what" </dev/null
  exit
fi

${locking}${trapping}
case $what in
  */*)
    name=$(backup receive <"$what") || fail "$what could not be taken over"
    ;;
  latest)
    list=$(backup list </dev/null) || fail 'the dumps could not be listed'
    name=$(printf '%s\\n' "$list" | grep '\\.${ending}$' | tail -n 1) || fail 'there is no dump yet'
    ;;
  *) name=$what ;;
esac
backup check "$name" </dev/null || fail "$name is not restored"
if [ "$action" = check ]; then
  say "$name is whole; nothing was changed"
  exit 0
fi

running=
for service in $services; do
  found=$(compose ps --quiet --status running "$service") || fail 'Docker does not say what runs; nothing was changed'
  if [ -n "$found" ]; then running="$running $service"; fi
done
if [ -n "$running" ]; then
  if [ "$force" = no ]; then fail "the application runs:$running; stop it, or use --force, which stops it for this and starts it again"; fi
  printf '%s\\n' "$running" >"$note.part"
  mv -- "$note.part" "$note"
  stopped=$running
  # shellcheck disable=SC2086 # Several names.
  compose stop $running
elif [ -f "$note" ]; then
  # A run that was killed had stopped them.
  stopped=$(cat -- "$note")
fi
${backupOf(config)?.kind === 'postgres' ? 'compose up --detach --no-recreate --wait --wait-timeout "$timeout" postgres\n' : ''}backup restore "$name" </dev/null
say "restored $name; deploy once more if its schema is older than the application"
`
}
