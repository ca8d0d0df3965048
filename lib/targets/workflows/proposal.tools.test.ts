import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { calling } from '../../../testing/scripts.ts'
import { requireTool } from '../../../testing/tools.ts'
import { variation } from '../../../testing/variations.ts'
import { runner, type Runner } from '../../../testing/workflow-steps.ts'
import type { Config, Patch } from '../../config/index.ts'
import { render } from '../../render.ts'
import { workflows } from './index.ts'

let used: Runner | undefined
afterEach(() => {
  used?.remove()
  used = undefined
})

const [present, next] = ['0123456789abcdef', 'fedcba9876543210'].map(
  (part) => `sha256:${part.repeat(4)}`,
) as [string, string]
const of = (name: string, patch: Patch = {}): Config => ({
  ...variation(name),
  'image.digest': present,
  ...patch,
})
const env = { IMAGE_DIGEST: next, BUNDLE: '.', TOKEN: 'token' }

const program = requireTool('git')
const git = (folder: string, ...words: readonly string[]): string => {
  const { status, stdout, stderr } = spawnSync(program as string, words, { cwd: folder, encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return stdout
}

/** The bundle as a repository, with another one that it is pushed to. */
function repository(config: Config): Runner & { readonly origin: string } {
  const host = (used = runner(
    workflows.render(config),
    'propose-release.yml',
    { git: calling(program as string) },
    render(config).files,
  ))
  const origin = join(host.temp, 'origin')
  git(host.temp, 'init', '--quiet', '--bare', origin)
  git(host.folder, 'init', '--quiet', '--initial-branch', 'main')
  git(host.folder, 'remote', 'add', 'origin', origin)
  git(host.folder, 'add', '--all', '--force')
  git(host.folder, '-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '--quiet', '-m', 'first')
  return { ...host, origin }
}

const branch = 'release/fedcba987654-7'

describe.skipIf(program === undefined)('a release is proposed', () => {
  test.each([
    'Argo CD by hand, chart from a registry, sealed',
    'Flux from a registry, nothing prepared',
    'Flux with SOPS',
    'Kustomize, production',
    'Kustomize with SQLite, sealed',
  ])('%s: the branch holds what the configurator would write', (name) => {
    const host = repository(of(name, { 'target.platforms': ['kubernetes', 'container'] }))
    for (const step of ['Check the inputs', 'Replace the digest', 'Push a branch'])
      expect(host.step(step, env)).toMatchObject({ status: 0 })
    const expected = render(
      of(name, { 'target.platforms': ['kubernetes', 'container'], 'image.digest': next }),
    ).files
    for (const { path, text } of expected)
      expect(git(host.origin, 'show', `${branch}:${path}`), path).toBe(text)
    expect(git(host.origin, 'ls-tree', '-r', '--name-only', branch).trim().split('\n').length).toBe(
      expected.length,
    )
    expect(host.wrote('summary')).toContain(
      `https://github.com/acme/orders/compare/main...${branch}?expand=1`,
    )
  })

  test.each([
    [{ 'image.digest': '' }, next, 'has no image.digest to replace'],
    [{}, present, 'names already'],
  ] as const)('not where there is nothing to replace: %j', (patch, wanted, message) => {
    const host = repository(of('Kustomize, production', patch))
    expect(host.step('Replace the digest', { ...env, IMAGE_DIGEST: wanted })).toMatchObject({
      status: 1,
      stdout: expect.stringContaining(message),
    })
    expect(git(host.folder, 'status', '--porcelain')).toBe('')
  })

  test.each(['', 'v2', 'sha256:abc', `${next}\n${next}`, `${next}/;e reboot;`])(
    'not for %j',
    (wanted) => {
      const host = repository(of('Kustomize, production'))
      expect(host.step('Check the inputs', { ...env, IMAGE_DIGEST: wanted }).status).toBe(1)
    },
  )

  test('by a token that no other program sees', () => {
    const host = repository(of('Kustomize, production'))
    host.step('Replace the digest', env)
    const { stdout } = host.step('Push a branch', env)
    expect(stdout).toBe(`::add-mask::${btoa('x-access-token:token')}\n`)
    expect(git(host.folder, 'config', '--list', '--local')).not.toContain('extraheader')
  })
})
