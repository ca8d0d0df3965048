import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyConfig, anyValue } from './arbitrary.ts'
import { settings } from './fields.ts'
import { problemOf } from './schema.ts'

test('every configuration passes its own schema', () => {
  fc.assert(
    fc.property(anyConfig, (config) => {
      for (const { path } of settings) expect([path, problemOf(path, config[path])]).toEqual([path, undefined])
    }),
    { numRuns: 50 },
  )
})

test.each(settings.map(({ path }) => path))('%s gets values of its own', (path) => {
  for (const value of fc.sample(anyValue(path), 5)) expect(problemOf(path, value)).toBeUndefined()
})
