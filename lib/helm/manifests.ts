import { compareStrings, sortedKeys } from '../go/bytes.ts'
import { YamlError } from '../yaml/index.ts'
import { HelmError } from './failure.ts'
import { readHead, type Head } from './head.ts'
import { likenessOf } from './likeness.ts'
import { unheard, type Notify } from './notice.ts'
import { trimSpace } from './trim.ts'

/** A document that a template file gave, with what Helm needs to know of it. */
export interface Manifest {
  /** The template's path, such as `chart/templates/x.yaml`. */
  readonly path: string
  readonly text: string
  readonly kind: string
  /** The events of a hook; nothing for an ordinary manifest. */
  readonly hooks?: readonly string[]
}

/** Manifests and hooks, each in install order. */
export interface Sorted {
  readonly manifests: readonly Manifest[]
  readonly hooks: readonly Manifest[]
}

/** Source: Helm `releaseutil.InstallOrder`. */
const installOrder = [
  'PriorityClass', 'Namespace', 'NetworkPolicy', 'ResourceQuota', 'LimitRange', 'PodSecurityPolicy', 'PodDisruptionBudget',
  'ServiceAccount', 'Secret', 'SecretList', 'ConfigMap', 'StorageClass', 'PersistentVolume', 'PersistentVolumeClaim',
  'CustomResourceDefinition', 'ClusterRole', 'ClusterRoleList', 'ClusterRoleBinding', 'ClusterRoleBindingList', 'Role',
  'RoleList', 'RoleBinding', 'RoleBindingList', 'Service', 'DaemonSet', 'Pod', 'ReplicationController', 'ReplicaSet',
  'Deployment', 'HorizontalPodAutoscaler', 'StatefulSet', 'Job', 'CronJob', 'IngressClass', 'Ingress', 'APIService',
  'MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration',
]
const ranks = new Map(installOrder.map((kind, rank) => [kind, rank]))

const byKind = (a: Manifest, b: Manifest): number => {
  const left = ranks.get(a.kind) ?? installOrder.length
  const right = ranks.get(b.kind) ?? installOrder.length
  return left - right || (left === installOrder.length ? compareStrings(a.kind, b.kind) : 0)
}

const hookEvents = new Set([
  'pre-install', 'post-install', 'pre-delete', 'post-delete', 'pre-upgrade', 'post-upgrade', 'pre-rollback', 'post-rollback',
  'test', 'test-success',
])

/**
 * Splits rendered files into documents and sorts them. Throws `HelmError` for a document that is
 * no YAML map. Source: Helm `releaseutil.SortManifests`.
 */
export function sortManifests(files: ReadonlyMap<string, string>, notify: Notify = unheard): Sorted {
  const all = sortedKeys(files).flatMap(path => rememberedManifests(path, files.get(path)!, notify))
  return {
    manifests: all.filter(({ hooks }) => !hooks).sort(byKind),
    hooks: all.filter(({ hooks }) => hooks).sort(byKind),
  }
}

const lastOfFile = new Map<string, { readonly text: string; readonly manifests: readonly Manifest[] }>()

/** Most files stay as they were from one rendering to the next. */
function rememberedManifests(path: string, text: string, notify: Notify): readonly Manifest[] {
  const last = lastOfFile.get(path)
  if (last?.text === text) return last.manifests
  let silent = true
  const manifests = manifestsOf(path, text, notice => {
    silent = false
    notify(notice)
  })
  if (lastOfFile.size >= mostKnown) lastOfFile.clear()
  // What was told once must be told again.
  if (silent) lastOfFile.set(path, { text, manifests })
  return manifests
}

function manifestsOf(path: string, text: string, notify: Notify): Manifest[] {
  if (path.slice(path.lastIndexOf('/') + 1).startsWith('_')) return []
  return splitDocuments(text).flatMap(document => manifestOf(path, document, notify))
}

/**
 * The documents of a rendered file. A line that begins with `---` separates, and takes the white
 * space around it along, so that a second one right after it belongs to the next document.
 * Source: Helm `releaseutil.SplitManifests`.
 */
export function splitDocuments(text: string): string[] {
  const whole = trimSpace(text)
  const documents: string[] = []
  let start = whole.startsWith('---') ? skipBlank(whole, 3) : 0
  for (let at = whole.indexOf('\n---', start); at >= 0; at = whole.indexOf('\n---', start)) {
    if (at > start) documents.push(trimSpace(whole.slice(start, at)))
    start = skipBlank(whole, at + 4)
  }
  if (start < whole.length) documents.push(trimSpace(whole.slice(start)))
  return documents
}

function skipBlank(text: string, from: number): number {
  let at = from
  while (at < text.length && ' \t\n\f\r'.includes(text[at]!)) at++
  return at
}

function manifestOf(path: string, text: string, notify: Notify): Manifest[] {
  const { kind, annotations } = headOf(path, text)
  const hook = annotations?.get('helm.sh/hook')
  if (hook === undefined) return [{ path, text, kind }]
  const hooks = hook.split(',').map(each => trimSpace(each).toLowerCase())
  if (hooks.every(each => hookEvents.has(each))) return [{ path, text, kind, hooks }]
  notify({ level: 'INFO', message: 'skipping unknown hooks', about: [['hookTypes', hook]] })
  return []
}

const known = new Map<string, Head>()
const mostKnown = 2000

/** Most documents stay alike from one rendering to the next. */
function headOf(path: string, text: string): Head {
  const likeness = likenessOf(text)
  const found = known.get(likeness)
  if (found) return found
  try {
    const head = readHead(text)
    if (known.size >= mostKnown) known.clear()
    known.set(likeness, head)
    return head
  } catch (error) {
    if (!(error instanceof YamlError)) throw error
    throw new ManifestError(path, text, error)
  }
}

/** A rendered document that is not YAML, or not a map. */
export class ManifestError extends HelmError {
  override readonly name = 'ManifestError'
  /** Where in the document, counted from 1; 0 where that is not known. */
  readonly line: number
  /** What every template file gave, as it is, by path. */
  rendered: ReadonlyMap<string, string> = new Map()
  constructor(
    readonly path: string,
    readonly document: string,
    cause: YamlError,
  ) {
    super(`YAML parse error on ${path}: ${cause.message}`, true)
    this.line = cause.line
  }
}

/** A document as `helm template` prints it. */
export const withSource = (path: string, text: string): string => `---\n# Source: ${path}\n${text}\n`

