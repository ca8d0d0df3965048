import type { Config } from '../../config/index.ts'

/** Images of what runs beside the application, by explicit version; all seen published in September 2026. */
export const images = {
  postgres: {
    '16': 'postgres:16.15-bookworm',
    '17': 'postgres:17.11-bookworm',
    '18': 'postgres:18.6-bookworm',
  } satisfies Record<Config['vm.postgresVersion'], string>,
  redis: 'redis:7.4.9-bookworm',
  caddy: 'caddy:2.11.4-alpine',
} as const
