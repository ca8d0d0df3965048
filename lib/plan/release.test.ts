import { expect, test } from 'vitest'
import { presetConfig, presets, type Config } from '../config/index.ts'
import { releaseOf } from './release.ts'

test('an object with a template without end is refused, and soon', () => {
  const endless = "- '{{ range until 100000 }}{{ range until 100000 }}{{ quote . }}{{ end }}{{ end }}'"
  const preset = presets.find(({ id }) => id === 'kubernetes-postgres')!
  expect(() => releaseOf({ ...presetConfig(preset), extraObjects: endless } as Config)).toThrow('stopped after 2000000 steps')
})
