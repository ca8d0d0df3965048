import { expect, test } from 'vitest'
import { presetConfig, presets, type Config } from '../../config/index.ts'
import { runsOn } from '../../plan/index.ts'
import { manifests, originOfLine } from './index.ts'

const config: Config = {
  ...presets.map(presetConfig).find((each) => runsOn(each, 'kubernetes'))!,
  extraObjects: `
- apiVersion: v1
  kind: ConfigMap
  metadata:
    name: extra
  data:
    drawn: '{{ randAlphaNum 8 }}'
    given: '{{ .Release.Name }}'
`,
}

test.each([
  ['drawn', true],
  ['given', false],
])('of an extra object the line %s differs at each installation: %s', (key, varies) => {
  const path = 'manifests/extra-objects.yaml'
  const { text } = manifests.render(config).find((file) => file.path === path)!
  const line = text.split('\n').findIndex((each) => each.includes(`${key}:`)) + 1
  expect(originOfLine(config, path, line)?.varies).toBe(varies)
})
