import { bool, choice, int, list, map, secret, text, yaml } from '../field.ts'
import { dnsLabel, objectName, serviceName } from '../patterns.ts'
import { onCompose, onKubernetes, onVm, section } from './section.ts'

const emptyOr = (rule: { pattern: string; hint: string; maxLength?: number }) => ({
  ...rule,
  pattern: `^(${rule.pattern.slice(1, -1)})?$`,
})

export const vm = section({
  id: 'vm',
  group: 'Delivery',
  title: 'Machine',
  help: 'Where things lie on the machine, and what runs beside the application.',
  fields: {
    'vm.path': text('/opt/chassis', { pattern: '^/[A-Za-z0-9_][A-Za-z0-9_./-]*[A-Za-z0-9_]$', hint: 'an absolute path of letters, digits, dots, dashes and underscores', required: true, when: onVm, label: 'Directory', help: 'Where the files of the bundle are copied to on the machine.' }),
    'vm.subnet': text('172.30.0.0/24', { pattern: '^(10|172|192)(\\.[0-9]{1,3}){3}/(1[6-9]|2[0-8])$', hint: 'a private network such as 172.30.0.0/24', required: true, when: onVm, advanced: true, label: 'Container network', help: 'A fixed network, so that the application knows which address its proxy has.' }),
    'vm.postgresVersion': choice('17', ['16', '17', '18'], { when: { ...onCompose, 'database.backend': 'postgres', 'vm.postgres': 'bundled' }, label: 'Postgres version', help: 'The major version of the bundled Postgres; data does not move by itself to another.' }),
    'vm.postgresMemory': text('512m', { pattern: '^[1-9][0-9]*[mg]$', hint: 'a size such as 512m or 2g', required: true, when: { ...onCompose, 'database.backend': 'postgres', 'vm.postgres': 'bundled' }, advanced: true, label: 'Postgres memory', help: 'What the bundled Postgres may use.' }),
    'vm.redisMemory': int(96, [16, 65536], { unit: 'MiB', when: [{ ...onCompose, 'rateLimit.enabled': true, 'vm.redis': 'bundled' }, { ...onCompose, 'cache.enabled': true, 'vm.redis': 'bundled' }], advanced: true, label: 'Redis memory', help: 'Above this Redis drops the oldest keys.' }),
    'vm.redisPersistence': bool(false, { when: [{ ...onCompose, 'rateLimit.enabled': true, 'vm.redis': 'bundled' }, { ...onCompose, 'cache.enabled': true, 'vm.redis': 'bundled' }], advanced: true, label: 'Keep Redis data', help: 'Writes keys to a volume; counters and caches do not need it.' }),
    'vm.logMaxSize': text('10m', { pattern: '^[1-9][0-9]*[kmg]$', hint: 'a size such as 10m', required: true, when: onVm, advanced: true, label: 'Log file size', help: 'A log file is rotated at this size.' }),
    'vm.logMaxFile': int(3, [1, 100], { when: onVm, advanced: true, unit: 'files', label: 'Log files', help: 'How many rotated log files are kept.' }),
  },
})

const automated = { 'workflows.enabled': true } as const

export const workflows = section({
  id: 'workflows',
  group: 'Delivery',
  title: 'Workflows',
  help: 'GitHub Actions that deploy, verify, and roll back when the new version does not become ready.',
  fields: {
    'workflows.enabled': bool(true, { label: 'GitHub Actions', help: 'Adds a deploy workflow for each platform.' }),
    'workflows.environment': text('production', { pattern: '^[A-Za-z0-9][A-Za-z0-9_-]*$', hint: 'letters, digits, dashes and underscores', maxLength: 60, required: true, when: automated, label: 'Environment', help: 'The GitHub environment that holds the secrets and the reviewers.' }),
    'workflows.runner': text('ubuntu-24.04', { pattern: '^[A-Za-z0-9][A-Za-z0-9._-]*$', hint: 'a runner label', maxLength: 60, required: true, when: automated, advanced: true, label: 'Runner', help: 'The label of the machines that the jobs run on.' }),
    'workflows.timeoutMinutes': int(20, [5, 120], { when: automated, advanced: true, unit: 'minutes', label: 'Job timeout', help: 'A job that takes longer is ended.' }),
    'workflows.helmTimeoutMinutes': int(5, [1, 60], { when: { ...automated, ...onKubernetes }, advanced: true, unit: 'minutes', label: 'Helm timeout', help: 'How long helm waits for the migration and the pods before it rolls back.' }),
  },
})

export const secrets = section({
  id: 'secrets',
  group: 'Delivery',
  title: 'Secrets',
  help: 'Where secret values live. They never enter this page, the link or the bundle.',
  fields: {
    'secret.name': text('', { ...emptyOr(objectName), chart: false, when: onKubernetes, placeholder: '{release}-secrets', label: 'Secret of the release', help: 'One Secret that you create once; single settings may name another.' }),
    existingSecret: text('', { ...emptyOr(objectName), when: onKubernetes, advanced: true, label: 'Extra Secret', help: 'All its keys become environment variables of the application.' }),
    'secret.create': bool(true, { when: onKubernetes, advanced: true, label: 'Chart Secret', help: 'The chart makes a Secret of values that are given inline, for those who install it by hand.' }),
    extraSecretEnv: secret({ shape: 'map', label: 'Extra secret variables', help: 'Secret variables given inline to the chart; use an extra Secret instead.' }),
  },
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
