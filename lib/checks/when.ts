import type { Config, Path } from '../config/index.ts'
import { runsOn, runsOnVm } from '../plan/index.ts'

/** Conditions under which rules apply. */
export type When = (config: Config) => boolean

type Switch = { [P in Path]: Config[P] extends boolean ? P : never }[Path]

export const always: When = () => true
export const onKubernetes: When = (config) => runsOn(config, 'kubernetes')
export const onCompose: When = (config) => runsOn(config, 'compose')
export const onVm: When = runsOnVm

/** Whether a switch is on. */
export const on =
  (path: Switch): When =>
  (config) =>
    config[path]

export const all =
  (...conditions: readonly When[]): When =>
  (config) =>
    conditions.every((condition) => condition(config))
