/** What `npm start` and `npm test` need before any package is there: plain Node, nothing else. */
import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = join(dirname(fileURLToPath(import.meta.url)), '..')

const environment = { ...process.env, NEXT_TELEMETRY_DISABLED: '1' }

/** Runs a command with its output shown; ends the process with its status where it fails. */
export function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit', env: environment, ...options })
  if (error) console.error(`${command}: ${error.message}`)
  if (status !== 0) process.exit(status ?? 1)
}

/** Runs a command quietly and tells whether it succeeded. */
export const succeeds = (command, args, options = {}) =>
  spawnSync(command, args, { cwd: root, stdio: 'ignore', env: environment, ...options }).status === 0

/** The path of a program that a package brought. */
export const bin = (name) => join(root, 'node_modules', '.bin', name)

/** Installs the packages of the lock file unless they are there already. */
export function installPackages() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 9)) {
    console.error(`Node ${process.versions.node} is too old: 20.9 or newer is needed`)
    process.exit(1)
  }
  const installed = join(root, 'node_modules', '.package-lock.json')
  const lock = join(root, 'package-lock.json')
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return
  console.log('Installing packages …')
  run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'])
}

/** Builds the static site into `out/`, with the hashes of its inline scripts in its security policy. */
export function build() {
  run(bin('tsx'), ['scripts/generate.ts'])
  run(bin('next'), ['build'])
  run(bin('tsx'), ['scripts/csp.ts'])
}
