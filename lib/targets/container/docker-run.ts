import type { Config } from '../../config/index.ts'
import {
  containerOf,
  envFileOf,
  machinePaths,
  postgresAddress,
  redisAddress,
  secretFilesOf,
  type Container,
} from '../../plan/index.ts'
import { shellCommand, shellQuoted } from '../../text/shell.ts'

/**
 * The script that runs the application as one hardened container and replaces it by a new one:
 * the old container is kept, stopped, until the new one is healthy and ready.
 */
export const dockerRun = (config: Config): string => `${head(config)}
${functions(config)}
${checks}
${main}`

const head = (config: Config): string => {
  const { network, image } = containerOf(config)
  return `#!/bin/sh
# Runs the application as one container on this machine, or replaces the one that runs. The old
# container comes back when the new one does not become ready, or when this is interrupted.
#
# Usage: ${machinePaths.dockerRun} [IMAGE]
#   IMAGE           runs this image instead of the configured one
#   DEPLOY_TIMEOUT  seconds until the container must be ready (environment; 180 unless set)
set -eu
cd -- "$(dirname -- "$0")/.."

name=${shellQuoted(config['release.name'])}
old="$name-previous"
image=\${1:-${shellCommand([image])}}
network=${shellQuoted(network.name)}
subnet=${shellQuoted(network.subnet)}
files=${shellQuoted([envFileOf(config, 'container'), ...secretFilesOf(config, 'container')].join(' '))}
lock=deploy/.lock
timeout=\${DEPLOY_TIMEOUT:-180}
locked=no
changed=no
had=no
`
}

const functions = (config: Config): string => {
  const container = containerOf(config)
  return `say() {
  printf 'docker-run: %s\\n' "$*" >&2
}

fail() {
  say "$*"
  exit 1
}

exists() {
  docker container inspect "$1" >/dev/null 2>&1
}

run_new() {
${runCommand(config)} "$image" >/dev/null
}

# Waits until Docker calls the container healthy and the application says that it lives and is ready.
wait_ready() {
  waited=0
  while [ "$waited" -lt "$timeout" ]; do
    state=$(docker inspect --format '{{.State.Status}} {{.State.Health.Status}}' "$name") || return 1
    case $state in
      'running healthy')
        docker exec "$name" ${shellCommand(container.livenessProbe)} &&
          docker exec "$name" ${shellCommand(container.probe)} &&
          return 0
        ;;
      exited* | dead* | restarting* | removing*) return 1 ;;
    esac
    sleep 2
    waited=$((waited + 2))
  done
  return 1
}

# Puts the old container back under its name, and starts it.
go_back() {
  if [ "$had" = yes ] && ! exists "$old"; then
    # Cut off before it was set aside.
    docker start "$name" >/dev/null && say 'the container runs as before'
    return
  fi
  if exists "$name"; then
    docker logs --tail 50 "$name" >&2 || true
    docker rm --force "$name" >/dev/null
  fi
  if exists "$old"; then
    docker rename "$old" "$name" && docker start "$name" >/dev/null && say 'the previous container runs again'
  else
    say 'there is no earlier container to go back to'
  fi
}

# What an earlier run left behind when it was killed between two steps.
recover() {
  if ! exists "$old"; then return; fi
  if exists "$name" && wait_ready; then
    docker rm --force "$old" >/dev/null
  else
    say 'an earlier replacement was cut off'
    go_back
  fi
}

finish() {
  status=$?
  trap - EXIT
  trap '' HUP INT PIPE TERM
  set +e
  if [ "$changed" = yes ] && [ "$status" -ne 0 ]; then
    say 'the new container is not ready; its last words:'
    go_back
  fi
  if [ "$locked" = yes ]; then rmdir -- "$lock"; fi
  exit "$status"
}
`
}

/** Everything that the plan decides about the container, as \`docker run\` is told. */
function runCommand(config: Config): string {
  const container = containerOf(config)
  const options: readonly (readonly string[])[] = [
    ['--restart', 'unless-stopped'],
    ['--stop-timeout', String(container.stopGraceSeconds)],
    ['--user', container.user],
    ['--read-only'],
    ...container.tmpfs.map((path) => [
      '--tmpfs',
      `${path}:rw,noexec,nosuid,nodev,size=${container.tmpfsSize}`,
    ]),
    ['--cap-drop', 'ALL'],
    ['--security-opt', 'no-new-privileges:true'],
    ['--pids-limit', String(container.pids)],
    ['--memory', container.memory],
    ['--cpus', container.cpus],
    ['--log-driver', 'json-file'],
    ['--log-opt', `max-size=${container.logMaxSize}`],
    ['--log-opt', `max-file=${container.logMaxFile}`],
    ...environmentOptions(config),
    ...dataOptions(container),
    ['--publish', `127.0.0.1:${container.hostPort}:${container.port}`],
    ['--health-cmd', shellCommand(container.probe)],
    ['--health-interval', '10s'],
    ['--health-timeout', `${container.probeSeconds}s`],
    ['--health-retries', '3'],
    ['--health-start-period', '60s'],
    ...hostOptions(config),
  ]
  const lines = [
    'docker run --detach --name "$name" --network "$network"',
    ...options.map((words) => `  ${shellCommand(words)}`),
  ]
  return lines
    .map((line) => `  ${line} \\`)
    .join('\n')
    .replace(/\\$/, '\\\n   ')
}

const environmentOptions = (config: Config): readonly (readonly string[])[] =>
  [envFileOf(config, 'container'), ...secretFilesOf(config, 'container')].map((path) => [
    '--env-file',
    path,
  ])

/** A named volume: it takes its owner from the image, which a directory of the machine would not. */
const dataOptions = ({ data }: Container): readonly (readonly string[])[] =>
  data ? [['--volume', `${data.volume}:${data.path}`]] : []

/** For a server on the machine itself, which Linux containers know by no name of its own. */
const hostOptions = (config: Config): readonly (readonly string[])[] =>
  [postgresAddress(config, 'container'), redisAddress(config, 'container')].some(
    ({ host }) => host === 'host.docker.internal',
  )
    ? [['--add-host', 'host.docker.internal:host-gateway']]
    : []

const checks = `if [ "$#" -gt 1 ]; then fail 'at most one argument: the image'; fi
case $image in
  [!A-Za-z0-9]* | *[!A-Za-z0-9._:/@-]*) fail 'the image must be a reference such as ghcr.io/owner/name:v1.0.0' ;;
esac
case $timeout in
  '' | *[!0-9]*) fail 'DEPLOY_TIMEOUT must be a number of seconds' ;;
esac
for file in $files; do
  if ! [ -s "$file" ]; then fail "$file is missing: copy the whole bundle, and run ${machinePaths.createSecrets} if it is there"; fi
done
docker version >/dev/null 2>&1 || fail 'Docker does not answer'
`

const main = `if ! mkdir -- "$lock" 2>/dev/null; then
  fail "another deployment is under way; if none is, remove the directory $lock"
fi
locked=yes
trap finish EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 141' PIPE
trap 'exit 143' TERM

docker pull --quiet "$image" >/dev/null || fail 'the image could not be pulled; nothing was changed. Private registries need a docker login on this machine'

if ! docker network inspect "$network" >/dev/null 2>&1; then
  docker network create --driver bridge --subnet "$subnet" "$network" >/dev/null
fi
found=$(docker network inspect --format '{{(index .IPAM.Config 0).Subnet}}' "$network")
if [ "$found" != "$subnet" ]; then
  fail "the network $network has the subnet $found and the application trusts $subnet; stop what uses it, then: docker network rm $network"
fi

recover
if exists "$name"; then had=yes; fi
changed=yes
if [ "$had" = yes ]; then
  docker rename "$name" "$old"
  docker stop "$old" >/dev/null
fi
run_new
wait_ready || exit 1
changed=no

if exists "$old"; then docker rm "$old" >/dev/null; fi
say "$name runs $image and is ready"
`
