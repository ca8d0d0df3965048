import {
  buildsImage,
  chartRegistryOf,
  clusterSettingsOf,
  deploysByHelm,
  imageNameOf,
  publicReadinessOf,
  publishesChart,
  runsTemplate,
  takesJobToken,
} from '../../plan/index.ts'
import type { Rule } from '../rule.ts'
import { all, on, onKubernetes } from '../when.ts'
import { listed } from '../words.ts'

const storedKey: Rule = {
  id: 'cluster-kubeconfig',
  severity: 'info',
  demand: 'The workflow holds no lasting key of the cluster',
  applies: deploysByHelm,
  check: (config) =>
    config['workflows.clusterAccess'] === 'kubeconfig'
      ? {
          path: 'workflows.clusterAccess',
          title: 'Lasting key',
          message:
            'A kubeconfig in the environment stays good until somebody replaces it; EKS, GKE and AKS trust GitHub for one job at a time.',
        }
      : undefined,
}

const leftToVariables: Rule = {
  id: 'cluster-variables',
  severity: 'info',
  demand: 'The workflow knows its cluster',
  applies: (config) => clusterSettingsOf(config).length > 0,
  check: (config) => {
    const left = clusterSettingsOf(config).filter(({ value, optional }) => value === '' && !optional)
    const [first] = left
    return first === undefined
      ? undefined
      : {
          path: first.path,
          title: 'Kept as variables',
          message: `The workflow stops unless the environment ${config['workflows.environment']} has ${left.length === 1 ? 'the variable' : 'the variables'} ${listed(left.map(({ name }) => name))}; or type them here.`,
        }
  },
}

const templateBuilt: Rule = {
  id: 'build-template',
  severity: 'warning',
  demand: 'The built image has a place of its own',
  applies: buildsImage,
  check: (config) =>
    runsTemplate(config)
      ? {
          path: 'image.repository',
          title: "The template's place",
          message: `Only the project itself can push to ${imageNameOf(config)}; put the repository of your own image.`,
        }
      : undefined,
}

const otherArchitecture: Rule = {
  id: 'build-architecture',
  severity: 'error',
  demand: 'The image is built for the nodes that run it',
  applies: all(onKubernetes, buildsImage),
  check: (config) =>
    config.nodeSelector['kubernetes.io/arch'] === 'arm64' && !config['workflows.arm64']
      ? {
          path: 'workflows.arm64',
          title: 'Wrong architecture',
          message: 'The node selector asks for arm64, and an image for amd64 alone does not start there.',
          fix: { label: 'Build for arm64 too', patch: { 'workflows.arm64': true } },
        }
      : undefined,
}

const oneLogin: Rule = {
  id: 'registries-differ',
  severity: 'warning',
  demand: 'One sign-in is good for image and chart',
  applies: all(buildsImage, publishesChart),
  check: (config) => {
    const [image, chart] = [imageNameOf(config), chartRegistryOf(config)].map(hostOf)
    return image !== chart && !takesJobToken(image ?? '') && !takesJobToken(chart ?? '')
      ? {
          path: 'workflows.chartRegistry',
          title: 'Two registries',
          message: `REGISTRY_USERNAME and REGISTRY_PASSWORD are used for both ${image} and ${chart}; let the chart go where the image goes.`,
          fix: { label: 'Beside the image', patch: { 'workflows.chartRegistry': '' } },
        }
      : undefined
  },
}

/** Docker Hub has one name for images and another for charts. */
const hostOf = (name: string): string =>
  (name.split('/')[0] as string).replace('registry-1.docker.io', 'docker.io')

const nothingToAsk: Rule = {
  id: 'public-smoke-no-host',
  severity: 'warning',
  demand: 'The look from outside has a host to ask',
  applies: all(deploysByHelm, on('workflows.publicSmoke')),
  check: (config) =>
    publicReadinessOf(config) === undefined
      ? {
          path: 'workflows.publicSmoke',
          title: 'No host to ask',
          message: 'No public host is named exactly, so nothing is asked from outside after a deployment.',
          fix: { label: 'Turn it off', patch: { 'workflows.publicSmoke': false } },
        }
      : undefined,
}

/** Rules about building, publishing, and getting into the cluster. */
export const workflowRules: readonly Rule[] = [
  otherArchitecture,
  templateBuilt,
  oneLogin,
  nothingToAsk,
  storedKey,
  leftToVariables,
]
