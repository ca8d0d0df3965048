import { func, Slice, Struct, type Value } from '../go/value.ts'
import { quote } from '../go/quote.ts'
import { HelmError } from './failure.ts'

/** The version of Kubernetes that `helm template` assumes: the one of Helm's client library. */
export const defaultKubeVersion = 'v1.35.0'

/** The Helm whose behaviour we follow. */
export const helmVersion = 'v4.1.4'

const defaultApiVersions = `
  v1 admissionregistration.k8s.io/v1 admissionregistration.k8s.io/v1alpha1 admissionregistration.k8s.io/v1beta1
  internal.apiserver.k8s.io/v1alpha1 apps/v1 apps/v1beta1 apps/v1beta2 authentication.k8s.io/v1
  authentication.k8s.io/v1alpha1 authentication.k8s.io/v1beta1 authorization.k8s.io/v1 authorization.k8s.io/v1beta1
  autoscaling/v1 autoscaling/v2 autoscaling/v2beta1 autoscaling/v2beta2 batch/v1 batch/v1beta1 certificates.k8s.io/v1
  certificates.k8s.io/v1beta1 certificates.k8s.io/v1alpha1 coordination.k8s.io/v1alpha2 coordination.k8s.io/v1beta1
  coordination.k8s.io/v1 discovery.k8s.io/v1 discovery.k8s.io/v1beta1 events.k8s.io/v1 events.k8s.io/v1beta1
  extensions/v1beta1 flowcontrol.apiserver.k8s.io/v1 flowcontrol.apiserver.k8s.io/v1beta1
  flowcontrol.apiserver.k8s.io/v1beta2 flowcontrol.apiserver.k8s.io/v1beta3 networking.k8s.io/v1
  networking.k8s.io/v1beta1 node.k8s.io/v1 node.k8s.io/v1alpha1 node.k8s.io/v1beta1 policy/v1 policy/v1beta1
  rbac.authorization.k8s.io/v1 rbac.authorization.k8s.io/v1beta1 rbac.authorization.k8s.io/v1alpha1 resource.k8s.io/v1
  resource.k8s.io/v1beta2 resource.k8s.io/v1beta1 resource.k8s.io/v1alpha3 scheduling.k8s.io/v1alpha1
  scheduling.k8s.io/v1beta1 scheduling.k8s.io/v1 storage.k8s.io/v1beta1 storage.k8s.io/v1 storage.k8s.io/v1alpha1
  storagemigration.k8s.io/v1beta1 apiextensions.k8s.io/v1beta1 apiextensions.k8s.io/v1`
  .trim()
  .split(/\s+/)

/** A version of Kubernetes, as given and without what vendors append. */
export interface KubeVersion {
  readonly version: string
  readonly normalized: string
  readonly major: string
  readonly minor: string
}

/** Reads `--kube-version`. Throws `HelmError`. */
export function parseKubeVersion(text: string): KubeVersion {
  const parts = /^\s*v?(\d+(?:\.\d+)*)(.*)$/.exec(text)
  if (!parts) throw new HelmError(`invalid kube version '${text}': could not parse ${quote(text)} as version`)
  const numbers = parts[1]!.split('.')
  if (numbers.length < 2) throw new HelmError(`invalid kube version '${text}': illegal version string ${quote(text)}`)
  if (numbers.some(part => /^0\d/.test(part))) {
    throw new HelmError(`invalid kube version '${text}': illegal zero-prefixed version component ${quote(numbers.find(part => /^0\d/.test(part))!)} in ${quote(text)}`)
  }
  const version = text.startsWith('v') ? text : `v${text}`
  return { version, normalized: `v${numbers.join('.')}`, major: numbers[0]!, minor: numbers[1]! }
}

/** `.Capabilities`. Source: Helm `common.Capabilities`. */
export function capabilities(kube: KubeVersion, extraApiVersions: readonly string[] = []): Struct {
  const fields = new Map<string, Value>([
    ['KubeVersion', kubeVersionObject(kube)],
    ['APIVersions', versionSet([...defaultApiVersions, ...extraApiVersions])],
    ['HelmVersion', helmVersionObject],
  ])
  const methods = new Map([['Copy', func([], (): Value => all)]])
  const all: Struct = new Struct('*common.Capabilities', fields, undefined, methods)
  return all
}

function kubeVersionObject({ version, normalized, major, minor }: KubeVersion): Struct {
  const fields = new Map<string, Value>([['Version', version], ['normalizedVersion', normalized], ['Major', major], ['Minor', minor]])
  const methods = new Map([
    ['GitVersion', func([], () => version)],
    ['String', func([], () => normalized)],
  ])
  return new Struct('common.KubeVersion', fields, normalized, methods, false)
}

function versionSet(versions: readonly string[]): Slice {
  const known = new Set(versions)
  return new Slice('string', [...versions], new Map([['Has', func(['string'], version => known.has(version))]]), 'common.VersionSet')
}

const helmVersionObject = new Struct(
  'version.BuildInfo',
  new Map<string, Value>([
    ['Version', helmVersion],
    ['GitCommit', '05fa37973dc9e42b76e1d2883494c87174b6074f'],
    ['GitTreeState', 'clean'],
    ['GoVersion', 'go1.25.9'],
    ['KubeClientVersion', 'v1.35'],
  ]),
  undefined,
  undefined,
  false,
  new Map<string, Value>([
    ['version', helmVersion],
    ['git_commit', '05fa37973dc9e42b76e1d2883494c87174b6074f'],
    ['git_tree_state', 'clean'],
    ['go_version', 'go1.25.9'],
    ['kube_client_version', 'v1.35'],
  ]),
)
