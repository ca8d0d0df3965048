import { defaults, differences, type Config, type Patch } from './fields.ts'

/** A named starting point. */
export interface Preset {
  readonly id: string
  readonly label: string
  /** Whom it is for, in a sentence. */
  readonly summary: string
  readonly patch: Patch
}

export const presets: readonly Preset[] = [
  {
    id: 'kubernetes-postgres',
    label: 'Kubernetes with Postgres',
    summary: 'For a service on a cluster with a Postgres that you already have: two replicas, migrations before each rollout.',
    patch: {},
  },
  {
    id: 'kubernetes-sqlite',
    label: 'Kubernetes with SQLite',
    summary: 'For a small service that keeps its own data: one replica with a volume, and no database server to look after.',
    patch: {
      'database.backend': 'sqlite',
      replicaCount: 1,
    },
  },
  {
    id: 'kubernetes-production',
    label: 'Kubernetes, production',
    summary: 'For a service that people rely on: autoscaling, disruption budget, network policy, monitoring, and an ingress with TLS.',
    patch: {
      'public.hosts': ['api.example.com'],
      'ingress.enabled': true,
      'ingress.className': 'traefik',
      'app.forwardedAllowIps': ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'],
      'autoscaling.enabled': true,
      'autoscaling.maxReplicas': 5,
      'networkPolicy.enabled': true,
      'networkPolicy.ingressNamespaces': ['traefik'],
      'metrics.enabled': true,
      'serviceMonitor.enabled': true,
      'security.hstsEnabled': true,
      'rateLimit.enabled': true,
      'cache.enabled': true,
      resourcePreset: 'medium',
    },
  },
  {
    id: 'vm-compose',
    label: 'VM with Compose',
    summary: 'For one machine that runs everything: Postgres and Redis beside the application, behind Caddy with certificates of its own.',
    patch: {
      'target.platforms': ['compose'],
      'public.hosts': ['api.example.com'],
      'proxy.kind': 'caddy',
      'rateLimit.enabled': true,
      'cache.enabled': true,
      'security.hstsEnabled': true,
    },
  },
  {
    id: 'vm-container',
    label: 'VM, one container with SQLite',
    summary: 'For the smallest thing that works: a single hardened container with its data on a volume, behind the proxy you have.',
    patch: {
      'target.platforms': ['container'],
      'database.backend': 'sqlite',
      replicaCount: 1,
    },
  },
]

export const presetConfig = (preset: Preset): Config => ({ ...defaults, ...preset.patch })

/** The preset that a configuration is nearest to, and how many settings away it is. */
export function nearestPreset(config: Config): { readonly preset: Preset; readonly changes: number } {
  const distances = presets.map((preset) => ({ preset, changes: differences(config, presetConfig(preset)).length }))
  return distances.reduce((best, one) => (one.changes < best.changes ? one : best))
}
