import { actions, type Action } from './actions.ts'

/** A step as plain data. Expressions stand in `env`, `with` and `if` only: what a shell reads holds none. */
export interface Step {
  readonly name: string
  readonly id?: string
  readonly if?: string
  readonly uses?: string
  readonly with?: Readonly<Record<string, unknown>>
  readonly env?: Readonly<Record<string, string>>
  readonly run?: string
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

/** The condition of steps that clean up. */
export const always = '${{ always() }}'

/** The image that a person may choose when starting a deployment. */
export const imageChoice = {
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

/** Those inputs as a shell sees them. */
export const imageInputs = {
  IMAGE_TAG: '${{ inputs.image_tag }}',
  IMAGE_DIGEST: '${{ inputs.image_digest }}',
}

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
  { env: imageInputs },
)

/** Script lines that stop where one of these variables is empty. */
export const demand = (names: readonly string[], kind: string): string =>
  names.length === 1
    ? missing(names.join(''), kind)
    : `for name in ${names.join(' ')}; do
  if [[ -z "\${!name}" ]]; then
    echo "::error::the ${kind} $name is missing in this environment"
    exit 1
  fi
done
`

const missing = (name: string, kind: string): string => `if [[ -z "$${name}" ]]; then
  echo '::error::the ${kind} ${name} is missing in this environment'
  exit 1
fi
`
