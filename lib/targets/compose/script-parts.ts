import type { Config } from '../../config/index.ts'
import {
  backupOf,
  bundlesPostgres,
  bundlesProxy,
  bundlesRedis,
  containerOf,
  envFileOf,
  machinePaths,
  proxyFilesOf,
  secretFilesOf,
  switchesColours,
} from '../../plan/index.ts'
import { shellCommand, shellQuoted } from '../../text/shell.ts'
import { imageCheck, timeoutCheck } from '../script.ts'

/** The files that a deployment changes and that go back with it. */
const kept = (config: Config): readonly string[] => [
  machinePaths.compose,
  envFileOf(config, 'compose'),
  ...proxyFilesOf(config, 'compose'),
]

/** The databases that the stack brings. */
export const serversOf = (config: Config): readonly string[] => [
  ...(bundlesPostgres(config) ? ['postgres'] : []),
  ...(bundlesRedis(config) ? ['redis'] : []),
]

/** What both deploy scripts know from the beginning. */
export const variables = (config: Config): string => `project=${shellQuoted(config['release.name'])}
files=${shellQuoted(kept(config).join(' '))}
secrets=${shellQuoted(secretFilesOf(config, 'compose').join(' '))}
saved=deploy/.previous
failed=deploy/.failed
timeout=\${DEPLOY_TIMEOUT:-180}
image=\${APP_IMAGE:-}
dry=no
`

/** Compose with the stack's own names; `options` are shell text. */
export const composeFunction = (options = ''): string => `compose() {
  docker compose --project-name "$project" --file ${machinePaths.compose} ${options}"$@"
}
`

/** The application of a service says that it lives and is ready; \`service\` is shell text. */
export const askApplication = (config: Config, service: string): string =>
  `compose exec -T ${service} ${shellCommand(containerOf(config).livenessProbe)} &&
    compose exec -T ${service} ${shellCommand(containerOf(config).probe)}`

/** Copies the files of the deployment; each is whole or not there at all. */
export const copyFunction = `# copy_files FROM TO
copy_files() {
  for file in $files; do
    mkdir -p -- "$2/$(dirname -- "$file")" || return 1
    if [ -f "$1/$file" ]; then
      cp -p -- "$1/$file" "$2/$file.part" && mv -- "$2/$file.part" "$2/$file" || return 1
    fi
  done
}

# Puts back the files of the last good deployment, and keeps those of the failed one.
restore_files() {
  if ! [ -d "$saved" ]; then return; fi
  rm -rf -- "$failed"
  copy_files . "$failed"
  printf '*\\n' >"$failed/.gitignore"
  copy_files "$saved" .
  say "the files of the failed deployment are in $failed"
}
`

/** Sets the files of a good deployment aside, in two steps of which the second is a change of names. */
export const saveFunctions = (config: Config): string => `prepare_save() {
  rm -rf -- "$saved.new"
  copy_files . "$saved.new" || return 1
  printf '*\\n' >"$saved.new/.gitignore"
${switchesColours(config) ? '' : `  printf '%s\\n' "$kept" >"$saved.new/image"
`}${bundlesPostgres(config) ? `  printf '%s\\n' "$postgres" >"$saved.new/postgres"\n` : ''}}

save() {
  rm -rf -- "$saved"
  mv -- "$saved.new" "$saved"
}
`

/** A backup that does not start is said, and takes nothing back. */
export const startBackup = (config: Config): string =>
  backupOf(config, 'compose')
    ? `compose --profile backup up --detach --no-deps backup || say 'the backups did not start; look at: docker compose --profile backup logs backup'
`
    : ''

/** What must be there before anything is changed. */
export const checksOf = (config: Config): string => `${imageCheck}${timeoutCheck}if [ -n "$image" ]; then
  APP_IMAGE=$image
  export APP_IMAGE
else
  unset APP_IMAGE
fi
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

/** Files that containers read as users of their own, for whom a strict umask of the machine's user would close them. */
export const openFiles = (config: Config): string => {
  const backup = backupOf(config, 'compose')
  const files = [...(bundlesProxy(config) ? proxyFilesOf(config, 'compose') : []), ...(backup ? [backup.script] : [])]
  return files.length > 0
    ? `\n# Containers read them without the right to pass over file modes.\n[ "$dry" = yes ] || chmod 644 ${shellCommand(files)}\n`
    : ''
}

/** What is fetched and tried before anything is changed. */
export const pull = `compose config --quiet || fail 'Compose does not accept the files'
if [ "$dry" = yes ]; then
  say_plan
  exit 0
fi
compose pull --quiet || fail 'an image could not be pulled; nothing was changed. Private registries need a docker login on this machine'
`
