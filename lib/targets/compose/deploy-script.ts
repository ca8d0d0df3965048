import type { Config } from '../../config/index.ts'
import { bundlesProxy, machinePaths, migratesAtStart } from '../../plan/index.ts'
import { shellQuoted } from '../../text/shell.ts'
import { finished, finishing, guarding, locking, saying, trapping } from '../script.ts'
import {
  askApplication,
  checksOf,
  composeFunction,
  copyFunction,
  openFiles,
  pull,
  saveFunctions,
  serversOf,
  startBackup,
  variables,
} from './script-parts.ts'

/**
 * The script that deploys the stack on its machine. Configuration and image go back together: the
 * files of the last good deployment and its image are kept until the next one is ready.
 */
export const deployCompose = (config: Config): string => `${head(config)}
${functions(config)}
${options}
${checksOf(config)}
${main(config)}`

/** The services that run all the time. */
const lasting = (config: Config): readonly string[] => [
  ...serversOf(config),
  'app',
  ...(bundlesProxy(config) ? [config['proxy.kind']] : []),
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
# Usage: ${machinePaths.deployCompose} [--dry-run] [IMAGE]
#   --dry-run       says what would be done, and changes nothing
#   IMAGE           runs this image instead of the configured one
#   DEPLOY_TIMEOUT  seconds until the stack must be ready (environment; 180 unless set)
#
# Needs Docker with Compose 2.20 or newer.
set -eu
cd -- "$(dirname -- "$0")/.."

${variables(config)}kept_name=${shellQuoted(`${config['release.name']}-rollback`)}
kept=
changed=no
earlier=no
earlier_image=
${migratesAtStart(config, 'compose') ? 'override=\n' : ''}`

const options = `while [ "$#" -gt 0 ]; do
  case $1 in
    --dry-run) dry=yes ;;
    -*) fail "there is no option $1" ;;
    *) image=$1 ;;
  esac
  shift
done`

const functions = (config: Config): string => `${saying('deploy-compose')}
${composeFunction(migratesAtStart(config, 'compose') ? `\${override:+--file "$override"} ` : '')}
# start [SERVICE...]: waits until all are healthy and the application says that it lives and is ready.
start() {
  compose up --detach --remove-orphans --wait --wait-timeout "$timeout" "$@" &&
    ${askApplication(config, 'app')}
}

# Gives the image that runs a name of its own in $kept, so that it stays when its tag moves.
keep_image() {
  container=$(compose ps --quiet app) && [ -n "$container" ] || return 1
  id=$(docker inspect --format '{{.Image}}' "$container") || return 1
  kept=$kept_name:\${id#*:}
  docker tag "$id" "$kept"
}

${copyFunction}
${saveFunctions(config)}
say_plan() {
  say "would pull the images and start $project with \${image:-the configured image}"
  if [ -d "$saved" ]; then say "would go back to the files in $saved and their image if it does not become ready"; fi
}

roll_back() {
  say 'the new stack is not ready; its last words:'
  compose logs --no-color --tail 50 >&2
  if [ "$earlier" = no ]; then
    compose stop app
    say 'there is no earlier deployment to go back to; the application is stopped'
    return
  fi
  restore_files
  APP_IMAGE=$earlier_image
  export APP_IMAGE
  # Without the migration: the schema stays as the new version left it, and the old one does not know its revisions.
${noMigration(config)}  if start_earlier || start_earlier; then
    say 'the previous deployment runs again'
  else
    say 'the previous deployment did not become ready either; look at: docker compose logs'
  fi
}

start_earlier() {
  start --no-deps ${lasting(config).join(' ')}
}

undo() {
  say 'this was killed before its end'
  roll_back
}

finish() {
${finishing}  if [ "$changed" = yes ] && [ "$status" -ne 0 ]; then roll_back; fi
${finished}}

${guarding}`

const main = (config: Config): string => `${locking}${trapping}${openFiles(config)}
${pull}
running=$(compose ps --quiet app) || fail 'Docker does not say what runs; nothing was changed'
if [ -f "$saved/image" ]; then
  earlier=yes
  earlier_image=$(cat -- "$saved/image")
elif [ -n "$running" ]; then
  keep_image || fail 'the image that runs could not be kept; nothing was changed'
  earlier=yes
  earlier_image=$kept
fi

guard
changed=yes
start
keep_image
prepare_save
changed=no
settled
save
if [ -n "$earlier_image" ] && [ "$earlier_image" != "$kept" ]; then docker image rm "$earlier_image" >/dev/null 2>&1 || :; fi
${startBackup(config)}say "$project runs and is ready"
`
