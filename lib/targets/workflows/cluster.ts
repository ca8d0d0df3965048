import type { Config } from '../../config/index.ts'
import { clusterAccessOf, clusterSettingsOf, type ClusterSetting } from '../../plan/index.ts'
import { actionsText } from '../../text/expressions.ts'
import { actions } from './actions.ts'
import { action, always, demand, run, type Step } from './steps.ts'
import type { Job } from './workflow.ts'

/** How a job gets into the cluster, and forgets it afterwards. */
export interface ClusterAccess {
  /** Rights beyond reading the repository. */
  readonly permissions: Job['permissions']
  /** Afterwards `KUBECONFIG` names a file for the steps that follow. */
  readonly enter: readonly Step[]
  readonly leave: Step
}

/** The access that the configuration chose. In the clouds GitHub's own identity is trusted, so no key is stored anywhere. */
export function clusterAccess(config: Config): ClusterAccess {
  const access = clusterAccessOf(config)
  if (access === 'kubeconfig')
    return { permissions: {}, enter: [storedKubeconfig], leave: forget('') }
  const settings = clusterSettingsOf(config)
  return {
    permissions: { 'id-token': 'write' },
    enter: [checkSettings(settings), ...clouds[access](sources(settings))],
    leave: forget(access === 'aks' ? 'az account clear\n' : ''),
  }
}

type Sources = Readonly<Record<string, string>>

/** Where each text comes from, by the name of its variable: the configuration, else the variable. */
const sources = (settings: readonly ClusterSetting[]): Sources =>
  Object.fromEntries(
    settings.map(({ name, value }) => [
      name,
      value === '' ? `\${{ vars.${name} }}` : actionsText(value),
    ]),
  )

const checkSettings = (settings: readonly ClusterSetting[]): Step => {
  const needed = settings.filter(({ optional }) => !optional)
  return run(
    "Check the cluster's settings",
    demand(
      needed.map(({ name }) => name),
      'variable',
    ),
    { env: sources(needed) },
  )
}

const storedKubeconfig = run(
  'Write the kubeconfig',
  `${demand(['KUBE_CONFIG'], 'secret')}umask 077
printf '%s\\n' "$KUBE_CONFIG" > "$RUNNER_TEMP/kubeconfig"
echo "KUBECONFIG=$RUNNER_TEMP/kubeconfig" >> "$GITHUB_ENV"
`,
  { env: { KUBE_CONFIG: '${{ secrets.KUBE_CONFIG }}' } },
)

/** The sources of some variables as the environment of a step. */
const pick = (from: Sources, ...names: readonly string[]): Sources =>
  Object.fromEntries(names.map((name) => [name, from[name] ?? '']))

const eks = (from: Sources): readonly Step[] => [
  action('Sign in to AWS', actions.awsCredentials, {
    'role-to-assume': from.AWS_ROLE_ARN,
    'aws-region': from.AWS_REGION,
    'mask-aws-account-id': true,
  }),
  run(
    'Write the kubeconfig',
    `umask 077
aws eks update-kubeconfig --name "$EKS_CLUSTER" --region "$AWS_REGION" --kubeconfig "$RUNNER_TEMP/kubeconfig"
echo "KUBECONFIG=$RUNNER_TEMP/kubeconfig" >> "$GITHUB_ENV"
`,
    { env: pick(from, 'EKS_CLUSTER', 'AWS_REGION') },
  ),
]

/** The second action writes a kubeconfig with a token of one hour, and sets `KUBECONFIG`. */
const gke = (from: Sources): readonly Step[] => [
  action('Sign in to Google Cloud', actions.googleAuth, {
    project_id: from.GCP_PROJECT,
    workload_identity_provider: from.GCP_WORKLOAD_IDENTITY_PROVIDER,
    service_account: from.GCP_SERVICE_ACCOUNT,
  }),
  action('Write the kubeconfig', actions.gkeCredentials, {
    cluster_name: from.GKE_CLUSTER,
    location: from.GKE_LOCATION,
    project_id: from.GCP_PROJECT,
  }),
]

/** The application id under which every AKS with Entra ID checks tokens. Source: Microsoft's documentation of kubelogin. */
const aksServer = '6dae42f8-4368-4678-94ff-3960e28e3630'

/** A cluster with Entra ID wants kubelogin in its kubeconfig; a token in its place does the same without another download. */
const aks = (from: Sources): readonly Step[] => [
  action('Sign in to Azure', actions.azureLogin, {
    'client-id': from.AZURE_CLIENT_ID,
    'tenant-id': from.AZURE_TENANT_ID,
    'subscription-id': from.AZURE_SUBSCRIPTION_ID,
  }),
  run(
    'Write the kubeconfig',
    `umask 077
az aks get-credentials --resource-group "$AKS_RESOURCE_GROUP" --name "$AKS_CLUSTER" --file "$RUNNER_TEMP/aks" --overwrite-existing
kubectl config view --kubeconfig "$RUNNER_TEMP/aks" --minify --raw --output json > "$RUNNER_TEMP/kubeconfig"
rm -f "$RUNNER_TEMP/aks"
if jq --exit-status '.users[0].user.exec' "$RUNNER_TEMP/kubeconfig" > /dev/null; then
  token=$(az account get-access-token --resource ${aksServer} --query accessToken --output tsv)
  echo "::add-mask::$token"
  TOKEN="$token" jq '.users[0].user = {token: env.TOKEN}' "$RUNNER_TEMP/kubeconfig" > "$RUNNER_TEMP/signed"
  mv "$RUNNER_TEMP/signed" "$RUNNER_TEMP/kubeconfig"
fi
echo "KUBECONFIG=$RUNNER_TEMP/kubeconfig" >> "$GITHUB_ENV"
`,
    { env: pick(from, 'AKS_RESOURCE_GROUP', 'AKS_CLUSTER') },
  ),
]

const clouds = { eks, gke, aks } as const

const forget = (signOut: string): Step =>
  run('Remove the kubeconfig', `rm -f "$RUNNER_TEMP/kubeconfig"\n${signOut}`, { if: always })
