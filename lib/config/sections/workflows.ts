import { bool, choice, int, text } from '../field.ts'
import { onKubernetes, section } from './section.ts'

const automated = { 'workflows.enabled': true } as const
const built = { ...automated, 'workflows.build': true } as const
/** What the repository delivers, no workflow installs. */
const byHelm = { ...automated, ...onKubernetes, 'gitops.tool': 'none' } as const
const published = { ...automated, ...onKubernetes, 'workflows.publishChart': true } as const
const cloud = (access: 'eks' | 'gke' | 'aks') =>
  ({ ...byHelm, 'workflows.clusterAccess': access }) as const

const uuid = {
  pattern: '^([0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12})?$',
  hint: 'an id such as 00000000-0000-0000-0000-000000000000',
}

/** Settings of a cluster may stay empty: the workflow then reads the variable of the repository that the placeholder names. */
export const workflows = section({
  id: 'workflows',
  group: 'Delivery',
  title: 'Workflows',
  help: 'GitHub Actions that build, deploy, verify, and roll back when the new version does not become ready.',
  fields: {
    'workflows.enabled': bool(true, {
      label: 'GitHub Actions',
    }),
    'workflows.environment': text('production', {
      pattern: '^[A-Za-z0-9][A-Za-z0-9_-]*$',
      hint: 'letters, digits, dashes and underscores',
      maxLength: 60,
      required: true,
      when: automated,
      label: 'Environment',
    }),
    'workflows.clusterAccess': choice(
      'kubeconfig',
      {
        kubeconfig: 'Any cluster, by a kubeconfig',
        eks: 'Amazon EKS, without a stored key',
        gke: 'Google GKE, without a stored key',
        aks: 'Azure AKS, without a stored key',
      },
      {
        when: byHelm,
        label: 'Cluster access',
      },
    ),
    'workflows.eks.cluster': text('', {
      pattern: '^([A-Za-z0-9][A-Za-z0-9_-]{0,99})?$',
      hint: 'letters, digits, dashes and underscores',
      when: cloud('eks'),
      placeholder: 'EKS_CLUSTER',
      label: 'EKS cluster',
    }),
    'workflows.eks.region': text('', {
      pattern: '^([a-z]{2}(-[a-z]+)+-[0-9])?$',
      hint: 'a region such as eu-central-1',
      when: cloud('eks'),
      placeholder: 'AWS_REGION',
      label: 'Region',
    }),
    'workflows.eks.roleArn': text('', {
      pattern: '^(arn:aws[a-z-]*:iam::[0-9]{12}:role/[A-Za-z0-9+=,.@_/-]+)?$',
      hint: 'a role such as arn:aws:iam::123456789012:role/deploy',
      when: cloud('eks'),
      placeholder: 'AWS_ROLE_ARN',
      label: 'Role',
    }),
    'workflows.gke.cluster': text('', {
      pattern: '^([a-z]([-a-z0-9]{0,38}[a-z0-9])?)?$',
      hint: 'lower-case letters, digits and dashes',
      when: cloud('gke'),
      placeholder: 'GKE_CLUSTER',
      label: 'GKE cluster',
    }),
    'workflows.gke.location': text('', {
      pattern: '^([a-z]+-[a-z]+[0-9]+(-[a-z])?)?$',
      hint: 'a region or zone such as europe-west3',
      when: cloud('gke'),
      placeholder: 'GKE_LOCATION',
      label: 'Location',
    }),
    'workflows.gke.project': text('', {
      pattern: '^([a-z][-a-z0-9]{4,28}[a-z0-9])?$',
      hint: 'the id of a project, 6 to 30 lower-case letters, digits and dashes',
      when: cloud('gke'),
      placeholder: 'GCP_PROJECT',
      label: 'Project',
    }),
    'workflows.gke.workloadIdentityProvider': text('', {
      pattern:
        '^(projects/[0-9]+/locations/global/workloadIdentityPools/[a-z0-9-]+/providers/[a-z0-9-]+)?$',
      hint: 'projects/NUMBER/locations/global/workloadIdentityPools/POOL/providers/PROVIDER',
      when: cloud('gke'),
      placeholder: 'GCP_WORKLOAD_IDENTITY_PROVIDER',
      label: 'Identity provider',
    }),
    'workflows.gke.serviceAccount': text('', {
      pattern: '^([a-z0-9-]+@[a-z0-9.-]+\\.gserviceaccount\\.com)?$',
      hint: 'an address such as deploy@project.iam.gserviceaccount.com',
      when: cloud('gke'),
      advanced: true,
      placeholder: 'GCP_SERVICE_ACCOUNT',
      label: 'Service account',
    }),
    'workflows.aks.cluster': text('', {
      pattern: '^([A-Za-z0-9]([A-Za-z0-9_-]{0,61}[A-Za-z0-9])?)?$',
      hint: 'letters, digits, dashes and underscores',
      when: cloud('aks'),
      placeholder: 'AKS_CLUSTER',
      label: 'AKS cluster',
    }),
    'workflows.aks.resourceGroup': text('', {
      pattern: '^([A-Za-z0-9_().-]{0,89}[A-Za-z0-9_()-])?$',
      hint: 'letters, digits, dashes, dots, underscores and parentheses',
      when: cloud('aks'),
      placeholder: 'AKS_RESOURCE_GROUP',
      label: 'Resource group',
    }),
    'workflows.aks.clientId': text('', {
      ...uuid,
      when: cloud('aks'),
      placeholder: 'AZURE_CLIENT_ID',
      label: 'Client',
    }),
    'workflows.aks.tenantId': text('', {
      ...uuid,
      when: cloud('aks'),
      placeholder: 'AZURE_TENANT_ID',
      label: 'Tenant',
    }),
    'workflows.aks.subscriptionId': text('', {
      ...uuid,
      when: cloud('aks'),
      placeholder: 'AZURE_SUBSCRIPTION_ID',
      label: 'Subscription',
    }),
    'workflows.publicSmoke': bool(false, {
      when: byHelm,
      advanced: true,
      label: 'Ask from outside',
    }),
    'workflows.build': bool(false, {
      when: automated,
      label: 'Build the image',
    }),
    'workflows.arm64': bool(false, {
      when: built,
      label: 'Also for ARM',
    }),
    'workflows.dockerfile': text('Dockerfile', {
      pattern: '^[A-Za-z0-9_][A-Za-z0-9_./-]*$',
      hint: 'a path in the repository',
      maxLength: 200,
      required: true,
      when: built,
      advanced: true,
      label: 'Dockerfile',
    }),
    'workflows.publishChart': bool(false, {
      when: { ...automated, ...onKubernetes },
      label: 'Publish the chart',
    }),
    'workflows.chartRegistry': text('', {
      pattern:
        '^([a-z0-9]([-a-z0-9.]*[a-z0-9])?(:[0-9]{1,5})?(/[a-z0-9]([-a-z0-9._]*[a-z0-9])?)+)?$',
      hint: 'a registry and a path such as ghcr.io/acme/charts',
      maxLength: 200,
      when: published,
      label: 'Chart registry',
    }),
    'workflows.attest': bool(true, {
      when: [built, published],
      advanced: true,
      label: 'Signed provenance',
    }),
    'workflows.runner': text('ubuntu-24.04', {
      pattern: '^[A-Za-z0-9][A-Za-z0-9._-]*$',
      hint: 'a runner label',
      maxLength: 60,
      required: true,
      when: automated,
      advanced: true,
      label: 'Runner',
    }),
    'workflows.timeoutMinutes': int(20, [5, 120], {
      when: automated,
      advanced: true,
      unit: 'minutes',
      label: 'Job timeout',
    }),
    'workflows.helmTimeoutMinutes': int(5, [1, 60], {
      when: byHelm,
      advanced: true,
      unit: 'minutes',
      label: 'Helm timeout',
    }),
  },
})
