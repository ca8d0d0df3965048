/** An action pinned to the commit of a release. */
export interface Action {
  readonly uses: string
  readonly version: string
}

const pinned = (name: string, version: string, commit: string): Action => ({
  uses: `${name}@${commit}`,
  version,
})

/** Every action that a workflow may use: newest releases of August 2026. Dependabot keeps those of a repository fresh. */
export const actions = {
  checkout: pinned('actions/checkout', 'v7.0.1', '3d3c42e5aac5ba805825da76410c181273ba90b1'),
  setupHelm: pinned('azure/setup-helm', 'v5.0.1', '9bc31f4ebc9c6b171d7bfbaa5d006ae7abdb4310'),
  setupKubectl: pinned('azure/setup-kubectl', 'v5.1.0', '829323503d1be3d00ca8346e5391ca0b07a9ab0d'),
} as const

/** Programs that those actions fetch. */
export const programs = { helm: 'v4.1.4', kubectl: 'v1.35.2' } as const
