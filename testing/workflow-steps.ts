import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { TextFile } from '../lib/files/file.ts'
import { machine, type Machine } from './scripts.ts'

interface Step {
  readonly name: string
  readonly run?: string
}

/** Every shell step of workflow files, with the name of its file and its job. */
export const scriptsOf = (
  files: readonly TextFile[],
): readonly { readonly file: string; readonly name: string; readonly script: string }[] =>
  files
    .filter(({ path }) => path.startsWith('.github/workflows/'))
    .flatMap(({ path, text }) =>
      Object.values((parse(text) as { jobs: Record<string, { steps: Step[] }> }).jobs).flatMap(
        ({ steps }) =>
          steps.flatMap(({ name, run }) =>
            run === undefined ? [] : [{ file: path.split('/').at(-1) ?? '', name, script: run }],
          ),
      ),
    )

/** A runner, its folder the checked-out repository, on which single steps are run, beside stand-ins of the programs that they call. */
export interface Runner extends Machine {
  readonly temp: string
  step(
    name: string,
    env?: Readonly<Record<string, string>>,
  ): { readonly status: number | null; readonly stdout: string; readonly stderr: string }
  /** What the recording stand-ins were called with, a line each. */
  calls(): readonly string[]
  /** What steps wrote to one of the runner's files. */
  wrote(file: 'output' | 'env' | 'summary'): string
}

/** A program that records its arguments and then does what `body`, a piece of shell, says. */
export const recording = (name: string, body = ''): string =>
  `#!/bin/sh\nprintf '%s\\n' "${name} $*" >> "$RUNNER_TEMP/calls"\n${body}\n`

/** `file` is the workflow whose steps are run; `bundle` lies in the folder they run in. */
export function runner(
  workflows: readonly TextFile[],
  file: string,
  programs: Readonly<Record<string, string>>,
  bundle: readonly TextFile[] = [],
): Runner {
  const host = machine(bundle, programs)
  const root = join(host.folder, '..')
  const temp = join(root, 'temp')
  for (const folder of [temp, host.folder]) mkdirSync(folder, { recursive: true })
  writeFileSync(join(temp, 'start'), 'cd bundle && exec bash --norc "$RUNNER_TEMP/step"\n')
  const read = (path: string): string => (existsSync(path) ? readFileSync(path, 'utf8') : '')
  return {
    ...host,
    temp,
    step: (name, env = {}) => {
      const found = scriptsOf(workflows).find((one) => one.file === file && one.name === name)
      if (!found) throw new Error(`${file} has no step called ${name}`)
      writeFileSync(join(temp, 'step'), found.script)
      return host.run('../temp/start', {
        env: {
          RUNNER_TEMP: temp,
          GITHUB_OUTPUT: join(root, 'output'),
          GITHUB_ENV: join(root, 'env'),
          GITHUB_STEP_SUMMARY: join(root, 'summary'),
          GITHUB_SERVER_URL: 'https://github.com',
          GITHUB_REPOSITORY: 'acme/orders',
          GITHUB_REF_NAME: 'main',
          GITHUB_RUN_NUMBER: '7',
          ...env,
        },
      })
    },
    calls: () => read(join(temp, 'calls')).split('\n').filter(Boolean),
    wrote: (name) => read(join(root, name)),
  }
}
