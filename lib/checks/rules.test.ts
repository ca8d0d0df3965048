import { describe, expect, test } from 'vitest'
import { defaults, isPath, presetConfig, presets, type Config } from '../config/index.ts'
import { check, rules } from './index.ts'
import { examples } from './testing/examples.ts'
import { faultsOf } from './testing/fixes.ts'

const idsOf = (config: Config): readonly string[] => check(config).map(({ id }) => id)

const cases = rules.flatMap(({ id }) => (examples[id] ?? []).map((example, at) => [`${id} ${at + 1}`, id, example] as const))

describe('rules', () => {
  test('have ids of their own', () => {
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length)
  })

  test('all have examples, and no example is left of a rule that is gone', () => {
    expect(Object.keys(examples).toSorted()).toEqual(rules.map(({ id }) => id).toSorted())
  })

  test('state what they demand without a full stop', () => {
    for (const { id, demand } of rules) {
      expect(demand, id).toMatch(/^[A-Z].*[^.]$/)
      expect(demand.length, id).toBeLessThan(70)
    }
  })

  test.each(cases)('%s', (_, id, { given, bad, good }) => {
    const wrong = { ...defaults, ...given, ...bad }
    const right = { ...defaults, ...given, ...good }
    expect(idsOf(wrong)).toContain(id)
    expect(idsOf(right)).not.toContain(id)
  })

  test.each(cases)('%s is said well, and its fix helps', (_, id, { given, bad }) => {
    const config = { ...defaults, ...given, ...bad }
    for (const finding of check(config).filter((one) => one.id === id)) {
      expect(isPath(finding.path)).toBe(true)
      expect(finding.title).toMatch(/^[A-Z].*[^.]$/)
      expect(finding.title.split(' ').length, finding.title).toBeLessThan(6)
      expect(finding.message).toMatch(/^\S.*[.]$/s)
      expect(finding.message).not.toMatch(/undefined|NaN|\[object/)
      expect(finding.message.length, finding.message).toBeLessThan(320)
      expect(faultsOf(config, finding)).toEqual([])
    }
  })
})

const warnings: Readonly<Record<string, readonly string[]>> = {
  'kubernetes-sqlite': ['sqlite-no-backup'],
  'kubernetes-production': ['metrics-public'],
  'vm-container': ['vm-no-hosts'],
}

describe('starting points', () => {
  test.each([['defaults', defaults, []], ...presets.map((preset) => [preset.id, presetConfig(preset), warnings[preset.id] ?? []] as const)] as const)(
    '%s have no errors and only these warnings',
    (_, config, expected) => {
      expect(check(config).filter(({ severity }) => severity !== 'info').map(({ id }) => id)).toEqual(expected)
    },
  )
})

test('errors come first, then warnings', () => {
  const found = check({ ...defaults, 'app.debug': true, 'app.logFormat': 'text', revisionHistoryLimit: 0, 'app.requestTimeout': 200 })
  const severities = found.map(({ severity }) => severity)
  expect([...new Set(severities)]).toEqual(['error', 'warning', 'info'])
  expect(severities).toEqual(severities.toSorted((left, right) => ['error', 'warning', 'info'].indexOf(left) - ['error', 'warning', 'info'].indexOf(right)))
})

test('the arithmetic is in the message', () => {
  const found = check({ ...defaults, replicaCount: 6, 'database.poolSize': 20 }).find(({ id }) => id === 'connections-over')
  expect(found?.message).toBe('6 pods × 30 = 180 connections; the database accepts 100.')
  expect(found?.fix).toEqual({ label: 'Use 6', patch: { 'database.poolSize': 6 } })
})
