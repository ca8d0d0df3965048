import { describe, expect, test } from 'vitest'
import { hostile, hostileTexts, variation, variations } from '../../../testing/variations.ts'
import { rules } from '../../checks/index.ts'
import type { Config } from '../../config/index.ts'
import { render } from '../../render.ts'
import { secretReference, secretsModeOf, secretsOf, runsOn } from '../../plan/index.ts'
import { checklistOf } from './checklist.ts'
import { describedFiles } from './files.ts'
import { docs } from './index.ts'
import { readme } from './readme.ts'

const textOf = (config: Config, path: string): string =>
  docs.render(config).find((file) => file.path === path)?.text ?? ''

describe.each(variations)('%s', (_, config) => {
  const { files, refusal } = render(config)
  const paths = files.map(({ path }) => path).filter((path) => path !== 'README.md')
  const described = describedFiles(config).filter(
    ({ path }) => refusal === undefined || path !== 'manifests/',
  )
  const covers = (one: string, path: string): boolean =>
    one.endsWith('/') ? path.startsWith(one) : path === one

  test('the README describes every file and no other', () => {
    expect(described.filter(({ path }) => !paths.some((one) => covers(path, one)))).toEqual([])
    expect(paths.filter((path) => !described.some((one) => covers(one.path, path)))).toEqual([])
  })

  test('every secret that the cluster must hold has its command', () => {
    // An external store holds the values already.
    if (!runsOn(config, 'kubernetes') || secretsModeOf(config) === 'eso') return
    const text = readme(config)
    for (const { name } of secretsOf(config, 'kubernetes')) {
      const { secret, key } = secretReference(config, name)
      expect(text).toContain(`kubectl create secret generic ${secret} `)
      expect(text).toContain(`--from-file=${key}=`)
    }
  })

  test('the checklist lists every rule that applies', () => {
    const text = textOf(config, 'CHECKLIST.md')
    const listed = text.match(/^- \[[x ]\] /gm)?.length ?? 0
    expect(listed).toBeGreaterThanOrEqual(rules.filter((rule) => rule.applies(config)).length)
  })
})

test('the user finds the own names', () => {
  const text = readme(variation('other names'))
  for (const command of [
    'kubectl create namespace shop-objects',
    'helm upgrade --install orders-api ./chart --values deploy/values.yaml',
    "curl --fail --header 'Host: orders' http://127.0.0.1:8080/ready",
    'kubectl create secret generic shared-redis --namespace shop-objects',
    "'cd /srv/orders.d && sh ops/deploy-compose.sh'",
  ])
    expect(text).toContain(command)
})

test('the checklist parts what is open from what is met', () => {
  const rule = (id: string) => ({
    id,
    severity: 'warning' as const,
    demand: `Demand ${id}`,
    applies: () => true,
    check: () => undefined,
  })
  const said = {
    path: 'app.workers' as const,
    title: 'Too many',
    message: 'It has *4* [workers](x).',
  }
  const text = checklistOf(variation('vm-compose'), [
    [rule('one'), []],
    [rule('two'), [said]],
  ])
  expect(text).toMatch(
    /## Open\n\n- \[ \] Demand two \(should be fixed, `app\.workers`\): It has \\\*4\\\* \\\[workers\\\]\(x\)\.\n/,
  )
  expect(text).toMatch(/## Met\n\n- \[x\] Demand one\n/)
})

test.each(hostileTexts)('%j leaves the documents as they are', (value) => {
  const headings = (text: string) =>
    text
      .replace(/^```[\s\S]*?^```$/gm, '')
      .match(/^#.*$/gm)
      ?.slice(1)
  const config = hostile(value, ['kubernetes', 'compose', 'container'])
  expect(headings(readme(config))).toEqual(headings(readme({ ...config, 'app.name': 'x' })))
  expect(readme(config)).not.toContain('\n<script>')
})
