import { parse } from 'yaml'
import { describe, expect, test } from 'vitest'
import { hostile, hostileTexts, variation, variations } from '../../../testing/variations.ts'
import { presets, type Config } from '../../config/index.ts'
import { appServicesOf, containerOf, runsOn, secretsOf } from '../../plan/index.ts'
import { compose } from './index.ts'

const onCompose = variations.filter(([, config]) => runsOn(config, 'compose'))
const text = (config: Config, path = 'docker-compose.deploy.yml'): string =>
  compose.render(config).find((file) => file.path === path)?.text ?? ''

interface Service {
  readonly [key: string]: unknown
  readonly image: string
  readonly environment?: Record<string, string>
  readonly ports?: string[]
  readonly networks: string[]
  readonly volumes?: (string | { readonly type: string })[]
  readonly command?: string[]
  readonly healthcheck: { test: string[]; disable?: boolean }
}
const stack = (
  config: Config,
): {
  name: string
  services: Record<string, Service>
  networks: Record<string, unknown>
  volumes: Record<string, { name: string }>
} => parse(text(config), { version: '1.1' })

describe.each(onCompose)('%s', (_, config) => {
  const { services, volumes = {} } = stack(config)

  test('every container is hardened', () => {
    for (const [name, service] of Object.entries(services)) {
      expect(service, name).toMatchObject({
        read_only: true,
        cap_drop: ['ALL'],
        security_opt: ['no-new-privileges:true'],
      })
      for (const key of ['pids_limit', 'mem_limit', 'cpus', 'logging', 'restart', 'healthcheck'])
        expect(service, name).toHaveProperty(key)
      for (const mount of service.tmpfs as string[])
        expect(mount).toMatch(/:rw,noexec,nosuid,nodev,size=\d+m/)
      expect(service.image).toMatch(/:[^:]*\d|@sha256:/)
      expect(service.image).not.toMatch(/:latest/)
      if (name !== 'caddy' && name !== 'traefik') expect(service.user).toMatch(/^\d+:\d+$/)
    }
  })

  test('nothing is published but by the proxy, or on 127.0.0.1', () => {
    for (const [name, { ports = [] }] of Object.entries(services))
      if (name === config['proxy.kind']) expect(ports.map((port) => port.split(':')[0])).toEqual(name === 'caddy' ? ['80', '443', '443'] : ['80', '443'])
      else for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/)
    expect(services.app?.ports).toEqual(
      config['proxy.kind'] !== 'none' ? undefined : [`127.0.0.1:${config['vm.port']}:${config['app.port']}`],
    )
  })

  test('the application is the container of the plan', () => {
    const { probe, user, memory, pids } = containerOf(config)
    for (const name of appServicesOf(config)) expect(services[name]).toMatchObject({
      user,
      mem_limit: memory,
      pids_limit: pids,
      healthcheck: { test: ['CMD', ...probe] },
    })
  })

  test('no secret is named', () => {
    for (const { environment = {} } of Object.values(services))
      for (const { name } of secretsOf(config, 'compose'))
        expect(environment).not.toHaveProperty(name)
    expect(text(config)).not.toMatch(/&a\d/)
  })

  test('every named volume that is used is declared under a name of its own', () => {
    const used = Object.values(services).flatMap(({ volumes: mounts = [] }) =>
      mounts.flatMap((one) => (typeof one === 'string' ? [one.split(':')[0] as string] : [])),
    )
    expect([...new Set(used)].filter((one) => !one.startsWith('./')).sort()).toEqual(Object.keys(volumes).sort())
    for (const { name } of Object.values(volumes))
      expect(name).toMatch(new RegExp(`^${config['release.name']}-`))
  })
})

test('data of Postgres lies where its major version keeps it', () => {
  expect(stack(variation('vm-compose')).services.postgres?.volumes).toEqual([
    'postgres:/var/lib/postgresql/data',
  ])
  const newer = stack(variation('Postgres 18, Redis kept'))
  expect(newer.services.postgres?.volumes).toEqual(['postgres:/var/lib/postgresql'])
  expect(newer.volumes.postgres?.name).toBe('chassis-postgres-18')
})

test('the application waits for servers and migration', () => {
  expect(stack(variation('vm-compose')).services.app?.depends_on).toEqual({
    postgres: { condition: 'service_healthy' },
    redis: { condition: 'service_healthy' },
    migrate: { condition: 'service_completed_successfully' },
  })
  expect(stack(variation('sqlite in Compose')).services).toEqual({
    app: expect.objectContaining({ volumes: ['data:/app/data'] }),
  })
})

test('servers that run elsewhere are not bundled, and the machine itself has a name', () => {
  const { services, networks } = stack(variation('external servers'))
  expect(Object.keys(services)).toEqual(['app', 'migrate'])
  expect(services.app?.extra_hosts).toEqual(['host.docker.internal:host-gateway'])
  expect(Object.keys(networks)).toEqual(['edge'])
})

test('Redis gets its password without showing it', () => {
  const { redis } = stack(variation('vm-compose')).services
  expect(redis?.command?.[2]).toContain('"$${REDIS_PASSWORD:?}"')
  expect(redis?.command?.[2]).not.toContain('--requirepass')
  expect(
    stack(variation('Postgres 16, no migration, Redis without password')).services.redis,
  ).not.toHaveProperty('env_file')
})

test('another Caddyfile starts Caddy anew', () => {
  const label = (config: Config) => stack(config).services.caddy?.labels
  expect(label(variation('vm-compose'))).not.toEqual(
    label({ ...variation('vm-compose'), 'app.requestTimeout': 31 }),
  )
})

test('Valkey takes the place of Redis, with a volume of its own', () => {
  const { services, volumes } = stack(variation('no downtime by Caddy, backups, Valkey, digests'))
  expect(services.redis?.image).toMatch(/^valkey\/valkey:8\.1\.\d+@sha256:fedc/)
  expect(services.redis?.command?.[2]).toContain('exec valkey-server')
  expect(services.redis?.healthcheck.test[1]).toContain('valkey-cli')
  expect(volumes.redis?.name).toBe('chassis-valkey')
})

test('a digest pins the image, and only a digest does', () => {
  const { services } = stack(variation('no downtime by Caddy, backups, Valkey, digests'))
  expect(services.postgres?.image).toMatch(/^postgres:17\.\d+-bookworm@sha256:[0-9a-f]{64}$/)
  expect(services.backup?.image).toBe(services.postgres?.image)
  expect(services.caddy?.image).toMatch(/@sha256:0011/)
  expect(stack({ ...variation('vm-compose'), 'vm.postgresDigest': 'sha256:x' }).services.postgres?.image).not.toContain('@')
})

test('backups have a profile, so that no deployment waits for them', () => {
  const { services, volumes } = stack(variation('copies of SQLite'))
  expect(services.backup).toMatchObject({
    profiles: ['backup'],
    network_mode: 'none',
    environment: { BACKUP_DATABASE: '/source/db/app.db', BACKUP_HOURS: '6', BACKUP_DAYS: '14' },
    volumes: ['./ops/backup.py:/ops/backup.py:ro', 'data:/source', 'backups:/app/data'],
  })
  expect(volumes.backups?.name).toBe('chassis-backups')
  expect(text(variation('copies of SQLite'), 'ops/deploy-compose.sh')).toContain('--profile backup up --detach --no-deps backup ||')
})

test('limits follow the settings', () => {
  const { services } = stack({ ...variation('vm-compose'), 'vm.openFiles': 4096, 'vm.postgresCpus': '4', 'vm.redisCpus': '0.5' })
  expect(services.app?.ulimits).toEqual({ nofile: { soft: 4096, hard: 4096 } })
  expect([services.postgres?.cpus, services.redis?.cpus]).toEqual(['4', '0.5'])
})

test.each(hostileTexts)('%j stays a value', (value) => {
  const config = hostile(value, ['compose'])
  const file = stack(config)
  expect(Object.keys(file)).toEqual(['name', 'services', 'networks', 'volumes'])
  expect(Object.keys(file.services).sort()).toEqual([
    'app',
    'caddy',
    'migrate',
    'postgres',
    'redis',
  ])
  expect(file.services.postgres?.environment?.POSTGRES_USER).toBe(value.replaceAll('$', '$$$$'))
})

test('the same bytes each time', () => {
  for (const { patch } of presets) {
    const config = { ...variation('vm-compose'), ...patch }
    expect(compose.render(config)).toEqual(compose.render(config))
  }
})
