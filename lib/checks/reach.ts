import type { Config } from '../config/index.ts'
import { hasCompanions, runsOn, type Platform } from '../plan/index.ts'
import { isLoopback } from '../text/address.ts'

/** Platforms on which `redis.host` leads nowhere: to the container itself, or to a name that only a bundled server has. */
export const strandedRedis = (config: Config): readonly Platform[] =>
  (['kubernetes', 'compose', 'container'] as const).filter((platform) => runsOn(config, platform) && isStranded(config, platform))

function isStranded(config: Config, platform: Platform): boolean {
  const host = config['redis.host']
  if (platform === 'compose' && config['vm.redis'] === 'bundled') return false
  if (isLoopback(host)) return platform !== 'kubernetes' || !hasCompanions(config)
  return platform !== 'kubernetes' && (host === 'redis' || host === '')
}
