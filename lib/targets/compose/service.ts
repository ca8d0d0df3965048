import type { Config } from '../../config/index.ts'
import { composeText } from '../../text/expressions.ts'

/** A piece of a Compose file as plain data. */
export type Plain = Readonly<Record<string, unknown>>

/** Small disks in memory on which nothing can be executed. */
export const tmpfs = (path: string, size: string, ...options: readonly string[]): string =>
  `${path}:${['rw', 'noexec', 'nosuid', 'nodev', `size=${size}`, ...options].join(',')}`

/** What every container of the stack is denied. Sources: CIS Docker 5, OWASP Docker cheat sheet. */
export const hardened = (limits: {
  readonly pids: number
  readonly memory: string
  readonly cpus: string
  /** Open files of each process. */
  readonly files?: number
}): Plain => ({
  read_only: true,
  cap_drop: ['ALL'],
  security_opt: ['no-new-privileges:true'],
  pids_limit: limits.pids,
  mem_limit: composeText(limits.memory),
  cpus: composeText(limits.cpus),
  ulimits: { nofile: { soft: limits.files ?? 65536, hard: limits.files ?? 65536 } },
})

/** Log files that cannot fill the disk. */
export const logging = (config: Config): Plain => ({
  driver: 'json-file',
  options: {
    'max-size': composeText(config['vm.logMaxSize']),
    'max-file': String(config['vm.logMaxFile']),
  },
})

/** A command as Compose runs it: no shell, nothing interpolated. */
export const command = (...words: readonly string[]): readonly string[] => words.map(composeText)

export const seconds = (count: number): string => `${count}s`
