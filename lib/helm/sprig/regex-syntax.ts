import { GoError } from '../../go/value.ts'
import { checkBytes } from './regex-bytes.ts'

/** A pattern of Go's as a source for JavaScript's `RegExp` with the flag `v`. */
export interface Translated {
  readonly source: string
  readonly flags: string
}

const posix = new Map([
  ['alnum', '0-9A-Za-z'], ['alpha', 'A-Za-z'], ['ascii', '\\x00-\\x7f'], ['blank', '\\t '], ['cntrl', '\\x00-\\x1f\\x7f'],
  ['digit', '0-9'], ['graph', '\\x21-\\x7e'], ['lower', 'a-z'], ['print', '\\x20-\\x7e'],
  ['punct', '\\x21-\\x2f\\x3a-\\x40\\x5b-\\x60\\x7b-\\x7e'], ['space', '\\t\\n\\v\\f\\r '], ['upper', 'A-Z'], ['word', '0-9A-Za-z_'], ['xdigit', '0-9A-Fa-f'],
])

const perl = new Map([['d', '0-9'], ['s', '\\t\\n\\f\\r '], ['w', '0-9A-Za-z_']])
const controls = new Map([['a', 7], ['f', 12], ['n', 10], ['r', 13], ['t', 9], ['v', 11]])

const fault = (problem: string, part: string): GoError => new GoError(`error parsing regexp: ${problem}: \`${part}\``)

const trailingBackslash = (): GoError => fault('trailing backslash at end of expression', '')

const isPlain = (char: string): boolean => /[A-Za-z0-9_]/.test(char) || char > '\x7f'

const pointText = (point: number): string => `\\u{${point.toString(16)}}`

interface Flags {
  readonly i: boolean
  readonly m: boolean
  readonly s: boolean
  readonly U: boolean
}

const noFlags: Flags = { i: false, m: false, s: false, U: false }

class Translator {
  private at = 0
  private flags: Flags = noFlags
  private output = ''
  private readonly outer: Flags[] = []
  /** Whether what was just written can be repeated, and the repetition if it already is. */
  private repeatable = false
  private repetition = ''

  constructor(private readonly pattern: string) {}

  translate(): Translated {
    const { pattern } = this
    checkBytes(pattern, part => new Translator(part).translate())
    const whole = /^\(\?([ims]*)\)/.exec(pattern)
    const ignoreCase = whole?.[1]!.includes('i') && !/\(\?[a-zA-Z]*-[a-zA-Z]*i/.test(pattern)
    while (this.at < pattern.length) this.item()
    if (this.outer.length) throw fault('missing closing )', pattern)
    return { source: this.output, flags: ignoreCase ? 'dgvi' : 'dgv' }
  }

  private atom(text: string): void {
    this.output += text
    this.repeatable = true
    this.repetition = ''
  }

  private assertion(text: string): void {
    // JavaScript repeats no assertion, Go does.
    this.atom(`(?:${text})`)
  }

  private item(): void {
    const char = String.fromCodePoint(this.pattern.codePointAt(this.at)!)
    switch (char) {
      case '(':
        return this.open()
      case ')':
        return this.close()
      case '|':
        return this.plain('|')
      case '[':
        return this.charClass()
      case '\\':
        return this.escape()
      case '.':
        this.at++
        return this.atom(this.flags.s ? '[^]' : '[^\\n]')
      case '^':
        this.at++
        return this.assertion(this.flags.m ? '(?<=\\n|^)' : '^')
      case '$':
        this.at++
        return this.assertion(this.flags.m ? '(?=\\n|$)' : '$')
      case '*':
      case '+':
      case '?':
        return this.repeat(char)
      case '{': {
        const counted = /^\{(\d+)(,(\d*))?\}/.exec(this.pattern.slice(this.at))
        if (counted) return this.repeatCounted(counted)
      }
    }
    this.at += char.length
    this.atom(this.literal(char))
  }

  private plain(text: string): void {
    this.at += text.length
    this.output += text
    this.repeatable = false
    this.repetition = ''
  }

  private literal(char: string): string {
    if (this.flags.i) {
      const other = char.toLowerCase() === char ? char.toUpperCase() : char.toLowerCase()
      if (other !== char && Array.from(other).length === 1) return `[${char}${other}]`
    }
    return isPlain(char) ? char : pointText(char.codePointAt(0)!)
  }

  private repeatCounted([text, low, , high]: RegExpExecArray): void {
    if (Number(low) > 1000 || Number(high || 0) > 1000 || (high && Number(high) < Number(low))) throw fault('invalid repeat count', text)
    this.repeat(text)
  }

  private repeat(operator: string): void {
    const lazy = this.pattern[this.at + operator.length] === '?'
    const text = operator + (lazy ? '?' : '')
    if (this.repetition) throw fault('invalid nested repetition operator', this.repetition + text)
    if (!this.repeatable) throw fault('missing argument to repetition operator', text)
    this.at += text.length
    this.output += operator + (lazy !== this.flags.U ? '?' : '')
    this.repeatable = false
    this.repetition = text
  }

  private open(): void {
    const rest = this.pattern.slice(this.at)
    const named = /^\(\?P?<([^>]*)>/.exec(rest)
    if (!rest.startsWith('(?')) return this.group('(', '(')
    if (named && !/^\(\?<[=!]/.test(rest)) {
      if (!/^\w+$/.test(named[1]!)) throw fault('invalid named capture', named[0])
      return this.group(named[0], `(?<${/^\d/.test(named[1]!) ? '_' : ''}${named[1]}>`)
    }
    const flags = /^\(\?([imsU]*)(-[imsU]+)?([:)])/.exec(rest)
    if (!flags || flags[0] === '(?)') throw fault('invalid or unsupported Perl syntax', /^\(\?<?[^a-zA-Z]?/.exec(rest)![0])
    if (flags[3] === ':') {
      this.group(flags[0], '(?:')
      this.setFlags(flags[1]!, flags[2] ?? '')
      return
    }
    this.at += flags[0].length
    this.setFlags(flags[1]!, flags[2] ?? '')
    this.repeatable = false
  }

  private group(from: string, to: string): void {
    this.at += from.length
    this.outer.push(this.flags)
    this.output += to
    this.repeatable = false
    this.repetition = ''
  }

  private setFlags(on: string, off: string): void {
    const set = (name: keyof Flags): boolean => !off.includes(name) && (on.includes(name) || this.flags[name])
    this.flags = { i: set('i'), m: set('m'), s: set('s'), U: set('U') }
  }

  private close(): void {
    const flags = this.outer.pop()
    if (!flags) throw fault('unexpected )', this.pattern)
    this.flags = flags
    this.at++
    this.atom(')')
  }

  private escape(): void {
    const letter = this.pattern[this.at + 1]
    if (letter === undefined) throw trailingBackslash()
    const assertion = { A: '^', z: '$', b: '\\b', B: '\\B' }[letter]
    if (assertion) {
      this.at += 2
      return this.assertion(assertion)
    }
    if (letter === 'Q') return this.quoted()
    const set = this.classEscape()
    this.atom(set ? `[${set}]` : this.literal(String.fromCodePoint(this.escapedPoint())))
  }

  private quoted(): void {
    const end = this.pattern.indexOf('\\E', this.at + 2)
    const text = this.pattern.slice(this.at + 2, end < 0 ? undefined : end)
    this.at = end < 0 ? this.pattern.length : end + 2
    for (const char of text) this.atom(this.literal(char))
  }

  /** A class such as `\d` or `\pL` as the inside of brackets; nothing if there is none here. */
  private classEscape(): string | undefined {
    const letter = this.pattern[this.at + 1] ?? ''
    const known = perl.get(letter.toLowerCase())
    if (known) {
      this.at += 2
      return letter === letter.toLowerCase() ? known : `[^${known}]`
    }
    return letter === 'p' || letter === 'P' ? this.unicodeClass() : undefined
  }

  private unicodeClass(): string {
    const found = /^\\([pP])(?:\{(\^?)([^}]*)\}|([^{]))/.exec(this.pattern.slice(this.at))
    if (!found) throw fault('invalid character class range', this.pattern.slice(this.at))
    const name = found[3] ?? found[4]!
    const property = [`${name}`, `Script=${name}`].find(each => isProperty(each))
    if (!property && name !== 'Any') throw fault('invalid character class range', found[0])
    this.at += found[0].length
    const negated = (found[1] === 'P') !== (found[2] === '^')
    return `\\${negated ? 'P' : 'p'}{${property ?? 'Any'}}`
  }

  private escapedPoint(): number {
    const rest = this.pattern.slice(this.at)
    if (rest.length === 1) throw trailingBackslash()
    const numeric = /^\\x(?:([0-9a-fA-F]{2})|\{([0-9a-fA-F]+)\})/.exec(rest)
    if (numeric) {
      this.at += numeric[0].length
      return parseInt((numeric[1] ?? numeric[2])!, 16)
    }
    const octal = /^\\(?:0[0-7]{0,2}|[1-7][0-7]{1,2})/.exec(rest)
    if (octal) {
      this.at += octal[0].length
      return parseInt(octal[0].slice(1), 8)
    }
    const char = String.fromCodePoint(rest.codePointAt(1)!)
    const control = controls.get(char)
    if (control === undefined && (isPlain(char) && char !== '_' || char > '\x7f')) throw fault('invalid escape sequence', `\\${char}`)
    this.at += 1 + char.length
    return control ?? char.codePointAt(0)!
  }

  private charClass(): void {
    const start = this.at
    const negated = this.pattern[start + 1] === '^'
    this.at += negated ? 2 : 1
    let inside = ''
    for (let first = true; first || this.pattern[this.at] !== ']'; first = false) {
      if (this.at >= this.pattern.length) throw fault('missing closing ]', this.pattern.slice(start))
      inside += this.classItem(start)
    }
    this.at++
    this.atom(`[${negated ? '^' : ''}${inside}]`)
  }

  private classItem(start: number): string {
    const rest = this.pattern.slice(this.at)
    const named = /^\[:(\^?)([a-z]+):\]/.exec(rest)
    if (named) {
      const set = posix.get(named[2]!)
      if (!set) throw fault('invalid character class range', named[0])
      this.at += named[0].length
      return named[1] ? `[^${set}]` : set
    }
    if (rest.startsWith('\\')) {
      const set = this.classEscape()
      if (set) return set
    }
    return this.range(start)
  }

  private classPoint(start: number): number {
    if (this.at >= this.pattern.length) throw fault('missing closing ]', this.pattern.slice(start))
    if (this.pattern[this.at] === '\\') return this.escapedPoint()
    const point = this.pattern.codePointAt(this.at)!
    this.at += point > 0xffff ? 2 : 1
    return point
  }

  private range(start: number): string {
    const from = this.at
    const low = this.classPoint(start)
    let high = low
    if (this.pattern[this.at] === '-' && this.pattern[this.at + 1] !== ']' && this.at + 1 < this.pattern.length) {
      this.at++
      high = this.classPoint(start)
    }
    if (high < low) throw fault('invalid character class range', this.pattern.slice(from, this.at))
    const text = high === low ? pointText(low) : `${pointText(low)}-${pointText(high)}`
    return this.flags.i ? text + otherCase(low, high) : text
  }
}

/** The ASCII letters of a range in their other case. */
function otherCase(low: number, high: number): string {
  let text = ''
  for (let point = Math.max(low, 65); point <= Math.min(high, 122); point++) {
    const char = String.fromCharCode(point)
    if (/[A-Za-z]/.test(char)) text += char === char.toLowerCase() ? char.toUpperCase() : char.toLowerCase()
  }
  return text
}

function isProperty(name: string): boolean {
  try {
    return new RegExp(`\\p{${name}}`, 'v').source !== ''
  } catch {
    return false
  }
}

/** Go's regular expression for JavaScript. Throws `GoError` with the message of Go's regexp/syntax. */
export const translated = (pattern: string): Translated => new Translator(pattern).translate()
