import { finished, finishing, guarding, locking, saying, trapping } from './script.ts'

/** What differs between the platforms whose database a script restores; all of it is shell text. */
export interface Restoring {
  /** The script's own path, for its usage. */
  readonly path: string
  readonly title: string
  /** How the names of dumps end. */
  readonly ending: string
  readonly variables: string
  /**
   * The functions `backup WORD...` (asks ops/backup), `find_running` (fills $running), `stop_running`
   * (remembers what it stops), `left_stopped` (fills $stopped where an earlier run was cut off),
   * `start_again`, and `forget` (what was remembered).
   */
  readonly functions: string
  /** Where to look, between double quotes, when the application does not start. */
  readonly logs: string
  /** What must run for a restore. */
  readonly before: string
}

/**
 * A script that puts a dump in the place of the database. The dump is read to its end before
 * anything is stopped, and the database as it was is kept by what writes the dumps.
 */
export const restoreText = ({ path, title, ending, variables, functions, logs, before }: Restoring): string => `#!/bin/sh
# ${title}
#
# Usage: ${path} --list
#        ${path} --save NAME >FILE
#        ${path} [--dry-run] [--force] latest | NAME | ./FILE
#   --list     shows the dumps that there are, the newest last
#   --save     writes one to standard output, to keep it elsewhere
#   --dry-run  only tells whether the dump is whole
#   --force    stops the application while it is restored, and starts it again
#   NAME       one of the list; ./FILE is a file of this machine, named with a slash
set -eu
cd -- "$(dirname -- "$0")/.."

${variables}what=
action=restore
force=no
running=
stopped=
timeout=180

${saying('restore')}
${functions}
undo() {
  if start_again || start_again; then
    forget
    say 'the application runs again'
  else
    status=1
    say "the application did not start again; look at: ${logs}"
  fi
}

finish() {
${finishing}  if [ -n "$stopped" ]; then undo; fi
  if [ "$status" -ne 0 ]; then say 'not restored'; fi
${finished}}

${guarding}
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

find_running
if [ -n "$running" ]; then
  if [ "$force" = no ]; then fail "the application runs:$running; stop it, or use --force, which stops it for this and starts it again"; fi
  stopped=$running
  guard
  stop_running
elif left_stopped; then
  # A run that was killed together with its guard had stopped it.
  guard
fi
${before}backup restore "$name" </dev/null
say "restored $name; deploy once more if its schema is older than the application"
`
