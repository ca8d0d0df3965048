import type { Config } from '../../config/index.ts'
import type { TextFile } from '../../files/file.ts'
import {
  bundlesCaddy,
  bundlesPostgres,
  bundlesRedis,
  containerOf,
  machinePaths,
  migratesApart,
  runsOn,
} from '../../plan/index.ts'
import { composeText } from '../../text/expressions.ts'
import { fingerprint } from '../../text/hash.ts'
import { commentedYaml, type Entry } from '../../yaml/commented.ts'
import type { Target } from '../target.ts'
import { appService, migrateService } from './app.ts'
import { caddyfile } from './caddyfile.ts'
import { deployCompose } from './deploy-script.ts'
import { caddyService, postgresService, redisService, volumesOf } from './servers.ts'
import type { Plain } from './service.ts'

/** The stack on one machine: the application with what it needs, and the script that deploys it. */
export const compose: Target = {
  id: 'compose',
  label: 'Compose',
  render: (config) => (runsOn(config, 'compose') ? files(config) : []),
}

const files = (config: Config): readonly TextFile[] => [
  { path: machinePaths.compose, text: composeFile(config) },
  ...(bundlesCaddy(config) ? [{ path: machinePaths.caddyfile, text: caddyfile(config) }] : []),
  { path: machinePaths.deployCompose, text: deployCompose(config), executable: true },
]

const heading = `The stack on one machine. ${machinePaths.deployCompose} starts it, and brings the old one back when the new one is not ready.
Nothing here is secret: secret values come from files in secrets/, which exist only on the machine.`

const comments: Readonly<Record<string, string>> = {
  migrate: 'Brings the schema up to date before the application starts.',
  postgres: 'No port on the machine: only this stack reaches it.',
  caddy: 'The only service with public ports.',
}

/** `docker-compose.deploy.yml`. */
function composeFile(config: Config): string {
  const services = servicesOf(config)
  const volumes = volumesOf(config, services)
  const { network } = containerOf(config)
  const entries: Entry[] = [
    { path: ['name'], value: composeText(config['release.name']) },
    ...Object.entries(services).map(([name, value], at) => ({
      path: ['services', name],
      value,
      comment: comments[name],
      apart: at > 0,
    })),
    {
      path: ['networks'],
      value: {
        edge: {
          name: composeText(network.name),
          ipam: { config: [{ subnet: composeText(network.subnet) }] },
        },
        ...('postgres' in services || 'redis' in services ? { data: { internal: true } } : {}),
      },
      comment:
        'A fixed subnet, for the application believes the forwarded headers of its addresses; no way out of data.',
      apart: true,
    },
    ...(Object.keys(volumes).length > 0
      ? [{ path: ['volumes'], value: volumes, apart: true }]
      : []),
  ]
  return commentedYaml(entries, heading)
}

const servicesOf = (config: Config): Plain => ({
  app: appService(config),
  ...(migratesApart(config, 'compose') ? { migrate: migrateService(config) } : {}),
  ...(bundlesPostgres(config) ? { postgres: postgresService(config) } : {}),
  ...(bundlesRedis(config) ? { redis: redisService(config) } : {}),
  ...(bundlesCaddy(config) ? { caddy: caddyService(config, fingerprint(caddyfile(config))) } : {}),
})
