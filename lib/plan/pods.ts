import type { Config } from '../config/index.ts'
import { rawList } from './raw.ts'
import { fewestPods } from './facts.ts'

/** `3` or `25%` of some pods, rounded as Kubernetes does for that field; nothing is 0, and so is what is neither. */
export function podsOf(text: string, pods: number, round: 'up' | 'down'): number {
  const amount = Number.parseInt(text, 10) || 0
  return text.endsWith('%') ? Math[round === 'up' ? 'ceil' : 'floor']((pods * amount) / 100) : amount
}

/** Whether an amount is none at all: `0`, `0%` or nothing. */
export const isNone = (text: string): boolean => podsOf(text, 100, 'up') === 0

/** Whether the release gets a disruption budget: where one pod runs, it would only hold drains up. */
export const hasBudget = (config: Config): boolean => config['podDisruptionBudget.enabled'] && fewestPods(config) > 1

/** Whether containers beside the application could listen on its loopback. */
export const hasCompanions = (config: Config): boolean => rawList(config.sidecars).length > 0 || rawList(config.initContainers).length > 0

/** The hosts of the raw `ingress.hosts`, with their paths; none where the host names apply. */
export const rawHosts = (config: Config): readonly { readonly host: string; readonly paths: readonly string[] }[] =>
  rawList(config['ingress.hosts']).flatMap((one) => {
    const { host, paths } = (one ?? {}) as { host?: unknown; paths?: unknown }
    const given = Array.isArray(paths) ? paths.map((path) => String((path as { path?: unknown } | null)?.path ?? '/')) : []
    return typeof host === 'string' ? [{ host, paths: given.length > 0 ? given : ['/'] }] : []
  })

/** Every host name that the ingress routes. */
export const ingressHosts = (config: Config): readonly string[] => {
  const raw = rawHosts(config)
  return raw.length > 0 ? raw.map(({ host }) => host) : config['public.hosts']
}
