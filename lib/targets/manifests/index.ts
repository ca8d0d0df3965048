import { runsOn } from '../../plan/index.ts'
import type { Config } from '../../config/index.ts'
import type { LineOrigin } from '../../helm/index.ts'
import { explainedRelease, releaseOf } from '../../plan/release.ts'
import type { Target } from '../target.ts'

/** What `helm template` prints for the bundle's chart and values: one file per template, and all of it. */
export const manifests: Target = {
  id: 'manifests',
  label: 'Manifests',
  render: (config) => {
    if (!runsOn(config, 'kubernetes')) return []
    const { manifest, templates } = releaseOf(config)
    return [
      { path: whole, text: manifest },
      ...templates.map(({ path, text }) => ({ path: fileOf(path), text })),
    ]
  },
}

const whole = 'manifests/all.yaml'
const fileOf = (template: string): string => `manifests/${template.replace(/^chassis\/templates\//, '')}`

/** Which template wrote a line of a manifest, and of which values; nothing for lines of other files. Lines count from 1. */
export function originOfLine(config: Config, path: string, line: number): LineOrigin | undefined {
  if (!path.startsWith('manifests/') || !runsOn(config, 'kubernetes')) return undefined
  const { manifest, templates } = explainedRelease(config)
  const lines = path === whole ? manifest : templates.find((file) => fileOf(file.path) === path)?.lines
  return lines?.[line - 1]
}
