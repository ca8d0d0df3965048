/** What the settings of sections/secrets.ts are for, a sentence each. */
export const secrets = {
  'secrets.mode': 'By hand with kubectl, from a store by the External Secrets Operator, or encrypted in the repository.',
  'secret.name': 'One Secret that you create once; single settings may name another.',
  'secrets.store': 'The SecretStore that the operator reads from; it exists already.',
  'secrets.storeKind': 'A SecretStore stands in the namespace of the service, a ClusterSecretStore serves all.',
  'secrets.remotePath': 'The entry that holds the values; empty uses the service name.',
  'secrets.remoteLayout': 'One entry with a property for each key, or one entry below the path for each key.',
  'secrets.remoteKeys': 'Variables whose value stands elsewhere in the store, as path or path#property.',
  'secrets.refreshInterval': 'How often the operator asks the store; pods see a new value when they restart.',
  'secrets.sealedScope': 'Where the sealed values may be opened: wider scopes survive a renaming, and let others open them.',
  'secrets.controllerName': 'The Service of the Sealed Secrets controller, which kubeseal asks for the certificate.',
  'secrets.controllerNamespace': 'Where that controller runs.',
  'secrets.ageRecipient': 'The public key that values are encrypted for; age-keygen prints it.',
  existingSecret: 'All its keys become environment variables of the application.',
  'secret.create': 'The chart makes a Secret of values that are given inline, for those who install it by hand.',
  extraSecretEnv: 'Secret variables given inline to the chart; use an extra Secret instead.',
}
