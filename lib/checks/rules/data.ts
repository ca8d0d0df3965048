import { applies, type Config } from '../../config/index.ts'
import { backupOf, hasCompanions, memoryLimitOn, rawList, runsOn, usesPostgres, usesSqlite, type Platform } from '../../plan/index.ts'
import { isLoopback } from '../../text/address.ts'
import { bytesInWords, quantityOf } from '../../text/quantity.ts'
import type { Rule } from '../rule.ts'
import { all, on, onKubernetes, onVm } from '../when.ts'
import { count, listed } from '../words.ts'

/** SQLite as the chart knows it; a custom URL may name a file too, but has no volume there. */
const sqliteBackend = (config: Config): boolean => config['database.backend'] === 'sqlite'
const sqliteInCluster = all(onKubernetes, sqliteBackend)

const replicas: Rule = {
  id: 'sqlite-replicas',
  severity: 'error',
  demand: 'One replica for SQLite',
  applies: sqliteInCluster,
  check: (config) => {
    const scaled = config['autoscaling.enabled']
    if (!scaled && config.replicaCount <= 1) return undefined
    const pods = scaled ? `up to ${count(config['autoscaling.maxReplicas'], 'pod')}` : count(config.replicaCount, 'pod')
    return {
      path: scaled ? 'autoscaling.enabled' : 'replicaCount',
      title: 'Split database',
      message: `Each of ${pods} would have a SQLite file of its own, and answers would depend on which one is asked.`,
      fix: { label: 'Use 1 replica', patch: { replicaCount: 1, 'autoscaling.enabled': false } },
    }
  },
}

const workers: Rule = {
  id: 'sqlite-workers',
  severity: 'error',
  demand: 'One worker for SQLite',
  applies: usesSqlite,
  check: (config) =>
    config['app.workers'] > 1
      ? {
          path: 'app.workers',
          title: 'Several writers',
          message: `${config['app.workers']} processes would write to one SQLite file and lock each other out.`,
          fix: { label: 'Use 1 worker', patch: { 'app.workers': 1 } },
        }
      : undefined,
}

const volume: Rule = {
  id: 'sqlite-volume',
  severity: 'error',
  demand: 'SQLite lives on a volume',
  applies: sqliteInCluster,
  check: (config) =>
    config['persistence.enabled']
      ? undefined
      : {
          path: 'persistence.enabled',
          title: 'No volume',
          message: 'Without a volume the database is lost with its pod, and the chart refuses it.',
          fix: { label: 'Turn the volume on', patch: { 'persistence.enabled': true } },
        },
}

const size: Rule = {
  id: 'volume-size',
  severity: 'error',
  demand: 'The volume has a size',
  applies: sqliteInCluster,
  check: (config) =>
    quantityOf(config['persistence.size']) === 0
      ? {
          path: 'persistence.size',
          title: 'Empty volume',
          message: `A volume of ${config['persistence.size']} is refused by the cluster.`,
          fix: { label: 'Use 10Gi', patch: { 'persistence.size': '10Gi' } },
        }
      : undefined,
}

const accessMode: Rule = {
  id: 'sqlite-access-mode',
  severity: 'error',
  demand: 'SQLite on a volume of one node',
  applies: sqliteInCluster,
  check: (config) =>
    config['persistence.accessMode'] === 'ReadWriteMany'
      ? {
          path: 'persistence.accessMode',
          title: 'Network filesystem',
          message: 'ReadWriteMany volumes are network filesystems, whose locks SQLite cannot rely on: the file gets corrupted.',
          fix: { label: 'Use ReadWriteOnce', patch: { 'persistence.accessMode': 'ReadWriteOnce' } },
        }
      : undefined,
}

const deletedWithRelease: Rule = {
  id: 'volume-deleted',
  severity: 'warning',
  demand: 'Data outlives the release',
  applies: sqliteInCluster,
  check: (config) =>
    config['persistence.whenDeleted'] === 'Delete' && config['persistence.existingClaim'] === ''
      ? {
          path: 'persistence.whenDeleted',
          title: 'Uninstall deletes data',
          message: `helm uninstall ${config['release.name']} would delete the database with its volume.`,
          fix: { label: 'Keep the volume', patch: { 'persistence.whenDeleted': 'Retain' } },
        }
      : undefined,
}

const dataDirectory = /(^|\/)\.\.?(\/|$)/

const filePath: Rule = {
  id: 'sqlite-path',
  severity: 'error',
  demand: 'The SQLite file lies on the volume',
  applies: sqliteBackend,
  check: (config) =>
    dataDirectory.test(config['database.sqlite.path'].replace(/^\.\//, ''))
      ? {
          path: 'database.sqlite.path',
          title: 'Not on the volume',
          message: `${config['database.sqlite.path']} leads out of ./data, the only place that is writable and kept.`,
          fix: { label: 'Use ./data/app.db', patch: { 'database.sqlite.path': './data/app.db' } },
        }
      : undefined,
}

const durability: Rule = {
  id: 'sqlite-durability',
  severity: 'warning',
  demand: 'SQLite survives a crash',
  applies: sqliteBackend,
  check: (config) => {
    const journal = config['database.sqlite.journalMode']
    const loose = [
      ...(journal === 'off' || journal === 'memory' ? [`journal mode ${journal}`] : []),
      ...(config['database.sqlite.synchronous'] === 'off' ? ['synchronous off'] : []),
    ]
    if (loose.length === 0) return undefined
    return {
      path: loose[0] === 'synchronous off' ? 'database.sqlite.synchronous' : 'database.sqlite.journalMode',
      title: 'Crash can corrupt',
      message: `With ${listed(loose)} a crash in the middle of a write can leave a file that cannot be read.`,
      fix: { label: 'Use wal and normal', patch: { 'database.sqlite.journalMode': 'wal', 'database.sqlite.synchronous': 'normal' } },
    }
  },
}

/** SQLAlchemy's pool for SQLite files: 5 connections and 10 more in bursts, each with a page cache of its own. */
const sqliteConnections = 15
const pageBytes = 4096

/** What the page caches may grow to: negative sizes are KiB, positive ones pages. */
const cacheBytes = (size: number): number => (size < 0 ? -size * 1024 : size * pageBytes) * sqliteConnections

const cacheMemory: Rule = {
  id: 'sqlite-cache-memory',
  severity: 'info',
  demand: 'Page caches fit into memory',
  applies: sqliteBackend,
  check: (config) => {
    const limits = (['kubernetes', 'compose', 'container'] as const).flatMap((platform: Platform) =>
      runsOn(config, platform) ? (memoryLimitOn(config, platform) ?? []) : [],
    )
    const most = cacheBytes(config['database.sqlite.cacheSize'])
    const limit = Math.min(...limits)
    if (!(most > limit / 2)) return undefined
    const fitting = roundDown(limit / 2 / sqliteConnections / 1024)
    return {
      path: 'database.sqlite.cacheSize',
      title: 'Large page cache',
      message: `${sqliteConnections} connections may cache ${bytesInWords(most)} of pages together, and the container may use ${bytesInWords(limit)}; a large database would get it killed.`,
      fix: { label: `Use -${fitting}`, patch: { 'database.sqlite.cacheSize': -fitting } },
    }
  },
}

/** Whole thousands, which people can read; at least 1. */
const roundDown = (kibibytes: number): number => (kibibytes >= 1000 ? Math.floor(kibibytes / 1000) * 1000 : Math.max(1, Math.floor(kibibytes)))

const noBackup: Rule = {
  id: 'sqlite-no-backup',
  severity: 'warning',
  demand: 'SQLite has a copy elsewhere',
  applies: sqliteInCluster,
  check: (config) =>
    config['litestream.enabled']
      ? undefined
      : {
          path: 'litestream.enabled',
          title: 'No backup',
          message: `The only copy of the data is the volume of ${config['release.name']}; turn Litestream on, or have the volume backed up.`,
        },
}

const noBackupOnVm: Rule = {
  id: 'vm-no-backup',
  severity: 'info',
  demand: 'Data on the machine has a copy elsewhere',
  applies: (config) =>
    onVm(config) &&
    backupOf(config) === undefined &&
    (usesSqlite(config) || (runsOn(config, 'compose') && usesPostgres(config) && config['vm.postgres'] === 'bundled')),
  check: (config) => ({
    path: applies(config, 'vm.backup') ? 'vm.backup' : 'database.backend',
    title: 'Back the volume up',
    message: `${usesSqlite(config) ? 'The SQLite file' : 'The bundled Postgres'} lives on one disk of one machine, and nothing in this bundle copies it elsewhere.`,
    ...(applies(config, 'vm.backup') ? { fix: { label: 'Turn backups on', patch: { 'vm.backup': true } } } : {}),
  }),
}

const customSqlite: Rule = {
  id: 'custom-sqlite',
  severity: 'error',
  demand: 'SQLite by its own backend',
  applies: all(onKubernetes, (config) => config['database.backend'] === 'custom'),
  check: (config) =>
    config['database.driver'] === 'sqlite+aiosqlite'
      ? {
          path: 'database.driver',
          title: 'SQLite without volume',
          message: 'A custom URL gets no volume on Kubernetes, so the SQLite file could not be written; the SQLite backend brings one.',
          fix: { label: 'Use the SQLite backend', patch: { 'database.backend': 'sqlite', 'persistence.enabled': true, 'persistence.accessMode': 'ReadWriteOnce', 'litestream.enabled': false, replicaCount: 1, 'autoscaling.enabled': false } },
        }
      : undefined,
}

const otherDriver: Rule = {
  id: 'custom-driver',
  severity: 'info',
  demand: 'A migration URL for other drivers',
  applies: (config) => config['database.backend'] === 'custom',
  check: (config) =>
    config['database.driver'] === 'other'
      ? {
          path: 'database.driver',
          title: 'Two URLs',
          message: 'The application derives no migration URL from other drivers and does not start without one: keep APP_ALEMBIC_DATABASE_URL beside APP_DATABASE_URL.',
        }
      : undefined,
}

const echo: Rule = {
  id: 'database-echo',
  severity: 'warning',
  demand: 'SQL stays out of the log',
  applies: () => true,
  check: (config) =>
    config['database.echo']
      ? {
          path: 'database.echo',
          title: 'SQL in the log',
          message: 'Every statement is logged with its values, which slows requests down and puts data into the log.',
          fix: { label: 'Turn it off', patch: { 'database.echo': false } },
        }
      : undefined,
}

/** Platforms on which the application reaches a Postgres that the bundle does not bring. */
const ownPostgresOn = (config: Config): readonly Platform[] =>
  usesPostgres(config)
    ? (['kubernetes', 'compose', 'container'] as const).filter(
        (platform) => runsOn(config, platform) && !(platform === 'compose' && config['vm.postgres'] === 'bundled'),
      )
    : []

/** Uses the bundled server, where that would help every platform. */
const bundled = (config: Config) =>
  config['target.platforms'].every((platform) => platform === 'compose')
    ? { fix: { label: 'Bundle Postgres', patch: { 'vm.postgres': 'bundled' as const } } }
    : {}

const loopback: Rule = {
  id: 'postgres-loopback',
  severity: 'error',
  demand: 'Postgres is not sought inside the container',
  applies: (config) => ownPostgresOn(config).length > 0,
  check: (config) => {
    const host = config['database.postgres.host']
    // A proxy of the cloud may listen beside the application in the same pod.
    const stranded = ownPostgresOn(config).filter((platform) => platform !== 'kubernetes' || !hasCompanions(config))
    if (stranded.length === 0 || !(isLoopback(host) || host === '0.0.0.0')) return undefined
    return {
      path: 'database.postgres.host',
      title: 'Looks at itself',
      message: `Inside the container ${host} is the container itself, and no Postgres runs there; give a name or address that the container can reach.`,
      ...bundled(config),
    }
  },
}

const unknownName: Rule = {
  id: 'postgres-unknown-name',
  severity: 'error',
  demand: 'The external Postgres has a name that machines know',
  applies: (config) => ownPostgresOn(config).some((platform) => platform !== 'kubernetes'),
  check: (config) =>
    config['database.postgres.host'] === 'postgres' || config['database.postgres.host'] === ''
      ? {
          path: 'database.postgres.host',
          title: 'Nothing is called so',
          message: 'On the machine nothing answers to the name postgres unless the stack brings it; give the host name or address of your server.',
          ...bundled(config),
        }
      : undefined,
}

const sameNamespace: Rule = {
  id: 'postgres-same-namespace',
  severity: 'info',
  demand: 'The name of Postgres is one that pods can resolve',
  applies: (config) => onKubernetes(config) && usesPostgres(config),
  check: (config) =>
    /^[A-Za-z0-9_-]+$/.test(config['database.postgres.host']) && !isLoopback(config['database.postgres.host'])
      ? {
          path: 'database.postgres.host',
          title: 'Name in this namespace',
          message: `Pods look for ${config['database.postgres.host']} among the Services of namespace ${config.namespaceOverride || config['release.namespace']}; give the whole name when it runs elsewhere.`,
        }
      : undefined,
}

const encrypts = new Set(['require', 'verify-ca', 'verify-full'])

const tls: Rule = {
  id: 'postgres-tls',
  severity: 'info',
  demand: 'Traffic to Postgres is encrypted',
  applies: (config) => ownPostgresOn(config).length > 0,
  check: (config) =>
    encrypts.has(config['database.postgres.sslMode'])
      ? undefined
      : {
          path: 'database.postgres.sslMode',
          title: 'TLS not required',
          message: `With ${config['database.postgres.sslMode']} the password and the data may cross the network in the clear; require refuses that.`,
          fix: { label: 'Use require', patch: { 'database.postgres.sslMode': 'require' } },
        },
}

const verifies = (config: Config): boolean => usesPostgres(config) && config['database.postgres.sslMode'].startsWith('verify-')

const rootCertificate: Rule = {
  id: 'postgres-root-certificate',
  severity: 'error',
  demand: 'A certificate to verify Postgres with',
  applies: verifies,
  check: (config) =>
    config['database.postgres.sslRootCert'] === ''
      ? {
          path: 'database.postgres.sslRootCert',
          title: 'No root certificate',
          message: `${config['database.postgres.sslMode']} compares with an authority's certificate, and without one every connection fails.`,
          fix: { label: 'Use require', patch: { 'database.postgres.sslMode': 'require' } },
        }
      : undefined,
}

/** Where the image itself keeps certificates. */
const imageCertificates = /^\/(etc\/ssl|usr)\//

const mountedCertificate: Rule = {
  id: 'postgres-certificate-mount',
  severity: 'warning',
  demand: 'The certificate is mounted',
  applies: verifies,
  check: (config) => {
    const path = config['database.postgres.sslRootCert']
    if (path === '' || imageCertificates.test(path)) return undefined
    const mounts = rawList(config.extraVolumeMounts).map((mount) => String((mount as { mountPath?: unknown } | null)?.mountPath ?? ''))
    const isMounted = onKubernetes(config) && !onVm(config) && mounts.some((mount) => mount !== '' && path.startsWith(mount))
    if (isMounted) return undefined
    return {
      path: 'database.postgres.sslRootCert',
      title: 'Nothing mounted there',
      message: onVm(config)
        ? `The bundle mounts nothing at ${path} on a machine; use a certificate that the image has, such as /etc/ssl/certs/ca-certificates.crt.`
        : `No extra mount covers ${path}, so the file is missing unless your image brings it.`,
    }
  },
}

const preparedAway: Rule = {
  id: 'pool-pre-ping-off',
  severity: 'info',
  demand: 'Dead connections are noticed',
  applies: (config) => !usesSqlite(config),
  check: (config) =>
    on('database.poolPrePing')(config)
      ? undefined
      : {
          path: 'database.poolPrePing',
          title: 'Stale connections',
          message: 'After a restart of the database each kept connection fails one request before it is replaced.',
          fix: { label: 'Verify connections', patch: { 'database.poolPrePing': true } },
        },
}

export const dataRules: readonly Rule[] = [
  replicas,
  workers,
  volume,
  size,
  accessMode,
  filePath,
  customSqlite,
  loopback,
  unknownName,
  rootCertificate,
  noBackup,
  deletedWithRelease,
  durability,
  mountedCertificate,
  echo,
  cacheMemory,
  noBackupOnVm,
  otherDriver,
  sameNamespace,
  tls,
  preparedAway,
]
