import type { Config } from '../../config/index.ts'
import {
  chartUrlOf,
  controllerNamespaceOf,
  fullnameOf,
  gitopsPaths,
  gitopsTool,
  hasPreparation,
  migratesApart,
  namespaceOf,
  overlaysOf,
  preparationOf,
  usesSqlite,
} from '../../plan/index.ts'
import { markdownBlock, markdownCode } from '../../text/markdown.ts'
import { shellCommand, shellWord } from '../../text/shell.ts'
import { waitForSecrets } from './cluster-secrets.ts'

/** The third step where Helm is not called by hand. */
export function gitopsSteps(config: Config): readonly string[] {
  switch (gitopsTool(config)) {
    case 'argocd':
      return ['### 3. Hand it over to Argo CD', ...argocd(config)]
    case 'flux':
      return ['### 3. Hand it over to Flux', ...flux(config)]
    default:
      return ['### 3. Apply', ...kustomize(config)]
  }
}

const committed = (config: Config): readonly string[] => [
  `Commit these files to ${markdownCode(config['gitops.repoUrl'])} ${config['gitops.path'] ? `under ${markdownCode(config['gitops.path'])}` : 'at its top'} and push. The cluster follows ${markdownCode(config['gitops.revision'])}: what it holds is what runs.`,
  ...(config['gitops.chartSource'] === 'oci'
    ? ['Push the chart under the version that the files name:', markdownBlock('sh', pushChart(config))]
    : []),
]

const pushChart = (config: Config): readonly string[] => {
  const version = config['gitops.chartVersion']
  return [
    shellCommand(['helm', 'package', './chart', ...(version ? ['--version', version] : [])]),
    `helm push chassis-${version ? shellWord(version) : '*'}.tgz ${shellWord(chartUrlOf(config))}`,
  ]
}

const apply = (path: string): string => shellCommand(['kubectl', 'apply', '--filename', path])

function argocd(config: Config): readonly string[] {
  const controller = ['--namespace', controllerNamespaceOf(config)]
  const first = preparationOf(config)
  const sync = (name: string): readonly string[] => (config['gitops.automated'] ? [] : [shellCommand(['argocd', 'app', 'sync', name])])
  const healthy = (name: string): string =>
    shellCommand(['kubectl', 'wait', ...controller, "--for=jsonpath={.status.health.status}=Healthy", '--timeout=600s', `application/${name}`])
  return [
    ...committed(config),
    ...(hasPreparation(config)
      ? [`${markdownCode(first)} comes first and must be healthy: Argo CD runs the migration before it makes any object of the release, so what the migration needs cannot stand beside it.`]
      : []),
    markdownBlock('sh', [
      ...(config['gitops.ownProject'] ? [apply(`${gitopsPaths.argocd}/project.yaml`)] : []),
      ...(hasPreparation(config) ? [apply(`${gitopsPaths.argocd}/prepare.yaml`), ...sync(first), healthy(first)] : []),
      apply(`${gitopsPaths.argocd}/application.yaml`),
      ...sync(config['release.name']),
      healthy(config['release.name']),
    ]),
  ]
}

const flux = (config: Config): readonly string[] => [
  ...committed(config),
  ...(hasPreparation(config) ? [`The release depends on ${markdownCode(preparationOf(config))}: Flux starts Helm, and with it the migration, only when that is ready.`] : []),
  markdownBlock('sh', [
    shellCommand(['kubectl', 'apply', '--kustomize', gitopsPaths.flux]),
    shellCommand([
      'kubectl',
      'wait',
      '--namespace',
      controllerNamespaceOf(config),
      '--for=condition=Ready',
      `--timeout=${config['gitops.timeoutMinutes'] * 2 + 10}m`,
      `kustomization.kustomize.toolkit.fluxcd.io/${config['release.name']}`,
    ]),
  ]),
]

function kustomize(config: Config): readonly string[] {
  const [overlay] = overlaysOf(config).slice(-1)
  const folder = (part: 'app' | 'migrate'): string =>
    overlay === undefined ? `${gitopsPaths.kustomize}/${part === 'app' ? 'base' : part}` : `${gitopsPaths.kustomize}/overlays/${overlay}/${part}`
  const space = ['--namespace', namespaceOf(config)]
  const job = `${fullnameOf(config)}-migrate`
  const workload = `${usesSqlite(config) ? 'statefulset' : 'deployment'}/${fullnameOf(config)}`
  return [
    ...(overlay === undefined ? [] : [`For ${markdownCode(overlay)}; the other overlays alike. Each is for a cluster of its own: the names are the same in all.`]),
    markdownBlock('sh', [
      ...(hasPreparation(config) ? [shellCommand(['kubectl', 'apply', '--kustomize', gitopsPaths.prepare]), ...waitForSecrets(config)] : []),
      ...(migratesApart(config, 'kubernetes')
        ? [
            shellCommand(['kubectl', 'delete', 'job', ...space, '--ignore-not-found', job]),
            shellCommand(['kubectl', 'apply', '--kustomize', folder('migrate')]),
            shellCommand(['kubectl', 'wait', ...space, '--for=condition=complete', `--timeout=${config['migrations.activeDeadlineSeconds'] + 30}s`, `job/${job}`]),
          ]
        : []),
      shellCommand(['kubectl', 'apply', '--kustomize', folder('app')]),
      shellCommand(['kubectl', 'rollout', 'status', ...space, workload]),
    ]),
    ...(migratesApart(config, 'kubernetes') ? ['Go on only when the migration is complete: a Job cannot run twice, so it is deleted before the next one.'] : []),
  ]
}

/** How to go back where Helm is not called by hand. */
export function gitopsBack(config: Config): readonly string[] {
  const tool = gitopsTool(config)
  const migrates = config['migrations.enabled'] && migratesApart(config, 'kubernetes')
  return [
    tool === 'flux'
      ? 'Flux rolls a release back that does not become ready. To an earlier state, by a commit:'
      : 'The earlier pods serve on until new ones are ready. To an earlier state, by a commit:',
    markdownBlock('sh', ['git revert --no-edit HEAD', 'git push']),
    ...(tool === 'kustomize' ? [`Then apply the application again${migrates ? ', without the migration' : ''}.`] : []),
    ...(tool !== 'kustomize' && migrates
      ? [
          `Where the commit had brought a migration, turn ${markdownCode('migrations.enabled')} off in the same revert: the earlier image does not know the newer revision of the schema, and its migration would fail.`,
        ]
      : []),
  ]
}
