/** Parts of the scripts that change what runs on a machine. */

/** How a script speaks: on standard error, so that its output stays clean. */
export const saying = (script: string): string => `say() {
  printf '${script}: %s\\n' "$*" >&2
}

fail() {
  say "$*"
  exit 1
}
`

/**
 * One at a time on a machine, whichever script it is. The kernel lets go of the lock when its
 * holders have ended, also those that were killed, so that none is ever left behind.
 */
export const locking = `command -v flock >/dev/null 2>&1 || fail 'flock is needed (package util-linux)'
exec 9>deploy/.lock
flock -n 9 || fail 'another deployment or restore is under way'
`

/** Ends by way of \`finish\`, whatever ends it. */
export const trapping = `trap finish EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 141' PIPE
trap 'exit 143' TERM
`

/** The beginning of \`finish\`: what it does is not cut off by a second signal, and goes on after an error. */
export const finishing = `  status=$?
  trap - EXIT
  trap '' HUP INT PIPE TERM
  set +e
`

/** Refuses an \`$image\` that is no reference; it may be empty. */
export const imageCheck = `case $image in
  [!A-Za-z0-9]* | *[!A-Za-z0-9._:/@-]*) fail 'the image must be a reference such as ghcr.io/owner/name:v1.0.0' ;;
esac
`

/** Refuses a \`$timeout\` that is no number. */
export const timeoutCheck = `case $timeout in
  '' | *[!0-9]*) fail 'DEPLOY_TIMEOUT must be a number of seconds' ;;
esac
`
