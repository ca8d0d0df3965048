import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { contexts, fragments, textSettings } from '../testing/hostile.ts'
import {
  accepted,
  anyChoices,
  errorsOf,
  placedBy,
  placesIn,
  strays,
  valueOf,
  withTexts,
} from '../testing/placed-texts.ts'
import { applies } from './config/index.ts'
import { hasShape, problemOf } from './config/schema.ts'

const places = contexts.map(([name, config]) => ({ name, config, all: placesIn(config) }))

test(
  'whatever is typed, it is refused with a reason, or every file has it at its place and is else what it was',
  { timeout: 300_000 },
  () => {
    const count = { texts: 0, refused: 0 }
    fc.assert(
      fc.property(fc.nat(places.length - 1), anyChoices, (which, choices) => {
        const { name, config, all } = places[which] as (typeof places)[number]
        const { kept, refused } = accepted(config, placedBy(choices, all))
        count.texts += kept.length
        count.refused += refused.size
        expect(
          strays(config, kept),
          `${name} with ${JSON.stringify(kept.map((one) => [one.setting.path, one.text]))}`,
        ).toBeUndefined()
      }),
      { numRuns: Number(process.env.RUNS ?? 120) },
    )
    console.log(
      `${count.texts} hostile texts came through unchanged, ${count.refused} were refused with a reason, over ${textSettings.length} settings in ${contexts.length} configurations`,
    )
  },
)

test.each([
  ['app.rootPath', '/0.1', /^nginx|^Traefik/],
  ['app.name', '1e3017', /^a Gateway/],
  ['ingress.hosts', '//', /^kubernetes-production/],
] as const)('%s may be %s', (path, text, names) => {
  const tried = places
    .filter(({ name }) => names.test(name))
    .flatMap(({ config, all }) =>
      all
        .filter(({ setting }) => setting.path === path)
        .map((place) => strays(config, accepted(config, [{ ...place, text }]).kept)),
    )
  expect(new Set(tried)).toEqual(new Set([undefined]))
})

describe('what a declaration refuses is an error at its setting, in words', () => {
  test.each(
    [...fragments, 'x'.repeat(100_000)].map(
      (text) => [text.length > 40 ? `${text.slice(0, 3)}… (${text.length})` : text, text] as const,
    ),
  )('%j', (_, text) => {
    for (const { config, all } of places.filter((_one, at) => at % 9 === 0)) {
      const refused = all
        .map((one) => ({ ...one, text }))
        .filter(
          (one) =>
            problemOf(one.setting.path, valueOf(one)) !== undefined &&
            hasShape(one.setting.field, valueOf(one)),
        )
      const first = [...new Map(refused.map((one) => [one.setting.path, one])).values()]
      const said = new Map(
        errorsOf(withTexts(config, first)).flatMap(({ id, path, message }) =>
          id === 'setting-invalid' ? [[path, message] as const] : [],
        ),
      )
      for (const { setting } of first) {
        expect(said.get(setting.path), setting.path).toContain(setting.field.label)
        expect((said.get(setting.path) as string).length, setting.path).toBeLessThan(500)
      }
    }
  })
})

test('every setting that takes text has its place in some configuration', () => {
  const tried = new Set(places.flatMap(({ all }) => all.map(({ setting }) => setting.path)))
  for (const { path, field } of textSettings) {
    expect(
      contexts.some(([, config]) => applies(config, path)),
      path,
    ).toBe(true)
    // Those that a word does not fit hold numbers, addresses and the like, which have no sign of any language.
    if (!tried.has(path))
      expect(
        ['a b', '"', "'", '$', '\\', '{', '#', '\n', '`', ';', '&', '<'].filter(
          (text) => problemOf(path, (field.kind === 'list' ? [text] : text) as never) === undefined,
        ),
        path,
      ).toEqual([])
  }
})
