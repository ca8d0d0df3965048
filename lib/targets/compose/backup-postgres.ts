/**
 * `ops/backup.sh`, which runs in the service `backup`, in the image of the stack's Postgres. It takes
 * everything from its environment, so that the file is the same for every configuration.
 */
export const backupPostgres = `#!/bin/sh
# Dumps the database of this stack at intervals, keeps the dumps for a while, and restores one.
# Runs in the service "backup"; ops/restore.sh asks it.
#
# Usage: backup.sh run | once | list | check NAME | send NAME | receive | restore NAME | health
#   run       dumps now if the newest dump is older than BACKUP_HOURS, and so on for ever
#   once      dumps now
#   check     reads a dump to its end
#   send      writes a dump to standard output
#   receive   keeps a dump that it reads from standard input, and says its name
#   restore   puts a dump in the place of the database, which stays as "restore_old"
#   health    tells whether the newest dump is as young as it should be
set -eu
umask 077
LC_ALL=C
export LC_ALL
cd -- "\${BACKUP_FOLDER:?}"
hours=\${BACKUP_HOURS:-24}
days=\${BACKUP_DAYS:-14}
if [ -n "\${POSTGRES_PASSWORD:-}" ]; then
  PGPASSWORD=$POSTGRES_PASSWORD
  export PGPASSWORD
fi
part=.part-$(uname -n)

say() {
  printf 'backup: %s\\n' "$*" >&2
}

fail() {
  say "$*"
  exit 1
}

# Dumps in the order of their age, for their names are times.
names() {
  for file in *.dump; do
    if [ -f "$file" ]; then printf '%s\\n' "$file"; fi
  done
}

newest() {
  names | tail -n 1
}

# younger MINUTES
younger() {
  [ -n "$(find . -maxdepth 1 -type f -name '*.dump' -mmin "-$1")" ]
}

# Reads all of an archive: its list alone would not tell that its end is missing.
intact() {
  [ -s "$1" ] && pg_restore --file=/dev/null -- "$1"
}

# keep SUFFIX: gives what is in $part a name, when all of it is on the disk.
keep() {
  if ! intact "$part"; then
    rm -f -- "$part"
    return 1
  fi
  name=$(date -u +%Y%m%dT%H%M%SZ)$1.dump
  while [ -e "$name" ]; do
    sleep 1
    name=$(date -u +%Y%m%dT%H%M%SZ)$1.dump
  done
  sync -- "$part" 2>/dev/null || sync
  mv -- "$part" "$name"
}

dump() {
  if ! pg_dump --format=custom --no-password --file="$part"; then
    rm -f -- "$part"
    return 1
  fi
  keep '' && say "wrote $name"
}

# Only after a good dump, and never the newest.
prune() {
  last=$(newest)
  if [ -z "$last" ]; then return; fi
  find . -maxdepth 1 -type f -name '*.dump' ! -name "$last" -mmin "+$((days * 1440))" -exec rm -f -- {} +
  # What interrupted runs have left.
  find . -maxdepth 1 -type f -name '.part-*' -mmin +1440 -exec rm -f -- {} +
}

# The shell would not end before a sleep does that it waits for in front.
pause() {
  sleep "$1" &
  wait "$!"
}

run() {
  trap 'exit 0' INT TERM
  while :; do
    if younger "$((hours * 60))"; then
      pause 60
    elif dump; then
      prune
    else
      say 'the dump failed; the next try is in 10 minutes'
      pause 600
    fi
  done
}

check_name() {
  case $1 in
    '' | .* | *[!A-Za-z0-9._-]*) fail 'a dump has a name as "list" shows it' ;;
  esac
  if ! [ -f "$1" ]; then fail "there is no dump $1"; fi
}

check() {
  check_name "$1"
  intact "$1" || fail "$1 is no dump, or not a whole one"
}

sql() {
  psql --no-psqlrc --no-password --quiet --dbname=template1 --set=ON_ERROR_STOP=1 \\
    --set=name="\${PGDATABASE:?}" --set=owner="\${PGUSER:?}" >/dev/null
}

# Restores beside the database, and only then changes names, in one transaction: whatever cuts it
# off, the database is either as before or as in the dump.
restore() {
  check "$1"
  dump || say 'the database as it is could not be dumped; it stays as restore_old'
  sql <<'SQL'
DROP DATABASE IF EXISTS restore_new;
CREATE DATABASE restore_new OWNER :"owner" TEMPLATE template0;
SQL
  pg_restore --exit-on-error --no-owner --no-password --dbname=restore_new -- "$1"
  sql <<'SQL'
DROP DATABASE IF EXISTS restore_old;
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :'name';
BEGIN;
ALTER DATABASE :"name" RENAME TO restore_old;
ALTER DATABASE restore_new RENAME TO :"name";
COMMIT;
SQL
  say "restored $1; the database as it was is called restore_old"
}

case \${1:-} in
  run) run ;;
  once) dump && prune ;;
  list) names ;;
  check) check "\${2:-}" ;;
  send)
    check_name "\${2:-}"
    cat -- "$2"
    ;;
  receive)
    cat >"$part"
    keep -received || fail 'what was sent is no dump, or not a whole one'
    printf '%s\\n' "$name"
    ;;
  restore) restore "\${2:-}" ;;
  health) younger "$((hours * 120 + 60))" ;;
  *) fail 'usage: backup.sh run | once | list | check NAME | send NAME | receive | restore NAME | health' ;;
esac
`
