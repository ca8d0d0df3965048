import { bool, choice, int, list, map, text, yaml } from '../field.ts'
import { dnsLabel, objectName, serviceName } from '../patterns.ts'
import { onKubernetes, section } from './section.ts'

const emptyOr = (rule: { pattern: string; hint: string; maxLength?: number }) => ({
  ...rule,
  pattern: `^(${rule.pattern.slice(1, -1)})?$`,
})

/** The chart shortens longer names, as values files made for other charts may hold. */
const longName = { type: 'string', maxLength: dnsLabel.maxLength, pattern: emptyOr(dnsLabel).pattern }

export const names = section({
  id: 'names',
  group: 'Delivery',
  title: 'Names and labels',
  help: 'For houses with rules about names.',
  fields: {
    nameOverride: text('', { ...emptyOr({ ...dnsLabel, maxLength: serviceName.maxLength }), accepts: longName, when: onKubernetes, advanced: true, label: 'Name label' }),
    fullnameOverride: text('', { ...emptyOr(serviceName), accepts: longName, when: onKubernetes, advanced: true, label: 'Object name' }),
    namespaceOverride: text('', { ...emptyOr(dnsLabel), when: onKubernetes, advanced: true, label: 'Namespace of objects' }),
    commonLabels: map({ when: onKubernetes, label: 'Common labels' }),
    podLabels: map({ when: onKubernetes, advanced: true, label: 'Pod labels' }),
    podAnnotations: map({ when: onKubernetes, advanced: true, label: 'Pod annotations' }),
    'serviceAccount.create': bool(true, { when: onKubernetes, advanced: true, label: 'Create a ServiceAccount' }),
    'serviceAccount.name': text('', { ...emptyOr(objectName), when: onKubernetes, advanced: true, placeholder: '{release}', label: 'ServiceAccount' }),
    'serviceAccount.annotations': map({ when: onKubernetes, advanced: true, label: 'ServiceAccount annotations' }),
    'serviceAccount.automount': bool(false, { when: onKubernetes, advanced: true, label: 'Mount the token' }),
    kubeVersionOverride: text('', { pattern: '^(v?1\\.[0-9]{1,2}(\\.[0-9]{1,2})?)?$', hint: 'a version such as 1.35.0', when: onKubernetes, advanced: true, label: 'Assumed Kubernetes version' }),
  },
})

export const extra = section({
  id: 'extra',
  group: 'Delivery',
  title: 'Extras',
  help: 'For what your handlers need beyond the chassis.',
  fields: {
    extraEnv: map({
      label: 'Extra variables',
      accepts: { type: 'object', additionalProperties: { type: ['string', 'number', 'boolean'] }, propertyNames: { pattern: '^[A-Za-z_][A-Za-z0-9_]*$' } },
    }),
    extraEnvFrom: yaml('list', { when: onKubernetes, advanced: true, label: 'Extra sources of variables' }),
    extraVolumes: yaml('list', { when: onKubernetes, advanced: true, label: 'Extra volumes' }),
    extraVolumeMounts: yaml('list', { when: onKubernetes, advanced: true, label: 'Extra mounts' }),
    initContainers: yaml('list', { when: onKubernetes, advanced: true, label: 'Init containers' }),
    sidecars: yaml('list', { when: onKubernetes, advanced: true, label: 'Sidecars' }),
    hostAliases: yaml('list', { when: onKubernetes, advanced: true, label: 'Host aliases' }),
    podSecurityContext: yaml('map', { when: onKubernetes, advanced: true, label: 'Pod security context' }),
    containerSecurityContext: yaml('map', { when: onKubernetes, advanced: true, label: 'Container security context' }),
    extraObjects: yaml('list', { when: onKubernetes, advanced: true, label: 'Extra objects' }),
    global: yaml('map', { when: onKubernetes, advanced: true, label: 'Global values' }),
  },
})

/** Keys of LiteFS that upstream's values files hold; the chart knows them to refuse them with a reason. */
export const litefs = section({
  id: 'litefs',
  group: 'Delivery',
  title: 'LiteFS',
  help: 'LiteFS needs /dev/fuse and rights that hardened pods do not have; use Postgres, or SQLite with Litestream.',
  fields: {
    'litefs.enabled': bool(false, { chartOnly: true, label: 'LiteFS' }),
    'litefs.image.registry': text('', { chartOnly: true, label: 'LiteFS registry' }),
    'litefs.image.repository': text('flyio/litefs', { chartOnly: true, label: 'LiteFS image' }),
    'litefs.image.tag': text('0.5', { chartOnly: true, label: 'LiteFS tag' }),
    'litefs.image.digest': text('', { chartOnly: true, label: 'LiteFS digest' }),
    'litefs.proxy.port': int(8080, [1, 65535], { chartOnly: true, label: 'LiteFS proxy port' }),
    'litefs.proxy.db': text('db', { chartOnly: true, label: 'LiteFS database' }),
    'litefs.proxy.passthrough': list([], { chartOnly: true, label: 'LiteFS passthrough' }),
    'litefs.lease.type': choice('static', ['static', 'consul'], { chartOnly: true, label: 'LiteFS lease' }),
    'litefs.lease.consul.hostname': text('', { chartOnly: true, label: 'LiteFS Consul host' }),
    'litefs.lease.consul.key': text('', { chartOnly: true, label: 'LiteFS Consul key' }),
    'litefs.lease.consul.ttl': text('', { chartOnly: true, label: 'LiteFS Consul TTL' }),
  },
})
