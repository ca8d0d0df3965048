import { deflateSync, strToU8 } from 'fflate'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyConfig } from '../config/arbitrary.ts'
import { defaults, presetConfig, presets } from '../config/index.ts'
import { checksumOf } from './checksum.ts'
import { dictionary } from './dictionary.ts'
import { decodeLink, encodeLink, readConfigFile, writeConfigFile } from './index.ts'
import { fromBase64Url, toBase64Url } from './base64url.ts'

const linkOf = (json: string): string => {
  const payload = toBase64Url(deflateSync(strToU8(json), { dictionary: strToU8(dictionary) }))
  return `v1.${payload}.${checksumOf(payload)}`
}

test('a link and a file carry every configuration', () => {
  fc.assert(
    fc.property(anyConfig, (config) => {
      expect(decodeLink(`https://host/#${encodeLink(config)}`)).toEqual({ config, notes: [] })
      expect(readConfigFile(writeConfigFile(config))).toEqual({ config, notes: [] })
    }),
    { numRuns: 200 },
  )
})

test.each(['-_0', '+_1', '0_1', '0o7', '1e3', '.5', 'y', '~', '1:20', '2020-01-01', '=', '<<'])('a file keeps the text %s', (text) => {
  const config = { ...defaults, 'app.name': text }
  expect(readConfigFile(writeConfigFile(config))).toEqual({ config, notes: [] })
})

test.each(presets.map((preset) => [preset.id, preset] as const))('the link of %s stays under 400 characters', (_, preset) => {
  expect(encodeLink(presetConfig(preset)).length).toBeLessThan(400)
})

test('any text decodes without throwing, to a whole configuration', () => {
  const anyFragment = fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }).map((text) => `v1.${text}.AAAA`), fc.json().map(linkOf))
  fc.assert(
    fc.property(anyFragment, (text) => {
      const { config } = decodeLink(text)
      expect(Object.keys(config)).toEqual(Object.keys(defaults))
    }),
    { numRuns: 500 },
  )
})

describe('a link that cannot be read says why', () => {
  const whole = encodeLink({ ...defaults, 'app.name': 'Orders' })
  test.each([
    ['cut off', whole.slice(0, -9), 'cut off or altered'],
    ['altered', whole.replace(/\.(.)/, (_, letter: string) => `.${letter === 'A' ? 'B' : 'A'}`), 'cut off or altered'],
    ['from the future', whole.replace('v1.', 'v7.'), 'newer version'],
    ['foreign', 'utm_source=mail', 'no link of the configurator'],
    ['no object', linkOf('[1]'), 'damaged'],
    ['a bomb', linkOf(JSON.stringify({ 'app.name': 'A'.repeat(20_000_000) })), 'unpacks to more'],
  ])('%s', (_, link, words) => {
    const outcome = decodeLink(link)
    expect(outcome.failed).toContain(words)
    expect(outcome.config).toEqual(defaults)
  })
})

test.each([
  ['an unknown setting', '{"nope.nope":1}', 'is no setting'],
  ['a secret', '{"database.postgres.password":"hunter2"}', 'is a secret'],
  ['a prototype key', '{"__proto__":{"x":1},"constructor":1}', 'is no setting'],
  ['a wrong type', '{"replicaCount":"3"}', 'does not take “3”'],
  ['an option that is not there', '{"database.backend":"mysql"}', 'does not take “mysql”'],
  ['a number beyond whole numbers', '{"replicaCount":1e400}', 'does not take'],
])('%s in a link is left out and noted', (_, json, words) => {
  const outcome = decodeLink(linkOf(json))
  expect(outcome.config).toEqual(defaults)
  expect(outcome.notes.join()).toContain(words)
})

test.each([
  ['no YAML', 'a: [', 'cannot be read'],
  ['something else', 'replicaCount: 3', 'no “settings”'],
  ['a future version', 'version: 9\nsettings: {}\n', 'version “9”'],
])('a config file that is %s says so', (_, text, words) => {
  expect(readConfigFile(text).failed).toContain(words)
})

test('base64url goes both ways', () => {
  fc.assert(fc.property(fc.uint8Array(), (bytes) => { expect(fromBase64Url(toBase64Url(bytes))).toEqual(bytes) }))
})
