import type { Config } from '../../config/index.ts'
import { chartRegistryOf } from '../../plan/index.ts'
import { actionsText } from '../../text/expressions.ts'
import { actions, programs } from './actions.ts'
import { registryAccess, registryOf, sign, signingRights } from './registry.ts'
import { action, checkout, run } from './steps.ts'
import { workflowFile } from './workflow.ts'

/** The name in the chart's own Chart.yaml. */
const chartName = 'chassis'

/** Pushes the bundle's chart to an OCI registry, under a version that nobody has used. */
export function chartWorkflow(config: Config): string {
  const target = chartRegistryOf(config)
  const registry = registryAccess(target)
  return workflowFile(config, {
    name: 'Publish the chart',
    heading:
      'Packages the chart under the given version and pushes it to an OCI registry. A version is pushed once.',
    on: {
      workflow_dispatch: {
        inputs: {
          version: {
            description: 'Version of the chart, such as 1.2.3',
            type: 'string',
            required: true,
          },
        },
      },
    },
    group: actionsText(`chart-${config['release.name']}`),
    jobs: {
      publish: {
        name: 'Publish',
        inEnvironment: registry.inEnvironment,
        permissions: { contents: 'read', ...registry.permissions, ...signingRights(config) },
        env: { REGISTRY: registryOf(target), CHARTS: target, CHART: `${target}/${chartName}` },
        outputs: { digest: '${{ steps.push.outputs.digest }}' },
        steps: [
          checkVersion,
          checkout,
          action('Set up Helm', actions.setupHelm, { version: programs.helm }),
          pack,
          registry.enter,
          push,
          ...sign(config, `${target}/${chartName}`, '${{ steps.push.outputs.digest }}'),
          registry.leave,
        ],
      },
    },
  })
}

/** Semantic versions without build part, which no registry takes. Source: semver.org. */
const checkVersion = run(
  'Check the version',
  `if [[ ! "$VERSION" =~ ^(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)(-[0-9A-Za-z.-]+)?$ || "\${#VERSION}" -gt 128 ]]; then
  echo '::error::the version must be one such as 1.2.3'
  exit 1
fi
`,
  { env: { VERSION: '${{ inputs.version }}' } },
)

const pack = run(
  'Package',
  `helm lint --strict ./chart --values deploy/values.yaml
helm package ./chart --version "$VERSION" --destination "$RUNNER_TEMP/chart"
`,
  { env: { VERSION: '${{ inputs.version }}' } },
)

/** Helm prints the digest on either stream, as its major has it. */
const push = run(
  'Push',
  `if helm show chart "oci://$CHART" --version "$VERSION" > /dev/null 2>&1; then
  echo "::error::$CHART $VERSION exists already; a published version stays what it is"
  exit 1
fi
helm push "$RUNNER_TEMP/chart/${chartName}-$VERSION.tgz" "oci://$CHARTS" 2>&1 | tee "$RUNNER_TEMP/pushed"
digest=$(grep --only-matching --extended-regexp 'sha256:[0-9a-f]{64}' "$RUNNER_TEMP/pushed" | head -n 1)
echo "digest=$digest" >> "$GITHUB_OUTPUT"
{
  echo "Pushed \\\`oci://$CHART\\\` $VERSION as"
  echo
  echo "    $digest"
} >> "$GITHUB_STEP_SUMMARY"
`,
  { id: 'push', env: { VERSION: '${{ inputs.version }}' } },
)
