import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { repaired, shownShort } from '../../testing/repaired.ts'
import { anyConfig } from '../config/arbitrary.ts'
import { environmentOf, runsOn, type Platform } from '../plan/index.ts'
import { defaults, type Config } from '../config/index.ts'
import { check } from './index.ts'
import { refusalsOf } from './refusals.ts'
import { faultsOf } from './testing/fixes.ts'
import { refusalOf } from './variables.ts'

const hasErrors = (config: Config): boolean => check(config).some(({ severity }) => severity === 'error')

describe('over any configuration', () => {
  test('every fix clears its finding and brings no new error', () => {
    fc.assert(
      fc.property(anyConfig.map(shownShort), (config) => {
        expect(check(config).flatMap((finding) => faultsOf(config, finding))).toEqual([])
      }),
      { numRuns: 150 },
    )
  })

  test.each<[string, Partial<Config>]>([
    ['a policy would deny others of the namespace', { 'release.namespace': 'default', 'gitops.tool': 'flux', 'gitops.createNamespace': false, 'networkPolicy.enabled': false }],
    ['no replicas, and too many connections for one', { replicaCount: 0, 'database.poolSize': 200 }],
    ['an autoscaler without room, and SQLite', { 'database.backend': 'sqlite', 'autoscaling.enabled': true, 'autoscaling.maxReplicas': 2 }],
    ['a store is chosen before anything is secret', { 'secrets.mode': 'eso', 'database.backend': 'sqlite', 'rateLimit.enabled': true, 'rateLimit.storageBackend': 'redis', 'redis.auth': false }],
  ])('no fix brings an error: %s', (_, patch) => {
    const config = { ...defaults, ...patch }
    expect(check(config).flatMap((finding) => faultsOf(config, finding))).toEqual([])
  })

  test('no check throws, whatever a setting holds', () => {
    const anything = fc.oneof(fc.string(), fc.double(), fc.boolean(), fc.array(fc.string()), fc.dictionary(fc.string(), fc.string()))
    fc.assert(
      fc.property(anyConfig, fc.infiniteStream(anything), (config, values) => {
        const broken = Object.fromEntries(
          Object.entries(config).map(([path, value]) => {
            const other = values.next().value
            return [path, sameShape(value, other) ? other : value]
          }),
        ) as Config
        expect(check(broken)).toBeInstanceOf(Array)
      }),
      { numRuns: 100 },
    )
  })

  test('the application starts where no error is said', () => {
    fc.assert(
      fc.property(anyConfig.map(repaired).map(shownShort), (config) => {
        if (hasErrors(config)) return
        for (const platform of ['kubernetes', 'compose', 'container'] as const) if (runsOn(config, platform)) expect(startProblems(config, platform)).toEqual([])
      }),
      { numRuns: 150 },
    )
  })
})

const sameShape = (left: unknown, right: unknown): boolean =>
  typeof left === typeof right && Array.isArray(left) === Array.isArray(right) && (typeof right !== 'number' || Number.isSafeInteger(right))

/** Why the application's own settings, or the image's entrypoint, would refuse what a platform gives them. */
function startProblems(config: Config, platform: Platform): readonly string[] {
  const { plain, secret } = environmentOf(config, platform)
  const known = {
    plain: new Map(plain.map(({ name, value }) => [name, value])),
    // The chart makes the limiter's URL of the Redis settings.
    secret: new Set([...secret.map(({ name }) => name), ...(platform === 'kubernetes' && config['rateLimit.storageBackend'] === 'redis' ? ['APP_RATE_LIMIT_STORAGE_URL'] : [])]),
  }
  return [...plain.flatMap(({ name, value }) => refusalOf(name, value) ?? []), ...refusalsOf(known).map(({ reason }) => reason)]
}
