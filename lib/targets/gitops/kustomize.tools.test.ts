import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { parseAllDocuments } from 'yaml'
import { describe, expect, test } from 'vitest'
import { inFolder } from '../../../testing/oracle.ts'
import { requireTool } from '../../../testing/tools.ts'
import { variation, variations } from '../../../testing/variations.ts'
import type { Config } from '../../config/index.ts'
import type { TextFile } from '../../files/file.ts'
import { appliedSecretFiles, gitopsTool } from '../../plan/index.ts'
import { render } from '../../render.ts'

const kubectl = requireTool('kubectl')

interface Manifest {
  readonly kind: string
  readonly metadata: { readonly name: string; readonly labels?: Record<string, string> }
  readonly spec?: { readonly replicas?: number; readonly template?: { readonly spec: { readonly containers: readonly { readonly image: string }[] } } }
}

/** The Secrets that the owner makes, as far as Kustomize looks at them. */
const made = (config: Config): readonly TextFile[] =>
  appliedSecretFiles(config).map((path, at) => ({ path, text: `apiVersion: v1\nkind: Secret\nmetadata: {name: made-${at}, namespace: x}\n` }))

/** What Kustomize makes of each of the folders, by their paths. */
async function built(config: Config, files: readonly TextFile[]): Promise<ReadonlyMap<string, readonly Manifest[]>> {
  const folders = files.filter(({ path, text }) => path.endsWith('/kustomization.yaml') && text.includes('kind: Kustomization')).map(({ path }) => path.replace(/\/kustomization\.yaml$/, ''))
  const all = [...made(config).filter(({ path }) => !files.some((file) => file.path === path)), ...files]
  return inFolder(all, async (root) => {
    const results = await Promise.all(folders.map((folder) => promisify(execFile)(kubectl as string, ['kustomize', folder], { cwd: root, maxBuffer: 1 << 26 })))
    return new Map(results.map(({ stdout }, at) => [folders[at] as string, parseAllDocuments(stdout).map((document) => document.toJS() as Manifest)]))
  })
}

describe.skipIf(kubectl === undefined)('kubectl kustomize builds', () => {
  test.each(variations.filter(([, config]) => gitopsTool(config) !== 'none'))('%s', async (_, config) => {
    const folders = await built(config, render(config).files)
    expect(folders.size).toBeGreaterThan(0)
    for (const [folder, objects] of folders) expect(objects.length, folder).toBeGreaterThan(0)
  })

  test('an overlay changes image and replicas, and selectors find what they found', async () => {
    const config = { ...variation('Kustomize without overlays, SOPS'), 'gitops.overlays': ['production'] }
    const files = render(config).files.map((file) =>
      file.path.endsWith('production/image/kustomization.yaml')
        ? { ...file, text: file.text.replace('newTag: v1.0.0', 'newTag: v2.0.0') }
        : file.path.endsWith('production/app/kustomization.yaml')
          ? { ...file, text: file.text.replace('count: 2', 'count: 7') }
          : file,
    )
    const folders = await built(config, files)
    const workload = (folder: string) => folders.get(`gitops/kustomize/${folder}`)?.find(({ kind }) => kind === 'Deployment' || kind === 'Job') as Manifest
    for (const folder of ['overlays/production/app', 'overlays/production/migrate']) expect(workload(folder).spec?.template?.spec.containers[0]?.image).toMatch(/fastapi-chassis:v2\.0\.0$/)
    expect(workload('overlays/production/app').spec?.replicas).toBe(7)
    expect(workload('base').metadata.labels?.['app.kubernetes.io/managed-by']).toBe('kustomize')
    expect(JSON.stringify(workload('base').spec)).not.toContain('managed-by')
  })

  test('a digest stays a digest', async () => {
    const config = variation('Kustomize with SQLite, sealed')
    const folders = await built(config, render(config).files)
    const set = folders.get('gitops/kustomize/overlays/staging/app')?.find(({ kind }) => kind === 'StatefulSet')
    expect(set?.spec?.template?.spec.containers[0]?.image).toBe(`ghcr.io/patrykquantumnomad/fastapi-chassis@${config['image.digest']}`)
  })

  test('nothing is built before the Secrets are made', async () => {
    const config = variation('Flux with SOPS')
    await inFolder(render(config).files, async (root) => {
      await expect(promisify(execFile)(kubectl as string, ['kustomize', 'gitops/prepare'], { cwd: root })).rejects.toThrow('secret.sops.yaml')
    })
  })
})
