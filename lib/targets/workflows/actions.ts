/** An action pinned to the commit of a release. */
export interface Action {
  readonly uses: string
  readonly version: string
}

const pinned = (name: string, version: string, commit: string): Action => ({
  uses: `${name}@${commit}`,
  version,
})

/** When the table below was last compared with the releases of each project. */
export const pinnedOn = '2026-08-22'

/** Every action that a workflow may use: newest releases at that date. Dependabot keeps those of a repository fresh. */
export const actions = {
  checkout: pinned('actions/checkout', 'v7.0.1', '3d3c42e5aac5ba805825da76410c181273ba90b1'),
  uploadArtifact: pinned(
    'actions/upload-artifact',
    'v7.0.1',
    '043fb46d1a93c77aae656e7c1c64a875d1fc6a0a',
  ),
  downloadArtifact: pinned(
    'actions/download-artifact',
    'v8.0.1',
    '3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c',
  ),
  attest: pinned('actions/attest', 'v4.2.2', '1e69f48acb82d1966a394da916b4c1698aa569d6'),
  setupBuildx: pinned(
    'docker/setup-buildx-action',
    'v4.3.0',
    '37fe631027851001ddb9b187196cc803df7f5f0e',
  ),
  setupQemu: pinned(
    'docker/setup-qemu-action',
    'v4.2.0',
    '96fe6ef7f33517b61c61be40b68a1882f3264fb8',
  ),
  trivy: pinned('aquasecurity/trivy-action', 'v0.36.0', 'ed142fd0673e97e23eac54620cfb913e5ce36c25'),
  setupHelm: pinned('azure/setup-helm', 'v5.0.1', '9bc31f4ebc9c6b171d7bfbaa5d006ae7abdb4310'),
  setupKubectl: pinned('azure/setup-kubectl', 'v5.1.0', '829323503d1be3d00ca8346e5391ca0b07a9ab0d'),
  awsCredentials: pinned(
    'aws-actions/configure-aws-credentials',
    'v6.2.3',
    'e6de054238d6b7531b4efff3b6587d9aade6a06c',
  ),
  googleAuth: pinned(
    'google-github-actions/auth',
    'v3.0.0',
    '7c6bc770dae815cd3e89ee6cdf493a5fab2cc093',
  ),
  gkeCredentials: pinned(
    'google-github-actions/get-gke-credentials',
    'v3.0.0',
    '3da1e46a907576cefaa90c484278bb5b259dd395',
  ),
  azureLogin: pinned('azure/login', 'v3.0.1', 'f5d393ae46f8fde4be8b75f32e3fc50e654ad0ca'),
} as const

/** Programs that those actions fetch. */
export const programs = { helm: 'v4.1.4', kubectl: 'v1.35.2', trivy: 'v0.70.0' } as const

/** Images that Buildx runs: the builder, and the scanner that writes the list of contents. */
export const builderImages = {
  buildkit:
    'moby/buildkit:v0.32.2@sha256:28a898719c18a33f4e8000685287fa36fd0dd9560c6440227d3a732d79bb41d8',
  sbom: 'docker/buildkit-syft-scanner:1.12.0@sha256:ae4f3b554449e7e25548e7d8ccc029d17357348e30c6e3df01b92bc93654d6a9',
} as const
