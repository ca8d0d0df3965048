import { describe, expect, test } from 'vitest'
import { variation, variations } from '../../../testing/variations.ts'
import { defaults, type Config } from '../../config/index.ts'
import { render } from '../../render.ts'
import { workflowsSection } from './workflows.ts'

const textOf = (config: Config): string => workflowsSection(config).join('\n\n')
const rowsOf = (config: Config): readonly string[] =>
  [...textOf(config).matchAll(/^\| `([A-Z_]+)` \| \S/gm)].map(([, name]) => name as string)

describe.each(variations)('%s', (_, config) => {
  test('every secret and variable that a workflow reads is in the table, and no other', () => {
    const read = render(config)
      .files.filter(({ path }) => path.startsWith('.github/workflows/'))
      .flatMap(({ text }) => [...text.matchAll(/\$\{\{ (?:secrets|vars)\.(\w+) \}\}/g)])
      .map(([, name]) => name as string)
      .filter((name) => name !== 'GITHUB_TOKEN')
    expect(rowsOf(config).toSorted()).toEqual([...new Set(read)].toSorted())
  })
})

test.each([
  ['eks', 'sts.amazonaws.com'],
  ['gke', 'assertion.sub'],
  ['aks', 'api://AzureADTokenExchange'],
] as const)('%s is told whom to trust', (access, words) => {
  const text = textOf({ ...defaults, 'workflows.clusterAccess': access })
  expect(text).toContain('`repo:OWNER/REPOSITORY:environment:production`')
  expect(text).toContain(words)
})

describe('with GitOps', () => {
  const argocd: Config = {
    ...defaults,
    'gitops.tool': 'argocd',
    'gitops.repoUrl': 'https://github.com/acme/orders',
    'workflows.clusterAccess': 'eks',
  }

  test('nobody is let into the cluster, and a release is a branch to merge', () => {
    const text = textOf(argocd)
    for (const word of ['environment', 'KUBE_CONFIG', 'EKS', 'sts.amazonaws.com', 'reviewers'])
      expect(text).not.toContain(word)
    expect(text).toContain('merge it, and Argo CD installs it')
    expect(text).toContain('put one into `image.digest`')
  })

  test('a machine beside it is deployed to as ever', () => {
    const text = textOf({ ...argocd, 'target.platforms': ['kubernetes', 'compose'] })
    expect(text).toContain('DEPLOY_SSH_KEY')
    expect(text).not.toContain('KUBE_CONFIG')
  })
})

test('the reader finds the own names', () => {
  const text = textOf(variation('EKS, image and chart published'))
  for (const words of [
    '`ghcr.io/acme/orders@sha256:…`',
    'gh attestation verify oci://ghcr.io/acme/orders@sha256:DIGEST --repo OWNER/REPOSITORY',
    '`oci://ghcr.io/acme/charts/chassis`',
    '`Dockerfile`',
  ])
    expect(text).toContain(words)
  expect(
    textOf(variation('AKS, image and chart in a registry of the house, unsigned')),
  ).not.toContain('gh attestation')
})
