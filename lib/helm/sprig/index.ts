import type { Func } from '../../go/value.ts'
import { cases } from './case.ts'
import { defaults } from './defaults.ts'
import { dicts } from './dicts.ts'
import { lists } from './lists.ts'
import { math } from './math.ts'
import { texts } from './strings.ts'
import { trims } from './trim.ts'

/** Sprig's functions that need nothing but their arguments. A Map, because a template may ask for `constructor`. */
export const sprig: ReadonlyMap<string, Func> = new Map(
  Object.entries({ ...texts, ...trims, ...cases, ...lists, ...dicts, ...defaults, ...math }),
)
