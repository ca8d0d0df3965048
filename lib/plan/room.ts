import type { Config } from '../config/index.ts'
import { quantityOf } from '../text/quantity.ts'
import { mostPods, surgePods } from './facts.ts'
import { rawList } from './raw.ts'
import { resourcesOf, type Resources } from './resources.ts'

/** What a namespace must have room for, in pods, cores and bytes: every pod at full scale, those of a rollout, a migration and a test. */
export interface Room {
  readonly pods: number
  readonly cpu: number
  readonly memoryRequest: number
  readonly memoryLimit: number
}

const mebibyte = 1024 ** 2

/** What a container gets that names no amounts; a limit below what the application asks for would refuse its pods. */
export const unsaidOf = (config: Config): Omit<Room, 'pods'> => ({
  cpu: 0.1,
  memoryRequest: 128 * mebibyte,
  memoryLimit: Math.max(256 * mebibyte, resourcesOf(config).memoryRequest ?? 0),
})

export function roomOf(config: Config): Room {
  const pods = mostPods(config) + surgePods(config) + 2
  const containers = [resourcesOf(config), litestream(config), ...added(config, 'sidecars'), ...added(config, 'initContainers')]
  const unsaid = unsaidOf(config)
  const sum = (of: (one: Resources) => number | undefined, other: number): number =>
    pods * containers.reduce((total, one) => total + (of(one) ?? other), 0)
  return {
    pods,
    cpu: Math.ceil(sum(({ cpuRequest, cpuLimit }) => cpuRequest ?? cpuLimit, unsaid.cpu)),
    memoryRequest: sum(({ memoryRequest, memoryLimit }) => memoryRequest ?? memoryLimit, unsaid.memoryRequest),
    memoryLimit: sum(({ memoryLimit }) => memoryLimit, unsaid.memoryLimit),
  }
}

/** Counted even where it does not run, as room for a container that somebody puts beside. */
const litestream = (config: Config): Resources => ({
  cpuRequest: quantityOf(config['litestream.resources.requests.cpu']),
  memoryRequest: quantityOf(config['litestream.resources.requests.memory']),
  memoryLimit: quantityOf(config['litestream.resources.limits.memory']),
})

/** What the containers of a raw list ask for. */
const added = (config: Config, path: 'sidecars' | 'initContainers'): readonly Resources[] =>
  rawList(config[path]).map((container) => {
    const amount = (kind: 'requests' | 'limits', name: 'cpu' | 'memory'): number | undefined => {
      const given = at(at(at(container, 'resources'), kind), name)
      return given === undefined || given === null ? undefined : quantityOf(String(given))
    }
    return { cpuRequest: amount('requests', 'cpu'), cpuLimit: amount('limits', 'cpu'), memoryRequest: amount('requests', 'memory'), memoryLimit: amount('limits', 'memory') }
  })

const at = (map: unknown, key: string): unknown => (typeof map === 'object' && map !== null ? (map as Record<string, unknown>)[key] : undefined)
