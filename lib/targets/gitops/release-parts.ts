import { fromValue } from '../../go/plain.ts'
import type { Config } from '../../config/index.ts'
import { imageOf } from '../../plan/index.ts'
import { releaseOf } from '../../plan/release.ts'
import { readYamlDocuments } from '../../yaml/index.ts'

/** The objects of a release, told apart by when they are applied. */
export interface ReleaseParts {
  readonly objects: readonly Manifest[]
  /** The Job that migrates and what it needs, as ordinary objects. */
  readonly migration: readonly Manifest[]
  /** The name of the Deployment or StatefulSet. */
  readonly workload: string
}

interface Manifest {
  readonly kind?: string
  readonly metadata?: { readonly name?: string; readonly annotations?: Readonly<Record<string, string>> }
  readonly spec?: unknown
}

/** What Helm would install, in its order; tests are left out, for only `helm test` runs them. */
export function splitRelease(config: Config): ReleaseParts {
  const all = readYamlDocuments(releaseOf(config).manifest).flatMap((document) => (document instanceof Map ? [fromValue(document) as Manifest] : []))
  const hookOf = (manifest: Manifest): string => manifest.metadata?.annotations?.['helm.sh/hook'] ?? ''
  const objects = all.filter((manifest) => hookOf(manifest) === '')
  return {
    objects,
    migration: all.filter((manifest) => hookOf(manifest).includes('pre-install')).map(withoutHook),
    workload: objects.find(({ kind }) => kind === 'Deployment' || kind === 'StatefulSet')?.metadata?.name ?? '',
  }
}

/** The same without what only Helm reads. */
function withoutHook(manifest: Manifest): Manifest {
  const { annotations = {}, ...metadata } = manifest.metadata ?? {}
  const kept = Object.entries(annotations).filter(([name]) => !name.startsWith('helm.sh/'))
  return { ...manifest, metadata: { ...metadata, ...(kept.length > 0 ? { annotations: Object.fromEntries(kept) } : {}) } }
}

interface Image {
  readonly name: string
  readonly newTag?: string
  readonly digest?: string
}

/** The application's image as the manifests name it, split as Kustomize wants it. */
export function imageIn({ objects, workload }: ReleaseParts, config: Config): Image {
  const found = objects.find(({ kind, metadata }) => (kind === 'Deployment' || kind === 'StatefulSet') && metadata?.name === workload)
  const spec = found?.spec as { template?: { spec?: { containers?: readonly { image?: string }[] } } } | undefined
  const image = spec?.template?.spec?.containers?.[0]?.image ?? imageOf(config)
  const [, name, tag, digest] = /^(.*?)(?::([A-Za-z0-9_][A-Za-z0-9._-]*))?(?:@(.+))?$/.exec(image) ?? []
  return { name: name ?? image, ...(digest === undefined ? { newTag: tag ?? 'latest' } : { digest }) }
}
