import type { declared } from '../sections/index.ts'
import { bundled } from './bundled.ts'
import { delivery } from './delivery.ts'
import { exposure } from './exposure.ts'
import { gitops } from './gitops.ts'
import { monitoring } from './monitoring.ts'
import { proxy } from './proxy.ts'
import { running } from './running.ts'
import { secrets } from './secrets.ts'
import { service } from './service.ts'
import { state } from './state.ts'
import { traffic } from './traffic.ts'
import { vm } from './vm.ts'
import { workflows } from './workflows.ts'

/**
 * What each setting does, in one sentence and in the words of its users, by its path. Apart from the
 * declarations, so that a page can draw its form before the sentences have come.
 */
export const help: Readonly<Record<keyof typeof declared, string>> = {
  ...bundled,
  ...delivery,
  ...exposure,
  ...gitops,
  ...monitoring,
  ...proxy,
  ...running,
  ...secrets,
  ...service,
  ...state,
  ...traffic,
  ...vm,
  ...workflows,
}

/** The sentence of a setting; empty for a path that is none. */
export const helpOf = (path: string): string => (Object.hasOwn(help, path) ? help[path as keyof typeof help] : '')
