import { parse } from 'yaml'
import { describe, expect, test } from 'vitest'
import { hostile, hostileTexts, variations } from '../../../testing/variations.ts'
import type { Config, Patch } from '../../config/index.ts'
import { actions, builderImages, pinnedOn, programs } from './actions.ts'
import { workflows } from './index.ts'

/** What zizmor's audits and OpenSSF Scorecard's checks look for in workflows; their names stand at each test. */

interface Step {
  readonly name: string
  readonly uses?: string
  readonly run?: string
  readonly with?: Record<string, unknown>
  readonly env?: Record<string, string>
}
interface Job {
  readonly name: string
  readonly uses?: string
  readonly secrets?: unknown
  readonly container?: unknown
  readonly services?: unknown
  readonly environment?: string
  readonly permissions: Record<string, string>
  readonly env: Record<string, string>
  readonly steps: readonly Step[]
  readonly 'timeout-minutes': number
}
interface Parsed {
  readonly name: string
  readonly on: Record<string, unknown>
  readonly env?: unknown
  readonly permissions: unknown
  readonly concurrency: { readonly group: string; readonly 'cancel-in-progress': boolean }
  readonly jobs: Record<string, Job>
}

const everything: Patch = {
  'workflows.build': true,
  'workflows.arm64': true,
  'workflows.publishChart': true,
}
const configs: readonly (readonly [string, Config])[] = [
  ...variations,
  ...(['kubeconfig', 'eks', 'gke', 'aks'] as const).flatMap((access) =>
    hostileTexts.map(
      (text) =>
        [
          `${access} ${text}`,
          {
            ...hostile(text, ['kubernetes', 'compose', 'container']),
            ...everything,
            'workflows.clusterAccess': access,
          },
        ] as const,
    ),
  ),
]

const filesOf = (config: Config): readonly (readonly [string, string, Parsed])[] =>
  workflows
    .render(config)
    .filter(({ path }) => path.startsWith('.github/workflows/'))
    .map(({ path, text }) => [path.slice('.github/workflows/'.length), text, parse(text) as Parsed])

const secretsIn = (value: unknown): readonly string[] =>
  [...(JSON.stringify(value) ?? '').matchAll(/\$\{\{ secrets\.(\w+) \}\}/g)].map(
    ([, name]) => name as string,
  )

describe.each(configs)('%s', (_, config) => {
  const files = filesOf(config)
  const jobs = files.flatMap(([path, , flow]) =>
    Object.entries(flow.jobs).map(([id, job]) => [`${path} ${id}`, path, job] as const),
  )
  const steps = jobs.flatMap(([, , job]) => job.steps)

  test('nothing is pasted into a script (template-injection, Dangerous-Workflow)', () => {
    for (const { run, name } of steps) {
      expect(run ?? '', name).not.toContain('${{')
      if (run) expect(run, name).toMatch(/^set -euo pipefail\n/)
    }
  })

  test('expressions are known ones, so no value is evaluated', () => {
    for (const [path, text] of files)
      for (const [, expression] of text.matchAll(/\$\{\{(.*?)\}\}/g))
        expect(expression, path).toMatch(known)
  })

  test('actions are pinned to commits of the table (unpinned-uses, Pinned-Dependencies)', () => {
    const table = new Set(Object.values(actions).map(({ uses, version }) => `${uses} # ${version}`))
    for (const [path, text] of files)
      for (const [, used] of text.matchAll(/^\s+uses: (.*)$/gm))
        expect(table.has(used as string), `${path} ${used}`).toBe(true)
  })

  test('programs and images have versions (unpinned-tools, unpinned-images)', () => {
    for (const { uses, with: settings = {} } of steps) {
      if (uses === actions.setupHelm.uses) expect(settings.version).toBe(programs.helm)
      if (uses === actions.setupKubectl.uses) expect(settings.version).toBe(programs.kubectl)
      if (uses === actions.trivy.uses) expect(settings.version).toBe(programs.trivy)
      if (uses === actions.setupBuildx.uses)
        expect(settings['driver-opts']).toMatch(/^image=\S+:v\S+@sha256:[0-9a-f]{64}$/)
    }
    for (const [, , job] of jobs)
      expect([job.container, job.services]).toEqual([undefined, undefined])
  })

  test('checkouts keep no token (artipacked)', () => {
    for (const { uses, with: settings } of steps)
      if (uses === actions.checkout.uses) expect(settings).toEqual({ 'persist-credentials': false })
  })

  test('every job has its own few rights (excessive-permissions, Token-Permissions)', () => {
    for (const [path, text, flow] of files) {
      expect(flow.permissions, path).toEqual({})
      for (const [, right, reason] of text.matchAll(/^ {6}([a-z-]+: (?:read|write))(.*)$/gm))
        if (right !== 'contents: read') expect(reason, path).toMatch(/^ # \w/)
    }
    for (const [name, path, job] of jobs) {
      const rights = Object.entries(job.permissions).map((pair) => pair.join(': '))
      const allowed = path.startsWith('deploy')
        ? ['contents: read', 'id-token: write']
        : name.endsWith('publish')
          ? ['contents: read', 'packages: write', 'id-token: write', 'attestations: write']
          : path === 'propose-release.yml'
            ? ['contents: write']
            : ['contents: read']
      expect(
        rights.filter((right) => !allowed.includes(right)),
        name,
      ).toEqual([])
    }
  })

  test('secrets reach single steps only (overprovisioned-secrets, secrets-inherit)', () => {
    for (const [path, text, flow] of files) {
      expect(flow.env, path).toBeUndefined()
      expect(text, path).not.toMatch(/secrets: inherit|toJSON\(secrets\)/i)
    }
    for (const [name, , job] of jobs) {
      expect([job.uses, job.secrets], name).toEqual([undefined, undefined])
      expect(secretsIn(job.env), name).toEqual([])
      for (const step of job.steps) expect(secretsIn(step.with), name).toEqual([])
      expect(job.steps.filter(({ env }) => secretsIn(env).length > 0).length, name).toBeLessThan(2)
    }
  })

  test('secrets belong to an environment, and so does every deployment (secrets-outside-env)', () => {
    for (const [name, path, job] of jobs) {
      const needed = secretsIn(job.steps).some((secret) => secret !== 'GITHUB_TOKEN')
      if (needed || path.startsWith('deploy')) expect(job.environment, name).toBeTruthy()
    }
  })

  test('only people and tags start them (dangerous-triggers)', () => {
    for (const [path, , flow] of files) {
      const { workflow_dispatch, ...others } = flow.on
      expect(workflow_dispatch, path).toBeTruthy()
      expect(others, path).toEqual(path === 'build-image.yml' ? { push: { tags: ['v*'] } } : {})
    }
  })

  test('inputs have a type and are checked by the first step (OWASP)', () => {
    for (const [path, , flow] of files) {
      const { inputs } = flow.on.workflow_dispatch as { inputs: Record<string, { type: string }> }
      for (const [name, { type }] of Object.entries(inputs))
        expect(type, `${path} ${name}`).toBe('string')
      const [first] = Object.values(flow.jobs)
      expect(first?.steps[0]?.name, path).toMatch(/^Check the (inputs|version)$/)
    }
  })

  test('what is released comes from no cache (cache-poisoning)', () => {
    for (const [path, text] of files)
      expect(text, path).not.toMatch(/cache-(from|to)|actions\/cache/)
    for (const { uses, with: settings = {} } of steps) {
      if (uses === actions.setupBuildx.uses) expect(settings['cache-binary']).toBe(false)
      if (uses === actions.setupQemu.uses) expect(settings['cache-image']).toBe(false)
      if (uses === actions.trivy.uses) expect(settings.cache).toBe('false')
    }
  })

  test('runs wait for each other and end (concurrency-limits)', () => {
    for (const [path, , flow] of files) {
      expect(flow.concurrency.group, path).toBeTruthy()
      expect(flow.concurrency['cancel-in-progress'], path).toBe(false)
    }
    for (const [name, , job] of jobs)
      expect(job['timeout-minutes'], name).toBe(config['workflows.timeoutMinutes'])
  })

  test('everything has a name (anonymous-definition)', () => {
    for (const named of [
      ...files.map(([, , flow]) => flow),
      ...jobs.map(([, , job]) => job),
      ...steps,
    ])
      expect(named.name).toBeTruthy()
  })

  test('updates wait a week (dependabot-cooldown, Dependency-Update-Tool)', () => {
    const file = workflows.render(config).find(({ path }) => path === '.github/dependabot.yml')
    if (!file) return expect(files).toEqual([])
    const { updates } = parse(file.text) as { updates: { cooldown: unknown }[] }
    for (const { cooldown } of updates) expect(cooldown).toEqual({ 'default-days': 7 })
    expect(file.text).not.toMatch(/[&*]a1/)
  })
})

const known = new RegExp(
  `^ (${[
    'secrets\\.(KUBE_CONFIG|GITHUB_TOKEN|DEPLOY_[A-Z_]+|REGISTRY_(USERNAME|PASSWORD))',
    'vars\\.(EKS|AWS|GKE|GCP|AKS|AZURE)_[A-Z_]+',
    'inputs\\.(image_tag|image_digest|version)',
    'inputs\\.version \\|\\| github\\.ref_name',
    'github\\.(ref|actor)',
    'runner\\.temp',
    'needs\\.build\\.outputs\\.(digest|version)',
    'steps\\.(deploy\\.outputs\\.previous|(build|push)\\.outputs\\.digest|version\\.outputs\\.version)',
    'always\\(\\)',
    "failure\\(\\) && steps\\.deploy\\.(outcome == 'success'|conclusion != 'skipped')",
    "'\\$\\{\\{'",
  ].join('|')}) $`,
)

test('pins are commits, versions and digests, as of a day', () => {
  for (const { uses, version } of Object.values(actions)) {
    expect(uses).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/)
    expect(version).toMatch(/^v\d+\.\d+\.\d+$/)
  }
  for (const image of Object.values(builderImages))
    expect(image).toMatch(/:v?[\d.]+@sha256:[0-9a-f]{64}$/)
  for (const version of Object.values(programs)) expect(version).toMatch(/^v\d+\.\d+\.\d+$/)
  expect(pinnedOn).toMatch(/^\d{4}-\d\d-\d\d$/)
})
