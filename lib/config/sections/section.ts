import type { Field } from '../field.ts'

/** One page of the form: settings that belong together, in the order in which they are asked. */
export interface Section<F extends Readonly<Record<string, Field>> = Readonly<Record<string, Field>>> {
  readonly id: string
  readonly group: 'Service' | 'State' | 'Traffic' | 'Running' | 'Delivery'
  readonly title: string
  readonly help: string
  readonly fields: F
}

export const section = <const F extends Readonly<Record<string, Field>>>(declared: Section<F>): Section<F> => declared

/** Conditions that many settings share. */
export const onKubernetes = { 'target.platforms': 'kubernetes' } as const
export const onVm = { 'target.platforms': ['compose', 'container'] } as const
export const onCompose = { 'target.platforms': 'compose' } as const
export const onContainer = { 'target.platforms': 'container' } as const
