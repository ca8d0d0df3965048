import type { Config } from '../../config/index.ts'
import { backupOf, containerOf, envFileOf, machinePaths, secretFilesOf } from '../../plan/index.ts'
import { shellCommand, shellQuoted } from '../../text/shell.ts'
import { finished, finishing, guarding, imageCheck, locking, saying, timeoutCheck, trapping } from '../script.ts'
import { backupName, startBackup } from './backup.ts'
import { createCommand } from './create.ts'
import { containerFunctions } from './parts.ts'

/**
 * The script that runs the application as one hardened container and replaces it by a new one. The
 * new one is tried beside the old one first; the old container is kept, stopped, until the one in
 * its place is ready. It holds its own image and environment, so both go back together.
 */
export const dockerRun = (config: Config): string => `${head(config)}
${functions(config)}
${options}
${checks}
${main(config)}`

const head = (config: Config): string => {
  const { network, image } = containerOf(config)
  const backup = backupOf(config, 'container')
  return `#!/bin/sh
# Runs the application as one container on this machine, or replaces the one that runs. The old
# container comes back when the new one does not become ready, or when this is interrupted.
#
# Usage: ${machinePaths.dockerRun} [--dry-run] [IMAGE]
#   --dry-run       says what would be done, and changes nothing
#   IMAGE           runs this image instead of the configured one
#   DEPLOY_TIMEOUT  seconds until the container must be ready (environment; 180 unless set)
set -eu
cd -- "$(dirname -- "$0")/.."

name=${shellQuoted(config['release.name'])}
old="$name-previous"
trial="$name-trial"
image=${shellCommand([image])}
${backup ? `backups=${shellQuoted(backupName(config))}\n` : ''}network=${shellQuoted(network.name)}
subnet=${shellQuoted(network.subnet)}
plain=${shellQuoted(envFileOf(config, 'container'))}
secrets=${shellQuoted(secretFilesOf(config, 'container').join(' '))}
saved=deploy/.previous
failed=deploy/.failed
timeout=\${DEPLOY_TIMEOUT:-180}
dry=no
changed=no
trying=no
had=no
`
}

const options = `while [ "$#" -gt 0 ]; do
  case $1 in
    --dry-run) dry=yes ;;
    -*) fail "there is no option $1" ;;
    *) image=$1 ;;
  esac
  shift
done`

const functions = (config: Config): string => {
  const backup = backupOf(config, 'container')
  return `${saying('docker-run')}
${containerFunctions(config)}
# create NAME OPTION...: a container of the image, with these options besides.
create() {
  container=$1
  shift
${createCommand(config)}
}

# The plain variables of the last good deployment; its secret ones never leave their file.
restore_files() {
  if ! [ -f "$saved/env" ]; then return; fi
  mkdir -p -- "$failed"
  cp -p -- "$plain" "$failed/env"
  printf '*\\n' >"$failed/.gitignore"
  cp -p -- "$saved/env" "$plain.part" && mv -- "$plain.part" "$plain"
  say "the variables of the failed deployment are in $failed/env"
}

save_files() {
  mkdir -p -- "$saved"
  printf '*\\n' >"$saved/.gitignore"
  cp -p -- "$plain" "$saved/env.part" && mv -- "$saved/env.part" "$saved/env"
}

# Puts the old container back under its name, and starts it; begun again, it goes on where it stopped.
put_back() {
  if exists "$old"; then
    if exists "$name"; then docker rm --force "$name" >/dev/null || return 1; fi
    docker rename "$old" "$name" || return 1
  fi
  docker start "$name" >/dev/null
}

go_back() {
  if [ "$had" = no ] && ! exists "$old"; then
    if exists "$name"; then
      docker logs --tail 50 "$name" >&2 || true
      docker rm --force "$name" >/dev/null || docker rm --force "$name" >/dev/null
    fi
    say 'there is no earlier container to go back to'
    return
  fi
  if exists "$old" && exists "$name"; then docker logs --tail 50 "$name" >&2 || true; fi
  if put_back || put_back || put_back; then
    say 'the previous container runs again'
  else
    say "the previous container does not start; look at: docker ps --all, and docker start $name"
  fi
}

# What an earlier run left behind when it was killed between two steps.
recover() {
  if exists "$trial"; then docker rm --force "$trial" >/dev/null; fi
  if ! exists "$old"; then return; fi
  if exists "$name" && wait_ready "$name"; then
    docker rm --force "$old" >/dev/null
  else
    say 'an earlier replacement was cut off'
    go_back
  fi
}

finish() {
${finishing}  if [ "$trying" = yes ]; then
    docker logs --tail 50 "$trial" >&2
    docker rm --force "$trial" >/dev/null
    restore_files
    say 'the new container did not become ready beside the old one, which runs on'
  fi
  if [ "$changed" = yes ] && [ "$status" -ne 0 ]; then
    say 'the new container is not ready; its last words:'
    go_back
    restore_files
  fi
${finished}}

# Killed between two steps: a new container that is ready stays, else the old one comes back.
undo() {
  say 'this was killed before its end'
  if exists "$trial"; then docker rm --force "$trial" >/dev/null; fi
  if { [ "$had" = no ] || exists "$old"; } && exists "$name" && wait_ready "$name"; then
    save_files
    if exists "$old"; then docker rm --force "$old" >/dev/null; fi
  else
    go_back
    restore_files
  fi
}

${guarding}${backup ? startBackup(config, backup) : ''}`
}

const checks = `${imageCheck}${timeoutCheck}for file in $plain $secrets; do
  if ! [ -s "$file" ]; then fail "$file is missing: copy the whole bundle, and run ${machinePaths.createSecrets} if it is there"; fi
done
docker version >/dev/null 2>&1 || fail 'Docker does not answer'
if [ "$dry" = yes ]; then
  if exists "$name"; then say "would pull $image and replace $name by it when it is ready"; else say "would pull $image and run $name"; fi
  exit 0
fi
`

/** Two may not write one SQLite file, so there the new one is not tried beside the old one. */
const tryBeside = (config: Config): string =>
  containerOf(config).data
    ? ''
    : `if [ "$had" = yes ]; then
  trying=yes
  create "$trial" --restart no
  wait_ready "$trial"
  docker rm --force "$trial" >/dev/null
  trying=no
fi
`

/** A container reads the script as a user of its own. */
const openBackup = (config: Config): string => {
  const backup = backupOf(config, 'container')
  return backup ? `\nchmod 644 ${backup.script}` : ''
}

const main = (config: Config): string => `${locking}${trapping}${openBackup(config)}
docker pull --quiet "$image" >/dev/null || fail 'the image could not be pulled; nothing was changed. Private registries need a docker login on this machine'

if ! docker network inspect "$network" >/dev/null 2>&1; then
  docker network create --driver bridge --subnet "$subnet" "$network" >/dev/null
fi
used=$(docker network inspect --format '{{(index .IPAM.Config 0).Subnet}}' "$network")
if [ "$used" != "$subnet" ]; then
  fail "the network $network has the subnet $used and the application trusts $subnet; stop what uses it, then: docker network rm $network"
fi

recover
if exists "$name"; then had=yes; fi
guard
${tryBeside(config)}changed=yes
if [ "$had" = yes ]; then
  docker rename "$name" "$old"
  docker stop "$old" >/dev/null
fi
create "$name" --restart ${config['vm.systemd'] ? 'no' : 'unless-stopped'} --publish ${shellCommand([`127.0.0.1:${containerOf(config).hostPort}:${containerOf(config).port}`])}
wait_ready "$name"
changed=no
settled

save_files
if exists "$old"; then docker rm "$old" >/dev/null || say "$old could not be removed; the next deployment does it"; fi
${backupOf(config, 'container') ? `start_backup || say "the backups did not start; look at: docker logs $backups"\n` : ''}say "$name runs $image and is ready"
`
