import type { Config } from '../config/index.ts'
import { dockerBytes, quantityOf } from '../text/quantity.ts'
import type { Platform } from './platform.ts'

/** What a pod asks for and may use, in cores and bytes; undefined where nothing is said. */
export interface Resources {
  readonly cpuRequest?: number
  readonly memoryRequest?: number
  readonly cpuLimit?: number
  readonly memoryLimit?: number
}

const mebibyte = 1024 ** 2

/** The sizes of the chart: cores asked for, MiB asked for, MiB at most, cores at most. */
const sizes: Readonly<Record<string, readonly [number, number, number, number]>> = {
  nano: [0.05, 64, 128, 1],
  micro: [0.1, 128, 256, 1],
  small: [0.1, 256, 512, 1],
  medium: [0.25, 512, 1024, 1],
  large: [0.5, 1024, 2048, 1],
  xlarge: [1, 2048, 4096, 2],
  '2xlarge': [2, 4096, 8192, 4],
}

/** The resources of a pod, as the chart puts size and single quantities together. */
export function resourcesOf(config: Config): Resources {
  const [cpu, memory, most, cores] = Object.hasOwn(sizes, config.resourcePreset) ? (sizes[config.resourcePreset] ?? []) : []
  const bytes = (amount: number | undefined) => (amount === undefined ? undefined : amount * mebibyte)
  const cpuRequest = quantityOf(config['resources.requests.cpu'])
  const memoryRequest = quantityOf(config['resources.requests.memory'])
  const memoryLimit = quantityOf(config['resources.limits.memory'])
  return {
    cpuRequest: cpuRequest ?? cpu,
    cpuLimit: quantityOf(config['resources.limits.cpu']) ?? atLeast(cores, Math.max(cpuRequest ?? 0, config['app.workers'])),
    memoryRequest: memoryRequest ?? bytes(memory),
    memoryLimit: memoryLimit ?? atLeast(bytes(most), memoryRequest),
  }
}

const atLeast = (limit: number | undefined, request = 0): number | undefined => (limit === undefined ? undefined : Math.max(limit, request))

/** The bytes that one instance of the application may use; undefined where nothing limits it. */
export const memoryLimitOn = (config: Config, platform: Platform): number | undefined =>
  platform === 'kubernetes' ? resourcesOf(config).memoryLimit : dockerBytes(config['vm.memory'])

/** The bytes that the workers need to run at all: about 150 MiB each, and room for the rest. */
export const memoryNeed = (config: Config): number => (150 * config['app.workers'] + 64) * mebibyte
