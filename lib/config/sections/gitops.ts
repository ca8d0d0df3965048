import { bool, choice, int, list, text } from '../field.ts'
import { dnsLabel, objectName } from '../patterns.ts'
import { onKubernetes, section } from './section.ts'

const emptyOr = (rule: { pattern: string; hint: string; maxLength?: number }) => ({ ...rule, pattern: `^(${rule.pattern.slice(1, -1)})?$` })

const delivered = { ...onKubernetes, 'gitops.tool': ['argocd', 'flux', 'kustomize'] } as const
const controlled = { ...onKubernetes, 'gitops.tool': ['argocd', 'flux'] } as const
const argocd = { ...onKubernetes, 'gitops.tool': 'argocd' } as const
const flux = { ...onKubernetes, 'gitops.tool': 'flux' } as const
const registry = { ...controlled, 'gitops.chartSource': 'oci' } as const

export const gitops = section({
  id: 'gitops',
  group: 'Delivery',
  title: 'GitOps',
  help: 'A controller in the cluster that installs what stands in the repository, or plain manifests for Kustomize.',
  fields: {
    'gitops.tool': choice(
      'none',
      { none: 'None', argocd: 'Argo CD', flux: 'Flux', kustomize: 'Kustomize' },
      { when: onKubernetes, label: 'Delivered by', },
    ),
    'gitops.repoUrl': text('', {
      pattern: '^((https|ssh)://[A-Za-z0-9._~:@/+-]+|[A-Za-z0-9._-]+@[A-Za-z0-9.-]+:[A-Za-z0-9._~/+-]+)?$',
      hint: 'the URL of a Git repository, such as https://github.com/acme/orders',
      when: controlled,
      placeholder: 'https://github.com/acme/orders',
      label: 'Repository',
    }),
    'gitops.revision': text('main', {
      pattern: '^[A-Za-z0-9_][A-Za-z0-9_./-]*$',
      hint: 'a branch, refs/tags/… or a full commit',
      maxLength: 200,
      required: true,
      when: controlled,
      label: 'Revision',
    }),
    'gitops.path': text('', {
      pattern: '^([A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*)*)?$',
      hint: 'a relative path without dots in front',
      maxLength: 400,
      when: controlled,
      placeholder: 'services/orders',
      label: 'Path',
    }),
    'gitops.chartSource': choice('git', { git: 'Repository', oci: 'OCI registry' }, { when: controlled, label: 'Chart from' }),
    'gitops.chartUrl': text('', {
      pattern: '^(oci://[a-z0-9]([-a-z0-9.]*[a-z0-9])?(:[0-9]{1,5})?(/[a-z0-9]+([._-]+[a-z0-9]+)*)+)?$',
      hint: 'oci://, a registry and a path, without the name of the chart',
      when: registry,
      placeholder: 'oci://ghcr.io/acme/charts',
      label: 'Chart registry',
    }),
    'gitops.chartVersion': text('', {
      pattern: '^([0-9]+\\.[0-9]+\\.[0-9]+(-[0-9A-Za-z.-]+)?)?$',
      hint: 'a version such as 1.2.3',
      maxLength: 100,
      when: registry,
      placeholder: '1.0.0',
      label: 'Chart version',
    }),
    'gitops.repoSecret': text('', { ...emptyOr(objectName), when: flux, advanced: true, label: 'Repository Secret' }),
    'gitops.chartSecret': text('', { ...emptyOr(objectName), when: { ...flux, 'gitops.chartSource': 'oci' }, advanced: true, label: 'Registry Secret' }),
    'gitops.controllerNamespace': text('', { ...emptyOr(dnsLabel), when: controlled, advanced: true, label: 'Controller namespace' }),
    'gitops.ownProject': bool(false, { when: argocd, label: 'Own project' }),
    'gitops.project': text('default', { ...dnsLabel, required: true, when: { ...argocd, 'gitops.ownProject': false }, advanced: true, label: 'Project' }),
    'gitops.server': text('https://kubernetes.default.svc', {
      pattern: '^https://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~/-]*)?$',
      hint: 'the https address of a cluster',
      required: true,
      when: argocd,
      advanced: true,
      label: 'Cluster',
    }),
    'gitops.automated': bool(true, { when: argocd, label: 'Automatic sync' }),
    'gitops.selfHeal': bool(false, { when: { ...argocd, 'gitops.automated': true }, advanced: true, label: 'Self-heal' }),
    'gitops.prune': bool(true, { when: controlled, advanced: true, label: 'Prune' }),
    'gitops.drift': choice('warn', { warn: 'Report', enabled: 'Correct', disabled: 'Ignore' }, { when: flux, advanced: true, label: 'Drift' }),
    'gitops.intervalMinutes': int(10, [1, 1440], { when: flux, advanced: true, unit: 'minutes', label: 'Interval' }),
    'gitops.timeoutMinutes': int(10, [1, 120], { when: flux, advanced: true, unit: 'minutes', label: 'Timeout' }),
    'gitops.overlays': list(['staging', 'production'], { ...dnsLabel, when: { ...onKubernetes, 'gitops.tool': 'kustomize' }, label: 'Overlays' }),
    'gitops.createNamespace': bool(true, { when: delivered, label: 'Namespace' }),
    'gitops.defaultDeny': bool(true, { when: { ...delivered, 'networkPolicy.enabled': true }, label: 'Deny by default' }),
    'gitops.quota': bool(false, { when: delivered, label: 'Quota' }),
  },
})
