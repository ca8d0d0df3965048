import { Document, isMap, isScalar, isSeq, visit } from 'yaml'
import type { Config } from '../../config/index.ts'
import { actionsText } from '../../text/expressions.ts'
import { actions } from './actions.ts'
import { imageChoice, type Step } from './steps.ts'

type Right = 'contents' | 'packages' | 'id-token' | 'attestations'

export interface Job {
  readonly name: string
  readonly needs?: string
  /** Whether it runs in the environment, whose secrets it then sees and whose reviewers it waits for. */
  readonly inEnvironment: boolean
  /** What its token may do; nothing else. */
  readonly permissions: Readonly<Partial<Record<Right, 'read' | 'write'>>>
  /** Texts for all its steps; no secrets. */
  readonly env: Readonly<Record<string, string>>
  /** Expressions by their names. */
  readonly outputs?: Readonly<Record<string, string>>
  readonly steps: readonly Step[]
}

export interface Workflow {
  readonly name: string
  readonly heading: string
  readonly on: Readonly<Record<string, unknown>>
  /** Runs of one group wait for each other; an expression or escaped text. */
  readonly group: string
  readonly jobs: Readonly<Record<string, Job>>
}

export interface Deployment extends Pick<Workflow, 'name' | 'heading'>, Pick<Job, 'env' | 'steps'> {
  /** Deployments to one of these wait for each other. */
  readonly platform: 'kubernetes' | 'machine'
  readonly permissions?: Job['permissions']
}

/** A workflow in which nothing has a right that it was not given, and nothing runs for ever. */
export function workflowFile(config: Config, { name, heading, on, group, jobs }: Workflow): string {
  const document = new Document(
    {
      name,
      on,
      permissions: {},
      concurrency: { group, 'cancel-in-progress': false },
      jobs: Object.fromEntries(Object.entries(jobs).map(([id, job]) => [id, laidOut(config, job)])),
    },
    { version: '1.2', compat: 'yaml-1.1', aliasDuplicateObjects: false } as never,
  )
  lay(document)
  return `${heading.replace(/^/gm, '# ')}\n${document.toString({ lineWidth: 0, flowCollectionPadding: false })}`
}

/** A workflow that a person starts to deploy one image to one place, one deployment at a time. */
export const deploymentFile = (
  config: Config,
  { name, heading, platform, env, steps, permissions = {} }: Deployment,
): string =>
  workflowFile(config, {
    name,
    heading,
    on: { workflow_dispatch: { inputs: imageChoice } },
    group: actionsText(
      `deploy-${config['release.name']}-${config['workflows.environment']}-${platform}`,
    ),
    jobs: {
      deploy: {
        name: 'Deploy',
        inEnvironment: true,
        permissions: { contents: 'read', ...permissions },
        env,
        steps,
      },
    },
  })

const laidOut = (config: Config, job: Job): Readonly<Record<string, unknown>> => ({
  name: job.name,
  ...(job.needs ? { needs: job.needs } : {}),
  'runs-on': actionsText(config['workflows.runner']),
  'timeout-minutes': config['workflows.timeoutMinutes'],
  ...(job.inEnvironment ? { environment: actionsText(config['workflows.environment']) } : {}),
  permissions: job.permissions,
  defaults: { run: { shell: 'bash' } },
  env: Object.fromEntries(Object.entries(job.env).map(([key, value]) => [key, actionsText(value)])),
  ...(job.outputs ? { outputs: job.outputs } : {}),
  steps: job.steps,
})

/** Why a job has a right beyond reading the repository. */
const reasons: Readonly<Record<string, string>> = {
  'contents: write': ' pushes a branch of its own',
  'packages: write': ' pushes to the registry of this account',
  'id-token: write': ' proves to others which repository and environment this is',
  'attestations: write': ' keeps the signed provenance with the repository',
}

/** Empty lines between the parts, the version behind each pinned action, and the reason behind each right. */
function lay(document: Document): void {
  const versions = new Map<unknown, string>(
    Object.values(actions).map(({ uses, version }) => [uses, version]),
  )
  if (isMap(document.contents))
    document.contents.items.slice(1).forEach(({ key }) => isScalar(key) && (key.spaceBefore = true))
  visit(document, {
    Pair: (_, { key, value }) => {
      if (!isScalar(key)) return
      if (key.value === 'jobs' && isMap(value))
        value.items.slice(1).forEach(({ key }) => isScalar(key) && (key.spaceBefore = true))
      if (key.value === 'steps' && isSeq(value))
        value.items.forEach((step, at) => isMap(step) && (step.spaceBefore = at > 0))
      if (key.value === 'uses' && isScalar(value)) {
        const version = versions.get(value.value)
        if (version) value.comment = ` ${version}`
      }
      if (key.value === 'permissions' && isMap(value))
        for (const { key: right, value: level } of value.items)
          if (isScalar(right) && isScalar(level)) {
            const reason = reasons[`${right.value}: ${level.value}`]
            if (reason) level.comment = reason
          }
    },
  })
}
