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
      },
    ),
    'secret.name': text('', {
      ...emptyOr(objectName),
      chart: false,
      when: onKubernetes,
      placeholder: '{release}-secrets',
      label: 'Secret of the release',
    }),
    'secrets.store': text('', { ...emptyOr(objectName), when: external, placeholder: 'vault', label: 'Store' }),
    'secrets.storeKind': choice('ClusterSecretStore', ['ClusterSecretStore', 'SecretStore'], { when: external, label: 'Kind of store' }),
    'secrets.remotePath': text('', {
      pattern: `^(${storePath})?$`,
      hint: 'the path of an entry in the store',
      maxLength: 500,
      when: external,
      placeholder: '{release}',
      label: 'Path in the store',
    }),
    'secrets.remoteLayout': choice(
      'properties',
      { properties: 'One entry', entries: 'Many entries' },
      { when: external, label: 'Layout', },
    ),
    'secrets.remoteKeys': map({
      pattern: `^${storePath}(#${dataKey.pattern.slice(1, -2)}+)?$`,
      hint: 'a path in the store, with #property behind it where there is one',
      when: external,
      advanced: true,
      label: 'Other places',
    }),
    'secrets.refreshInterval': text('1h', { ...duration, required: true, when: external, advanced: true, label: 'Refresh' }),
    'secrets.sealedScope': choice(
      'strict',
      { strict: 'This Secret', 'namespace-wide': 'Its namespace', 'cluster-wide': 'Any namespace' },
      { when: sealed, label: 'Sealed for', },
    ),
    'secrets.controllerName': text('sealed-secrets-controller', { ...dnsLabel, required: true, when: sealed, advanced: true, label: 'Controller' }),
    'secrets.controllerNamespace': text('kube-system', { ...dnsLabel, required: true, when: sealed, advanced: true, label: 'Controller namespace' }),
    'secrets.ageRecipient': text('', {
      pattern: '^(age1[02-9ac-hj-np-z]{58})?$',
      hint: 'an age public key: age1 and 58 characters',
      when: { ...onKubernetes, 'secrets.mode': 'sops' },
      placeholder: 'age1…',
      label: 'age recipient',
    }),
    existingSecret: text('', { ...emptyOr(objectName), when: onKubernetes, advanced: true, label: 'Extra Secret' }),
    'secret.create': bool(true, {
      when: onKubernetes,
      advanced: true,
      label: 'Chart Secret',
    }),
    extraSecretEnv: secret({ shape: 'map', advanced: true, label: 'Extra secret variables' }),
  },
})
