import { expect, test } from 'vitest'
import { settings } from './index.ts'
import { defaultsOf } from './versions.ts'

/** A number that changes when any default does (FNV-1a over the JSON). */
function fingerprint(value: unknown): number {
  let hash = 0x811c9dc5
  for (const letter of JSON.stringify(value)) hash = Math.imul(hash ^ (letter.codePointAt(0) as number), 0x01000193) >>> 0
  return hash
}

// A link holds only what differs from the defaults of its version. When this fails, do not change the
// number: keep the old defaults under version 1 and add the new ones as the next version. New settings
// belong into both; list them here without their first value.
test('the defaults of version 1 are what they were', () => {
  const defaults = defaultsOf(1)!
  expect(fingerprint(settings.map(({ path }) => [path, defaults[path]]))).toBe(671361964)
})

test('a version of the future is not known', () => expect(defaultsOf(2)).toBeUndefined())
