import type { Config } from '../../config/index.ts'
import {
  buildsImage,
  chartRegistryOf,
  clusterAccessOf,
  deploysByHelm,
  gitopsTool,
  imageNameOf,
  proposesReleases,
  publishesChart,
  runsOnVm,
  usesEnvironment,
  workflowSecretsOf,
  workflowVariablesOf,
  type RepositoryName,
} from '../../plan/index.ts'
import { markdownBlock, markdownCode } from '../../text/markdown.ts'
import { shellCommand } from '../../text/shell.ts'

/** What the workflows need in the repository's settings, and how to start them. */
export function workflowsSection(config: Config): readonly string[] {
  if (!config['workflows.enabled']) return []
  const [secrets, variables] = [workflowSecretsOf(config), workflowVariablesOf(config)]
  return [
    '## GitHub Actions',
    ...(usesEnvironment(config)
      ? [
          `Create the environment ${markdownCode(config['workflows.environment'])} in the repository's settings, with reviewers${listed(secrets, variables)}${
            deploysByHelm(config) || runsOnVm(config)
              ? ', then start a workflow by hand in the Actions tab. A tag or digest may be given there; without one the configured image runs.'
              : '.'
          }`,
        ]
      : []),
    ...table('secret', secrets),
    ...table('variable', variables),
    ...trust(config),
    ...(runsOnVm(config)
      ? [
          'Secret values of the application are not among them: they are made on the machine, by its script, before the first run.',
        ]
      : []),
    ...(deploysByHelm(config)
      ? [
          'Secrets of the application are not among them: they are made in the cluster, by the commands above, before the first run.',
        ]
      : []),
    ...building(config),
    ...publishing(config),
    ...proposing(config),
  ]
}

const listed = (
  secrets: readonly RepositoryName[],
  variables: readonly RepositoryName[],
): string => {
  const kinds = [
    ...(secrets.length > 0 ? ['secrets'] : []),
    ...(variables.length > 0 ? ['variables'] : []),
  ]
  return kinds.length > 0 ? ` and with these ${kinds.join(' and ')}` : ''
}

const table = (kind: string, rows: readonly RepositoryName[]): readonly string[] =>
  rows.length > 0
    ? [
        [
          `| ${kind} | what it is |`,
          '|---|---|',
          ...rows.map(
            ({ name, what, optional }) =>
              `| \`${name}\` | ${what}${optional && !what.startsWith('only') ? ' (may be missing)' : ''} |`,
          ),
        ].join('\n'),
      ]
    : []

/** What the cloud must be told once, so that it believes this environment and nothing else. */
function trust(config: Config): readonly string[] {
  if (!deploysByHelm(config)) return []
  const subject = markdownCode(
    `repo:OWNER/REPOSITORY:environment:${config['workflows.environment']}`,
  )
  const rights = 'It may manage this namespace, its port-forwards included, and nothing else.'
  switch (clusterAccessOf(config)) {
    case 'kubeconfig':
      return [
        'A kubeconfig is a key that stays good until somebody replaces it; on EKS, GKE and AKS the job can do without one.',
      ]
    case 'eks':
      return [
        `The role trusts the provider \`token.actions.githubusercontent.com\` for the audience \`sts.amazonaws.com\` and exactly the subject ${subject}. It needs \`eks:DescribeCluster\` and an access entry of the cluster. ${rights}`,
      ]
    case 'gke':
      return [
        `The workload identity provider trusts the issuer \`https://token.actions.githubusercontent.com\` under the condition that \`assertion.sub\` is exactly ${subject}. Its principal needs the role \`container.clusterViewer\` and a RoleBinding. ${rights}`,
      ]
    case 'aks':
      return [
        `The identity has a federated credential with the issuer \`https://token.actions.githubusercontent.com\`, the audience \`api://AzureADTokenExchange\` and exactly the subject ${subject}. It needs the role Azure Kubernetes Service Cluster User and a RoleBinding. ${rights}`,
      ]
  }
}

const building = (config: Config): readonly string[] =>
  buildsImage(config)
    ? [
        '### Build the image',
        `Keep these files in the root of the service's repository, where ${markdownCode(config['workflows.dockerfile'])} is. A tag starts the build:`,
        markdownBlock('sh', ['git tag v1.2.3', 'git push origin v1.2.3']),
        `The image is scanned before it is pushed, and pushed as ${markdownCode(`${imageNameOf(config)}@sha256:…`)}. The digest stands in the summary of the run: ${proposesReleases(config) ? 'propose a release with it' : `give it to the deploy workflow, or put it into ${markdownCode('image.digest')}`}.`,
        ...verification(config, `oci://${imageNameOf(config)}@sha256:DIGEST`),
      ]
    : []

const publishing = (config: Config): readonly string[] =>
  publishesChart(config)
    ? [
        '### Publish the chart',
        `Start its workflow with a new version. Others then install ${markdownCode(`oci://${chartRegistryOf(config)}/chassis`)} with that version and values of their own.`,
        ...verification(config, `oci://${chartRegistryOf(config)}/chassis@sha256:DIGEST`),
      ]
    : []

/** Who installs what was merged. */
const installs: Readonly<Record<Config['gitops.tool'], string>> = {
  none: '',
  argocd: 'merge it, and Argo CD installs it',
  flux: 'merge it, and Flux installs it',
  kustomize: 'merge it, and apply as above',
}

const proposing = (config: Config): readonly string[] =>
  proposesReleases(config)
    ? [
        '### Release an image',
        `No job enters the cluster: it runs what the repository holds. Start the workflow “Propose a release” with the digest of an image. It puts that wherever the present digest stands, as the configurator itself would, and pushes a branch. Open the pull request that its summary links to, ${installs[gitopsTool(config)]}. To go back, revert the commit.`,
        ...(config['image.digest'] === ''
          ? [
              `It needs a digest to replace, and there is none yet: put one into ${markdownCode('image.digest')}.`,
            ]
          : []),
      ]
    : []

const verification = (config: Config, address: string): readonly string[] =>
  config['workflows.attest']
    ? [
        'Anybody who may read it can see which commit it was made of:',
        markdownBlock('sh', [
          shellCommand(['gh', 'attestation', 'verify', address, '--repo', 'OWNER/REPOSITORY']),
        ]),
      ]
    : []
