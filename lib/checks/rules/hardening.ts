import type { Config, Path } from '../../config/index.ts'
import { rawList, rawOf } from '../../plan/index.ts'
import type { Rule } from '../rule.ts'
import { onKubernetes } from '../when.ts'
import { listed } from '../words.ts'

type Context = Readonly<Record<string, unknown>>

const isMap = (value: unknown): value is Context => typeof value === 'object' && value !== null && !Array.isArray(value)
const mapAt = (text: string): Context => (rawOf(text, 'map').value ?? {}) as Context

/** Keys of the hardened context that may not be taken away with null. */
const hardened = ['runAsNonRoot', 'allowPrivilegeEscalation', 'capabilities', 'readOnlyRootFilesystem', 'seccompProfile']

/** What in a security context loosens the hardened one, each as `key value`. */
function loosened(context: Context): readonly string[] {
  const { capabilities, seccompProfile } = context
  const fixed = { privileged: true, allowPrivilegeEscalation: true, runAsNonRoot: false, runAsUser: 0 }
  return [
    ...Object.entries(fixed).flatMap(([key, bad]) => (context[key] === bad ? [`${key} ${bad}`] : [])),
    ...(isMap(capabilities) && capabilities.add ? ['added capabilities'] : []),
    ...(isMap(capabilities) && !(Array.isArray(capabilities.drop) && capabilities.drop.includes('ALL')) ? ['capabilities that are not all dropped'] : []),
    ...(isMap(seccompProfile) && seccompProfile.type !== 'RuntimeDefault' && seccompProfile.type !== 'Localhost' ? ['another seccompProfile'] : []),
    ...(context.procMount && context.procMount !== 'Default' ? [`procMount ${String(context.procMount)}`] : []),
  ]
}

const takenAway = (context: Context): readonly string[] => hardened.filter((key) => Object.hasOwn(context, key) && context[key] === null).map((key) => `${key} null`)

/** What loosens a pod of the release, by the setting that says it. */
function loose(config: Config, path: Path): readonly string[] {
  if (path === 'podSecurityContext' || path === 'containerSecurityContext') {
    const context = mapAt(config[path])
    const writable = path === 'containerSecurityContext' && context.readOnlyRootFilesystem === false
    return [...loosened(context), ...takenAway(context), ...(writable ? ['readOnlyRootFilesystem false'] : [])]
  }
  return rawList(config[path] as string).flatMap((item) => (isMap(item) ? looseItem(path, item) : []))
}

function looseItem(path: Path, item: Context): readonly string[] {
  if (path === 'extraVolumes') return Object.hasOwn(item, 'hostPath') ? [`the hostPath of ${String(item.name)}`] : []
  const context = isMap(item.securityContext) ? loosened(item.securityContext) : []
  const ports = Array.isArray(item.ports) && item.ports.some((port) => isMap(port) && Boolean(port.hostPort)) ? ['a hostPort'] : []
  return [...context, ...ports].map((what) => `${what} in ${String(item.name)}`)
}

const contexts = ['podSecurityContext', 'containerSecurityContext', 'initContainers', 'sidecars', 'extraVolumes'] as const

const loosening: Rule = {
  id: 'pod-loosened',
  severity: 'error',
  demand: 'Nothing loosens the hardened pods',
  applies: onKubernetes,
  check: (config) =>
    contexts.flatMap((path) => {
      const found = config[path].trim() === '' ? [] : loose(config, path)
      return found.length === 0
        ? []
        : [{ path, title: 'Loosens the pod', message: `The chart refuses ${listed(found)}: hardened pods run without.`, fix: { label: 'Clear it', patch: { [path]: '' } } }]
    }),
}

/** Volumes that the chart itself gives the application. */
const ownVolumes = ['tmp', 'var-tmp', 'data']
const ownMounts = ['/tmp', '/var/tmp', '/app/data']

const nameOf = (item: unknown): string => (isMap(item) ? String(item.name) : '')

const mounts: Rule = {
  id: 'mount-without-volume',
  severity: 'error',
  demand: 'Every mount has a volume',
  applies: (config) => onKubernetes(config) && rawList(config.extraVolumeMounts).length > 0,
  check: (config) => {
    const volumes = [...ownVolumes, ...rawList(config.extraVolumes).map(nameOf)]
    const lost = rawList(config.extraVolumeMounts).map(nameOf).filter((name) => !volumes.includes(name))
    return lost.length > 0
      ? {
          path: 'extraVolumeMounts',
          title: 'Mount without volume',
          message: `No volume is called ${listed(lost)}, and the cluster refuses the pods.`,
          fix: { label: 'Clear the mounts', patch: { extraVolumeMounts: '' } },
        }
      : undefined
  },
}

const taken: Rule = {
  id: 'volume-name-taken',
  severity: 'error',
  demand: 'Extra volumes and mounts are not the chart’s own',
  applies: (config) => onKubernetes(config) && (rawList(config.extraVolumes).length > 0 || rawList(config.extraVolumeMounts).length > 0),
  check: (config) => [
    ...rawList(config.extraVolumes).filter((item) => [...ownVolumes, 'litestream'].includes(nameOf(item))).map((item) => ({
      path: 'extraVolumes' as const,
      title: 'Name is taken',
      message: `The chart has a volume ${nameOf(item)} of its own, and the cluster refuses two of one name.`,
    })),
    ...rawList(config.extraVolumeMounts).filter((item) => isMap(item) && ownMounts.includes(String(item.mountPath).replace(/\/+$/, ''))).map((item) => ({
      path: 'extraVolumeMounts' as const,
      title: 'Path is taken',
      message: `Something is mounted at ${String((item as Context).mountPath)} already, and the cluster refuses two mounts at one path.`,
      fix: { label: 'Clear the mounts', patch: { extraVolumeMounts: '' } },
    })),
  ],
}

const token: Rule = {
  id: 'account-token',
  severity: 'warning',
  demand: 'Pods hold no token of the cluster',
  applies: onKubernetes,
  check: (config) =>
    config['serviceAccount.automount']
      ? {
          path: 'serviceAccount.automount',
          title: 'Token in the pod',
          message: 'Whoever breaks into the application finds a token for the Kubernetes API.',
          fix: { label: 'Leave it out', patch: { 'serviceAccount.automount': false } },
        }
      : undefined,
}

const sharedAccount: Rule = {
  id: 'account-shared',
  severity: 'info',
  demand: 'A ServiceAccount of its own',
  applies: onKubernetes,
  check: (config) =>
    !config['serviceAccount.create'] && config['serviceAccount.name'] === ''
      ? {
          path: 'serviceAccount.create',
          title: 'Shared account',
          message: "Pods run as the namespace's default account and get whatever rights others give that.",
          fix: { label: 'Create one', patch: { 'serviceAccount.create': true } },
        }
      : undefined,
}

const secretWord = /(PASSWORD|TOKEN|SECRET|ACCESS_KEY|PRIVATE_KEY)/i

const typedSecrets: Rule = {
  id: 'yaml-secret',
  severity: 'warning',
  demand: 'No secret in the YAML texts',
  applies: onKubernetes,
  check: (config) =>
    (['litestream.env', 'initContainers', 'sidecars'] as const).flatMap((path) => {
      const found = rawList(config[path]).flatMap((item) => variablesIn(path, item)).filter((name) => secretWord.test(name))
      return found.length > 0
        ? [{ path, title: 'Secret in the open', message: `${listed(found)} has its value in the text, and so in the repository; use valueFrom with a secretKeyRef.` }]
        : []
    }),
}

/** The names of variables whose values are written out. */
function variablesIn(path: Path, item: unknown): readonly string[] {
  if (!isMap(item)) return []
  if (path === 'litestream.env') return typeof item.value === 'string' && item.value !== '' ? [nameOf(item)] : []
  return Array.isArray(item.env) ? item.env.flatMap((one) => variablesIn('litestream.env', one)) : []
}

export const hardeningRules: readonly Rule[] = [loosening, mounts, taken, token, typedSecrets, sharedAccount]
