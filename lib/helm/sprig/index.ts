import type { Func } from '../../go/value.ts'
import { cases } from './case.ts'
import { defaults } from './defaults.ts'
import { dicts } from './dicts.ts'
import { encodings } from './encoding.ts'
import { hashes } from './hashes.ts'
import { lists } from './lists.ts'
import { math } from './math.ts'
import { paths } from './paths.ts'
import { regexQuoteMeta } from './regex.ts'
import { semvers } from './semver.ts'
import { texts } from './strings.ts'
import { trims } from './trim.ts'
import { urls } from './urls.ts'
import { words } from './words.ts'

export { dates, timeFromText } from './dates.ts'
export { randoms } from './random.ts'
export { nativeRegexes } from './regex-native.ts'

/** Sprig's functions that need nothing but their arguments. A Map, because a template may ask for `constructor`. */
export const sprig: ReadonlyMap<string, Func> = new Map<string, Func>([
  ...Object.entries({
    ...texts, ...trims, ...cases, ...words, ...lists, ...dicts, ...defaults, ...math,
    ...encodings, ...hashes, ...paths, ...semvers, ...urls,
  }),
  ['regexQuoteMeta', regexQuoteMeta],
])
