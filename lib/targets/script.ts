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

/**
 * For a script with a function \`undo\`. A second process waits for the end of the script and of all
 * that it has started, and undoes what was begun unless it was told that all is well: so even
 * SIGKILL, after which a script can do nothing any more, leaves nothing half done. It holds the
 * lock too, so that nobody else begins before.
 */
export const guarding = `# guard: from here on a second process calls "undo" if this one ends without "settled".
guard() {
  pulse=deploy/.pulse
  rm -f -- "$pulse"
  mkfifo -m 600 -- "$pulse"
  (
    trap - EXIT
    trap '' HUP INT PIPE TERM
    set +e
    if [ -z "$(cat -- "$pulse")" ]; then undo; fi
  ) &
  guardian=$!
  exec 8>"$pulse"
  rm -f -- "$pulse"
}

# settled: there is nothing to undo any more.
settled() {
  echo settled >&8
}
`

/** The end of \`finish\`: whatever had to be undone has been. */
export const finished = `  if [ -n "\${guardian:-}" ]; then
    settled
    exec 8>&-
    wait "$guardian"
  fi
  exit "$status"
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
