import type { Config } from '../../config/index.ts'
import {
  bundlesCaddy,
  bundlesPostgres,
  machineSecretsOf,
  runsOn,
  runsOnVm,
  secretsOf,
  usesPostgres,
  usesSqlite,
} from '../../plan/index.ts'

/** What no generated file can see to. */
export function peopleTasks(config: Config): readonly string[] {
  const kubernetes = runsOn(config, 'kubernetes')
  const machine = runsOnVm(config)
  const tasks: readonly (readonly [boolean, string])[] = [
    [
      kubernetes && secretsOf(config, 'kubernetes').length > 0,
      'The Secrets exist in the namespace, and their values are kept somewhere safe besides.',
    ],
    [
      machine && machineSecretsOf(config).length > 0,
      'The values in `secrets/` on the machine are kept somewhere safe besides.',
    ],
    [
      usesPostgres(config) || config['database.backend'] === 'custom',
      'The database is backed up, and somebody has restored a backup.',
    ],
    [
      bundlesPostgres(config),
      'A timer on the machine dumps the bundled Postgres and takes the dump off the machine.',
    ],
    [
      usesSqlite(config),
      'The volume with the SQLite file is backed up, and somebody has restored a backup.',
    ],
    [
      usesPostgres(config) && !bundlesPostgres(config),
      'The database role may create tables in its own schema and nothing beyond.',
    ],
    [true, 'Each migration leaves the version before it working, for the schema does not go back.'],
    [config['public.hosts'].length > 0, 'The host names lead to where this runs.'],
    [bundlesCaddy(config), 'Ports 80 and 443 of the machine are open, and nothing else but SSH.'],
    [
      machine && !bundlesCaddy(config),
      'The proxy in front overwrites X-Forwarded-For and X-Forwarded-Proto, and hides /metrics.',
    ],
    [machine, 'The machine installs security updates, and SSH takes keys only.'],
    [
      kubernetes && config['networkPolicy.enabled'],
      "The cluster's network plugin enforces network policies.",
    ],
    [
      kubernetes && config['ingress.enabled'],
      "The ingress controller's timeout and body limit lie above the application's.",
    ],
    [
      config['security.hstsEnabled'],
      'Every subdomain of the host names speaks https: HSTS covers them all.',
    ],
    [
      config['workflows.enabled'],
      `The GitHub environment demands a reviewer, and its secrets are not shared with other repositories.`,
    ],
    [
      config['auth.enabled'],
      'A token of the identity provider was tried: a good one, an expired one, one for another audience.',
    ],
    [
      config['metrics.enabled'],
      'Alerts exist for errors, latency and readiness, and somebody gets them.',
    ],
    [true, 'Somebody watches the image for known vulnerabilities and deploys fixed versions.'],
  ]
  return tasks.filter(([applies]) => applies).map(([, task]) => task)
}
