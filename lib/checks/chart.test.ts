import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyKubernetesConfig } from '../../testing/repaired.ts'
import { render } from '../render.ts'
import { check } from './index.ts'

test('the chart refuses nothing in which no check finds an error', () => {
  fc.assert(
    fc.property(anyKubernetesConfig, (config) => {
      fc.pre(check(config).every(({ severity }) => severity !== 'error'))
      expect(render(config).refusal).toBeUndefined()
    }),
    { numRuns: 25 },
  )
})
