import { runsOn } from '../../plan/index.ts'
import { releaseOf } from '../../plan/release.ts'
import type { Target } from '../target.ts'

/** What `helm template` prints for the bundle's chart and values: one file per template, and all of it. */
export const manifests: Target = {
  id: 'manifests',
  label: 'Manifests',
  render: (config) => {
    if (!runsOn(config, 'kubernetes')) return []
    const { manifest, templates } = releaseOf(config)
    return [
      { path: 'manifests/all.yaml', text: manifest },
      ...templates.map(({ path, text }) => ({ path: `manifests/${path.replace(/^chassis\/templates\//, '')}`, text })),
    ]
  },
}
