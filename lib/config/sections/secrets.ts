import { bool, choice, map, secret, text } from '../field.ts'
import { dataKey, dnsLabel, duration, objectName } from '../patterns.ts'
import { onKubernetes, section } from './section.ts'

const emptyOr = (rule: { pattern: string; hint: string; maxLength?: number }) => ({ ...rule, pattern: `^(${rule.pattern.slice(1, -1)})?$` })

/** The path of an entry in a store: what AWS, Vault, Azure, Google and the like name their entries with. */
const storePath = '[A-Za-z0-9_/.@:+=~-]+'

const external = { ...onKubernetes, 'secrets.mode': 'eso' } as const
const sealed = { ...onKubernetes, 'secrets.mode': 'sealed' } as const

export const secrets = section({
  id: 'secrets',
  group: 'Delivery',
  title: 'Secrets',
  help: 'Where secret values live. They are in no link, no storage and no bundle.',
  fields: {
    'secrets.mode': choice(
      'existing',
      { existing: 'By hand', eso: 'External Secrets', sealed: 'Sealed Secrets', sops: 'SOPS' },
      {
        when: onKubernetes,
        label: 'Method',
        help: 'By hand with kubectl, from a store by the External Secrets Operator, or encrypted in the repository.',
      },
    ),
    'secret.name': text('', {
      ...emptyOr(objectName),
      chart: false,
      when: onKubernetes,
      placeholder: '{release}-secrets',
      label: 'Secret of the release',
      help: 'One Secret that you create once; single settings may name another.',
    }),
    'secrets.store': text('', { ...emptyOr(objectName), when: external, placeholder: 'vault', label: 'Store', help: 'The SecretStore that the operator reads from; it exists already.' }),
    'secrets.storeKind': choice('ClusterSecretStore', ['ClusterSecretStore', 'SecretStore'], { when: external, label: 'Kind of store', help: 'A SecretStore stands in the namespace of the service, a ClusterSecretStore serves all.' }),
    'secrets.remotePath': text('', {
      pattern: `^(${storePath})?$`,
      hint: 'the path of an entry in the store',
      maxLength: 500,
      when: external,
      placeholder: '{release}',
      label: 'Path in the store',
      help: 'The entry that holds the values; empty uses the service name.',
    }),
    'secrets.remoteLayout': choice(
      'properties',
      { properties: 'One entry', entries: 'Many entries' },
      { when: external, label: 'Layout', help: 'One entry with a property for each key, or one entry below the path for each key.' },
    ),
    'secrets.remoteKeys': map({
      pattern: `^${storePath}(#${dataKey.pattern.slice(1, -2)}+)?$`,
      hint: 'a path in the store, with #property behind it where there is one',
      when: external,
      advanced: true,
      label: 'Other places',
      help: 'Variables whose value stands elsewhere in the store, as path or path#property.',
    }),
    'secrets.refreshInterval': text('1h', { ...duration, required: true, when: external, advanced: true, label: 'Refresh', help: 'How often the operator asks the store; pods see a new value when they restart.' }),
    'secrets.sealedScope': choice(
      'strict',
      { strict: 'This Secret', 'namespace-wide': 'Its namespace', 'cluster-wide': 'Any namespace' },
      { when: sealed, label: 'Sealed for', help: 'Where the sealed values may be opened: wider scopes survive a renaming, and let others open them.' },
    ),
    'secrets.controllerName': text('sealed-secrets-controller', { ...dnsLabel, required: true, when: sealed, advanced: true, label: 'Controller', help: 'The Service of the Sealed Secrets controller, which kubeseal asks for the certificate.' }),
    'secrets.controllerNamespace': text('kube-system', { ...dnsLabel, required: true, when: sealed, advanced: true, label: 'Controller namespace', help: 'Where that controller runs.' }),
    'secrets.ageRecipient': text('', {
      pattern: '^(age1[02-9ac-hj-np-z]{58})?$',
      hint: 'an age public key: age1 and 58 characters',
      when: { ...onKubernetes, 'secrets.mode': 'sops' },
      placeholder: 'age1…',
      label: 'age recipient',
      help: 'The public key that values are encrypted for; age-keygen prints it.',
    }),
    existingSecret: text('', { ...emptyOr(objectName), when: onKubernetes, advanced: true, label: 'Extra Secret', help: 'All its keys become environment variables of the application.' }),
    'secret.create': bool(true, {
      when: onKubernetes,
      advanced: true,
      label: 'Chart Secret',
      help: 'The chart makes a Secret of values that are given inline, for those who install it by hand.',
    }),
    extraSecretEnv: secret({ shape: 'map', advanced: true, label: 'Extra secret variables', help: 'Secret variables given inline to the chart; use an extra Secret instead.' }),
  },
})
