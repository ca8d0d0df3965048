import type { Config } from '../../config/index.ts'
import {
  bundlesCaddy,
  bundlesPostgres,
  bundlesRedis,
  containerOf,
  envFileOf,
  machinePaths,
  migratesAtStart,
  secretFilesOf,
} from '../../plan/index.ts'
import { shellCommand, shellQuoted } from '../../text/shell.ts'

/**
 * The script that deploys the stack on its machine. Configuration and image go back together: the
 * files of the last good deployment and its image are kept until the next one is ready.
 */
export const deployCompose = (config: Config): string => `${head(config)}
${functions(config)}
${checks(config)}
${main(config)}`

/** The files that a deployment changes and that go back with it. */
const kept = (config: Config): readonly string[] => [
  machinePaths.compose,
  envFileOf(config, 'compose'),
  ...(bundlesCaddy(config) ? [machinePaths.caddyfile] : []),
]

/** The services that run all the time. */
const lasting = (config: Config): readonly string[] => [
  ...(bundlesPostgres(config) ? ['postgres'] : []),
  ...(bundlesRedis(config) ? ['redis'] : []),
  'app',
  ...(bundlesCaddy(config) ? ['caddy'] : []),
]

/** Where the application migrates by itself, the way back takes that from it. */
const noMigration = (config: Config): string =>
  migratesAtStart(config, 'compose')
    ? `  override=deploy/.rollback.yml
  printf 'services: {app: {environment: {RUN_DB_MIGRATIONS: "false"}}}\\n' >"$override"
`
    : ''

const head = (config: Config): string => `#!/bin/sh
# Deploys the stack in ${machinePaths.compose} on this machine, and brings back the image and the
# files of the last good deployment when the new one does not become ready, or is interrupted.
#
# Usage: ${machinePaths.deployCompose} [IMAGE]
#   IMAGE           runs this image instead of the configured one
#   DEPLOY_TIMEOUT  seconds until the stack must be ready (environment; 180 unless set)
#
# Needs Docker with Compose 2.20 or newer.
set -eu
cd -- "$(dirname -- "$0")/.."

project=${shellQuoted(config['release.name'])}
files=${shellQuoted(kept(config).join(' '))}
secrets=${shellQuoted(secretFilesOf(config, 'compose').join(' '))}
saved=deploy/.previous
failed=deploy/.failed
lock=deploy/.lock
old_image=${shellQuoted(`${config['release.name']}-rollback:previous`)}
timeout=\${DEPLOY_TIMEOUT:-180}
locked=no
changed=no
earlier=no
${migratesAtStart(config, 'compose') ? 'override=\n' : ''}`

const functions = (config: Config): string => `say() {
  printf 'deploy-compose: %s\\n' "$*" >&2
}

fail() {
  say "$*"
  exit 1
}

compose() {
  docker compose --project-name "$project" --file ${machinePaths.compose} ${migratesAtStart(config, 'compose') ? `\${override:+--file "$override"} ` : ''}"$@"
}

# start [SERVICE...]: waits until all are healthy and the application says that it lives and is ready.
start() {
  compose up --detach --remove-orphans --wait --wait-timeout "$timeout" "$@" &&
    compose exec -T app ${shellCommand(containerOf(config).livenessProbe)} &&
    compose exec -T app ${shellCommand(containerOf(config).probe)}
}

# Gives the image that runs a name of its own, so that it stays when its tag moves.
keep_image() {
  docker tag "$(docker inspect --format '{{.Image}}' "$(compose ps --quiet app)")" "$old_image"
}

# copy_files FROM TO
copy_files() {
  for file in $files; do
    mkdir -p -- "$2/$(dirname -- "$file")"
    if [ -f "$1/$file" ]; then cp -p -- "$1/$file" "$2/$file"; fi
  done
}

roll_back() {
  say 'the new stack is not ready; its last words:'
  compose logs --no-color --tail 50 >&2 || true
  if [ "$earlier" = no ]; then
    compose stop app || true
    say 'there is no earlier deployment to go back to; the application is stopped'
    return
  fi
  if [ -d "$saved" ]; then
    rm -rf -- "$failed"
    copy_files . "$failed"
    printf '*\\n' >"$failed/.gitignore"
    copy_files "$saved" .
    say "the files of the failed deployment are in $failed"
  fi
  APP_IMAGE=$old_image
  export APP_IMAGE
  # Without the migration: the schema stays as the new version left it, and the old one does not know its revisions.
${noMigration(config)}  if start --no-deps ${lasting(config).join(' ')}; then
    say 'the previous deployment runs again'
  else
    say 'the previous deployment did not become ready either; look at: docker compose logs'
  fi
}

finish() {
  status=$?
  trap - EXIT
  trap '' HUP INT PIPE TERM
  set +e
  if [ "$changed" = yes ] && [ "$status" -ne 0 ]; then roll_back; fi
  if [ "$locked" = yes ]; then rmdir -- "$lock"; fi
  exit "$status"
}
`

const checks = (
  config: Config,
): string => `if [ "$#" -gt 1 ]; then fail 'at most one argument: the image'; fi
APP_IMAGE=\${1:-\${APP_IMAGE:-}}
case $APP_IMAGE in
  [!A-Za-z0-9]* | *[!A-Za-z0-9._:/@-]*) fail 'the image must be a reference such as ghcr.io/owner/name:v1.0.0' ;;
esac
if [ -n "$APP_IMAGE" ]; then export APP_IMAGE; else unset APP_IMAGE; fi
case $timeout in
  '' | *[!0-9]*) fail 'DEPLOY_TIMEOUT must be a number of seconds' ;;
esac
for file in $files; do
  if ! [ -f "$file" ]; then fail "$file is missing: copy the whole bundle"; fi
done
for file in $secrets; do
  if ! [ -s "$file" ]; then fail "$file is missing: run ${machinePaths.createSecrets} first"; fi
done
docker compose version >/dev/null 2>&1 || fail 'Docker with the Compose plugin is needed'
${bundlesPostgres(config) ? postgresGuard(config) : ''}`

/** An empty database of another major version would look like lost data. */
const postgresGuard = (config: Config): string => `
postgres=${shellQuoted(config['vm.postgresVersion'])}
if [ -f "$saved/postgres" ] && [ "$(cat "$saved/postgres")" != "$postgres" ] && [ "\${NEW_POSTGRES:-}" != yes ]; then
  fail "the data is that of Postgres $(cat "$saved/postgres"), and Postgres $postgres would begin with none; dump it first, then set NEW_POSTGRES=yes and restore the dump"
fi
`

const main = (config: Config): string => `if ! mkdir -- "$lock" 2>/dev/null; then
  fail "another deployment is under way; if none is, remove the directory $lock"
fi
locked=yes
trap finish EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 141' PIPE
trap 'exit 143' TERM
${bundlesCaddy(config) ? `\n# Caddy reads it without the right to pass over file modes.\nchmod 644 ${machinePaths.caddyfile}\n` : ''}
compose config --quiet || fail 'Compose does not accept the files'
compose pull --quiet || fail 'an image could not be pulled; nothing was changed. Private registries need a docker login on this machine'

if [ -d "$saved" ]; then
  earlier=yes
elif [ -n "$(compose ps --quiet app)" ]; then
  earlier=yes
  keep_image
fi

changed=yes
start || exit 1
changed=no
keep_image

rm -rf -- "$saved.new"
copy_files . "$saved.new"
printf '*\\n' >"$saved.new/.gitignore"
${bundlesPostgres(config) ? `printf '%s\\n' "$postgres" >"$saved.new/postgres"\n` : ''}rm -rf -- "$saved"
mv -- "$saved.new" "$saved"
say "$project runs and is ready"
`
