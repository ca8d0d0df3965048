import type { Config } from '../config/index.ts'
import { backupOf } from './backup.ts'
import { secretsOf, type SecretVariable } from './environment.ts'
import { bundlesPostgres, bundlesRedis } from './facts.ts'
import { runsOn } from './platform.ts'
import { proxyFilesOf } from './proxy.ts'

/** A way to run on a machine of one's own. */
export type MachinePlatform = 'compose' | 'container'

/** Files of the bundle that more than one of its parts names; relative to the bundle, which is also the directory on the machine. */
export const machinePaths = {
  compose: 'docker-compose.deploy.yml',
  secretsExample: 'deploy/secrets.env.example',
  createSecrets: 'ops/create-secrets.sh',
  deployCompose: 'ops/deploy-compose.sh',
  dockerRun: 'ops/docker-run.sh',
  prometheus: 'deploy/prometheus.yml',
  alerts: 'deploy/prometheus-alerts.yml',
  dashboard: 'deploy/grafana-dashboard.json',
  backupPostgres: 'ops/backup.sh',
  backupSqlite: 'ops/backup.py',
  restore: 'ops/restore.sh',
  restoreContainer: 'ops/restore-container.sh',
  /** Where the deploy script puts the proxy's files with the colour that serves. */
  live: 'deploy/live',
  secretsIgnore: 'secrets/.gitignore',
  secrets: 'secrets/app.env',
  postgresSecrets: 'secrets/postgres.env',
  redisSecrets: 'secrets/redis.env',
} as const

/** The file with the plain environment; the two platforms share no file, for they trust different hosts. */
export const envFileOf = (config: Config, platform: MachinePlatform): string =>
  platform === 'container' && runsOn(config, 'compose') ? 'deploy/container.env' : 'deploy/app.env'

/** The secret that no env file can hold: a PEM text has several lines. */
const severalLines = 'auth.jwtPublicKey'

/** The secret variables that stand in `secrets/app.env`. */
export const machineSecretsOf = (config: Config): readonly SecretVariable[] =>
  secretsOf(config, machineOf(config)).filter(({ path }) => path !== severalLines)

/** The secret variables that a machine would need and no env file can hold. */
export const unfitSecretsOf = (config: Config): readonly SecretVariable[] =>
  secretsOf(config, machineOf(config)).filter(({ path }) => path === severalLines)

const machineOf = (config: Config): MachinePlatform =>
  runsOn(config, 'compose') ? 'compose' : 'container'

/** The files with secret values that must be on the machine before a platform starts. */
export const secretFilesOf = (config: Config, platform: MachinePlatform): readonly string[] => [
  ...(machineSecretsOf(config).length > 0 ? [machinePaths.secrets] : []),
  ...(platform === 'compose' && bundlesPostgres(config) ? [machinePaths.postgresSecrets] : []),
  ...(platform === 'compose' && bundlesRedis(config) && config['redis.auth']
    ? [machinePaths.redisSecrets]
    : []),
]

/** What the machine needs for backups: the script in the service, and the one that restores. */
const backupFilesOf = (config: Config, platform: MachinePlatform): readonly string[] => {
  const backup = backupOf(config, platform)
  return backup ? [backup.script, backup.restore] : []
}

/** The systemd unit of the single container; it has the name of the service. */
export const unitOf = (config: Config): string => {
  const name = config['release.name']
  return `deploy/${/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name) ? name : 'app'}.service`
}

/** The files of the bundle that are copied to the machine for a platform. */
export const uploadsOf = (config: Config, platform: MachinePlatform): readonly string[] => [
  ...(platform === 'compose' ? [machinePaths.compose] : []),
  envFileOf(config, platform),
  ...proxyFilesOf(config, platform),
  platform === 'compose' ? machinePaths.deployCompose : machinePaths.dockerRun,
  ...backupFilesOf(config, platform),
  ...(platform === 'container' && config['vm.systemd'] ? [unitOf(config)] : []),
  ...(machineSecretsOf(config).length > 0
    ? [machinePaths.createSecrets, machinePaths.secretsIgnore]
    : []),
]
