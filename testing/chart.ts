import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { parseAllDocuments } from 'yaml'
import { requireTool } from './tools.ts'

/** Helm for tests of the chart; undefined where it is missing. */
export const helm = requireTool('helm')

export const chartFolder = join(import.meta.dirname, '..', 'chart')

/** Values as a values file holds them. */
export type Values = { readonly [key: string]: unknown }

/** A Kubernetes object, as loosely typed as YAML is. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Manifest = any

export interface ReleaseFacts {
  readonly release?: string
  readonly namespace?: string
  readonly kubeVersion?: string
  /** Further arguments, such as `--set image.tag=1`. */
  readonly args?: readonly string[]
}

interface Run {
  readonly text: string
  readonly failed?: string
}

const runs = new Map<string, Run>()

/** Runs one Helm command on the chart with values from a file. */
function run(command: readonly string[], values: Values, { namespace = 'prod', args = [] }: ReleaseFacts): Run {
  const given = [...command, '--namespace', namespace, '-f', '-', ...args]
  const key = JSON.stringify([given, values])
  const known = runs.get(key)
  if (known) return known
  const { status, stdout, stderr } = spawnSync(helm as string, given, { input: JSON.stringify(values), encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  const result = status === 0 ? { text: stdout } : { text: stdout, failed: stderr.trim() || stdout }
  runs.set(key, result)
  return result
}

/** What `helm template` prints for the chart, or why it does not. */
export const renderWithHelm = (values: Values, facts: ReleaseFacts = {}): Run =>
  run(['template', facts.release ?? 'orders', chartFolder, '--kube-version', facts.kubeVersion ?? '1.35.0'], values, facts)

/** The objects that the chart makes of some values. */
export function manifestsOf(values: Values, facts: ReleaseFacts = {}): readonly Manifest[] {
  const { text, failed } = renderWithHelm(values, facts)
  if (failed !== undefined) throw new Error(failed)
  return parseAllDocuments(text, { version: '1.1', uniqueKeys: true }).map((document) => {
    if (document.errors[0]) throw document.errors[0]
    const manifest: Manifest = document.toJS()
    if (manifest === null) throw new Error('an empty document')
    return manifest
  })
}

/** Why the chart refuses some values. */
export function failureOf(values: Values, facts: ReleaseFacts = {}): string {
  const { failed } = renderWithHelm(values, facts)
  if (failed === undefined) throw new Error('the chart accepted the values')
  return failed
}

/** What is printed after an installation. */
export function notesOf(values: Values, facts: ReleaseFacts = {}): string {
  const { text, failed } = run(['install', facts.release ?? 'orders', chartFolder, '--dry-run=client'], values, facts)
  if (failed !== undefined) throw new Error(failed)
  return text.slice(text.indexOf('NOTES:'))
}

/** What `helm lint --strict` has against the chart with some values; undefined when nothing. */
export const lintOf = (values: Values): string | undefined => {
  const { text, failed } = run(['lint', '--strict', chartFolder], values, {})
  return failed === undefined ? undefined : `${text}\n${failed}`
}

/** Some values over others, key by key. */
export function over(under: Values, ...layers: readonly Values[]): Values {
  const isMap = (value: unknown): value is Values => typeof value === 'object' && value !== null && !Array.isArray(value)
  return layers.reduce<Values>((base, layer) => {
    const result: Record<string, unknown> = { ...base }
    for (const [key, value] of Object.entries(layer)) {
      const below = result[key]
      result[key] = isMap(value) && isMap(below) ? over(below, value) : value
    }
    return result
  }, under)
}

/** One value at a dotted path. */
export const at = (path: string, value: unknown): Values =>
  path.split('.').reduceRight<unknown>((inner, name) => ({ [name]: inner }), value) as Values

/** The one object of a kind, and of a name where several are. */
export function one(manifests: readonly Manifest[], kind: string, name?: string): Manifest {
  const found = manifests.filter((manifest) => manifest.kind === kind && (name === undefined ? !isHook(manifest) : manifest.metadata.name === name))
  if (found.length !== 1) throw new Error(`${found.length} ${kind} ${name ?? ''} among ${manifests.map((each) => `${each.kind} ${each.metadata.name}`).join(', ')}`)
  return found[0]
}

export const all = (manifests: readonly Manifest[], kind: string): readonly Manifest[] => manifests.filter((manifest) => manifest.kind === kind)

export const isHook = (manifest: Manifest): boolean => manifest.metadata.annotations?.['helm.sh/hook'] !== undefined

/** The Deployment or StatefulSet. */
export const workload = (manifests: readonly Manifest[]): Manifest =>
  manifests.find(({ kind }) => kind === 'Deployment' || kind === 'StatefulSet')

export const appContainer = (manifests: readonly Manifest[]): Manifest => workload(manifests).spec.template.spec.containers[0]

/** The application's plain variables: those of the ConfigMap, and its own. */
export const environment = (manifests: readonly Manifest[]): Readonly<Record<string, string>> => ({
  ...one(manifests, 'ConfigMap', workload(manifests).metadata.name).data,
  ...Object.fromEntries((appContainer(manifests).env ?? []).filter((each: Manifest) => each.value !== undefined).map((each: Manifest) => [each.name, each.value])),
})

/** A variable of a container that comes from a Secret. */
export const secretVariable = (container: Manifest, name: string): Manifest =>
  container.env?.find((each: Manifest) => each.name === name)?.valueFrom?.secretKeyRef

export interface PodIn {
  readonly owner: string
  readonly labels: Readonly<Record<string, string>>
  readonly spec: Manifest
}

/** Every pod that the objects lead to. */
export const podsIn = (manifests: readonly Manifest[]): readonly PodIn[] =>
  manifests.flatMap((manifest) => {
    const pod = manifest.kind === 'Pod' ? manifest : manifest.spec?.template?.spec?.containers ? manifest.spec.template : undefined
    return pod ? [{ owner: `${manifest.kind} ${manifest.metadata.name}`, labels: pod.metadata.labels, spec: pod.spec }] : []
  })

/** Whether a label selector finds labels. */
export const matches = (selector: Readonly<Record<string, string>>, labels: Readonly<Record<string, string>>): boolean =>
  Object.entries(selector).every(([key, value]) => labels[key] === value)
