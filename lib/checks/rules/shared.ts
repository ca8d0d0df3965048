import type { Config, Patch } from '../../config/index.ts'
import { mostInstances } from '../../plan/index.ts'
import { privateNetworks } from '../../text/address.ts'
import { strandedRedis } from '../reach.ts'
import type { Rule } from '../rule.ts'
import { on } from '../when.ts'

/** How many memories there are: one for each process of each instance. */
const memories = (config: Config): number => mostInstances(config) * config['app.workers']

const toRedis = (config: Config, patch: Patch) => (strandedRedis(config).length === 0 ? { fix: { label: 'Use Redis', patch } } : {})

const limiter: Rule = {
  id: 'limiter-memory',
  severity: 'warning',
  demand: 'Replicas count requests together',
  applies: on('rateLimit.enabled'),
  check: (config) =>
    config['rateLimit.storageBackend'] === 'memory' && memories(config) > 1
      ? {
          path: 'rateLimit.storageBackend',
          title: 'Everyone counts alone',
          message: `${memories(config)} processes count for themselves, so a client may send up to ${memories(config)} × ${config['rateLimit.requests']} requests per window.`,
          ...toRedis(config, { 'rateLimit.storageBackend': 'redis' }),
        }
      : undefined,
}

const cache: Rule = {
  id: 'cache-memory',
  severity: 'warning',
  demand: 'Replicas share one cache',
  applies: on('cache.enabled'),
  check: (config) =>
    config['cache.backend'] === 'memory' && memories(config) > 1
      ? {
          path: 'cache.backend',
          title: 'Caches differ',
          message: `${memories(config)} processes each keep a cache of their own, so the answer depends on which one is asked.`,
          ...toRedis(config, { 'cache.backend': 'redis' }),
        }
      : undefined,
}

const forgeable: Rule = {
  id: 'limiter-token-unverified',
  severity: 'warning',
  demand: 'Clients cannot choose what they are counted by',
  applies: on('rateLimit.enabled'),
  check: (config) =>
    config['rateLimit.keyStrategy'] === 'authorization' && !config['auth.enabled']
      ? {
          path: 'rateLimit.keyStrategy',
          title: 'Limit can be dodged',
          message: 'Nobody verifies the bearer token, so a client that sends another text each time is never limited.',
          fix: { label: 'Count by address', patch: { 'rateLimit.keyStrategy': 'ip', ...believable(config) } },
        }
      : undefined,
}

/** Addresses count only where clients cannot choose them. */
const believable = (config: Config): Patch => (config['app.forwardedAllowIps'].includes('*') ? { 'app.forwardedAllowIps': privateNetworks } : {})

export const sharedRules: readonly Rule[] = [limiter, cache, forgeable]
