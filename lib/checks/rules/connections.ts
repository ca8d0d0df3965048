import type { Config } from '../../config/index.ts'
import { connectionsAtPeak, connectionsPerInstance, instancesAtPeak, mostInstances, runsOn, usesSqlite } from '../../plan/index.ts'
import type { Fix, Rule, Said } from '../rule.ts'
import { count } from '../words.ts'

const pooled = (config: Config): boolean => !usesSqlite(config)

/** The most instances outside rollouts; a service that is scaled to none will be scaled up one day. */
const instancesOf = (config: Config): number => Math.max(1, mostInstances(config))

const steady = (config: Config): number => connectionsPerInstance(config) * instancesOf(config)

const instances = (config: Config, amount: number): string => count(amount, runsOn(config, 'kubernetes') ? 'pod' : 'container')

/** `6 pods × 30 = 180 connections`. */
const sum = (config: Config, amount: number): string =>
  `${instances(config, amount)} × ${connectionsPerInstance(config)} = ${amount * connectionsPerInstance(config)} connections`

/**
 * The largest pool with which the connections stay within `most`, bursts kept where they fit;
 * fewer pods where no pool would do.
 */
function fitting(config: Config, amount: number, most: number): { readonly fix?: Fix } {
  const each = Math.floor(most / (amount * config['app.workers']))
  const burst = config['database.maxOverflow']
  if (each > burst) return { fix: { label: `Use ${each - burst}`, patch: { 'database.poolSize': each - burst } } }
  if (each < 1) return {}
  const pool = Math.ceil(each / 3)
  return { fix: { label: `Use ${pool} and ${each - pool}`, patch: { 'database.poolSize': pool, 'database.maxOverflow': each - pool } } }
}

const over: Rule = {
  id: 'connections-over',
  severity: 'error',
  demand: 'Pools fit into the database',
  applies: pooled,
  check: (config) => {
    const limit = config['database.maxConnections']
    return steady(config) < limit ? undefined : said(config, instancesOf(config), 'Too many connections', '', limit - 1)
  },
}

const said = (config: Config, amount: number, title: string, when: string, most: number): Said => ({
  path: 'database.poolSize',
  title,
  message: `${when}${sum(config, amount)}; the database accepts ${config['database.maxConnections']}.`,
  ...fitting(config, amount, most),
})

const inRollout: Rule = {
  id: 'connections-rollout',
  severity: 'warning',
  demand: 'Pools fit into the database during a rollout',
  applies: (config) => pooled(config) && instancesAtPeak(config) > mostInstances(config),
  check: (config) => {
    const limit = config['database.maxConnections']
    if (steady(config) >= limit || connectionsAtPeak(config) < limit) return undefined
    return said(config, instancesAtPeak(config), 'Rollout runs out', 'During a rollout ', limit - 1)
  },
}

const near: Rule = {
  id: 'connections-near',
  severity: 'warning',
  demand: 'The database has connections to spare',
  applies: pooled,
  check: (config) => {
    const limit = config['database.maxConnections']
    const share = Math.floor(limit * 0.8)
    if (steady(config) <= share || connectionsAtPeak(config) >= limit) return undefined
    return said(config, instancesOf(config), 'Few connections left', 'More than 80 %: ', share)
  },
}

export const connectionRules: readonly Rule[] = [over, inRollout, near]
