import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { basename, delimiter, join, resolve } from 'node:path'

const root = join(import.meta.dirname, '..')

/** The version of Helm that the engine reproduces; another one may print other bytes. */
const helmVersion = 'v4.1.4'

/** Programs that tests run beside our code, and what each is asked to see whether it serves. */
const tools = {
  helm: { variable: 'HELM_BIN', probe: ['version', '--template', '{{.Version}}'], expects: helmVersion },
  kubectl: { variable: 'KUBECTL_BIN', probe: ['version', '--client'], expects: '' },
  caddy: { variable: 'CADDY_BIN', probe: ['version'], expects: '' },
  nginx: { variable: 'NGINX_BIN', probe: ['-v'], expects: '' },
  openssl: { variable: 'OPENSSL_BIN', probe: ['version'], expects: '' },
  git: { variable: 'GIT_BIN', probe: ['--version'], expects: 'git' },
  jq: { variable: 'JQ_BIN', probe: ['--version'], expects: 'jq' },
  'docker-compose': { variable: 'DOCKER_COMPOSE_BIN', probe: ['version'], expects: 'Docker Compose version' },
  postgres: { variable: 'POSTGRES_BIN', probe: ['--version'], expects: 'PostgreSQL' },
  promtool: { variable: 'PROMTOOL_BIN', probe: ['--version'], expects: '' },
  python3: { variable: 'PYTHON_BIN', probe: ['-c', 'import sqlite3; print(1)'], expects: '1' },
  shellcheck: { variable: 'SHELLCHECK_BIN', probe: ['--version'], expects: '' },
  // Comes from no package: it takes part where somebody has it.
  traefik: { variable: 'TRAEFIK_BIN', probe: ['version'], expects: 'Version' },
  'systemd-analyze': { variable: 'SYSTEMD_ANALYZE_BIN', probe: ['--version'], expects: '' },
} as const

export type Tool = keyof typeof tools

/** Debian keeps the server's programs of every version apart, and none on PATH. */
function debianPostgres(): readonly string[] {
  const place = '/usr/lib/postgresql'
  return existsSync(place) ? readdirSync(place).map((version) => join(place, version, 'bin/postgres')) : []
}

/** Where a program can be that is named as a shell is told: by its name alone, or by its path. */
const placesOf = (program: string): readonly string[] =>
  program === basename(program) ? (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, program)) : [resolve(program)]

/** The whole path of a tool: from its variable, from `.tools/bin` (filled by `npm test`), or from PATH; undefined where none serves. */
export function findTool(name: Tool): string | undefined {
  const { variable, probe, expects } = tools[name]
  const chosen = process.env[variable]
  const candidates = [...(chosen ? placesOf(chosen) : []), join(root, '.tools/bin', name), ...placesOf(name), ...(name === 'postgres' ? debianPostgres() : [])]
  return candidates.find((path) => {
    if (!existsSync(path)) return false
    const { status, stdout } = spawnSync(path, probe, { encoding: 'utf8' })
    return status === 0 && stdout.includes(expects)
  })
}

/**
 * The path of a tool for a test file; `undefined` where it is missing, after a line that says
 * so. In CI a missing tool is an error, for nothing may be skipped there.
 */
export function requireTool(name: Tool): string | undefined {
  const path = findTool(name)
  if (path !== undefined) return path
  const message = `${name}${name === 'helm' ? ` ${helmVersion}` : ''} is missing: run npm test, which installs it, or set ${tools[name].variable}`
  if (process.env.CI) throw new Error(message)
  console.warn(`skipped: ${message}`)
  return undefined
}
