import type { Config } from '../../config/index.ts'
import type { TextFile } from '../../files/file.ts'
import {
  backupOf,
  bundlesPostgres,
  bundlesRedis,
  containerOf,
  machinePaths,
  migratesApart,
  runsOn,
  switchesColours,
} from '../../plan/index.ts'
import { composeText } from '../../text/expressions.ts'
import { commentedYaml, type Entry } from '../../yaml/commented.ts'
import type { Target } from '../target.ts'
import { appServices, migrateService } from './app.ts'
import { backupServices } from './backup.ts'
import { backupPostgres } from './backup-postgres.ts'
import { backupSqlite } from '../backup-sqlite.ts'
import { deployCompose } from './deploy-script.ts'
import { proxyServices } from './proxy.ts'
import { restoreScript } from './restore-script.ts'
import { postgresService, redisService, volumesOf } from './servers.ts'
import type { Plain } from './service.ts'
import { switchColours } from './switch-script.ts'

/** The stack on one machine: the application with what it needs, and the script that deploys it. */
export const compose: Target = {
  id: 'compose',
  label: 'Compose',
  render: (config) => (runsOn(config, 'compose') ? files(config) : []),
}

const files = (config: Config): readonly TextFile[] => [
  { path: machinePaths.compose, text: composeFile(config) },
  {
    path: machinePaths.deployCompose,
    text: switchesColours(config) ? switchColours(config) : deployCompose(config),
    executable: true,
  },
  ...backupFiles(config),
]

function backupFiles(config: Config): readonly TextFile[] {
  const backup = backupOf(config, 'compose')
  if (!backup) return []
  return [
    { path: backup.script, text: backup.kind === 'postgres' ? backupPostgres : backupSqlite },
    { path: backup.restore, text: restoreScript(config, backup), executable: true },
  ]
}

const heading = `The stack on one machine. ${machinePaths.deployCompose} starts it, and brings the old one back when the new one is not ready.
Nothing here is secret: secret values come from files in secrets/, which exist only on the machine.`

const comments: Readonly<Record<string, string>> = {
  migrate: 'Brings the schema up to date before the application starts.',
  postgres: 'No port on the machine: only this stack reaches it.',
  caddy: 'The only service with public ports.',
  nginx: 'The only service with public ports.',
  traefik: 'The only service with public ports.',
  'app-blue': 'One of the two serves; the next version starts in the other.',
  backup: 'Dumps the database into a volume of its own; starts with: --profile backup.',
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
  ...appServices(config),
  ...(migratesApart(config, 'compose') ? { migrate: migrateService(config) } : {}),
  ...(bundlesPostgres(config) ? { postgres: postgresService(config) } : {}),
  ...(bundlesRedis(config) ? { redis: redisService(config) } : {}),
  ...proxyServices(config),
  ...backupServices(config),
})
