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
      { when: onKubernetes, label: 'Delivered by', help: 'Argo CD and Flux install the chart; Kustomize gets manifests without Helm, the migration apart.' },
    ),
    'gitops.repoUrl': text('', {
      pattern: '^((https|ssh)://[A-Za-z0-9._~:@/+-]+|[A-Za-z0-9._-]+@[A-Za-z0-9.-]+:[A-Za-z0-9._~/+-]+)?$',
      hint: 'the URL of a Git repository, such as https://github.com/acme/orders',
      when: controlled,
      placeholder: 'https://github.com/acme/orders',
      label: 'Repository',
      help: 'The Git repository that this bundle is committed to.',
    }),
    'gitops.revision': text('main', {
      pattern: '^[A-Za-z0-9_][A-Za-z0-9_./-]*$',
      hint: 'a branch, refs/tags/… or a full commit',
      maxLength: 200,
      required: true,
      when: controlled,
      label: 'Revision',
      help: 'The branch that is followed; refs/tags/v1 names a tag, 40 hexadecimal digits a commit.',
    }),
    'gitops.path': text('', {
      pattern: '^([A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*)*)?$',
      hint: 'a relative path without dots in front',
      maxLength: 400,
      when: controlled,
      placeholder: 'services/orders',
      label: 'Path',
      help: 'Where in the repository the bundle lies; empty means at the top.',
    }),
    'gitops.chartSource': choice('git', { git: 'Repository', oci: 'OCI registry' }, { when: controlled, label: 'Chart from', help: 'The chart of this bundle in the repository, or the one that you pushed to a registry.' }),
    'gitops.chartUrl': text('', {
      pattern: '^(oci://[a-z0-9]([-a-z0-9.]*[a-z0-9])?(:[0-9]{1,5})?(/[a-z0-9]+([._-]+[a-z0-9]+)*)+)?$',
      hint: 'oci://, a registry and a path, without the name of the chart',
      when: registry,
      placeholder: 'oci://ghcr.io/acme/charts',
      label: 'Chart registry',
      help: 'Where helm push put the chart; empty takes the place that the publishing workflow uses.',
    }),
    'gitops.chartVersion': text('', {
      pattern: '^([0-9]+\\.[0-9]+\\.[0-9]+(-[0-9A-Za-z.-]+)?)?$',
      hint: 'a version such as 1.2.3',
      maxLength: 100,
      when: registry,
      placeholder: '1.0.0',
      label: 'Chart version',
      help: 'The version that was pushed; empty takes the one in chart/Chart.yaml.',
    }),
    'gitops.repoSecret': text('', { ...emptyOr(objectName), when: flux, advanced: true, label: 'Repository Secret', help: "The Secret in Flux's namespace with the credentials of a private repository." }),
    'gitops.chartSecret': text('', { ...emptyOr(objectName), when: { ...flux, 'gitops.chartSource': 'oci' }, advanced: true, label: 'Registry Secret', help: "The Secret in Flux's namespace with the credentials of a private registry." }),
    'gitops.controllerNamespace': text('', { ...emptyOr(dnsLabel), when: controlled, advanced: true, label: 'Controller namespace', help: 'Where the controller looks for its objects; empty means argocd or flux-system.' }),
    'gitops.ownProject': bool(false, { when: argocd, label: 'Own project', help: 'Adds an AppProject that allows this repository and these namespaces only.' }),
    'gitops.project': text('default', { ...dnsLabel, required: true, when: { ...argocd, 'gitops.ownProject': false }, advanced: true, label: 'Project', help: 'The AppProject that the application belongs to.' }),
    'gitops.server': text('https://kubernetes.default.svc', {
      pattern: '^https://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~/-]*)?$',
      hint: 'the https address of a cluster',
      required: true,
      when: argocd,
      advanced: true,
      label: 'Cluster',
      help: 'The API server that Argo CD installs into; the default is its own cluster.',
    }),
    'gitops.automated': bool(true, { when: argocd, label: 'Automatic sync', help: 'Installs each commit by itself; else somebody presses Sync.' }),
    'gitops.selfHeal': bool(false, { when: { ...argocd, 'gitops.automated': true }, advanced: true, label: 'Self-heal', help: 'Sets back at once whatever somebody changes in the cluster, emergencies included.' }),
    'gitops.prune': bool(true, { when: controlled, advanced: true, label: 'Prune', help: 'What a commit no longer holds is deleted from the cluster; the namespace never is.' }),
    'gitops.drift': choice('warn', { warn: 'Report', enabled: 'Correct', disabled: 'Ignore' }, { when: flux, advanced: true, label: 'Drift', help: 'What Flux does about changes that somebody makes in the cluster.' }),
    'gitops.intervalMinutes': int(10, [1, 1440], { when: flux, advanced: true, unit: 'minutes', label: 'Interval', help: 'How often Flux looks for new commits.' }),
    'gitops.timeoutMinutes': int(10, [1, 120], { when: flux, advanced: true, unit: 'minutes', label: 'Timeout', help: 'How long Flux waits for the migration and the pods before it goes back.' }),
    'gitops.overlays': list(['staging', 'production'], { ...dnsLabel, when: { ...onKubernetes, 'gitops.tool': 'kustomize' }, label: 'Overlays', help: 'Environments with an image of their own, each on a cluster of its own.' }),
    'gitops.createNamespace': bool(true, { when: delivered, label: 'Namespace', help: 'Adds the namespace, in which only pods of the restricted Pod Security Standard start.' }),
    'gitops.defaultDeny': bool(true, { when: { ...delivered, 'networkPolicy.enabled': true }, label: 'Deny by default', help: 'Cuts off every pod of the namespace that no network policy allows anything.' }),
    'gitops.quota': bool(false, { when: delivered, label: 'Quota', help: 'Adds a ResourceQuota and a LimitRange with room for a rollout at full scale.' }),
  },
})
