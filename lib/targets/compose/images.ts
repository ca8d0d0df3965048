import type { Config } from '../../config/index.ts'

/** Images of what runs beside the application, by explicit version; all seen published in September 2026. */
export const images = {
  postgres: {
    '16': 'postgres:16.15-bookworm',
    '17': 'postgres:17.11-bookworm',
    '18': 'postgres:18.6-bookworm',
  } satisfies Record<Config['vm.postgresVersion'], string>,
  redis: 'redis:7.4.9-bookworm',
  valkey: 'valkey/valkey:8.1.10',
  caddy: 'caddy:2.11.4-alpine',
  nginx: 'nginx:1.30.4-alpine3.24',
  traefik: 'traefik:v3.7.14',
} as const

/** An image as a stack names it: the exact one where a digest is given, which wins over the tag. */
export const pinned = (image: string, digest: string): string => (/^sha256:[0-9a-f]{64}$/.test(digest) ? `${image}@${digest}` : image)
