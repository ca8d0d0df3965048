/** The chart as scanners see it: every condition of theirs on every preset, and what is excepted, with its reason. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseAllDocuments } from 'yaml'
import { describe, expect, test } from 'vitest'
import { chartFolder, type Manifest } from '../../testing/chart.ts'
import { conditions, type Release } from '../../testing/scanners/index.ts'
import { presetConfig, presets, type Config } from '../config/index.ts'
import { runsOn } from '../plan/index.ts'
import { render } from '../render.ts'

interface Exception {
  readonly demand: string
  readonly presets: readonly string[]
}

/** Demands that a preset does not meet; the chart's README says why. */
const exceptions: readonly Exception[] = [
  {
    demand: 'a digest',
    presets: ['kubernetes-postgres', 'kubernetes-sqlite', 'kubernetes-production'],
  },
  {
    demand: 'no secret in the environment',
    presets: ['kubernetes-postgres', 'kubernetes-production'],
  },
  {
    demand: 'a policy for every pod, both ways',
    presets: ['kubernetes-postgres', 'kubernetes-sqlite'],
  },
]

const releaseOf = (config: Config): Release =>
  parseAllDocuments(
    render(config).files.find(({ path }) => path === 'manifests/all.yaml')?.text ?? '',
    { version: '1.1' },
  ).map((document) => document.toJS() as Manifest)

const clusters = presets
  .map((preset) => [preset.id, presetConfig(preset)] as const)
  .filter(([, config]) => runsOn(config, 'kubernetes'))
const excepted = (preset: string, demand: string): boolean =>
  exceptions.some((one) => one.demand === demand && one.presets.includes(preset))

describe.each(clusters)('%s', (preset, config) => {
  const release = releaseOf(config)

  test.each(conditions)('$demand', ({ demand, rules, faults }) => {
    if (excepted(preset, demand))
      expect(faults(release), 'an exception that is none').not.toEqual([])
    else expect(faults(release), rules.join(', ')).toEqual([])
  })
})

const pinned = (preset: string): Config =>
  ({
    ...Object.fromEntries(clusters)[preset],
    'image.digest': `sha256:${'0123456789abcdef'.repeat(4)}`,
  }) as Config

test('with a digest, production has one exception left', () => {
  const release = releaseOf(pinned('kubernetes-production'))
  expect(
    conditions.filter(({ faults }) => faults(release).length > 0).map(({ demand }) => demand),
  ).toEqual(['no secret in the environment'])
})

test.each(conditions)('what breaks it is noticed: $demand', ({ faults, breakIt }) => {
  const release = ['kubernetes-production', 'kubernetes-sqlite']
    .map((preset) => releaseOf(pinned(preset)))
    .find((one) => faults(one).length === 0)
  breakIt(release as Release)
  expect(faults(release as Release)).not.toEqual([])
})

test('rules are named once, and those of exceptions stand in the README', () => {
  const rules = conditions.flatMap((one) => one.rules)
  expect(rules.filter((rule, at) => rules.indexOf(rule) !== at)).toEqual([])
  for (const rule of rules)
    expect(rule).toMatch(
      /^(Checkov CKV2?_K8S_\d+|(kube-score|kube-linter) [a-z0-9-]+|Polaris [a-zA-Z]+)$/,
    )
  expect(exceptions.length).toBeLessThanOrEqual(3)
  const readme = readFileSync(join(chartFolder, 'README.md'), 'utf8')
  for (const { demand } of exceptions)
    for (const rule of conditions.find((one) => one.demand === demand)?.rules ?? [])
      expect(readme).toContain(`\`${rule.split(' ')[1]}\``)
})
