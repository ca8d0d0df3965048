import type { Config } from '../config/index.ts'
import { usesSqlite } from './facts.ts'
import { runsOn } from './platform.ts'

/** The two places of the application between which a proxy changes over. */
export const colours = ['blue', 'green'] as const
export type Colour = (typeof colours)[number]

/**
 * Whether the stack starts a new version beside the old one. It takes a proxy of the stack, which
 * changes over, and a database that two versions may use at once; checks refuse the rest.
 */
export const switchesColours = (config: Config): boolean =>
  runsOn(config, 'compose') && config['vm.zeroDowntime'] && config['proxy.kind'] !== 'none' && !usesSqlite(config)

/** The service of a colour. */
export const serviceOf = (colour: Colour): string => `app-${colour}`

/** The services of the stack that are the application. */
export const appServicesOf = (config: Config): readonly string[] => (switchesColours(config) ? colours.map(serviceOf) : ['app'])

/**
 * The host to which the stack's proxy forwards. Where colours change, its files name none of them:
 * the deploy script writes them anew with the colour that serves, into `machinePaths.live`.
 */
export const upstreamOf = (config: Config): string => (switchesColours(config) ? 'app-active' : 'app')
