import { type Manifest } from '../chart.ts'
import { container, server, variablesOf, type Condition } from './condition.ts'

const quantities = ['cpu', 'memory', 'ephemeral-storage'] as const
const capabilities = (each: Manifest): Manifest => each.securityContext?.capabilities ?? {}
const digest = /@sha256:[0-9a-f]{64}$/

export const containers: readonly Condition[] = [
  container(
    'not privileged',
    [
      'Checkov CKV_K8S_16',
      'Checkov CKV_K8S_20',
      'Checkov CKV_K8S_30',
      'kube-score container-security-context-privileged',
      'kube-linter privileged-container',
      'kube-linter privilege-escalation-container',
      'Polaris runAsPrivileged',
      'Polaris privilegeEscalationAllowed',
    ],
    ({ securityContext }) =>
      !securityContext.privileged && securityContext.allowPrivilegeEscalation === false,
    ({ securityContext }) => delete securityContext.allowPrivilegeEscalation,
  ),
  container(
    'not root',
    [
      'Checkov CKV_K8S_23',
      'Checkov CKV_K8S_40',
      'kube-score container-security-context-user-group-id',
      'kube-linter run-as-non-root',
      'Polaris runAsRootAllowed',
    ],
    ({ securityContext }) =>
      securityContext.runAsNonRoot === true &&
      securityContext.runAsUser >= 10_000 &&
      securityContext.runAsGroup >= 10_000,
    ({ securityContext }) => (securityContext.runAsUser = 1000),
  ),
  container(
    'no capabilities',
    [
      'Checkov CKV_K8S_25',
      'Checkov CKV_K8S_28',
      'Checkov CKV_K8S_37',
      'Checkov CKV_K8S_39',
      'kube-linter drop-net-raw-capability',
      'Polaris dangerousCapabilities',
      'Polaris insecureCapabilities',
    ],
    (each) => capabilities(each).drop?.includes('ALL') && !capabilities(each).add,
    (each) => (capabilities(each).add = ['NET_ADMIN']),
  ),
  container(
    'a profile of system calls',
    ['Checkov CKV_K8S_31', 'kube-score container-seccomp-profile', 'Polaris linuxHardening'],
    ({ securityContext }, { spec }) =>
      [securityContext, spec.securityContext].every(
        ({ seccompProfile }) => seccompProfile?.type === 'RuntimeDefault',
      ),
    ({ securityContext }) => delete securityContext.seccompProfile,
  ),
  container(
    'no writable root',
    [
      'Checkov CKV_K8S_22',
      'kube-score container-security-context-readonlyrootfilesystem',
      'kube-linter no-read-only-root-fs',
      'Polaris notReadOnlyRootFilesystem',
    ],
    ({ securityContext }) => securityContext.readOnlyRootFilesystem === true,
    ({ securityContext }) => delete securityContext.readOnlyRootFilesystem,
  ),
  container(
    'the usual /proc',
    ['kube-linter unsafe-proc-mount', 'Polaris procMount'],
    ({ securityContext }) => securityContext.procMount === undefined,
    ({ securityContext }) => (securityContext.procMount = 'Unmasked'),
  ),
  container(
    'requests',
    [
      'Checkov CKV_K8S_10',
      'Checkov CKV_K8S_12',
      'kube-linter unset-cpu-requirements',
      'kube-linter unset-memory-requirements',
      'Polaris cpuRequestsMissing',
      'Polaris memoryRequestsMissing',
    ],
    ({ resources }) => quantities.every((name) => resources.requests[name]),
    ({ resources }) => delete resources.requests.cpu,
  ),
  container(
    'limits',
    [
      'Checkov CKV_K8S_11',
      'Checkov CKV_K8S_13',
      'kube-score container-resources',
      'kube-score container-ephemeral-storage-request-and-limit',
      'Polaris cpuLimitsMissing',
      'Polaris memoryLimitsMissing',
    ],
    ({ resources }) => quantities.every((name) => resources.limits[name]),
    ({ resources }) => delete resources.limits.cpu,
  ),
  container(
    'a tag that stays',
    [
      'Checkov CKV_K8S_14',
      'kube-score container-image-tag',
      'kube-linter latest-tag',
      'Polaris tagNotSpecified',
    ],
    ({ image }) => digest.test(image) || /:(?!latest$)[\w][\w.-]*$/.test(image),
    (each) => (each.image = 'ghcr.io/acme/orders:latest'),
  ),
  container(
    'a digest',
    ['Checkov CKV_K8S_43'],
    ({ image }) => digest.test(image),
    (each) => (each.image = 'ghcr.io/acme/orders:v1'),
  ),
  container(
    'the registry is asked each time',
    ['Checkov CKV_K8S_15', 'kube-score container-image-pull-policy', 'Polaris pullPolicyNotAlways'],
    ({ imagePullPolicy }) => imagePullPolicy === 'Always',
    (each) => delete each.imagePullPolicy,
  ),
  container(
    'no port of the host, of SSH, or that only root may open',
    [
      'Checkov CKV_K8S_26',
      'kube-linter ssh-port',
      'kube-linter privileged-ports',
      'Polaris hostPortSet',
    ],
    ({ ports = [] }) =>
      ports.every(
        ({ hostPort, containerPort }: Manifest) => hostPort === undefined && containerPort > 1024,
      ),
    (each) => (each.ports = [{ containerPort: 22 }]),
  ),
  container(
    'no variable twice',
    ['kube-score environment-variable-key-duplication', 'kube-linter duplicate-env-var'],
    (each) => new Set(variablesOf(each).map(({ name }) => name)).size === variablesOf(each).length,
    (each) =>
      (each.env = [
        { name: 'A', value: '1' },
        { name: 'A', value: '2' },
      ]),
  ),
  container(
    'no secret written out',
    ['kube-linter env-var-secret', 'Polaris sensitiveContainerEnvVar'],
    (each) =>
      variablesOf(each).every(
        ({ name, value }) => !value || !/password|token|bearer|secret/i.test(name),
      ),
    (each) => (each.env = [{ name: 'APP_SECRET', value: 'x' }]),
  ),
  container(
    'no secret in the environment',
    ['Checkov CKV_K8S_35', 'kube-linter read-secret-from-env-var'],
    (each) =>
      variablesOf(each).every(({ valueFrom }) => !valueFrom?.secretKeyRef) &&
      (each.envFrom ?? []).every(({ secretRef }: Manifest) => !secretRef),
    (each) => (each.envFrom = [{ secretRef: { name: 'x' } }]),
  ),
  server(
    'probes',
    [
      'Checkov CKV_K8S_8',
      'Checkov CKV_K8S_9',
      'kube-score pod-probes',
      'kube-linter no-liveness-probe',
      'kube-linter no-readiness-probe',
      'Polaris livenessProbeMissing',
      'Polaris readinessProbeMissing',
    ],
    ({ livenessProbe, readinessProbe }) => livenessProbe && readinessProbe,
    (each) => delete each.livenessProbe,
  ),
  server(
    'probes that differ',
    ['kube-score pod-probes-identical'],
    ({ livenessProbe, readinessProbe }) =>
      livenessProbe.httpGet.path !== readinessProbe.httpGet.path,
    ({ livenessProbe, readinessProbe }) =>
      (readinessProbe.httpGet.path = livenessProbe.httpGet.path),
  ),
  server(
    'probes on ports that are open',
    ['kube-linter liveness-port', 'kube-linter readiness-port', 'kube-linter startup-port'],
    ({ ports, ...each }) =>
      ['livenessProbe', 'readinessProbe', 'startupProbe'].every((probe) =>
        ports.some(({ name }: Manifest) => name === each[probe].httpGet.port),
      ),
    ({ startupProbe }) => (startupProbe.httpGet.port = 'other'),
  ),
]
