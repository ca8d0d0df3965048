import type { Config } from '../../config/index.ts'
import { clusterSecretsOf, namespaceOf, remoteReference, type ClusterSecret } from '../../plan/index.ts'
import { yamlFile } from '../../yaml/commented.ts'

const heading = `What the External Secrets Operator fetches. No values, so this file may be committed.
Applied before Helm, whose first step, the migration, reads the Secret: a copy for the migration is not needed.`

/** One ExternalSecret for each Secret. Source: external-secrets.io/v1. */
export const externalSecrets = (config: Config): string =>
  yamlFile(
    clusterSecretsOf(config).map((secret) => externalSecret(config, secret)),
    heading,
  )

const externalSecret = (config: Config, { name, keys }: ClusterSecret) => ({
  apiVersion: 'external-secrets.io/v1',
  kind: 'ExternalSecret',
  metadata: { name, namespace: namespaceOf(config), labels: Object.keys(config.commonLabels).length > 0 ? { ...config.commonLabels } : undefined },
  spec: {
    refreshInterval: config['secrets.refreshInterval'],
    secretStoreRef: { kind: config['secrets.storeKind'], name: config['secrets.store'] },
    // What the store loses, the cluster keeps: a running service is not to lose its password.
    target: { name, creationPolicy: 'Owner', deletionPolicy: 'Retain' },
    // The last three are the operator's defaults: it fills them in, and Argo CD would take that for drift.
    data: keys.map((one) => ({
      secretKey: one.key,
      remoteRef: { ...remoteReference(config, one), conversionStrategy: 'Default', decodingStrategy: 'None', metadataPolicy: 'None' },
    })),
  },
})
