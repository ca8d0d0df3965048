import type { Config } from '../../config/index.ts'
import { clusterSecretsOf, namespaceOf, secretPaths, type ClusterSecret } from '../../plan/index.ts'
import type { Scope } from '../../sealing/index.ts'
import { yamlFile } from '../../yaml/commented.ts'

/** Sealed values by Secret and key. */
export type SealedValues = Readonly<Record<string, Readonly<Record<string, string>>>>

/**
 * The SealedSecrets of a configuration with sealed values in them, to stand in
 * `deploy/secrets/sealed-secrets.yaml`; values of keys that it does not need are left out, and a
 * missing one is an empty list, which the cluster refuses. `scope` is the one they were sealed for.
 */
export const sealedSecretYaml = (config: Config, scope: Scope, sealed: SealedValues): string =>
  yamlFile(clusterSecretsOf(config).map((secret) => sealedSecret(config, scope, secret, own(sealed, secret.name) ?? {})))

/** What the sealed file will look like, without values. */
export const sealedTemplate = (config: Config): string =>
  `# The shape of ${secretPaths.sealed}, which the commands in README.md make.
# Not to be applied: where a sealed text belongs stands a list, which the cluster refuses.
${sealedSecretYaml(config, config['secrets.sealedScope'], {})}`

const own = <T>(map: Readonly<Record<string, T>>, key: string): T | undefined => (Object.hasOwn(map, key) ? map[key] : undefined)

function sealedSecret(config: Config, scope: Scope, { name, keys }: ClusterSecret, values: Readonly<Record<string, string>>) {
  const annotations = scope === 'strict' ? undefined : { [`sealedsecrets.bitnami.com/${scope}`]: 'true' }
  const metadata = { name, namespace: namespaceOf(config), annotations }
  return {
    apiVersion: 'bitnami.com/v1alpha1',
    kind: 'SealedSecret',
    metadata,
    spec: {
      encryptedData: Object.fromEntries(keys.map(({ key }) => [key, own(values, key) ?? []])),
      template: { metadata, type: 'Opaque' },
    },
  }
}
