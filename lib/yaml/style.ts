/** What the characters of a string allow, as libyaml's emitter sees them. */
export interface Analysis {
  readonly multiline: boolean
  readonly plain: boolean
  readonly single: boolean
  readonly block: boolean
}

const simple: Analysis = { multiline: false, plain: true, single: true, block: true }
const empty: Analysis = { multiline: false, plain: true, single: true, block: false }

/** Letters and harmless punctuation, single spaces between: nothing here can be an indicator. */
const harmless = /^[\w./$()+=;^<~\\](?:[\w./$()+=;^<>~\\@%&*!|{}[\],"'`?-]| (?=[^ #]))*$/

const breaks = /[\n\r\x85\u2028\u2029]/
const firstIndicator = /^(?:[#,[\]{}&*!|>'"%@`]|---|\.\.\.|[?:-](?:[ \t]|$))/
const innerIndicator = /:(?:[ \t]|$)|[ \t\n\r\0\x85\u2028\u2029]#/
const unprintable = /[^\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/
const spaceThenBreak = / [\n\r\x85\u2028\u2029]/
const breakThenSpace = /[\n\r\x85\u2028\u2029] /
const edgeBlank = /^[ \n\r\x85\u2028\u2029]|[ \n\r\x85\u2028\u2029]$/

/**
 * Which styles can carry a string.
 * Source: libyaml `yaml_emitter_analyze_scalar`. go-yaml v3 lets a block keep its tabs.
 */
export function analyze(text: string, tabsInBlocks: boolean): Analysis {
  if (text === '') return empty
  if (harmless.test(text) && !text.startsWith('...')) return simple
  const special = unprintable.test(tabsInBlocks ? text.replaceAll('\t', ' ') : text)
  const quotesNeeded = spaceThenBreak.test(text) || special
  const multiline = breaks.test(text)
  return {
    multiline,
    plain:
      !quotesNeeded && !multiline && !edgeBlank.test(text) && !text.includes('\t') && !hasIndicator(text),
    single: !quotesNeeded && !text.includes('\t') && !breakThenSpace.test(text),
    block: !quotesNeeded && !text.endsWith(' '),
  }
}

const hasIndicator = (text: string): boolean => firstIndicator.test(text) || innerIndicator.test(text)

/** Whether a character can stand as it is between double quotes. */
export const isPrintable = (code: number): boolean =>
  (code >= 0x20 && code <= 0x7e) || (code >= 0xa0 && code <= 0xd7ff) || (code >= 0xe000 && code <= 0xfffd && code !== 0xfeff)

/** Whether a character ends a line; U+2028 and U+2029 do. */
export const isBreak = (code: number): boolean =>
  code === 0x0a || code === 0x0d || code === 0x85 || code === 0x2028 || code === 0x2029
