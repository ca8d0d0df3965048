import type { Config } from '../../config/index.ts'
import {
  backupOf,
  buildsImage,
  deploysByHelm,
  proposesReleases,
  clusterSecretsOf,
  deliversSecrets,
  gitopsPaths,
  gitopsTool,
  hasPreparation,
  secretPaths,
  secretsModeOf,
  sopsTemplateOf,
  envFileOf,
  machinePaths,
  machineSecretsOf,
  proxyFilesOf,
  publishesChart,
  runsOn,
  runsOnVm,
  scrapeOf,
  secretsOf,
  unitOf,
} from '../../plan/index.ts'

/** A file or, with a slash at the end, a folder of the bundle, and what it is for. */
export interface Described {
  readonly path: string
  readonly what: string
}

const workflowsWhat = (config: Config): string =>
  [
    ...(buildsImage(config) ? ['build the image when a version is tagged'] : []),
    ...(publishesChart(config) ? ['publish the chart'] : []),
    ...(proposesReleases(config) ? ['propose a release as a branch'] : []),
    ...(deploysByHelm(config) || runsOnVm(config) ? ['deploy when somebody starts them'] : []),
  ].join(', ')

const gitopsFiles = (config: Config): readonly Described[] => [
  ...(hasPreparation(config) ? [{ path: `${gitopsPaths.prepare}/`, what: 'what must be there before the release' }] : []),
  ...{
    none: [],
    argocd: [{ path: `${gitopsPaths.argocd}/`, what: "Argo CD's objects" }],
    flux: [{ path: `${gitopsPaths.flux}/`, what: "Flux's objects" }],
    kustomize: [{ path: `${gitopsPaths.kustomize}/`, what: 'the release without Helm, the migration apart; images of the overlays are yours to change' }],
  }[gitopsTool(config)],
]

const secretFiles = (config: Config): readonly Described[] => [
  ...{
    existing: [],
    eso: [{ path: secretPaths.external, what: 'which entries of the store become which Secret' }],
    sealed: [{ path: secretPaths.sealedTemplate, what: 'the shape of the sealed Secrets, without values' }],
    sops: [
      { path: secretPaths.sopsRules, what: 'how sops encrypts' },
      { path: secretPaths.ignore, what: 'keeps plain Secrets out of the repository' },
      ...clusterSecretsOf(config).map((_, at) => ({ path: sopsTemplateOf(at), what: 'the shape of a Secret, without values' })),
    ],
  }[secretsModeOf(config)],
  ...(deliversSecrets(config) ? [{ path: secretPaths.kustomization, what: 'brings the Secrets into the cluster with the namespace' }] : []),
]

const backupFiles = (config: Config): readonly Described[] => {
  const backups = (['compose', 'container'] as const).flatMap((platform) => backupOf(config, platform) ?? [])
  return [
    ...[...new Set(backups.map(({ script }) => script))].map((path) => ({ path, what: 'dumps the database, in a container beside the service' })),
    ...backups.map(({ restore }) => ({ path: restore, what: 'lists, saves and restores the dumps' })),
  ]
}

/** What the bundle holds, a sentence each. A test compares the list with the bundle. */
export const describedFiles = (config: Config): readonly Described[] => [
  {
    path: 'CHECKLIST.md',
    what: 'what is met before production, what is open, and what only a person can do',
  },
  ...(runsOn(config, 'kubernetes')
    ? [
        { path: 'chart/', what: 'the Helm chart' },
        { path: 'deploy/values.yaml', what: "what this deployment changes of the chart's values" },
        { path: 'manifests/', what: 'what Helm makes of both, to be read and reviewed' },
      ]
    : []),
  ...gitopsFiles(config),
  ...secretFiles(config),
  ...(runsOn(config, 'compose') ? [{ path: machinePaths.compose, what: 'the stack' }] : []),
  ...proxyFilesOf(config, 'compose').map((path) => ({
    path,
    what: 'the reverse proxy of the stack',
  })),
  ...proxyFilesOf(config, 'container').map((path) => ({
    path,
    what: 'for the reverse proxy on the machine',
  })),
  ...(runsOn(config, 'compose')
    ? [
        {
          path: machinePaths.deployCompose,
          what: 'deploys the stack on the machine, and rolls back',
        },
      ]
    : []),
  ...backupFiles(config),
  ...(runsOn(config, 'container') && config['vm.systemd']
    ? [{ path: unitOf(config), what: 'lets systemd keep the container running' }]
    : []),
  ...(runsOn(config, 'container')
    ? [
        {
          path: machinePaths.dockerRun,
          what: 'runs or replaces the container on the machine, and rolls back',
        },
      ]
    : []),
  ...(runsOn(config, 'compose')
    ? [
        {
          path: envFileOf(config, 'compose'),
          what: 'the environment of the application, without secrets',
        },
      ]
    : []),
  ...(runsOn(config, 'container') &&
  envFileOf(config, 'container') !== (runsOn(config, 'compose') ? envFileOf(config, 'compose') : '')
    ? [
        {
          path: envFileOf(config, 'container'),
          what: 'the environment of the single container, without secrets',
        },
      ]
    : []),
  ...(scrapeOf(config)
    ? [
        { path: machinePaths.prometheus, what: 'how Prometheus scrapes the machine' },
        { path: machinePaths.alerts, what: 'alerts for that Prometheus' },
        { path: machinePaths.dashboard, what: 'a dashboard to import into Grafana' },
      ]
    : []),
  ...(runsOnVm(config) && secretsOf(config, 'compose').length > 0
    ? [{ path: machinePaths.secretsExample, what: 'the names of the secret values' }]
    : []),
  ...(runsOnVm(config) && machineSecretsOf(config).length > 0
    ? [
        { path: machinePaths.createSecrets, what: 'makes the secret values on the machine' },
        { path: machinePaths.secretsIgnore, what: 'keeps secret values out of the repository' },
      ]
    : []),
  ...(config['workflows.enabled'] && config['target.platforms'].length > 0
    ? [
        { path: '.github/workflows/', what: workflowsWhat(config) },
        { path: '.github/dependabot.yml', what: 'keeps the actions in them fresh' },
      ]
    : []),
  { path: 'deploy.config.yaml', what: 'the configuration that all of this was made from' },
  { path: 'deploy/config.schema.json', what: 'what that file may hold, for editors' },
]
