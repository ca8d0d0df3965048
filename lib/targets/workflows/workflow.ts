import { Document, isMap, isScalar, isSeq, visit } from 'yaml'
import type { Config } from '../../config/index.ts'
import { actionsText } from '../../text/expressions.ts'
import { actions, type Action } from './actions.ts'

/** A step as plain data. Expressions stand in `env` and `with` only: what a shell reads holds none. */
export interface Step {
  readonly name: string
  readonly id?: string
  readonly if?: string
  readonly uses?: string
  readonly with?: Readonly<Record<string, unknown>>
  readonly env?: Readonly<Record<string, string>>
  readonly run?: string
}

export interface Workflow {
  readonly name: string
  readonly platform: 'kubernetes' | 'machine'
  readonly heading: string
  readonly env: Readonly<Record<string, string>>
  readonly steps: readonly Step[]
}

const inputs = {
  image_tag: {
    description: 'Tag to run instead of the configured image',
    type: 'string',
    required: false,
    default: '',
  },
  image_digest: {
    description: 'Digest to run instead (sha256:…); wins over the tag',
    type: 'string',
    required: false,
    default: '',
  },
}

/** A workflow that a person starts: one job, one deployment at a time, no right but to read the repository. */
export function workflowFile(
  config: Config,
  { name, platform, heading, env, steps }: Workflow,
): string {
  const environment = config['workflows.environment']
  const document = new Document(
    {
      name,
      on: { workflow_dispatch: { inputs } },
      permissions: {},
      concurrency: {
        group: actionsText(`deploy-${config['release.name']}-${environment}-${platform}`),
        'cancel-in-progress': false,
      },
      jobs: {
        deploy: {
          name: 'Deploy',
          'runs-on': actionsText(config['workflows.runner']),
          'timeout-minutes': config['workflows.timeoutMinutes'],
          environment: actionsText(environment),
          permissions: { contents: 'read' },
          defaults: { run: { shell: 'bash' } },
          env: Object.fromEntries(
            Object.entries(env).map(([key, value]) => [key, actionsText(value)]),
          ),
          steps,
        },
      },
    },
    { version: '1.2', compat: 'yaml-1.1', aliasDuplicateObjects: false } as never,
  )
  lay(document)
  return `${heading.replace(/^/gm, '# ')}\n${document.toString({ lineWidth: 0, flowCollectionPadding: false })}`
}

/** Empty lines between the parts, and the version behind each pinned action. */
function lay(document: Document): void {
  const versions = new Map<unknown, string>(
    Object.values(actions).map(({ uses, version }) => [uses, version]),
  )
  if (isMap(document.contents))
    document.contents.items.slice(1).forEach(({ key }) => isScalar(key) && (key.spaceBefore = true))
  visit(document, {
    Pair: (_, { key, value }) => {
      if (isScalar(key) && key.value === 'steps' && isSeq(value))
        value.items.forEach((step, at) => isMap(step) && (step.spaceBefore = at > 0))
      if (isScalar(key) && key.value === 'uses' && isScalar(value)) {
        const version = versions.get(value.value)
        if (version) value.comment = ` ${version}`
      }
    },
  })
}

export const action = (
  name: string,
  pinned: Action,
  settings: Readonly<Record<string, unknown>>,
): Step => ({
  name,
  uses: pinned.uses,
  with: settings,
})

/** A shell step; its script sees values by its environment only. */
export const run = (name: string, script: string, rest: Omit<Step, 'name' | 'run'> = {}): Step => ({
  name,
  ...rest,
  run: `set -euo pipefail\n${script}`,
})

export const checkout = action('Check out', actions.checkout, { 'persist-credentials': false })

/** Refuses inputs that are no tag or digest, before anything else sees them. */
export const checkInputs = run(
  'Check the inputs',
  `if [[ -n "$IMAGE_TAG" && ! "$IMAGE_TAG" =~ ^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$ ]]; then
  echo '::error::image_tag is not a tag'
  exit 1
fi
if [[ -n "$IMAGE_DIGEST" && ! "$IMAGE_DIGEST" =~ ^sha256:[0-9a-f]{64}$ ]]; then
  echo '::error::image_digest is not a digest: sha256: and 64 hexadecimal digits'
  exit 1
fi
`,
  { env: { IMAGE_TAG: '${{ inputs.image_tag }}', IMAGE_DIGEST: '${{ inputs.image_digest }}' } },
)

export const imageInputs = {
  IMAGE_TAG: '${{ inputs.image_tag }}',
  IMAGE_DIGEST: '${{ inputs.image_digest }}',
}
