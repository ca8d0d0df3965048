import type { Config } from '../../config/index.ts'
import { clusterAccessOf, fullnameOf, namespaceOf, publicReadinessOf } from '../../plan/index.ts'
import { actions, programs } from './actions.ts'
import { clusterAccess } from './cluster.ts'
import { action, checkInputs, checkout, imageInputs, run } from './steps.ts'
import { deploymentFile } from './workflow.ts'

const heading = (
  config: Config,
): string => `Installs or upgrades the release with the chart and values of this repository.
${
  clusterAccessOf(config) === 'kubeconfig'
    ? 'Secret of the environment: KUBE_CONFIG, a kubeconfig whose account may manage the namespace.'
    : 'The cloud trusts this repository and environment for one job at a time; no key is stored.'
}`

/** Deploys the bundle's chart; what does not become ready is rolled back, by Helm or by the last step. */
export function helmWorkflow(config: Config): string {
  const access = clusterAccess(config)
  const address = publicReadinessOf(config)
  return deploymentFile(config, {
    name: 'Deploy to Kubernetes',
    platform: 'kubernetes',
    heading: heading(config),
    permissions: access.permissions,
    env: {
      RELEASE: config['release.name'],
      NAMESPACE: config['release.namespace'],
      WORKLOAD: `${config['database.backend'] === 'sqlite' ? 'statefulset' : 'deployment'}/${fullnameOf(config)}`,
      WORKLOAD_NAMESPACE: namespaceOf(config),
      SERVICE: fullnameOf(config),
      SERVICE_PORT: String(config['service.port']),
      READY_PATH: config['app.readinessCheckPath'],
      READY_HOST: config['probes.hostHeader'] || fullnameOf(config),
      ...(address === undefined ? {} : { PUBLIC_URL: address }),
      HELM_TIMEOUT: `${config['workflows.helmTimeoutMinutes']}m`,
    },
    steps: [
      checkInputs,
      checkout,
      action('Set up Helm', actions.setupHelm, { version: programs.helm }),
      action('Set up kubectl', actions.setupKubectl, { version: programs.kubectl }),
      lint,
      ...access.enter,
      upgrade,
      rollout,
      ...(config['tests.enabled'] ? [test] : []),
      readiness,
      ...(address === undefined ? [] : [outside]),
      evidence,
      rollback,
      access.leave,
    ],
  })
}

const lint = run(
  'Lint the chart',
  'helm lint --strict ./chart --values deploy/values.yaml --namespace "$NAMESPACE"\n',
)

/** The namespace is there already, with its Secrets: an account that manages only it could not create it. */
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
  --namespace "$NAMESPACE" \\
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

/** Options of a curl that tries for about a minute and takes nothing but success for an answer. */
const patient =
  '--fail --silent --show-error --output /dev/null --max-time 10 --retry 12 --retry-delay 5 --retry-all-errors'

const readiness = run(
  'Ask for readiness',
  `kubectl port-forward --namespace "$WORKLOAD_NAMESPACE" "service/$SERVICE" "18080:$SERVICE_PORT" > /dev/null &
forward=$!
trap 'kill "$forward"' EXIT
curl ${patient} \\
  --header "Host: $READY_HOST" "http://127.0.0.1:18080$READY_PATH"
`,
)

const outside = run(
  'Ask from outside',
  `curl ${patient} \\
  --proto =http,https "$PUBLIC_URL"
`,
)

const evidence = run(
  'Show what went wrong',
  `kubectl get pods --namespace "$WORKLOAD_NAMESPACE" --selector "app.kubernetes.io/instance=$RELEASE" --output wide || true
kubectl get events --namespace "$WORKLOAD_NAMESPACE" --sort-by .lastTimestamp | grep --fixed-strings -- "$SERVICE" | tail -n 40 || true
kubectl logs --namespace "$WORKLOAD_NAMESPACE" --selector "app.kubernetes.io/instance=$RELEASE" --all-containers --prefix --tail 50 || true
`,
  { if: "${{ failure() && steps.deploy.conclusion != 'skipped' }}" },
)

const rollback = run(
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
