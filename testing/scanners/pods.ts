import { type Manifest } from '../chart.ts'
import { pod, type Condition } from './condition.ts'

export const pods: readonly Condition[] = [
  pod(
    'no namespace of the host',
    [
      'Checkov CKV_K8S_17',
      'Checkov CKV_K8S_18',
      'Checkov CKV_K8S_19',
      'kube-linter host-ipc',
      'kube-linter host-network',
      'kube-linter host-pid',
      'Polaris hostIPCSet',
      'Polaris hostNetworkSet',
      'Polaris hostPIDSet',
    ],
    ({ spec }) => !spec.hostNetwork && !spec.hostPID && !spec.hostIPC,
    ({ spec }) => (spec.hostPID = true),
  ),
  pod(
    'no path of the host',
    [
      'Checkov CKV_K8S_27',
      'kube-linter docker-sock',
      'kube-linter sensitive-host-mounts',
      'Polaris hostPathSet',
    ],
    ({ spec }) => (spec.volumes ?? []).every((volume: Manifest) => !volume.hostPath),
    ({ spec }) => spec.volumes.push({ name: 'x', hostPath: { path: '/etc' } }),
  ),
  pod(
    'no token of the cluster',
    ['Checkov CKV_K8S_38', 'Polaris automountServiceAccountToken'],
    ({ spec }) => spec.automountServiceAccountToken === false,
    ({ spec }) => delete spec.automountServiceAccountToken,
  ),
  pod(
    'an account of its own',
    [
      'Checkov CKV_K8S_41',
      'kube-linter default-service-account',
      'kube-linter deprecated-service-account-field',
    ],
    ({ spec }) =>
      !['', 'default', undefined].includes(spec.serviceAccountName) &&
      spec.serviceAccount === undefined,
    ({ spec }) => (spec.serviceAccountName = 'default'),
  ),
  pod(
    'a security context',
    ['Checkov CKV_K8S_29'],
    ({ spec }) => spec.securityContext?.runAsNonRoot === true,
    ({ spec }) => delete spec.securityContext,
  ),
  pod(
    'no unsafe sysctls',
    ['kube-linter unsafe-sysctls'],
    ({ spec }) => spec.securityContext.sysctls === undefined,
    ({ spec }) => (spec.securityContext.sysctls = [{ name: 'kernel.msgmax', value: '1' }]),
  ),
]
