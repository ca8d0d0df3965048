import type { Config } from '../../config/index.ts'
import { imageNameOf } from '../../plan/index.ts'
import { actionsText } from '../../text/expressions.ts'
import { actions, builderImages, programs } from './actions.ts'
import { registryAccess, registryOf, sign, signingRights } from './registry.ts'
import { action, checkout, run, type Step } from './steps.ts'
import { workflowFile, type Job } from './workflow.ts'

const heading = `Builds the image of this repository and scans it in a job that can push nothing; the next job pushes exactly those
bytes by their digest, signs them, and names them only then. Nothing comes from a cache, and no tag ever moves.`

/** Builds, scans, pushes and signs the service's image for a tag such as v1.2.3, pushed or given by hand. */
export const buildWorkflow = (config: Config): string =>
  workflowFile(config, {
    name: 'Build the image',
    heading,
    on: {
      push: { tags: ['v*'] },
      workflow_dispatch: {
        inputs: {
          version: {
            description: 'Tag of the image to make from this commit, such as v1.2.3',
            type: 'string',
            required: true,
          },
        },
      },
    },
    group: `${actionsText(`image-${config['release.name']}-`)}\${{ github.ref }}`,
    jobs: { build: build(config), publish: publish(config) },
  })

type Architecture = 'amd64' | 'arm64'
const architecturesOf = (config: Config): readonly Architecture[] =>
  config['workflows.arm64'] ? ['amd64', 'arm64'] : ['amd64']

const build = (config: Config): Job => ({
  name: 'Build and scan',
  inEnvironment: false,
  permissions: { contents: 'read' },
  env: {
    DOCKERFILE: config['workflows.dockerfile'],
    PLATFORMS: architecturesOf(config)
      .map((one) => `linux/${one}`)
      .join(','),
    SBOM_GENERATOR: builderImages.sbom,
  },
  outputs: {
    version: '${{ steps.version.outputs.version }}',
    digest: '${{ steps.build.outputs.digest }}',
  },
  steps: [
    checkVersion,
    checkout,
    ...(config['workflows.arm64']
      ? [
          action('Set up emulation', actions.setupQemu, {
            platforms: 'arm64',
            'cache-image': false,
          }),
        ]
      : []),
    action('Set up Buildx', actions.setupBuildx, {
      'driver-opts': `image=${builderImages.buildkit}`,
      'cache-binary': false,
    }),
    make,
    ...architecturesOf(config).flatMap(scan),
    action('Hand the image over', actions.uploadArtifact, {
      name: 'image',
      path: '${{ runner.temp }}/image.tar',
      'if-no-files-found': 'error',
      'compression-level': 0,
      'retention-days': 1,
    }),
  ],
})

const checkVersion = run(
  'Check the version',
  `if [[ ! "$WANTED" =~ ^v[0-9]+\\.[0-9]+\\.[0-9]+(-[0-9A-Za-z.-]+)?$ || "\${#WANTED}" -gt 128 ]]; then
  echo '::error::the version must be a tag such as v1.2.3'
  exit 1
fi
echo "version=$WANTED" >> "$GITHUB_OUTPUT"
`,
  { id: 'version', env: { WANTED: '${{ inputs.version || github.ref_name }}' } },
)

/** The build arguments are those of the chassis's Dockerfile; the labels stand for any other. Times are those of the commit. */
const make = run(
  'Build',
  `created=$(git log -1 --format=%cI)
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
export SOURCE_DATE_EPOCH
source="$GITHUB_SERVER_URL/$GITHUB_REPOSITORY"
docker buildx build . --file "$DOCKERFILE" --platform "$PLATFORMS" --pull \\
  --build-arg "BUILD_DATE=$created" --build-arg "VCS_REF=$GITHUB_SHA" \\
  --build-arg "VERSION=$VERSION" --build-arg "REPOSITORY_URL=$source" \\
  --label "org.opencontainers.image.created=$created" \\
  --label "org.opencontainers.image.revision=$GITHUB_SHA" \\
  --label "org.opencontainers.image.source=$source" \\
  --label "org.opencontainers.image.version=$VERSION" \\
  --attest type=provenance,mode=max --attest "type=sbom,generator=$SBOM_GENERATOR" \\
  --output "type=oci,dest=$RUNNER_TEMP/image.tar" --metadata-file "$RUNNER_TEMP/metadata.json"
digest=$(jq --raw-output '."containerimage.digest"' "$RUNNER_TEMP/metadata.json")
[[ "$digest" =~ ^sha256:[0-9a-f]{64}$ ]]
echo "digest=$digest" >> "$GITHUB_OUTPUT"
`,
  { id: 'build', env: { VERSION: '${{ steps.version.outputs.version }}' } },
)

const scan = (architecture: Architecture): readonly Step[] => [
  run(
    `Unpack ${architecture}`,
    `skopeo copy --override-os linux --override-arch ${architecture} \\
  "oci-archive:$RUNNER_TEMP/image.tar" "docker-archive:$RUNNER_TEMP/${architecture}.tar"
`,
  ),
  action(`Scan ${architecture}`, actions.trivy, {
    input: `\${{ runner.temp }}/${architecture}.tar`,
    severity: 'HIGH,CRITICAL',
    'ignore-unfixed': true,
    'exit-code': '1',
    version: programs.trivy,
    cache: 'false',
  }),
]

const publish = (config: Config): Job => {
  const name = imageNameOf(config)
  const registry = registryAccess(name)
  const digest = '${{ needs.build.outputs.digest }}'
  const made = { DIGEST: digest, VERSION: '${{ needs.build.outputs.version }}' }
  return {
    name: 'Publish',
    needs: 'build',
    inEnvironment: registry.inEnvironment,
    permissions: { ...registry.permissions, ...signingRights(config) },
    env: { IMAGE: name, REGISTRY: registryOf(name) },
    outputs: { digest },
    steps: [
      action('Take the image over', actions.downloadArtifact, {
        name: 'image',
        path: '${{ runner.temp }}',
      }),
      registry.enter,
      run('Push by digest', push, { env: made }),
      ...sign(config, name, digest),
      run('Name it', tag, { env: made }),
      registry.leave,
    ],
  }
}

const push = `if skopeo inspect --raw "docker://$IMAGE:$VERSION" > /dev/null 2>&1; then
  echo "::error::$IMAGE:$VERSION exists already; a published version stays what it is"
  exit 1
fi
skopeo copy --all --preserve-digests "oci-archive:$RUNNER_TEMP/image.tar" "docker://$IMAGE@$DIGEST"
`

const tag = `skopeo copy --all --preserve-digests "docker://$IMAGE@$DIGEST" "docker://$IMAGE:$VERSION"
{
  echo "Pushed \\\`$IMAGE:$VERSION\\\` as"
  echo
  echo "    $IMAGE@$DIGEST"
  echo
  echo 'Start the deploy workflow with this digest.'
} >> "$GITHUB_STEP_SUMMARY"
`
