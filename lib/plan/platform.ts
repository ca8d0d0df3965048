import type { Config } from '../config/index.ts'

/** Where a configuration can run. */
export type Platform = 'kubernetes' | 'compose' | 'container'

export const runsOn = (config: Config, platform: Platform): boolean => config['target.platforms'].includes(platform)

/** Whether any platform of the configuration is a machine of one's own. */
export const runsOnVm = (config: Config): boolean => runsOn(config, 'compose') || runsOn(config, 'container')
