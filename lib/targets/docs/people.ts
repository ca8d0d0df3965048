import type { Config } from '../../config/index.ts'
import {
  backupOf,
  controllerOf,
  isRouted,
  openPaths,
  privatePaths,
  routesTls,
  buildsImage,
  hasProxy,
  bundlesPostgres,
  clusterSettingsOf,
  hasController,
  proposesReleases,
  usesEnvironment,
  machineSecretsOf,
  publishesChart,
  runsOn,
  runsOnVm,
  secretsModeOf,
  secretsOf,
  usesCertificateFiles,
  usesPostgres,
  usesSqlite,
} from '../../plan/index.ts'
import { markdownText } from '../../text/markdown.ts'

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
      secretsModeOf(config) === 'eso',
      'The store lets the operator read these entries and nothing else, and the entries exist.',
    ],
    [
      secretsModeOf(config) === 'sealed',
      'The sealing keys of the controller are backed up: without them a new cluster opens nothing.',
    ],
    [
      secretsModeOf(config) === 'sops',
      'The private age key is kept where few can read it, and a copy where a fire does not reach it.',
    ],
    [
      hasController(config),
      'The followed branch is protected and takes reviewed changes only: whoever writes to it, deploys.',
    ],
    [
      hasController(config),
      'Somebody is told when a sync fails, and has read how a commit with a migration goes back.',
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
      backupOf(config) !== undefined,
      'The dumps are copied off the machine, and somebody looks when the service `backup` is unhealthy.',
    ],
    [
      bundlesPostgres(config) && backupOf(config) === undefined,
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
    [hasProxy(config), 'Ports 80 and 443 of the machine are open, and nothing else but SSH.'],
    [
      machine && !hasProxy(config),
      'The proxy in front overwrites X-Forwarded-For and X-Forwarded-Proto, and hides /metrics.',
    ],
    [
      usesCertificateFiles(config),
      'The certificate of the proxy is renewed by itself, the proxy reads it again, and somebody is told when that fails.',
    ],
    [machine, 'The machine installs security updates, and SSH takes keys only.'],
    [
      kubernetes && config['networkPolicy.enabled'],
      "The cluster's network plugin enforces network policies.",
    ],
    [
      kubernetes && config['ingress.enabled'] && ['generic', 'traefik', 'haproxy', 'gce'].includes(config['ingress.controller']),
      "The ingress controller's timeout and body limit lie above the application's.",
    ],
    [
      kubernetes && config['httpRoute.enabled'],
      "The Gateway admits routes from this namespace, its listener has a certificate for the host names, and its body limit lies above the application's.",
    ],
    [
      routesTls(config) && config['ingress.enabled'] && !controllerOf(config).redirects,
      'The ingress controller sends plain http to HTTPS, for all services at once.',
    ],
    [
      openPaths(config).length < privatePaths(config).length && isRouted(config),
      'From outside, /metrics and the API documentation were tried and are refused.',
    ],
    [
      config['security.hstsEnabled'],
      'Every subdomain of the host names speaks https: HSTS covers them all.',
    ],
    [
      usesEnvironment(config),
      `The GitHub environment demands a reviewer, and its secrets are not shared with other repositories.`,
    ],
    [
      proposesReleases(config),
      'A rule of the repository demands a review before anything is merged: whoever merges, deploys.',
    ],
    [
      buildsImage(config),
      'A rule of the repository lets only those who release push tags that begin with v.',
    ],
    [
      (buildsImage(config) || publishesChart(config)) && config['workflows.attest'],
      'The repository is public, or its plan has signed provenance for private ones (Enterprise Cloud).',
    ],
    [
      clusterSettingsOf(config).length > 0,
      `The cloud's trust names this repository and the environment ${markdownText(config['workflows.environment'])}, not every branch of it.`,
    ],
    [
      config['auth.enabled'],
      'A token of the identity provider was tried: a good one, an expired one, one for another audience.',
    ],
    [
      config['metrics.enabled'],
      'Alerts exist for errors, latency and readiness, for 504 and 429 in the proxy too, and somebody gets them.',
    ],
    [true, 'Somebody watches the image for known vulnerabilities and deploys fixed versions.'],
  ]
  return tasks.filter(([applies]) => applies).map(([, task]) => task)
}
