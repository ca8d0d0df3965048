import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { TextFile } from '../lib/files/file.ts'

/** A folder with the files of a bundle, in which scripts run beside stand-ins of other programs. */
export interface Machine {
  readonly folder: string
  run(
    script: string,
    options?: {
      readonly args?: readonly string[]
      readonly env?: Readonly<Record<string, string>>
      readonly input?: string
    },
  ): {
    readonly status: number | null
    readonly stdout: string
    readonly stderr: string
  }
  /** The same while others run. */
  begin(script: string, options?: { readonly args?: readonly string[]; readonly env?: Readonly<Record<string, string>> }): Promise<{ readonly status: number | null; readonly stderr: string }>
  /** Another one that is exactly like it. */
  copy(): Machine
  remove(): void
}

/** A program that is one of this machine's, under whatever name it stands on PATH. */
export const calling = (path: string): string => `#!/bin/sh\nexec "${path}" "$@"\n`

/** Writes the files with their modes; `programs` are shell or Node texts that stand before everything else on PATH. */
export function machine(
  files: readonly TextFile[],
  programs: Readonly<Record<string, string>> = {},
): Machine {
  const root = mkdtempSync(join(tmpdir(), 'chassis-machine-'))
  const folder = join(root, 'bundle')
  const write = (path: string, text: string, mode: number): void => {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
    chmodSync(path, mode)
  }
  for (const { path, text, executable } of files)
    write(join(folder, path), text, executable ? 0o755 : 0o644)
  for (const [name, text] of Object.entries(programs)) write(join(root, 'bin', name), text, 0o755)
  return machineAt(root)
}

function machineAt(root: string): Machine {
  const folder = join(root, 'bundle')
  // Its own process id stands in a file, for stand-ins that send it a signal.
  const words = (script: string, args: readonly string[]) => ['-c', 'echo "$$" >script.pid; exec sh "$@"', 'sh', join(folder, script), ...args]
  const variables = (env: Readonly<Record<string, string>>) => ({
    NODE_ENV: 'test' as const,
    PATH: `${join(root, 'bin')}:${process.env.PATH}`,
    HOME: root,
    STATE: join(root, 'state'),
    ...env,
  })
  return {
    folder,
    run: (script, { args = [], env = {}, input } = {}) =>
      spawnSync('sh', words(script, args), { cwd: root, encoding: 'utf8', input: input ?? '', env: variables(env) }),
    begin: (script, { args = [], env = {} } = {}) =>
      new Promise((resolve) => {
        let stderr = ''
        const child = spawn('sh', words(script, args), { cwd: root, stdio: ['ignore', 'ignore', 'pipe'], env: variables(env) })
        child.stderr.on('data', (piece: Buffer) => (stderr += piece.toString()))
        // Not before everything that it has started has ended too.
        child.on('close', (status) => resolve({ status, stderr }))
      }),
    copy: () => {
      const other = mkdtempSync(join(tmpdir(), 'chassis-machine-'))
      cpSync(root, other, { recursive: true, preserveTimestamps: true })
      return machineAt(other)
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  }
}

/** What ShellCheck has to say about a script, of this severity or a worse one; empty when nothing. */
export const shellcheck = (
  program: string,
  text: string,
  severity: 'style' | 'error' = 'style',
  shell: 'sh' | 'bash' = 'sh',
): string =>
  spawnSync(program, ['--shell', shell, '--severity', severity, '-'], {
    input: text,
    encoding: 'utf8',
  }).stdout
