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
    nameOverride: text('', { ...emptyOr({ ...dnsLabel, maxLength: serviceName.maxLength }), accepts: longName, when: onKubernetes, advanced: true, label: 'Name label', help: 'Replaces app.kubernetes.io/name.' }),
    fullnameOverride: text('', { ...emptyOr(serviceName), accepts: longName, when: onKubernetes, advanced: true, label: 'Object name', help: 'Replaces the name of every object; empty uses the service name.' }),
    namespaceOverride: text('', { ...emptyOr(dnsLabel), when: onKubernetes, advanced: true, label: 'Namespace of objects', help: 'Puts objects into another namespace than that of the release.' }),
    commonLabels: map({ when: onKubernetes, label: 'Common labels', help: 'Labels of every object and pod, such as team or cost center.' }),
    podLabels: map({ when: onKubernetes, advanced: true, label: 'Pod labels', help: 'Labels of the application pods.' }),
    podAnnotations: map({ when: onKubernetes, advanced: true, label: 'Pod annotations', help: 'Annotations of the application pods, for meshes and the like.' }),
    'serviceAccount.create': bool(true, { when: onKubernetes, advanced: true, label: 'Create a ServiceAccount', help: 'An account of its own, without a token.' }),
    'serviceAccount.name': text('', { ...emptyOr(objectName), when: onKubernetes, advanced: true, placeholder: '{release}', label: 'ServiceAccount', help: 'The name of the account; empty uses the service name.' }),
    'serviceAccount.annotations': map({ when: onKubernetes, advanced: true, label: 'ServiceAccount annotations', help: "For the cloud's workload identity." }),
    'serviceAccount.automount': bool(false, { when: onKubernetes, advanced: true, label: 'Mount the token', help: 'Only when the application talks to the Kubernetes API.' }),
    kubeVersionOverride: text('', { pattern: '^(v?1\\.[0-9]{1,2}(\\.[0-9]{1,2})?)?$', hint: 'a version such as 1.35.0', when: onKubernetes, advanced: true, label: 'Assumed Kubernetes version', help: "Replaces the cluster's version when the chart chooses API versions." }),
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
      help: "Your own environment variables; a name that the chassis has replaces the chassis's value.",
      accepts: { type: 'object', additionalProperties: { type: ['string', 'number', 'boolean'] }, propertyNames: { pattern: '^[A-Za-z_][A-Za-z0-9_]*$' } },
    }),
    extraEnvFrom: yaml('list', { when: onKubernetes, advanced: true, label: 'Extra sources of variables', help: 'A list of envFrom entries; the migration gets them too.' }),
    extraVolumes: yaml('list', { when: onKubernetes, advanced: true, label: 'Extra volumes', help: 'A list of volumes for the pods, such as a CA certificate.' }),
    extraVolumeMounts: yaml('list', { when: onKubernetes, advanced: true, label: 'Extra mounts', help: 'A list of mounts in the application container.' }),
    initContainers: yaml('list', { when: onKubernetes, advanced: true, label: 'Init containers', help: 'A list of containers that run before the application.' }),
    sidecars: yaml('list', { when: onKubernetes, advanced: true, label: 'Sidecars', help: 'A list of containers beside the application.' }),
    hostAliases: yaml('list', { when: onKubernetes, advanced: true, label: 'Host aliases', help: 'A list of {ip, hostnames} for /etc/hosts.' }),
    podSecurityContext: yaml('map', { when: onKubernetes, advanced: true, label: 'Pod security context', help: 'Merged over the hardened one, for clusters that give their own user ids.' }),
    containerSecurityContext: yaml('map', { when: onKubernetes, advanced: true, label: 'Container security context', help: 'Merged over the hardened one; nothing in it may loosen it.' }),
    extraObjects: yaml('list', { when: onKubernetes, advanced: true, label: 'Extra objects', help: 'A list of whole Kubernetes objects, run through the template engine.' }),
    global: yaml('map', { when: onKubernetes, advanced: true, label: 'Global values', help: 'imageRegistry, storageClass and imagePullSecrets for all charts of an umbrella.' }),
  },
})

/** Keys of LiteFS that upstream's values files hold; the chart knows them to refuse them with a reason. */
export const litefs = section({
  id: 'litefs',
  group: 'Delivery',
  title: 'LiteFS',
  help: 'LiteFS needs /dev/fuse and rights that hardened pods do not have; use Postgres, or SQLite with Litestream.',
  fields: {
    'litefs.enabled': bool(false, { chartOnly: true, label: 'LiteFS', help: 'Cannot run in hardened pods; the chart refuses it.' }),
    'litefs.image.registry': text('', { chartOnly: true, label: 'LiteFS registry', help: 'Not used.' }),
    'litefs.image.repository': text('flyio/litefs', { chartOnly: true, label: 'LiteFS image', help: 'Not used.' }),
    'litefs.image.tag': text('0.5', { chartOnly: true, label: 'LiteFS tag', help: 'Not used.' }),
    'litefs.image.digest': text('', { chartOnly: true, label: 'LiteFS digest', help: 'Not used.' }),
    'litefs.proxy.port': int(8080, [1, 65535], { chartOnly: true, label: 'LiteFS proxy port', help: 'Not used.' }),
    'litefs.proxy.db': text('db', { chartOnly: true, label: 'LiteFS database', help: 'Not used.' }),
    'litefs.proxy.passthrough': list([], { chartOnly: true, label: 'LiteFS passthrough', help: 'Not used.' }),
    'litefs.lease.type': choice('static', ['static', 'consul'], { chartOnly: true, label: 'LiteFS lease', help: 'Not used.' }),
    'litefs.lease.consul.hostname': text('', { chartOnly: true, label: 'LiteFS Consul host', help: 'Not used.' }),
    'litefs.lease.consul.key': text('', { chartOnly: true, label: 'LiteFS Consul key', help: 'Not used.' }),
    'litefs.lease.consul.ttl': text('', { chartOnly: true, label: 'LiteFS Consul TTL', help: 'Not used.' }),
  },
})
