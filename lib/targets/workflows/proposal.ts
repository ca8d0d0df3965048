import type { Config } from '../../config/index.ts'
import { actionsText } from '../../text/expressions.ts'
import { checkout, run } from './steps.ts'
import { workflowFile } from './workflow.ts'

const heading = `Puts the digest of a new image into every file that names the present one, as the configurator itself would, and
pushes that as a branch. Whoever merges it releases it: the cluster runs what the repository holds, and no job enters it.`

/** Proposes a release as a commit, for a service that is delivered from the repository. */
export const proposalWorkflow = (config: Config): string =>
  workflowFile(config, {
    name: 'Propose a release',
    heading,
    on: {
      workflow_dispatch: {
        inputs: {
          image_digest: {
            description: 'Digest of the image to release (sha256:…)',
            type: 'string',
            required: true,
          },
        },
      },
    },
    group: actionsText(`release-${config['release.name']}`),
    jobs: {
      propose: {
        name: 'Propose',
        inEnvironment: false,
        permissions: { contents: 'write' },
        env: { BUNDLE: config['gitops.path'] || '.' },
        steps: [checkDigest, checkout, replace, push],
      },
    },
  })

const digest = { IMAGE_DIGEST: '${{ inputs.image_digest }}' }

const checkDigest = run(
  'Check the inputs',
  `if [[ ! "$IMAGE_DIGEST" =~ ^sha256:[0-9a-f]{64}$ ]]; then
  echo '::error::image_digest is not a digest: sha256: and 64 hexadecimal digits'
  exit 1
fi
`,
  { env: digest },
)

/** The digest is a text that means one image wherever it stands, so replacing it changes nothing else. */
const replace = run(
  'Replace the digest',
  `cd "$BUNDLE"
present=$(sed -n '/^  image:$/,/^  [^ ]/s/^    digest: \\(sha256:[0-9a-f]*\\)$/\\1/p' deploy.config.yaml)
if [[ -z "$present" ]]; then
  echo '::error::deploy.config.yaml has no image.digest to replace: set one in the configurator first'
  exit 1
fi
if [[ "$present" == "$IMAGE_DIGEST" ]]; then
  echo '::error::this image is the one that deploy.config.yaml names already'
  exit 1
fi
git grep --files-with-matches --null --fixed-strings -e "$present" -- . | xargs -0 sed -i "s/$present/$IMAGE_DIGEST/g"
git diff --stat
`,
  { env: digest },
)

/** The token is in no file and no argument: Git reads it from this step's environment. */
const push = run(
  'Push a branch',
  `branch="release/\${IMAGE_DIGEST:7:12}-$GITHUB_RUN_NUMBER"
git -c user.name='github-actions[bot]' -c user.email='41898282+github-actions[bot]@users.noreply.github.com' \\
  commit --quiet --all --message "Release $IMAGE_DIGEST"
basic=$(printf 'x-access-token:%s' "$TOKEN" | base64 | tr -d '\\n')
echo "::add-mask::$basic"
export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0="http.$GITHUB_SERVER_URL/.extraheader" GIT_CONFIG_VALUE_0="AUTHORIZATION: basic $basic"
git push --quiet origin "HEAD:refs/heads/$branch"
echo "[Open the pull request]($GITHUB_SERVER_URL/$GITHUB_REPOSITORY/compare/$GITHUB_REF_NAME...$branch?expand=1), and merge it to release." >> "$GITHUB_STEP_SUMMARY"
`,
  { env: { ...digest, TOKEN: '${{ secrets.GITHUB_TOKEN }}' } },
)
