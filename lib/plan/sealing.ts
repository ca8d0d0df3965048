import { settingAt, type Config } from '../config/index.ts'
import type { Scope } from '../sealing/index.ts'
import { clusterSecretsOf, hasSeveralLines, secretPaths, secretsModeOf } from './cluster-secrets.ts'
import { namespaceOf } from './hosts.ts'

/** What somebody has to seal for the Sealed Secrets controller, and for where. */
export interface Sealing {
  /** The section of the form that asks for it. */
  readonly section: string
  /** Where the file with the sealed values belongs in the bundle. */
  readonly path: string
  readonly namespace: string
  readonly scope: Scope
  /** The command, word by word, that prints the controller's certificate. */
  readonly fetchCertificate: readonly string[]
  readonly secrets: readonly SealingSecret[]
}

/** A Secret whose values are to be sealed. */
export interface SealingSecret {
  readonly name: string
  readonly keys: readonly SealingKey[]
}

export interface SealingKey {
  readonly key: string
  /** What the value is, in the form's words. */
  readonly label: string
  readonly help: string
  /** Any random value serves. */
  readonly drawable: boolean
  /** Such as a PEM key. */
  readonly severalLines: boolean
}

/** What there is to seal; nothing where Secrets come another way or none are needed. */
export function sealingOf(config: Config): Sealing | undefined {
  if (secretsModeOf(config) !== 'sealed') return undefined
  return {
    section: settingAt('secrets.mode')?.section ?? '',
    path: secretPaths.sealed,
    namespace: namespaceOf(config),
    scope: config['secrets.sealedScope'],
    fetchCertificate: fetchCertificate(config),
    secrets: clusterSecretsOf(config).map(({ name, keys }) => ({
      name,
      keys: keys.map(({ key, variable }) => ({
        key,
        label: settingAt(variable.path)?.field.label ?? key,
        help: variable.help,
        drawable: variable.origin === 'generate',
        severalLines: hasSeveralLines(variable),
      })),
    })),
  }
}

/** The words of the command that prints the certificate of the Sealed Secrets controller; it is public. */
export const fetchCertificate = (config: Config): readonly string[] => [
  'kubeseal',
  '--fetch-cert',
  '--controller-name',
  config['secrets.controllerName'],
  '--controller-namespace',
  config['secrets.controllerNamespace'],
]
