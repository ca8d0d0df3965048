import { deploysByHelm, migratesApart, mostPods, runsOn, usesSqlite, type Platform } from '../../plan/index.ts'
import type { Rule } from '../rule.ts'
import { all, on, onKubernetes } from '../when.ts'
import { count } from '../words.ts'

const atStart = on('database.runMigrations')

const concurrent: Rule = {
  id: 'migrations-concurrent',
  severity: 'error',
  demand: 'One migration at a time',
  applies: all(atStart, onKubernetes, (config) => !usesSqlite(config)),
  check: (config) =>
    mostPods(config) > 1
      ? {
          path: 'database.runMigrations',
          title: 'Migrations at once',
          message: `Each of ${count(mostPods(config), 'pod')} would migrate when it starts, and Alembic takes no lock; one Job before the rollout is enough.`,
          fix: { label: 'Migrate once, on deploy', patch: { 'database.runMigrations': false, 'migrations.enabled': true } },
        }
      : undefined,
}

const platforms: readonly Platform[] = ['kubernetes', 'compose', 'container']

const twice: Rule = {
  id: 'migrations-twice',
  severity: 'warning',
  demand: 'Migrations run once',
  applies: all(atStart, on('migrations.enabled')),
  check: (config) =>
    platforms.some((platform) => runsOn(config, platform) && migratesApart(config, platform))
      ? {
          path: 'database.runMigrations',
          title: 'Migrated twice',
          message: 'The deployment migrates before the application starts, and then each container does it again.',
          fix: { label: 'Only on deploy', patch: { 'database.runMigrations': false } },
        }
      : undefined,
}

const never: Rule = {
  id: 'migrations-never',
  severity: 'warning',
  demand: 'Something migrates the database',
  applies: () => true,
  check: (config) =>
    config['migrations.enabled'] || config['database.runMigrations']
      ? undefined
      : {
          path: 'migrations.enabled',
          title: 'Nothing migrates',
          message: 'No part of the deployment runs alembic upgrade head, so tables are missing unless somebody makes them; readiness does not notice.',
          fix: { label: 'Migrate on deploy', patch: { 'migrations.enabled': true } },
        },
}

const deadline: Rule = {
  id: 'migrations-deadline',
  severity: 'warning',
  demand: 'The migration ends before helm gives up',
  applies: all(deploysByHelm, on('migrations.enabled'), (config) => migratesApart(config, 'kubernetes')),
  check: (config) => {
    const [allowed, helm] = [config['migrations.activeDeadlineSeconds'], config['workflows.helmTimeoutMinutes'] * 60]
    if (allowed < helm) return undefined
    return {
      path: 'migrations.activeDeadlineSeconds',
      title: 'Helm gives up first',
      message: `The migration may take ${allowed} s, but helm waits ${helm} s and then leaves the release pending.`,
      fix: { label: `Use ${helm - 30} s`, patch: { 'migrations.activeDeadlineSeconds': helm - 30 } },
    }
  },
}

export const migrationRules: readonly Rule[] = [concurrent, twice, never, deadline]
