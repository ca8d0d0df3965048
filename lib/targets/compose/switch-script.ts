import type { Config } from '../../config/index.ts'
import { containerOf, machinePaths, proxyFilesOf, readinessSeconds, upstreamOf, type ProxyKind } from '../../plan/index.ts'
import { shellCommand, shellQuoted } from '../../text/shell.ts'
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
 * The script that deploys without a pause: the version that serves runs on until the new one is
 * ready in the other colour and the proxy has changed over. Which colour serves is said by the
 * proxy's own files and nowhere else, so the two cannot disagree.
 */
export const switchColours = (config: Config): string => `${head(config)}
${functions(config)}
${options}
${checksOf(config)}
${main(config)}`

/** What makes a running proxy read its files again; Traefik watches them. */
const reloads: Readonly<Record<ProxyKind, string>> = {
  caddy: 'compose exec -T caddy caddy reload --config /etc/caddy/Caddyfile --adapter caddyfile',
  nginx: 'compose exec -T nginx nginx -t -q && compose exec -T nginx nginx -s reload',
  traefik: 'sleep 3',
}

const head = (config: Config): string => `#!/bin/sh
# Deploys the stack in ${machinePaths.compose} on this machine without a pause: the new version starts
# beside the one that serves, the proxy changes over when it is ready, and the old one is stopped when
# its last requests have ended. Until then every failure leaves the old one serving.
#
# Usage: ${machinePaths.deployCompose} [--dry-run] [IMAGE]
#        ${machinePaths.deployCompose} [--dry-run] --back
#   --dry-run       says what would be done, and changes nothing
#   --back          changes back to the version that served before, as it was
#   IMAGE           runs this image instead of the configured one
#   DEPLOY_TIMEOUT  seconds until the new version must be ready (environment; 180 unless set)
#
# Needs Docker with Compose 2.20 or newer.
set -eu
cd -- "$(dirname -- "$0")/.."

${variables(config)}proxy=${shellQuoted(config['proxy.kind'])}
proxy_files=${shellQuoted(proxyFilesOf(config, 'compose').join(' '))}
live=${machinePaths.live}
back=no
active=
changed=no
pointed=no
`

const options = `while [ "$#" -gt 0 ]; do
  case $1 in
    --dry-run) dry=yes ;;
    --back) back=yes ;;
    -*) fail "there is no option $1" ;;
    *) image=$1 ;;
  esac
  shift
done`

const functions = (config: Config): string => `${saying('deploy-compose')}
${composeFunction('--profile blue --profile green ')}
# runs SERVICE
runs() {
  found=$(compose ps --quiet --status running "$1") && [ -n "$found" ]
}

other() {
  if [ "$1" = blue ]; then echo green; else echo blue; fi
}

# The colour that the proxy's files name; nothing before the first deployment.
named() {
  for colour in blue green; do
    if grep -q "app-$colour:" "$live"/* 2>/dev/null; then
      echo "$colour"
      return
    fi
  done
}

# point_to COLOUR: writes the proxy's files with this colour, each whole or not at all.
point_to() {
  mkdir -p -- "$live" && chmod 755 "$live" || return 1
  for file in $proxy_files; do
    sed "s/${upstreamOf(config)}:/app-$1:/g" "$file" >"deploy/.live" && chmod 644 deploy/.live && mv -- deploy/.live "$live/\${file##*/}" || return 1
  done
}

reload() {
  ${reloads[config['proxy.kind'] as ProxyKind] ?? 'false'}
}

# ready COLOUR: the application says that it lives and is ready, also to the proxy.
ready() {
  ${askApplication(config, '"app-$1"')} || return 1
  if ! runs "$proxy"; then return 0; fi
  compose exec -T "$proxy" wget -q -T ${readinessSeconds(config) + 1} -O /dev/null --header 'Host: localhost' "http://app-$1:${containerOf(config).port}"${shellCommand([config['app.readinessCheckPath']])}
}

${copyFunction}
${saveFunctions(config)}
say_plan() {
  if [ "$back" = yes ]; then
    say "would start app-$next as it was, let $proxy change over to it, and stop \${active:+app-}\${active:-nothing}"
  else
    say "would pull the images, start app-$next with \${image:-the configured image}, let $proxy change over to it, and stop \${active:+app-}\${active:-nothing}"
  fi
}

# After a run that was killed: what serves is what runs.
recover() {
  active=$(named)
  if [ -z "$active" ]; then return; fi
  next=$(other "$active")
  if ! runs "app-$active" && runs "app-$next" && ready "$next"; then
    say "app-$active does not run and app-$next does; the proxy changes over"
    point_to "$next"
    if runs "$proxy"; then reload; fi
    active=$next
  fi
}

roll_back() {
  say "the new version is not ready; the last words of app-$next:"
  compose logs --no-color --tail 50 "app-$next" >&2
  if [ "$back" = no ]; then restore_files; fi
  if [ -z "$active" ]; then
    if [ "$pointed" = yes ]; then rm -f -- "$live"/*; fi
    compose stop "app-$next"
    say 'there is no earlier version to go back to; the application is stopped'
    return
  fi
  runs "app-$active" || compose up --detach --no-deps --no-recreate --wait --wait-timeout "$timeout" "app-$active"
  if [ "$pointed" = yes ]; then
    point_to "$active"
    compose up --detach --no-deps --wait --wait-timeout "$timeout" "$proxy"
    reload || reload || say "the proxy did not read its files again; look at: docker compose logs $proxy"
  fi
  compose stop "app-$next"
  say "app-$active serves as before"
}

undo() {
  say 'this was killed before its end'
  pointed=yes
  roll_back
}

finish() {
${finishing}  if [ "$changed" = yes ] && [ "$status" -ne 0 ]; then roll_back; fi
${finished}}

${guarding}`

const main = (config: Config): string => {
  const servers = serversOf(config)
  return `${locking}${trapping}${openFiles(config)}
if [ "$dry" = yes ]; then
  active=$(named)
else
  recover
fi
next=$(other "\${active:-green}")
if [ "$back" = yes ]; then
  if [ -z "$active" ] || [ -z "$(compose ps --quiet --all "app-$next")" ]; then fail 'there is no earlier version to go back to'; fi
  if [ "$dry" = yes ]; then
    say_plan
    exit 0
  fi
  guard
  changed=yes
  compose up --detach --no-deps --no-recreate --wait --wait-timeout "$timeout" "app-$next"
else
${pull.replace(/^(?=.)/gm, '  ')}  guard
  changed=yes
${servers.length > 0 ? `  compose up --detach --wait --wait-timeout "$timeout" ${servers.join(' ')}\n` : ''}  compose up --detach --wait --wait-timeout "$timeout" "app-$next"
  prepare_save
fi
ready "$next"

pointed=yes
point_to "$next"
compose up --detach --no-deps --remove-orphans --wait --wait-timeout "$timeout" "$proxy"
reload
ready "$next"
changed=no
settled
if [ "$back" = no ]; then save; fi
${startBackup(config)}
# Requests that the proxy has already passed on end in the time that they are given.
if [ -n "$active" ]; then
  sleep 2
  compose stop "app-$active" || say "app-$active could not be stopped; it gets no requests any more"
fi
say "app-$next serves and is ready"
`
}
