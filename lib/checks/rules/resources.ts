import type { Config } from '../../config/index.ts'
import { memoryLimitOn, memoryNeed, resourcesOf, runsOn, type Platform } from '../../plan/index.ts'
import { bytesInWords, quantityOf } from '../../text/quantity.ts'
import type { Rule, Said } from '../rule.ts'
import { always, onKubernetes, onVm } from '../when.ts'
import { count } from '../words.ts'

const pairs = [
  { what: 'CPU', request: 'resources.requests.cpu', limit: 'resources.limits.cpu' },
  { what: 'memory', request: 'resources.requests.memory', limit: 'resources.limits.memory' },
] as const

const order: Rule = {
  id: 'request-over-limit',
  severity: 'error',
  demand: 'Requests do not exceed limits',
  applies: onKubernetes,
  check: (config) =>
    pairs
      .filter(({ request, limit }) => (quantityOf(config[request]) ?? 0) > (quantityOf(config[limit]) ?? Infinity))
      .map(({ what, request, limit }) => ({
        path: request,
        title: 'Request above limit',
        message: `The pods ask for ${config[request]} of ${what} and may use ${config[limit]}; the cluster refuses such pods.`,
        fix: { label: `Use ${config[request]} for both`, patch: { [limit]: config[request] } },
      })),
}

const tight: Rule = {
  id: 'memory-tight',
  severity: 'warning',
  demand: 'Memory for every worker',
  applies: always,
  check: (config) => [...new Map(([['kubernetes', podMemory], ['compose', vmMemory], ['container', vmMemory]] as const)
      .filter(([platform]) => runsOn(config, platform) && tooTight(config, platform))
      .map(([platform, say]) => [say, say(config, memoryLimitOn(config, platform) as number)])).values()],
}

const tooTight = (config: Config, platform: Platform): boolean => (memoryLimitOn(config, platform) ?? Infinity) < memoryNeed(config)

const podMemory = (config: Config, limit: number): Said => ({
  path: config['resources.limits.memory'] === '' ? 'resourcePreset' : 'resources.limits.memory',
  ...memorySaid(config, limit),
  fix: { label: `Use ${mebibytes(config)}Mi`, patch: { 'resources.limits.memory': `${mebibytes(config)}Mi` } },
})

const vmMemory = (config: Config, limit: number): Said => ({
  path: 'vm.memory',
  ...memorySaid(config, limit),
  fix: { label: `Use ${mebibytes(config)}m`, patch: { 'vm.memory': `${mebibytes(config)}m` } },
})

const memorySaid = (config: Config, limit: number) => ({
  title: 'Little memory',
  message: `${count(config['app.workers'], 'worker')} need about ${bytesInWords(memoryNeed(config))}, and the container is killed above ${bytesInWords(limit)}.`,
})

const mebibytes = (config: Config): number => memoryNeed(config) / 1024 ** 2

const throttled: Rule = {
  id: 'cpu-limit',
  severity: 'info',
  demand: 'No CPU limit below one core a worker',
  applies: onKubernetes,
  check: (config) => {
    const limit = resourcesOf(config).cpuLimit
    return limit !== undefined && limit < config['app.workers']
      ? {
          path: 'resources.limits.cpu',
          title: 'Throttled',
          message: `With at most ${config['resources.limits.cpu']} CPU for ${count(config['app.workers'], 'worker')} every request waits whenever that is used up.`,
          fix: { label: config.resourcePreset === '' ? 'No CPU limit' : 'A core a worker', patch: { 'resources.limits.cpu': '', ...keptRequest(config) } },
        }
      : undefined
  },
}

/** A limit counts as the request where nothing else is asked for; the autoscaler needs one. */
const keptRequest = (config: Config) =>
  resourcesOf(config).cpuRequest === undefined ? { 'resources.requests.cpu': config['resources.limits.cpu'] } : {}

const boundless: Rule = {
  id: 'memory-unlimited',
  severity: 'warning',
  demand: 'A memory limit',
  applies: onKubernetes,
  check: (config) =>
    resourcesOf(config).memoryLimit === undefined
      ? {
          path: 'resourcePreset',
          title: 'No memory limit',
          message: 'A pod that leaks takes the memory of its whole node before anything ends it.',
          fix: { label: 'Use the small size', patch: { resourcePreset: 'small' } },
        }
      : undefined,
}

const crowded: Rule = {
  id: 'workers-over-cpus',
  severity: 'info',
  demand: 'A core for every worker',
  applies: onVm,
  check: (config) =>
    config['app.workers'] > Math.max(1, Number(config['vm.cpus']))
      ? {
          path: 'vm.cpus',
          title: 'Workers share cores',
          message: `${config['app.workers']} workers share ${config['vm.cpus']} CPUs, and each is single-threaded.`,
          fix: { label: `Use ${config['app.workers']}`, patch: { 'vm.cpus': String(config['app.workers']) } },
        }
      : undefined,
}

export const resourceRules: readonly Rule[] = [order, tight, boundless, throttled, crowded]
