import { describe, expect, test } from 'vitest'
import { allSettings, applies, defaults, differences, isPath, placeholderOf, presetConfig, presets, sameValue, sections, settingAt, settings } from './index.ts'
import type { Condition } from './field.ts'
import { chartDefaultOf, chartKeys } from './chart-values.ts'
import { help, helpOf } from './help/index.ts'
import { hasShape, problemOf } from './schema.ts'

const conditionsOf = (when: Condition | readonly Condition[] | undefined): readonly Condition[] =>
  when === undefined ? [] : Array.isArray(when) ? when : [when as Condition]

describe('declarations', () => {
  test('no path and no variable is declared twice', () => {
    const paths = sections.flatMap((section) => Object.keys(section.fields))
    expect(new Set(paths).size).toBe(paths.length)
    const variables = allSettings.flatMap(({ field }) => field.env ?? [])
    expect(new Set(variables).size).toBe(variables.length)
  })

  test('every condition names a declared setting and values that it can have', () => {
    for (const { path, field } of allSettings)
      for (const condition of conditionsOf(field.when))
        for (const [named, wanted] of Object.entries(condition)) {
          const other = settingAt(named)?.field
          expect(other, `${path} depends on ${named}`).toBeDefined()
          const options = other && 'options' in other ? other.options.map(({ value }) => value as unknown) : [true, false]
          for (const one of [wanted].flat()) expect(options, `${path} depends on ${named}`).toContain(one)
        }
  })

  test('labels are short, helps are one sentence, and both are there', () => {
    for (const { path, field } of allSettings) {
      expect(field.label.length, path).toBeGreaterThan(1)
      expect(field.label.length, path).toBeLessThan(40)
      expect(helpOf(path), path).toMatch(/\.$/)
    }
  })

  test('no sentence belongs to a setting that is gone', () => {
    expect(Object.keys(help).filter((path) => !settingAt(path))).toEqual([])
  })

  test('every default passes its own schema', () => {
    for (const { path } of settings) expect([path, problemOf(path, defaults[path])]).toEqual([path, undefined])
  })

  test('patterns use nothing that RE2 lacks', () => {
    for (const { path, field } of allSettings) if ('pattern' in field && field.pattern) expect(field.pattern, path).not.toMatch(/\(\?[=!<]|\\[1-9]/)
  })

  test('chart keys never end where another goes on', () => {
    const paths = chartKeys.map(({ path }) => path)
    expect(paths.filter((path) => paths.some((other) => other.startsWith(`${path}.`)))).toEqual([])
  })

  test('no default of the chart is a secret or a share of one', () => {
    for (const { field } of chartKeys.filter(({ field }) => field.kind === 'secret')) expect(['', {}]).toContainEqual(chartDefaultOf(field))
  })
})

describe('applies', () => {
  test.each([
    ['database.postgres.host', {}, true],
    ['database.postgres.host', { 'database.backend': 'sqlite' }, false],
    ['redis.host', {}, false],
    ['redis.host', { 'cache.enabled': true }, true],
    ['redis.host', { 'cache.enabled': true, 'cache.backend': 'memory' }, false],
    ['redis.host', { 'rateLimit.enabled': true }, true],
    ['vm.port', {}, false],
    ['vm.port', { 'target.platforms': ['kubernetes', 'container'] }, true],
  ] as const)('%s under %j is %s', (path, patch, expected) => {
    expect(applies({ ...defaults, ...patch }, path)).toBe(expected)
  })
})

describe('presets', () => {
  test.each(presets.map((preset) => [preset.id, preset] as const))('%s is valid and differs from the others', (_, preset) => {
    const config = presetConfig(preset)
    for (const { path } of settings) expect([path, problemOf(path, config[path])]).toEqual([path, undefined])
    for (const other of presets) if (other !== preset) expect(differences(config, presetConfig(other)).length).toBeGreaterThan(0)
    for (const [path, value] of Object.entries(preset.patch)) expect(sameValue(value, defaults[path as keyof typeof defaults]), path).toBe(false)
  })
})

test('values compare by content', () => {
  expect(sameValue(['a', 'b'], ['a', 'b'])).toBe(true)
  expect(sameValue(['a', 'b'], ['b', 'a'])).toBe(false)
  expect(sameValue({ a: '1', b: '2' }, { b: '2', a: '1' })).toBe(true)
  expect(sameValue({ a: '1' }, { a: '1', b: '2' })).toBe(false)
  expect(sameValue('1', 1)).toBe(false)
})

test('secrets and keys that only the chart knows are no settings', () => {
  expect(isPath('database.postgres.password')).toBe(false)
  expect(isPath('litefs.enabled')).toBe(false)
  expect(isPath('__proto__')).toBe(false)
  expect(Object.keys(defaults)).not.toContain('auth.jwtSecret')
})

test('shapes are checked without looking at content', () => {
  expect(hasShape(settingAt('replicaCount')!.field, 5_000_000)).toBe(true)
  expect(hasShape(settingAt('replicaCount')!.field, 1.5)).toBe(false)
  expect(hasShape(settingAt('app.name')!.field, 'x'.repeat(200_000))).toBe(false)
  expect(hasShape(settingAt('podLabels')!.field, { a: 1 })).toBe(false)
  expect(problemOf('release.name', 'Orders')).toContain('lower-case')
})

test('placeholders carry the names of the configuration', () => {
  const field = settingAt('database.postgres.existingSecret')!.field
  expect(placeholderOf({ ...defaults, 'release.name': 'orders' }, field)).toBe('orders-secrets')
  expect(placeholderOf({ ...defaults, 'secret.name': 'vault' }, field)).toBe('vault')
})
