import type { Config, Patch } from '../../config/index.ts'
import { cachesInRedis, hasCompanions, limitsInRedis, runsOn, secretsModeOf, usesRedis, type Platform } from '../../plan/index.ts'
import { isLoopback } from '../../text/address.ts'
import { strandedRedis } from '../reach.ts'
import type { Rule } from '../rule.ts'
import { onKubernetes } from '../when.ts'

/** Whether something reaches Redis by host and port, not by a whole URL. */
const usesHost = (config: Config): boolean =>
  (limitsInRedis(config) && !config['rateLimit.explicitUrl']) || (cachesInRedis(config) && !config['cache.explicitUrl'])

const onlyCompose = (config: Config): boolean => config['target.platforms'].every((platform) => platform === 'compose')
const bundled = (config: Config) => (onlyCompose(config) ? { fix: { label: 'Bundle Redis', patch: { 'vm.redis': 'bundled' as const } } } : {})

const loopback: Rule = {
  id: 'redis-loopback',
  severity: 'error',
  demand: 'Redis is not sought inside the container',
  applies: usesHost,
  check: (config) =>
    isLoopback(config['redis.host']) && strandedRedis(config).length > 0
      ? {
          path: 'redis.host',
          title: 'Looks at itself',
          message: `Inside the container ${config['redis.host']} is the container itself, and no Redis runs there; give a name or address that the container can reach.`,
          ...bundled(config),
        }
      : undefined,
}

const unknownName: Rule = {
  id: 'redis-unknown-name',
  severity: 'error',
  demand: 'The external Redis has a name that machines know',
  applies: usesHost,
  check: (config) =>
    (config['redis.host'] === 'redis' || config['redis.host'] === '') && strandedRedis(config).length > 0
      ? {
          path: 'redis.host',
          title: 'Nothing is called so',
          message: 'On the machine nothing answers to the name redis unless the stack brings it; give the host name or address of your server.',
          ...bundled(config),
        }
      : undefined,
}

/** Where the password would be the first Secret, and nothing says yet who can read it: a Secret made by hand needs no more. */
const keptBy = (config: Config): Patch => {
  const mode = secretsModeOf(config)
  const undecided = (mode === 'sops' && config['secrets.ageRecipient'] === '') || (mode === 'eso' && config['secrets.store'] === '')
  return runsOn(config, 'kubernetes') && undecided ? { 'secrets.mode': 'existing' } : {}
}

const password: Rule = {
  id: 'redis-no-password',
  severity: 'warning',
  demand: 'Redis asks for a password',
  applies: usesHost,
  check: (config) =>
    config['redis.auth']
      ? undefined
      : {
          path: 'redis.auth',
          title: 'Redis is open',
          message: 'Without a password everyone who reaches Redis can read the cache and reset the limits.',
          fix: { label: 'Use a password', patch: { 'redis.auth': true, ...keptBy({ ...config, 'redis.auth': true }) } },
        },
}

const sharedDatabase: Rule = {
  id: 'redis-same-database',
  severity: 'info',
  demand: 'Counters and cache in databases of their own',
  applies: (config) => limitsInRedis(config) && cachesInRedis(config) && !config['rateLimit.explicitUrl'] && !config['cache.explicitUrl'],
  check: (config) => {
    const db = config['redis.db']
    if (db !== config['cache.redisDb']) return undefined
    const other = db === 1 ? 0 : 1
    return {
      path: 'cache.redisDb',
      title: 'One database for two',
      message: `Counters and cache both live in database ${db}, so clearing the cache resets the limits.`,
      fix: { label: `Cache in ${other}`, patch: { 'cache.redisDb': other } },
    }
  },
}

const unnoticed: Rule = {
  id: 'limiter-redis-unnoticed',
  severity: 'info',
  demand: 'Readiness notices when Redis is gone',
  applies: limitsInRedis,
  check: (config) =>
    cachesInRedis(config)
      ? undefined
      : {
          path: 'rateLimit.storageBackend',
          title: 'Redis outage unnoticed',
          message: 'While Redis is gone the limiter answers 500 on every limited route, and readiness stays green: it looks at Redis only for the cache.',
        },
}

const clear: Rule = {
  id: 'redis-unencrypted',
  severity: 'info',
  demand: 'Traffic to Redis is encrypted',
  applies: (config) => usesHost(config) && platformsOutside(config).length > 0,
  check: (config) =>
    /\.[a-z]{2,}$/i.test(config['redis.host']) && !/\.(svc|local|internal)$/i.test(config['redis.host'])
      ? {
          path: 'redis.host',
          title: 'Redis in the clear',
          message: `The application speaks plain redis:// to ${config['redis.host']}; an own URL with rediss:// encrypts.`,
        }
      : undefined,
}

const platformsOutside = (config: Config): readonly Platform[] =>
  usesRedis(config) ? (['kubernetes', 'compose', 'container'] as const).filter((platform) => runsOn(config, platform) && !(platform === 'compose' && config['vm.redis'] === 'bundled')) : []

const companions: Rule = {
  id: 'redis-beside-pod',
  severity: 'info',
  demand: 'Counters outlive a pod',
  applies: (config) => onKubernetes(config) && usesHost(config) && hasCompanions(config),
  check: (config) =>
    isLoopback(config['redis.host'])
      ? {
          path: 'redis.host',
          title: 'Redis in the pod',
          message: `${config['redis.host']} is a container in the same pod, so each pod has counters and a cache of its own unless that is a proxy.`,
        }
      : undefined,
}

export const redisRules: readonly Rule[] = [loopback, unknownName, password, sharedDatabase, unnoticed, clear, companions]
