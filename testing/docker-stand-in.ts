import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Machine } from './scripts.ts'

/** A container as the stand-in knows it. */
export interface Container {
  readonly image: string
  readonly running: boolean
  /** Whether it is healthy and ready when it runs. */
  readonly good: boolean
  /** What `RELEASE` was in the environment that it was made with, where that has one. */
  readonly release?: string
}

/** What goes wrong at one call, counted from 1. */
export interface Trouble {
  readonly call: number
  /** It fails and does nothing, does everything and fails then, or does it and the script that called it gets a signal. */
  readonly how: 'fails' | 'fails after' | 'TERM' | 'INT' | 'KILL'
}

/** What the stand-in remembers, and what it was told to do. */
export interface DockerState {
  /** Containers by name; the services of a stack are containers too. */
  readonly containers: Readonly<Record<string, Container>>
  readonly networks: Readonly<Record<string, string>>
  /** Images by the names that were given to them. */
  readonly tags: Readonly<Record<string, string>>
  /** Images that do not become ready. */
  readonly bad: readonly string[]
  /** The command, by its beginning, at which it fails, or sends SIGTERM to the script that called it. */
  readonly failAt?: string
  readonly interruptAt?: string
  readonly trouble?: Trouble
  /** The colour that the stack's proxy forwards to. */
  readonly served?: string
  /** The dumps that the service `backup` has, and the one that was restored. */
  readonly dumps: readonly string[]
  readonly restored?: string
  /** Every call: its arguments, `APP_IMAGE`, and where a stack is started what `deploy/app.env` held. */
  readonly calls: readonly {
    readonly args: string
    readonly image: string
    readonly file: string
  }[]
}

const folderOf = ({ folder }: Machine): string => join(folder, '../state')

/** Lays a state over nothing. */
export function setDocker(machine: Machine, state: Partial<DockerState>): void {
  const folder = folderOf(machine)
  rmSync(folder, { recursive: true, force: true })
  for (const name of ['containers', 'networks', 'calls', 'tags']) mkdirSync(join(folder, name), { recursive: true })
  const write = (name: string, text: string): void => writeFileSync(join(folder, name), text)
  for (const [name, { image, running, good, release = '' }] of Object.entries(state.containers ?? {}))
    write(`containers/${name}`, `${image} ${running ? 'running' : 'exited'} ${good ? 'good' : 'bad'} ${release}\n`)
  for (const [name, subnet] of Object.entries(state.networks ?? {})) write(`networks/${name}`, `${subnet}\n`)
  for (const [name, lines] of [['bad', state.bad], ['dumps', state.dumps]] as const)
    write(name, (lines ?? []).map((line) => `${line}\n`).join(''))
  for (const name of ['failAt', 'interruptAt', 'served', 'restored'] as const) if (state[name]) write(name, state[name])
  if (state.trouble) write('trouble', `${state.trouble.call} ${state.trouble.how}\n`)
  for (const [at, { args, image, file }] of (state.calls ?? []).entries()) {
    write(`calls/${at + 1}`, `${image}\n${args}\n`)
    write(`calls/${at + 1}.file`, file)
  }
  for (const [name, image] of Object.entries(state.tags ?? {})) write(`tags/${name}`, image)
  write('count', `${(state.calls?.length ?? 0) + 1}\n`)
}

export function dockerOf(machine: Machine): DockerState {
  const folder = folderOf(machine)
  const read = (name: string): string => (existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8') : '')
  const list = (name: string): readonly string[] => (existsSync(join(folder, name)) ? readdirSync(join(folder, name)) : [])
  const lines = (name: string): readonly string[] => read(name).split('\n').filter(Boolean)
  const count = list('calls').filter((name) => !name.includes('.')).length
  return {
    containers: Object.fromEntries(
      list('containers').map((name) => {
        const [image = '', status, quality, release] = read(`containers/${name}`).trim().split(' ')
        return [name, { image, running: status === 'running', good: quality === 'good', ...(release ? { release } : {}) }]
      }),
    ),
    networks: Object.fromEntries(list('networks').map((name) => [name, read(`networks/${name}`).trim()])),
    tags: Object.fromEntries(list('tags').map((name) => [name, read(`tags/${name}`).trim()])),
    bad: lines('bad'),
    dumps: lines('dumps'),
    served: read('served').trim() || undefined,
    restored: read('restored').trim() || undefined,
    calls: Array.from({ length: count }, (_, at) => {
      const [image = '', ...args] = read(`calls/${at + 1}`).trimEnd().split('\n')
      return { args: args.join('\n'), image, file: read(`calls/${at + 1}.file`) }
    }),
  }
}

/** Stand-ins for PATH: a `docker` that remembers what it is told, and a `sleep` that does not wait. */
export const dockerStandIn: Readonly<Record<string, string>> = {
  sleep: '#!/bin/sh\n',
  docker: `#!/bin/sh
# No more programs than needed are started: tests call it many thousand times.
if ! [ -d "$STATE/calls" ]; then
  mkdir -p "$STATE/containers" "$STATE/networks" "$STATE/calls" "$STATE/tags"
  touch "$STATE/bad" "$STATE/dumps"
fi

set -- "$@" ''
whole=$*
whole=\${whole% }
number=1
if [ -f "$STATE/count" ]; then read -r number <"$STATE/count"; fi
echo "$((number + 1))" >"$STATE/count"
printf '%s\\n%s\\n' "\${APP_IMAGE:-}" "$whole" >"$STATE/calls/$number"
case " $whole " in *' up '*) cp deploy/app.env "$STATE/calls/$number.file" ;; esac

compose=no
if [ "$1" = compose ]; then
  compose=yes
  shift
  while :; do
    case $1 in --project-name | --file | --profile) shift 2 ;; *) break ;; esac
  done
fi
call=$*
call=\${call% }
if [ "$compose" = yes ]; then call="compose $call"; fi

at() {
  [ -f "$STATE/$1" ] || return 1
  text=$(cat "$STATE/$1")
  case $call in "$text"*) ;; *) return 1 ;; esac
}
trouble=
if [ -f "$STATE/trouble" ]; then
  read -r when how <"$STATE/trouble"
  if [ "$when" = "$number" ]; then trouble=$how; fi
fi
if at failAt || [ "$trouble" = fails ]; then exit 1; fi

box() { printf '%s' "$STATE/containers/$1"; }
here() { [ -f "$(box "$1")" ] || done_with 1; read -r image status quality release <"$(box "$1")"; }
write() { printf '%s %s %s %s\\n' "$2" "$3" "$4" "$release" >"$(box "$1")"; }
made_of() { release=$(sed -n 's/^RELEASE=//p' "$1" 2>/dev/null); }
tagged() { case $1 in */*) return 1 ;; *) [ -f "$STATE/tags/$1" ] ;; esac; }
quality_of() {
  if grep -qxF -- "$1" "$STATE/bad" || grep -qs BAD deploy/app.env; then echo bad; else echo good; fi
}
named() { cat deploy/live/* 2>/dev/null | grep -o 'app-[a-z]*:' | head -n 1 | tr -d : ; }

# Answers, after what was ordered has been done.
done_with() {
  if [ "$1" -eq 0 ] && at interruptAt; then
    rm "$STATE/interruptAt"
    kill -TERM "$(cat "$STATE/../script.pid")"
  fi
  case $trouble in
    'fails after') exit 1 ;;
    TERM | INT | KILL) kill "-$trouble" "$(cat "$STATE/../script.pid")" ;;
  esac
  exit "$1"
}

last() { last=; for word; do if [ -n "$word" ]; then last=$word; fi; done; }
last "$@"

up() {
  keep=no
  failed=0
  services=
  while [ -n "$1" ]; do
    case $1 in
      --no-recreate) keep=yes ;;
      --wait-timeout) shift ;;
      -*) ;;
      *) services="$services $1" ;;
    esac
    shift
  done
  for service in \${services:-app}; do
    if [ "$keep" = yes ] && [ -f "$(box "$service")" ]; then
      here "$service"
    else
      image=\${APP_IMAGE:-configured}
      made_of deploy/app.env
      quality=good
      # What was kept by a name of its own was good.
      if tagged "$image"; then
        read -r image <"$STATE/tags/$image"
      else
        case $service in app*) quality=$(quality_of "$image") ;; esac
      fi
    fi
    write "$service" "$image" running "$quality"
    case $service in
      app*) if [ "$quality" = bad ]; then failed=1; fi ;;
      caddy | nginx | traefik) named >"$STATE/served" ;;
    esac
  done
  return "$failed"
}

execute() {
  shift
  here "$1"
  [ "$status" = running ] || return 1
  case $* in
    *'caddy reload'* | *'nginx -s reload'*) named >"$STATE/served" ;;
    *wget*) target=$(printf '%s' "$*" | grep -o 'app-[a-z]*' | head -n 1); here "$target"; [ "$status $quality" = 'running good' ] ;;
    *) [ "$quality" = good ] ;;
  esac
}

ask_backup() {
  while [ "$1" != backup ]; do shift; done
  case $2 in
    list) cat "$STATE/dumps" ;;
    check) grep -qxF -- "$3" "$STATE/dumps" ;;
    receive) cat >/dev/null; echo received.dump >>"$STATE/dumps"; echo received.dump ;;
    restore) printf '%s' "$3" >"$STATE/restored" ;;
    send) echo content ;;
  esac
}

stack() {
  command=$1
  shift
  case $command in
    ps)
      here "$last"
      case "$* $status" in *--all* | *' running') echo "$last" ;; esac
      ;;
    stop) for service; do if [ -n "$service" ]; then here "$service"; write "$service" "$image" exited "$quality"; fi; done ;;
    up) up "$@" ;;
    exec) execute "$@" ;;
    run) ask_backup "$@" ;;
    pull | config | logs | restart | version) ;;
    *) return 64 ;;
  esac
}

if [ "$compose" = yes ]; then
  if [ "$1" = ps ] && ! [ -f "$(box "$last")" ]; then done_with 0; fi
  stack "$@"
  done_with "$?"
fi

case $1 in
  version | pull | logs) ;;
  network)
    if [ "$2" = create ]; then
      while [ "$1" != --subnet ]; do shift; done
      printf '%s\\n' "$2" >"$STATE/networks/$last"
    else
      [ -f "$STATE/networks/$last" ] || done_with 1
      cat "$STATE/networks/$last"
    fi
    ;;
  ps)
    name=\${last#name=^/}
    name=\${name%$}
    if [ -f "$(box "$name")" ]; then
      here "$name"
      case "$* $status" in *--all* | *running) echo "$name" ;; esac
    fi
    ;;
  run)
    case $whole in
      *'run --rm '*' /ops/backup.py '*)
        while [ "$1" != /ops/backup.py ]; do shift; done
        shift
        ask_backup backup "$@"
        done_with "$?"
        ;;
    esac
    while [ "$1" != --name ]; do shift; done
    if [ -f "$(box "$2")" ]; then done_with 125; fi
    made_of deploy/app.env
    write "$2" "$last" running "$(quality_of "$last")"
    ;;
  rename)
    here "$2"
    if [ -f "$(box "$3")" ]; then done_with 1; fi
    mv "$(box "$2")" "$(box "$3")"
    ;;
  stop) here "$last"; write "$last" "$image" exited "$quality" ;;
  start) here "$last"; write "$last" "$image" running "$quality" ;;
  rm) here "$last"; rm "$(box "$last")" ;;
  exec) here "$2"; [ "$status $quality" = 'running good' ] || done_with 1 ;;
  inspect)
    here "$last"
    case $3 in
      '{{.Image}}')
        id=$(printf '%s' "$image" | tr '/:@' '___')
        echo "$image" >"$STATE/tags/sha256:$id"
        echo "sha256:$id"
        ;;
      *) if [ "$quality" = good ]; then echo "$status healthy"; else echo "$status unhealthy"; fi ;;
    esac
    ;;
  tag) cp "$STATE/tags/$2" "$STATE/tags/$3" ;;
  image) rm "$STATE/tags/$3" 2>/dev/null || done_with 1 ;;
  *) done_with 64 ;;
esac
done_with 0
`,
}
