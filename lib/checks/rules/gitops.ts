import { chartUrlOf, deniesByDefault, gitopsTool, hasController, isShared, migratesApart, proposesReleases } from '../../plan/index.ts'
import type { Config } from '../../config/index.ts'
import type { Rule } from '../rule.ts'
import { all, on, type When } from '../when.ts'
import { count } from '../words.ts'

const toolNames: Readonly<Record<Config['gitops.tool'], string>> = { none: 'nobody', argocd: 'Argo CD', flux: 'Flux', kustomize: 'Kustomize' }
const nameOf = (config: Config): string => toolNames[gitopsTool(config)]

const delivered: When = (config) => gitopsTool(config) !== 'none'
const by =
  (tool: Config['gitops.tool']): When =>
  (config) =>
    gitopsTool(config) === tool

const repository: Rule = {
  id: 'gitops-repository',
  severity: 'error',
  demand: 'The controller knows its repository',
  applies: hasController,
  check: (config) =>
    config['gitops.repoUrl'] === ''
      ? {
          path: 'gitops.repoUrl',
          title: 'No repository',
          message: `${nameOf(config)} has nothing to install from: give the URL of the repository that holds this bundle.`,
          fix: { label: 'Turn GitOps off', patch: { 'gitops.tool': 'none' } },
        }
      : undefined,
}

const registry: Rule = {
  id: 'gitops-registry',
  severity: 'error',
  demand: 'The chart has a registry',
  applies: all(hasController, (config) => config['gitops.chartSource'] === 'oci'),
  check: (config) =>
    chartUrlOf(config) === ''
      ? {
          path: 'gitops.chartUrl',
          title: 'No chart registry',
          message: `${nameOf(config)} is to take the chart from a registry, and none is named.`,
          fix: { label: 'Take it from the repository', patch: { 'gitops.chartSource': 'git' } },
        }
      : undefined,
}

const namespace: Rule = {
  id: 'gitops-namespace',
  severity: 'error',
  demand: 'The limits of the namespace meet this service alone',
  applies: all(delivered, (config) => config['gitops.createNamespace'] || config['gitops.quota'] || deniesByDefault(config)),
  check: (config) =>
    (['release.namespace', 'namespaceOverride'] as const)
      .filter((path) => isShared(config, config[path]))
      .map((path) => {
        const instead = [config['release.name'], 'chassis', 'service'].find((name) => !isShared(config, name)) ?? 'service'
        return {
          path,
          title: 'Namespace of others',
          message: `In ${config[path]} run others too, and the labels, policies and quotas of gitops/prepare would stop their pods.`,
          fix: { label: `Use ${instead}`, patch: { [path]: instead } },
        }
      }),
}

const nameTaken: Rule = {
  id: 'gitops-name-taken',
  severity: 'error',
  demand: "No object of the controller's own is replaced",
  applies: hasController,
  check: (config) => {
    const name = config['release.name']
    const taken = gitopsTool(config) === 'flux' ? name === 'flux-system' : name === 'default' && config['gitops.ownProject']
    return taken
      ? {
          path: 'release.name',
          title: 'Name is taken',
          message: `${nameOf(config)} has ${gitopsTool(config) === 'flux' ? 'a source' : 'a project'} of its own called ${name}, which this would replace.`,
          fix: { label: 'Use chassis', patch: { 'release.name': 'chassis' } },
        }
      : undefined
  },
}

const proposal: Rule = {
  id: 'gitops-release-digest',
  severity: 'info',
  demand: 'A release replaces one digest by another',
  applies: proposesReleases,
  check: (config) =>
    config['image.digest'] === ''
      ? {
          path: 'image.digest',
          title: 'No digest to replace',
          message: 'The workflow that proposes releases puts the digest of the new image where the present one stands, and there is none yet.',
        }
      : undefined,
}

const deadline: Rule = {
  id: 'gitops-deadline',
  severity: 'warning',
  demand: 'The migration ends before Flux gives up',
  applies: all(by('flux'), on('migrations.enabled'), (config) => migratesApart(config, 'kubernetes')),
  check: (config) => {
    const [allowed, timeout] = [config['migrations.activeDeadlineSeconds'], config['gitops.timeoutMinutes'] * 60]
    return allowed < timeout
      ? undefined
      : {
          path: 'gitops.timeoutMinutes',
          title: 'Flux gives up first',
          message: `The migration may take ${allowed} s, but Flux waits ${count(config['gitops.timeoutMinutes'], 'minute')} and then goes back while it still runs.`,
          fix: { label: `Let it take ${timeout - 30} s`, patch: { 'migrations.activeDeadlineSeconds': timeout - 30 } },
        }
  },
}

export const gitopsRules: readonly Rule[] = [repository, registry, namespace, nameTaken, proposal, deadline]
