import type { Config } from '../../config/index.ts'
import { takesJobToken } from '../../plan/index.ts'
import { actionsText } from '../../text/expressions.ts'
import { actions } from './actions.ts'
import { action, always, run, type Step } from './steps.ts'
import type { Job } from './workflow.ts'

/** What a job that pushes to a registry needs: rights, an environment if it holds the password, and the steps around the push. */
export interface RegistryAccess {
  readonly inEnvironment: boolean
  readonly permissions: Job['permissions']
  readonly enter: Step
  readonly leave: Step
}

/** GitHub's own registry takes the token of the job; any other takes a user and password of the environment. Skopeo, Helm and the signer read what Docker keeps. */
export function registryAccess(name: string): RegistryAccess {
  const own = takesJobToken(name)
  return {
    inEnvironment: !own,
    permissions: own ? { packages: 'write' } : {},
    enter: run(
      'Sign in to the registry',
      `if [[ -z "$REGISTRY_USERNAME" || -z "$REGISTRY_PASSWORD" ]]; then
  echo '::error::the secrets REGISTRY_USERNAME and REGISTRY_PASSWORD are missing in this environment'
  exit 1
fi
printf %s "$REGISTRY_PASSWORD" | docker login "$REGISTRY" --username "$REGISTRY_USERNAME" --password-stdin
`,
      {
        env: own
          ? {
              REGISTRY_USERNAME: '${{ github.actor }}',
              REGISTRY_PASSWORD: '${{ secrets.GITHUB_TOKEN }}',
            }
          : {
              REGISTRY_USERNAME: '${{ secrets.REGISTRY_USERNAME }}',
              REGISTRY_PASSWORD: '${{ secrets.REGISTRY_PASSWORD }}',
            },
      },
    ),
    leave: run('Sign out', 'docker logout "$REGISTRY"\n', { if: always }),
  }
}

/** The host of a name such as `ghcr.io/acme/orders`, as one signs in to it. */
export const registryOf = (name: string): string => {
  const host = name.split('/')[0] as string
  return host === 'registry-1.docker.io' ? 'docker.io' : host
}

/** A name as the signer takes it: Docker Hub is index.docker.io there. Source: the README of actions/attest. */
const signedName = (name: string): string =>
  name.replace(/^(registry-1\.)?docker\.io\//, 'index.docker.io/')

/** Rights to sign provenance, where that is wanted. */
export const signingRights = (config: Config): Job['permissions'] =>
  config['workflows.attest'] ? { 'id-token': 'write', attestations: 'write' } : {}

/** GitHub's signature over a digest that was pushed: which workflow made it, of which commit. */
export const sign = (config: Config, name: string, digest: string): readonly Step[] =>
  config['workflows.attest']
    ? [
        action('Sign the provenance', actions.attest, {
          'subject-name': actionsText(signedName(name)),
          'subject-digest': digest,
          'push-to-registry': true,
          'create-storage-record': false,
        }),
      ]
    : []
