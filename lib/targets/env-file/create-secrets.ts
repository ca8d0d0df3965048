import type { Config } from '../../config/index.ts'
import { bundlesPostgres, bundlesRedis, machinePaths } from '../../plan/index.ts'
import { shellCommand, shellQuoted, shellWord } from '../../text/shell.ts'
import { locking } from '../script.ts'
import { demandedSecretsOf, type DemandedSecret } from './demands.ts'

/** Letters and digits of a drawn value: far above the 32 that a shared JWT secret needs. */
const drawnLength = 48

/**
 * A script that fills `secrets/` on the machine: draws what anyone may invent and asks for the
 * rest. It never replaces a value; run again after a change, it adds what has become necessary.
 *
 * Containers get the values as env files of the machine's user (0600), which Docker reads, and not
 * as mounted secret files: Compose mounts those with the owner and mode that they have here and
 * ignores `uid`, `gid` and `mode`. Only root could give them to the containers' users (10001 and
 * 999); without root they would have to be readable by everyone, with nothing but the mode of their
 * directory between. Whoever may see a container's environment controls Docker, and so is root here.
 * Redis, whose password would stand on its command line, gets it by a file in its own memory.
 */
export function createSecrets(config: Config): string {
  const copies = copiesOf(config)
  const files = [machinePaths.secrets, ...copies.map(({ file }) => file)]
  return `${head(files)}
${functions}
${opening(config)}
${demandedSecretsOf(config)
  .map((secret) => section(secret, copies))
  .join('\n')}
${ending}`
}

/** Where a bundled server wants a value of the application under a name of its own. */
interface Copy {
  readonly of: string
  readonly name: string
  readonly file: string
}

const copiesOf = (config: Config): readonly Copy[] => [
  ...(bundlesPostgres(config)
    ? [
        {
          of: 'APP_DATABASE_POSTGRES_PASSWORD',
          name: 'POSTGRES_PASSWORD',
          file: machinePaths.postgresSecrets,
        },
      ]
    : []),
  ...(bundlesRedis(config) && config['redis.auth']
    ? [{ of: 'APP_REDIS_PASSWORD', name: 'REDIS_PASSWORD', file: machinePaths.redisSecrets }]
    : []),
]

const head = (files: readonly string[]): string => `#!/bin/sh
# Writes the secret values of this deployment on this machine:
${files.map((file) => `#   ${file}`).join('\n')}
# Random values are drawn where any value serves; the others are asked for. A value that
# the environment has under the variable's name is taken instead. Values that are there
# already stay; run this again when a change of the configuration needs more of them.
#
# Usage: ${machinePaths.createSecrets} [--dry-run]
#   --dry-run  says which values are missing, and changes nothing
set -eu
umask 077
LC_ALL=C
export LC_ALL
cd -- "$(dirname -- "$0")/.."

files=${shellQuoted(files.join(' '))}
added=no
silent=no
dry=no
`

const functions = `fail() {
  printf 'create-secrets: %s\\n' "$*" >&2
  exit 1
}

clean_up() {
  if [ "$silent" = yes ]; then stty echo; fi
  for file in $files; do rm -f "$file.$$"; done
}

# missing NAME ORIGIN
missing() {
  if grep -qs "^$1=." ${machinePaths.secrets}; then return; fi
  if [ "$2" = generate ]; then how='draw'; else how='ask for'; fi
  printf 'create-secrets: would %s %s, unless the environment has it\\n' "$how" "$1" >&2
}

# obtain NAME ORIGIN HELP: sets $value to what is there already, to the environment's, to a drawn or a typed one.
obtain() {
  value=$(sed -n "s/^$1=//p" "$app.$$" | head -n 1)
  if [ -n "$value" ]; then return; fi
  eval "value=\\\${$1-}"
  if [ -n "$value" ]; then return; fi
  if [ "$2" = generate ]; then
    value=$(tr -dc 'A-Za-z0-9' 2>/dev/null </dev/urandom | head -c ${drawnLength})
    return
  fi
  if ! [ -t 0 ]; then fail "$1 is asked for: run this in a terminal, or put the value into the environment"; fi
  printf '%s\\n%s: ' "$3" "$1" >&2
  silent=yes
  stty -echo
  IFS= read -r value || value=
  stty echo
  silent=no
  printf '\\n' >&2
}

# put FILE NAME: adds $value unless the file has the name.
put() {
  if grep -q "^$2=" "$1.$$"; then return; fi
  printf '%s=%s\\n' "$2" "$value" >>"$1.$$"
  added=yes
}

# check_line NAME: what an env file, Compose and docker run all carry unchanged.
check_line() {
  case $value in
    '') fail "$1 is empty" ;;
    *[!\\ -~]*) fail "$1 must be one line of printable ASCII" ;;
    *'$'* | *\\"* | *\\'* | *\\\`* | *\\\\*) fail "$1 must have no dollar sign, quote or backslash" ;;
    ' '* | *' ' | '#'* | *' #'*) fail "$1 must not begin or end with a blank or begin a comment" ;;
  esac
}

check_no_blank() {
  case $value in *' '*) fail "$1 must have no blanks" ;; esac
}

# check_without NAME CHARACTERS REASON
check_without() {
  if [ "$(printf '%s' "$value" | tr -d "$2")" != "$value" ]; then fail "$1 must have none of $2: $3"; fi
}
`

const opening = (config: Config): string => `case \${1:-} in
  '') ;;
  --dry-run) dry=yes ;;
  *) fail "there is no option $1" ;;
esac
if [ "$dry" = yes ]; then
${demandedSecretsOf(config)
  .map(({ name, origin }) => `  ${shellCommand(['missing', name, origin])}`)
  .join('\n')}
  exit 0
fi
${locking}trap clean_up EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

app=${machinePaths.secrets}
mkdir -p secrets
chmod 700 secrets
# What a killed run has left.
rm -f secrets/*.env.[0-9]*
for file in $files; do
  if [ -e "$file" ]; then
    chmod 600 "$file"
    cat "$file" >"$file.$$"
  else
    : >"$file.$$"
  fi
done
`

function section({ name, origin, help, demand }: DemandedSecret, copies: readonly Copy[]): string {
  const lines = [shellCommand(['obtain', name, origin, help]), shellCommand(['check_line', name])]
  if (!demand.blanks) lines.push(shellCommand(['check_no_blank', name]))
  if (demand.without)
    lines.push(
      shellCommand(['check_without', name, demand.without.characters, demand.without.because]),
    )
  if (demand.atLeast !== undefined) {
    const complaint = shellWord(`${name} must have at least ${demand.atLeast} characters`)
    lines.push(`if [ "\${#value}" -lt ${demand.atLeast} ]; then fail ${complaint}; fi`)
  }
  if (demand.beginsWith) {
    const patterns = demand.beginsWith.map((one) => `${shellQuoted(one)}?*`).join(' | ')
    lines.push(
      `case $value in ${patterns}) ;; *) fail ${shellWord(`${name} must begin with ${demand.beginsWith.join(' or ')}`)} ;; esac`,
    )
  }
  if (demand.contains !== undefined)
    lines.push(
      `case $value in *${shellQuoted(demand.contains)}*) ;; *) fail ${shellWord(`${name} must have ${demand.contains} in it`)} ;; esac`,
    )
  lines.push(`put "$app" ${name}`)
  for (const copy of copies)
    if (copy.of === name) lines.push(shellCommand(['put', copy.file, copy.name]))
  return `${lines.join('\n')}\n`
}

const ending = `if [ "$added" = no ]; then
  printf 'create-secrets: every value exists already, and is in use. Nothing was changed; remove the line of a value from %s if you want another.\\n' "$files" >&2
  exit 0
fi
for file in $files; do mv -f -- "$file.$$" "$file"; done
printf 'Wrote %s, readable by you alone. Keep a copy where it is safe: nothing else has these values.\\n' "$files"
`
