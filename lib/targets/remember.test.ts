import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyConfig } from '../config/arbitrary.ts'
import { defaults } from '../config/index.ts'
import { render } from '../render.ts'
import { remembering } from './remember.ts'
import type { Target } from './target.ts'

test('renders again only when a setting that was read has changed', () => {
  let runs = 0
  const target: Target = {
    id: 'probe',
    label: 'Probe',
    render: (config) => {
      runs++
      return [{ path: 'a', text: config['app.debug'] ? config['app.name'] : '' }]
    },
  }
  const remembered = remembering(target)
  const first = remembered.render(defaults)
  expect(remembered.render({ ...defaults, 'app.name': 'Orders' })).toBe(first)
  expect(remembered.render({ ...defaults, 'app.name': 'Orders', 'app.debug': true })).toEqual([{ path: 'a', text: 'Orders' }])
  expect(runs).toBe(2)
})

test('files do not depend on what was rendered before', () => {
  fc.assert(
    fc.property(anyConfig, anyConfig, (one, other) => {
      const fresh = render(one)
      render(other)
      expect(render(one)).toEqual(fresh)
    }),
    { numRuns: 40 },
  )
})
