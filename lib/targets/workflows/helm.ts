import type { Config } from '../../config/index.ts'
import { fullnameOf, namespaceOf } from '../../plan/index.ts'
import { actions, programs } from './actions.ts'
import {
  action,
  checkInputs,
  checkout,
  imageInputs,
  run,
  workflowFile,
  type Step,
} from './workflow.ts'

/** Deploys the bundle's chart; what does not become ready is rolled back, by Helm or by the last step. */
export const helmWorkflow = (config: Config): string =>
  workflowFile(config, {
    name: 'Deploy to Kubernetes',
    platform: 'kubernetes',
    heading: `Installs or upgrades the release with the chart and values of this repository.
Secret of the environment: KUBE_CONFIG, a kubeconfig whose account may manage the namespace.`,
    env: {
      RELEASE: config['release.name'],
      NAMESPACE: config['release.namespace'],
      WORKLOAD: `${config['database.backend'] === 'sqlite' ? 'statefulset' : 'deployment'}/${fullnameOf(config)}`,
      WORKLOAD_NAMESPACE: namespaceOf(config),
      HELM_TIMEOUT: `${config['workflows.helmTimeoutMinutes']}m`,
    },
    steps: [
      checkInputs,
      checkout,
      action('Set up Helm', actions.setupHelm, { version: programs.helm }),
      action('Set up kubectl', actions.setupKubectl, { version: programs.kubectl }),
      lint,
      kubeconfig,
      upgrade,
      rollout,
      ...(config['tests.enabled'] ? [test] : []),
      rollback,
      cleanUp,
    ],
  })

const lint = run(
  'Lint the chart',
  'helm lint --strict ./chart --values deploy/values.yaml --namespace "$NAMESPACE"\n',
)

const kubeconfig = run(
  'Write the kubeconfig',
  `if [[ -z "$KUBE_CONFIG" ]]; then
  echo '::error::the secret KUBE_CONFIG is missing in this environment'
  exit 1
fi
umask 077
printf '%s\\n' "$KUBE_CONFIG" > "$RUNNER_TEMP/kubeconfig"
echo "KUBECONFIG=$RUNNER_TEMP/kubeconfig" >> "$GITHUB_ENV"
`,
  { env: { KUBE_CONFIG: '${{ secrets.KUBE_CONFIG }}' } },
)

const upgrade = run(
  'Deploy',
  `previous=$(helm list --namespace "$NAMESPACE" --deployed --filter "^$RELEASE$" --no-headers | awk '{print $3}')
echo "previous=$previous" >> "$GITHUB_OUTPUT"
image=()
if [[ -n "$IMAGE_DIGEST" ]]; then
  image+=(--set-string "image.digest=$IMAGE_DIGEST")
elif [[ -n "$IMAGE_TAG" ]]; then
  image+=(--set-string "image.tag=$IMAGE_TAG" --set-string image.digest=)
fi
helm upgrade "$RELEASE" ./chart --install \\
  --values deploy/values.yaml \\
  "\${image[@]}" \\
  --namespace "$NAMESPACE" --create-namespace \\
  --rollback-on-failure --wait --timeout "$HELM_TIMEOUT" --history-max 10
`,
  { id: 'deploy', env: imageInputs },
)

const rollout = run(
  'Wait for the rollout',
  'kubectl rollout status "$WORKLOAD" --namespace "$WORKLOAD_NAMESPACE" --timeout "$HELM_TIMEOUT"\n',
)

const test = run(
  'Ask the service',
  'helm test "$RELEASE" --namespace "$NAMESPACE" --logs --timeout "$HELM_TIMEOUT"\n',
)

const rollback: Step = run(
  'Roll back',
  `if [[ -z "$PREVIOUS" ]]; then
  echo '::error::the first release does not work, and there is none to go back to'
  exit 1
fi
helm rollback "$RELEASE" "$PREVIOUS" --namespace "$NAMESPACE" --wait --timeout "$HELM_TIMEOUT"
echo "::error::revision $PREVIOUS runs again"
`,
  {
    if: "${{ failure() && steps.deploy.outcome == 'success' }}",
    env: { PREVIOUS: '${{ steps.deploy.outputs.previous }}' },
  },
)

const cleanUp = run('Remove the kubeconfig', 'rm -f "$RUNNER_TEMP/kubeconfig"\n', {
  if: '${{ always() }}',
})
