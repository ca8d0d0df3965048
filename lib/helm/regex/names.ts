import { RE2JS } from 're2js'

/** A pattern as RE2JS reads it, and its named groups with their numbers. */
export interface Renamed {
  readonly pattern: string
  readonly names: readonly (readonly [string, number])[]
}

const aliases = new Map(Object.entries({
  Casedletter: 'LC', Closepunctuation: 'Pe', Combiningmark: 'M', Connectorpunctuation: 'Pc', Control: 'Cc', Currencysymbol: 'Sc',
  Dashpunctuation: 'Pd', Decimalnumber: 'Nd', Enclosingmark: 'Me', Finalpunctuation: 'Pf', Format: 'Cf', Initialpunctuation: 'Pi',
  Letter: 'L', Letternumber: 'Nl', Lineseparator: 'Zl', Lowercaseletter: 'Ll', Mark: 'M', Mathsymbol: 'Sm', Modifierletter: 'Lm',
  Modifiersymbol: 'Sk', Nonspacingmark: 'Mn', Number: 'N', Openpunctuation: 'Ps', Other: 'C', Otherletter: 'Lo', Othernumber: 'No',
  Otherpunctuation: 'Po', Othersymbol: 'So', Paragraphseparator: 'Zp', Privateuse: 'Co', Punctuation: 'P', Separator: 'Z',
  Spaceseparator: 'Zs', Spacingmark: 'Mc', Surrogate: 'Cs', Symbol: 'S', Titlecaseletter: 'Lt', Unassigned: 'Cn', Uppercaseletter: 'Lu',
  Cntrl: 'Cc', Digit: 'Nd', Punct: 'P', Lc: 'LC',
}))

/** What RE2JS knows and Go does not: classes that are no categories, and scripts of later versions of Unicode. */
const unknown = /^(?:Alphabetic|Dash|Emoji|Lowercase|Math|Uppercase|Garay|Sidetic|Sunuwar|Todhri|Unknown)$/

/** Stands before the name of a class that RE2JS shall refuse. */
const refused = '\ue000'

/** A name without regard to case, blanks and hyphens. Source: Go regexp/syntax, canonicalName. */
function canonical(name: string): string {
  const bare = name.replace(/[ _-]/g, '')
  return bare.slice(0, 1).replace(/[a-z]/, (char) => char.toUpperCase()) + bare.slice(1).replace(/[A-Z]/g, (char) => char.toLowerCase())
}

function isKnown(name: string): boolean {
  try {
    return RE2JS.compile(`\\p{${name}}`) instanceof RE2JS
  } catch {
    return false
  }
}

function unicodeClass(whole: string, letter: string, negated: string, name: string, isInClass: boolean): string {
  const known = canonical(name)
  if (known === 'Ascii') {
    const isOutside = (letter === 'P') !== (negated === '^')
    const range = isOutside ? '\\x{80}-\\x{10ffff}' : '\\x00-\\x7f'
    return isInClass ? range : `[${range}]`
  }
  if (known === 'Assigned') return `\\${letter === 'p' ? 'P' : 'p'}{${negated}Cn}`
  if (unknown.test(known) || name.includes(refused)) return whole.replace(name, refused + name)
  const short = aliases.get(known) ?? known
  if (short === name) return whole
  if (whole.length === 3 && !isKnown(short)) return whole
  return isKnown(short) ? `\\${letter}{${negated}${short}}` : whole.replace(name, refused + name)
}

const classes = /\\([pP])(?:\{(\^?)([^}]*)\}|([A-Za-z]))|\\[^]/gu

const withClasses = (text: string, isInClass: boolean): string =>
  text.replace(classes, (whole: string, letter?: string, negated = '', name?: string, single?: string) =>
    letter === undefined || (name ?? single) === undefined ? whole : unicodeClass(whole, letter, negated, (name ?? single)!, isInClass))

/** A quoted part, a set, a class, an escape, a group with a name, any other opening parenthesis. */
const parts = /\\Q[^]*?(?:\\E|$)|\[\^?\]?(?:\[:\^?\w+:\]|\\[pP]\{[^}]*\}|\\[^]|[^\]\\])*\]|\\[pP](?:\{[^}]*\}|.)|\\[^]|\(\?P?<(\w+)>|\(\??/gu

/**
 * A pattern of Go's with the names of Unicode classes that RE2JS knows, and without names of
 * groups, for Go lets two have the same one.
 */
export function renamed(pattern: string): Renamed {
  if (!/\\[pP]|\(\?P?</.test(pattern)) return { pattern, names: [] }
  const names: [string, number][] = []
  let groups = 0
  const plain = pattern.replace(parts, (part: string, name?: string) => {
    if (name !== undefined) names.push([name, ++groups])
    else if (part === '(') groups++
    if (name !== undefined) return '('
    return part.startsWith('\\Q') ? part : withClasses(part, part.startsWith('['))
  })
  return { pattern: plain, names }
}

/** The message that Go gives for the pattern, from those of RE2JS for it as it is and as it was renamed. */
export function goMessage(asItIs: string | undefined, asRenamed: string): string {
  const useful = asItIs !== undefined && !/: (?:duplicate capture group name: |invalid character class range: `\\p)/i.test(asItIs)
  const message = (useful ? asItIs : asRenamed).replaceAll(refused, '')
  const named = /^(.*: )invalid named capture: `(\(\?P?<)`$/.exec(message)
  if (named) return `${named[1]}invalid or unsupported Perl syntax: \`${named[2] === '(?P<' ? '(?P' : '(?<'}\``
  return message.endsWith('`') ? message : `${message}: \`\``
}
