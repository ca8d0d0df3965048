import { defaults, fieldAt, type Config, type Path } from '../config/index.ts'
import { helpOf } from '../config/help/index.ts'
import { runsOn, runsOnVm } from './platform.ts'

/** A name that the workflows expect in the repository's settings or in those of its environment. */
export interface RepositoryName {
  readonly name: string
  /** What it holds, as the README says it. */
  readonly what: string
  /** Whether a deployment can do without. */
  readonly optional?: boolean
}

/** A text about the cluster: typed in the configuration or, where that is empty, kept in a variable of the repository. */
export interface ClusterSetting extends RepositoryName {
  readonly path: Path
  /** What was typed; empty where the variable holds it. */
  readonly value: string
}

type Access = Exclude<Config['workflows.clusterAccess'], 'kubeconfig'>
type ClusterPath = Extract<Path, `workflows.${Access}.${string}`>

const clusterPaths: Readonly<Record<Access, readonly ClusterPath[]>> = {
  eks: ['workflows.eks.cluster', 'workflows.eks.region', 'workflows.eks.roleArn'],
  gke: [
    'workflows.gke.cluster',
    'workflows.gke.location',
    'workflows.gke.project',
    'workflows.gke.workloadIdentityProvider',
    'workflows.gke.serviceAccount',
  ],
  aks: [
    'workflows.aks.cluster',
    'workflows.aks.resourceGroup',
    'workflows.aks.clientId',
    'workflows.aks.tenantId',
    'workflows.aks.subscriptionId',
  ],
}

/** How the deploy workflow gets into the cluster; what nobody declared is a kubeconfig. */
export const clusterAccessOf = (config: Config): Access | 'kubeconfig' =>
  Object.hasOwn(clusterPaths, config['workflows.clusterAccess'])
    ? config['workflows.clusterAccess']
    : 'kubeconfig'

/** What the deploy workflow must know about the cluster; the name of each variable is its field's placeholder. */
export function clusterSettingsOf(config: Config): readonly ClusterSetting[] {
  const access = clusterAccessOf(config)
  if (access === 'kubeconfig' || !deploysByHelm(config)) return []
  return clusterPaths[access].map((path) => ({
    path,
    name: fieldAt(path).placeholder ?? '',
    what: asPhrase(helpOf(path)),
    value: config[path],
    ...(path === 'workflows.gke.serviceAccount' ? { optional: true } : {}),
  }))
}

/** A sentence as it stands in a table. */
const asPhrase = (sentence: string): string =>
  sentence.replace(/^[A-Z]/, (letter) => letter.toLowerCase()).replace(/\.$/, '')

const works = (config: Config): boolean =>
  config['workflows.enabled'] && config['target.platforms'].length > 0
const worksForCluster = (config: Config): boolean => works(config) && runsOn(config, 'kubernetes')

/** Whether a workflow runs helm. What the repository delivers has one master, and that is not helm. */
export const deploysByHelm = (config: Config): boolean =>
  worksForCluster(config) && config['gitops.tool'] === 'none'

/** Whether a workflow proposes releases as commits instead. */
export const proposesReleases = (config: Config): boolean =>
  worksForCluster(config) && config['gitops.tool'] !== 'none'

export const buildsImage = (config: Config): boolean => works(config) && config['workflows.build']
export const publishesChart = (config: Config): boolean =>
  worksForCluster(config) && config['workflows.publishChart']

/** Whether the image is the template's own, which only its project can push. */
export const runsTemplate = (config: Config): boolean =>
  config['image.registry'] === defaults['image.registry'] &&
  config['image.repository'] === defaults['image.repository']

const hub = 'docker.io'

/** The image without tag or digest, registry included. */
export const imageNameOf = (config: Config): string =>
  `${config['image.registry'] || hub}/${config['image.repository']}`

/** The registry and path that charts are pushed under. Docker Hub has no path below an account, and another name for charts. */
export function chartRegistryOf(config: Config): string {
  if (config['workflows.chartRegistry']) return config['workflows.chartRegistry']
  const owner = config['image.repository'].split('/').slice(0, -1)
  const registry = config['image.registry'] || hub
  return registry === hub
    ? ['registry-1.docker.io', ...owner].join('/')
    : [registry, ...owner, 'charts'].join('/')
}

/** A registry that takes the token which GitHub gives to each job. */
export const takesJobToken = (name: string): boolean => name.split('/')[0] === 'ghcr.io'

const pushesElsewhere = (config: Config): boolean =>
  (buildsImage(config) && !takesJobToken(imageNameOf(config))) ||
  (publishesChart(config) && !takesJobToken(chartRegistryOf(config)))

/** The secrets of the environment, in the order in which they are asked for. */
export const workflowSecretsOf = (config: Config): readonly RepositoryName[] => [
  ...(deploysByHelm(config) && clusterAccessOf(config) === 'kubeconfig'
    ? [
        {
          name: 'KUBE_CONFIG',
          what: 'a kubeconfig whose account manages this namespace and nothing else',
        },
      ]
    : []),
  ...(works(config) && runsOnVm(config) ? machineSecrets : []),
  ...(pushesElsewhere(config)
    ? [
        { name: 'REGISTRY_USERNAME', what: 'the user who may push to the registry' },
        { name: 'REGISTRY_PASSWORD', what: "that user's token, good for pushing and nothing else" },
      ]
    : []),
]

const machineSecrets: readonly RepositoryName[] = [
  { name: 'DEPLOY_HOST', what: 'name or address of the machine' },
  { name: 'DEPLOY_USER', what: 'the user who may use Docker there' },
  { name: 'DEPLOY_SSH_KEY', what: 'a private key of that user, made for this purpose' },
  {
    name: 'DEPLOY_KNOWN_HOSTS',
    what: "the machine's public keys, as `ssh-keyscan` prints them and you have compared them",
  },
  { name: 'DEPLOY_PORT', what: 'only when it is not 22', optional: true },
]

/** Whether a job runs in the environment: to deploy, or to read a secret. */
export const usesEnvironment = (config: Config): boolean =>
  deploysByHelm(config) || (works(config) && runsOnVm(config)) || workflowSecretsOf(config).length > 0

/** The variables of the environment: what the configuration leaves open about the cluster. */
export const workflowVariablesOf = (config: Config): readonly RepositoryName[] =>
  clusterSettingsOf(config).filter(({ value }) => value === '')

/** Where the service answers from outside, for a look after each deployment; undefined where nobody asked for one or no host is exact. */
export function publicReadinessOf(config: Config): string | undefined {
  const host = config['public.hosts'].find((one) => !one.startsWith('*'))
  if (!config['workflows.publicSmoke'] || host === undefined) return undefined
  const scheme = config['public.tls'] === 'none' ? 'http' : 'https'
  return `${scheme}://${host}${config['app.readinessCheckPath']}`
}
