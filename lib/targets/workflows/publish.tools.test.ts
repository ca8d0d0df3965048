import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { calling } from '../../../testing/scripts.ts'
import { variation } from '../../../testing/variations.ts'
import { recording, runner, type Runner } from '../../../testing/workflow-steps.ts'
import { requireTool } from '../../../testing/tools.ts'
import { chart } from '../chart/index.ts'
import { workflows } from './index.ts'

let used: Runner | undefined
afterEach(() => {
  used?.remove()
  used = undefined
})

const config = variation('EKS, image and chart published')
const on = (file: string, programs: Readonly<Record<string, string>>): Runner =>
  (used = runner(workflows.render(config), file, programs, chart.render(config)))

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`

describe('the image', () => {
  test.each([
    ['v1.2.3', 0],
    ['v1.2.3-rc.1', 0],
    ['1.2.3', 1],
    ['v1.2', 1],
    ['latest', 1],
    ['v1.2.3$(reboot)', 1],
    ['v1.2.3\nv=1', 1],
  ])('may be called %j: %i', (version, expected) => {
    const host = on('build-image.yml', {})
    expect(host.step('Check the version', { WANTED: version }).status).toBe(expected)
    expect(host.wrote('output')).toBe(expected === 0 ? `version=${version}\n` : '')
  })

  const facts = {
    DOCKERFILE: 'docker/Dockerfile',
    PLATFORMS: 'linux/amd64,linux/arm64',
    SBOM_GENERATOR: 'scanner@sha256:1',
    VERSION: 'v1.2.3',
    GITHUB_SHA: 'c0ffee',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_REPOSITORY: 'acme/orders',
  }
  const git = recording(
    'git',
    'case $3 in *cI) echo 2026-01-02T03:04:05Z;; *) echo 1767323045;; esac',
  )
  const builder = (said: string): string =>
    recording(
      'docker',
      `echo "epoch $SOURCE_DATE_EPOCH" >> "$RUNNER_TEMP/calls"
printf '{"containerimage.digest":"${said}"}' > "$RUNNER_TEMP/metadata.json"`,
    )

  const jq = requireTool('jq')
  test.skipIf(jq === undefined)('is built with labels, provenance and a list of contents, and not pushed', () => {
    const host = on('build-image.yml', { git, docker: builder(digest), jq: calling(jq as string) })
    expect(host.step('Build', facts).status).toBe(0)
    const call = host.calls().find((one) => one.startsWith('docker')) ?? ''
    for (const words of [
      'docker buildx build . --file docker/Dockerfile --platform linux/amd64,linux/arm64 ',
      '--build-arg VERSION=v1.2.3 ',
      '--label org.opencontainers.image.created=2026-01-02T03:04:05Z ',
      '--label org.opencontainers.image.revision=c0ffee ',
      '--label org.opencontainers.image.source=https://github.com/acme/orders ',
      '--label org.opencontainers.image.version=v1.2.3 ',
      '--attest type=provenance,mode=max --attest type=sbom,generator=scanner@sha256:1 ',
      `--output type=oci,dest=${host.temp}/image.tar `,
    ])
      expect(call).toContain(words)
    expect(call).not.toMatch(/--push|--tag|cache/)
    expect(host.calls()).toContain('epoch 1767323045')
    expect(host.wrote('output')).toBe(`digest=${digest}\n`)
  })

  test('without a digest goes no further', () => {
    const host = on('build-image.yml', { git, docker: builder('') })
    expect(host.step('Build', facts).status).not.toBe(0)
    expect(host.wrote('output')).toBe('')
  })

  test('is pushed by its digest, and named afterwards', () => {
    const made = { IMAGE: 'ghcr.io/acme/orders', VERSION: 'v1.2.3', DIGEST: digest }
    const host = on('build-image.yml', {
      skopeo: recording('skopeo', 'if [ "$1" = inspect ]; then exit 1; fi'),
    })
    expect(host.step('Unpack arm64').status).toBe(0)
    expect(host.step('Push by digest', made).status).toBe(0)
    expect(host.step('Name it', made).status).toBe(0)
    expect(host.calls()).toEqual([
      `skopeo copy --override-os linux --override-arch arm64 oci-archive:${host.temp}/image.tar docker-archive:${host.temp}/arm64.tar`,
      'skopeo inspect --raw docker://ghcr.io/acme/orders:v1.2.3',
      `skopeo copy --all --preserve-digests oci-archive:${host.temp}/image.tar docker://ghcr.io/acme/orders@${digest}`,
      `skopeo copy --all --preserve-digests docker://ghcr.io/acme/orders@${digest} docker://ghcr.io/acme/orders:v1.2.3`,
    ])
    expect(host.wrote('summary')).toContain(`    ghcr.io/acme/orders@${digest}\n`)
  })

  test('that is published stays what it is', () => {
    const host = on('build-image.yml', { skopeo: recording('skopeo') })
    const { status, stdout } = host.step('Push by digest', {
      IMAGE: 'ghcr.io/acme/orders',
      VERSION: 'v1.2.3',
      DIGEST: digest,
    })
    expect(status).toBe(1)
    expect(stdout).toContain('ghcr.io/acme/orders:v1.2.3 exists already')
    expect(host.calls()).toHaveLength(1)
  })
})

describe('the registry', () => {
  const docker = recording(
    'docker',
    'if [ "$1" = login ]; then echo "typed $(cat)" >> "$RUNNER_TEMP/calls"; fi',
  )

  test('hears the password, and no process list does', () => {
    const host = on('build-image.yml', { docker })
    const env = { REGISTRY: 'ghcr.io', REGISTRY_USERNAME: 'me', REGISTRY_PASSWORD: 'p $w' }
    expect(host.step('Sign in to the registry', env).status).toBe(0)
    expect(host.step('Sign out', env).status).toBe(0)
    expect(host.calls()).toEqual([
      'docker login ghcr.io --username me --password-stdin',
      'typed p $w',
      'docker logout ghcr.io',
    ])
  })

  test('is not asked without a password', () => {
    const host = on('build-image.yml', { docker })
    const { status, stdout } = host.step('Sign in to the registry', {
      REGISTRY: 'r.io',
      REGISTRY_USERNAME: 'me',
      REGISTRY_PASSWORD: '',
    })
    expect(status).toBe(1)
    expect(stdout).toContain('REGISTRY_PASSWORD are missing')
    expect(host.calls()).toEqual([])
  })
})

describe('the chart', () => {
  test.each([
    ['1.2.3', 0],
    ['1.2.3-rc.1', 0],
    ['v1.2.3', 1],
    ['01.2.3', 1],
    ['1.2.3+build', 1],
    ['1.2.3;reboot', 1],
    ['', 1],
  ])('may have version %j: %i', (version, expected) => {
    const host = on('publish-chart.yml', {})
    expect(host.step('Check the version', { VERSION: version }).status).toBe(expected)
  })

  const place = {
    VERSION: '1.2.3',
    CHARTS: 'ghcr.io/acme/charts',
    CHART: 'ghcr.io/acme/charts/chassis',
  }

  test('is pushed once, and its digest told', () => {
    const host = on('publish-chart.yml', {
      helm: recording(
        'helm',
        `case $1 in show) exit 1;; push) echo "Digest: ${digest}" >&2;; esac`,
      ),
    })
    expect(host.step('Push', place).status).toBe(0)
    expect(host.calls()).toEqual([
      'helm show chart oci://ghcr.io/acme/charts/chassis --version 1.2.3',
      `helm push ${host.temp}/chart/chassis-1.2.3.tgz oci://ghcr.io/acme/charts`,
    ])
    expect(host.wrote('output')).toBe(`digest=${digest}\n`)
  })

  test('that is published stays what it is', () => {
    const host = on('publish-chart.yml', { helm: recording('helm') })
    expect(host.step('Push', place)).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('exists already'),
    })
    expect(host.calls()).toHaveLength(1)
  })

  test('that cannot be pushed fails the step', () => {
    const host = on('publish-chart.yml', { helm: recording('helm', 'exit 1') })
    expect(host.step('Push', place).status).not.toBe(0)
    expect(host.wrote('output')).toBe('')
  })

  const helm = requireTool('helm')
  test.skipIf(helm === undefined)('is packaged by the real Helm', () => {
    const host = on('publish-chart.yml', { helm: `#!/bin/sh\nexec '${helm}' "$@"\n` })
    const { status, stderr } = host.step('Package', { VERSION: '1.2.3-rc.1' })
    expect(stderr).toBe('')
    expect(status).toBe(0)
    expect(existsSync(join(host.temp, 'chart/chassis-1.2.3-rc.1.tgz'))).toBe(true)
  })
})
