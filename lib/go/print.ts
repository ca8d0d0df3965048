import { fromBytes, joinBytes, runesOf, sortedKeys, toBytes } from './bytes.ts'
import { floatText, formatFloat } from './float.ts'
import { itemsOf, typeOf } from './kinds.ts'
import { isPrintable, quote, quoteRune } from './quote.ts'
import { Complex, emptyAddress, heapAddress, Int, isNilMap, isNilSlice, NilList, Slice, Struct, type Value } from './value.ts'

/** The flags, width and precision between `%` and its verb. */
export interface Flags {
  sharp: boolean
  zero: boolean
  plus: boolean
  minus: boolean
  space: boolean
  /** `%#v` and `%+v`, which mean something else than `#` and `+` elsewhere. */
  sharpV: boolean
  plusV: boolean
  /** Inside `%!verb(…)`, where no method of a value is asked for its text. */
  erroring: boolean
  width: number | undefined
  precision: number | undefined
}

/** Flags of a verb that has none. */
export const noFlags = (): Flags => ({
  sharp: false, zero: false, plus: false, minus: false, space: false,
  sharpV: false, plusV: false, erroring: false, width: undefined, precision: undefined,
})

const plainFlags = Object.freeze(noFlags())

const filler = (flags: Flags): string => (flags.zero && !flags.minus ? '0' : ' ')

function padded(text: string, flags: Flags, fill = filler(flags)): string {
  if (!flags.width) return text
  const missing = flags.width - runesOf(text).length
  if (missing <= 0) return text
  return flags.minus ? text + ' '.repeat(missing) : fill.repeat(missing) + text
}

const cut = (text: string, flags: Flags): string =>
  flags.precision === undefined ? text : runesOf(text).slice(0, flags.precision).join('')

const prefixes = new Map([[2, '0b'], [8, '0'], [16, '0x']])

function integerText(value: bigint, base: number, verb: string, flags: Flags): string {
  const negative = value < 0n
  let digits = (negative ? -value : value).toString(base)
  const signed = negative || flags.plus || flags.space
  if (flags.precision === 0 && value === 0n) return padded('', flags, ' ')
  const least = flags.precision ?? (flags.zero && !flags.minus && flags.width ? flags.width - (signed ? 1 : 0) : 0)
  digits = digits.padStart(least, '0')
  if (flags.sharp && !(base === 8 && digits.startsWith('0'))) digits = (prefixes.get(base) ?? '') + digits
  if (verb === 'O') digits = `0o${digits}`
  if (verb === 'X') digits = digits.toUpperCase()
  return padded((negative ? '-' : flags.plus ? '+' : flags.space ? ' ' : '') + digits, flags, ' ')
}

function unicodeText(value: bigint, flags: Flags): string {
  const unsigned = BigInt.asUintN(64, value)
  const code = unsigned.toString(16).toUpperCase().padStart(Math.max(flags.precision ?? 4, 4), '0')
  const char = flags.sharp && unsigned <= 0x10ffffn ? String.fromCodePoint(Number(unsigned)) : ''
  return padded(`U+${code}${char && isPrintable(char) ? ` '${char}'` : ''}`, flags, ' ')
}

const charOf = (value: bigint): string =>
  value < 0n || value > 0x10ffffn || (value >= 0xd800n && value <= 0xdfffn) ? '\ufffd' : String.fromCodePoint(Number(value))

const bases = new Map([['v', 10], ['d', 10], ['b', 2], ['o', 8], ['O', 8], ['x', 16], ['X', 16]])

function formatInteger(int: Int, verb: string, flags: Flags): string | undefined {
  const base = bases.get(verb)
  if (verb === 'v' && flags.sharpV && int.type.startsWith('uint')) return integerText(int.value, 16, verb, { ...flags, sharp: true })
  if (base) return integerText(int.value, base, verb, flags)
  if (verb === 'c') return padded(charOf(int.value), flags)
  if (verb === 'q') return padded(quoteRune(int.value > 0x10ffffn ? 0xfffd : Number(int.value), flags.plus), flags)
  return verb === 'U' ? unicodeText(int.value, flags) : undefined
}

/** A decimal point and the zeros that `#` keeps. */
function sharpened(text: string, verb: string, precision: number): string {
  const [, number, tail] = /^(.*?)([eEpP][+-].*)?$/.exec(text)!
  // Go forgets %X here.
  let missing = 'gGx'.includes(verb) ? (precision < 0 ? 6 : precision) : 0
  missing -= number!.replace('.', '').replace(/^0+/, '').length
  const point = number!.includes('.') ? '' : '.'
  if (point && number === '0') missing--
  return number + point + '0'.repeat(Math.max(missing, 0)) + (tail ?? '')
}

function formatNumber(value: number, verb: string, flags: Flags): string | undefined {
  if (!'vbgGxXfFeE'.includes(verb)) return undefined
  const letter = verb === 'v' ? 'g' : verb
  const precision = flags.precision ?? ('fFeE'.includes(verb) ? 6 : -1)
  const raw = formatFloat(value, letter, precision)
  const negative = raw.startsWith('-')
  let text = raw.replace(/^[+-]/, '')
  const sign = negative ? '-' : flags.plus ? '+' : flags.space && !Number.isNaN(value) ? ' ' : ''
  if (!Number.isFinite(value)) return padded((value === Infinity && !sign ? '+' : sign) + text, flags, ' ')
  if (flags.sharp && verb !== 'b') text = sharpened(text, letter, precision)
  const room = (flags.width ?? 0) - sign.length
  if (sign && filler(flags) === '0' && room > text.length) return sign + text.padStart(room, '0')
  return padded(sign + text, flags)
}

/** Both parts with the flags; the second always has a sign (fmt, fmtComplex). */
function formatComplex({ real, imaginary }: Complex, verb: string, flags: Flags): string | undefined {
  const first = formatNumber(real, verb, flags)
  return first === undefined ? undefined : `(${first}${formatNumber(imaginary, verb, { ...flags, plus: true })!}i)`
}

function hexText(bytes: Uint8Array, verb: string, flags: Flags): string {
  const part = flags.precision === undefined ? bytes : bytes.subarray(0, flags.precision)
  if (!part.length) return padded('', flags)
  const pairs = Array.from(part, byte => byte.toString(16).padStart(2, '0'))
  const mark = flags.sharp ? '0x' : ''
  const text = flags.space ? pairs.map(pair => mark + pair).join(' ') : mark + pairs.join('')
  return padded(verb === 'X' ? text.toUpperCase() : text, flags)
}

function quotedText(text: string, flags: Flags): string {
  const part = cut(text, flags)
  const raw = flags.sharp && !/[\x00-\x08\x0a-\x1f\x7f`\ufeff]|[\udc80-\udcff](?<![\ud800-\udbff].)/.test(part)
  return padded(raw ? `\`${part}\`` : quote(part, flags.plus), flags)
}

function formatString(text: string, verb: string, flags: Flags): string | undefined {
  switch (verb) {
    case 'v':
      return flags.sharpV ? quotedText(text, flags) : padded(cut(text, flags), flags)
    case 's':
      return padded(cut(text, flags), flags)
    case 'x':
    case 'X':
      return hexText(toBytes(text), verb, flags)
    case 'q':
      return quotedText(text, flags)
  }
  return undefined
}

/** What stands for a value that the verb is not made for. */
function badVerb(value: Value, verb: string, flags: Flags): string {
  if (value === undefined || value === null) return `%!${verb}(<nil>)`
  return `%!${verb}(${typeOf(value)}=${formatPlain(value, 'v', { ...flags, erroring: true }, 0)})`
}

const joined = (parts: string[], flags: Flags): string => parts.join(flags.sharpV ? ', ' : ' ')

function formatSlice(value: Value[] | Slice, verb: string, flags: Flags, depth: number): string {
  const slice = value instanceof Slice ? value : undefined
  const items = slice?.items ?? (value as Value[])
  if (slice?.elem === 'uint8') {
    const bytes = Uint8Array.from(items, item => Number((item as Int).n))
    if (verb === 'x' || verb === 'X') return hexText(bytes, verb, flags)
    if (verb === 's' || verb === 'q') return formatString(bytesText(slice), verb, flags)!
  }
  // By itself it goes by its other name.
  const type = slice?.elem === 'uint8' && depth === 0 ? '[]byte' : typeOf(value)
  if (flags.sharpV && items instanceof NilList) return `${type}(nil)`
  const parts = items.map(item => formatItem(item, verb, flags, depth + 1))
  return flags.sharpV ? `${type}{${joined(parts, flags)}}` : `[${joined(parts, flags)}]`
}

function formatMap(map: ReadonlyMap<string, Value>, verb: string, flags: Flags, depth: number): string {
  if (flags.sharpV && isNilMap(map as Map<string, Value>)) return `${typeOf(map as Map<string, Value>)}(nil)`
  const parts = sortedKeys(map).map(key => `${formatItem(key, verb, flags, depth + 1)}:${formatItem(map.get(key), verb, flags, depth + 1)}`)
  return flags.sharpV ? `${typeOf(map as Map<string, Value>)}{${joined(parts, flags)}}` : `map[${joined(parts, flags)}]`
}

/** An address as hexadecimal digits, with `0x` in front where that is asked for (fmt, fmt0x64). */
const hexAddress = (address: bigint, flags: Flags, sharp: boolean): string => integerText(address, 16, 'v', { ...flags, sharp })

/** A pointer inside another value is an address; a verb that is not for addresses shows what is there (fmt, fmtPointer). */
function embeddedPointer(struct: Struct, verb: string, flags: Flags): string {
  const { address, type } = struct
  if (verb === 'v' && flags.sharpV) return `(${type})(${address === 0n ? 'nil' : hexAddress(address, flags, true)})`
  if (verb === 'v') return address === 0n ? padded('<nil>', flags) : hexAddress(address, flags, !flags.sharp)
  if (verb === 'p') return hexAddress(address, flags, !flags.sharp)
  if ('bodxX'.includes(verb)) return integerText(address, bases.get(verb)!, verb, flags)
  return badVerb(struct, verb, flags)
}

function formatStruct(struct: Struct, verb: string, flags: Flags, depth: number): string {
  const pointer = struct.type.startsWith('*')
  if (pointer && (depth > 0 || struct.address === 0n)) return embeddedPointer(struct, verb, flags)
  const names = flags.plusV || flags.sharpV
  const parts = Array.from(struct.fields, ([name, value]) => (names ? `${name}:` : '') + formatItem(value, verb, flags, depth + 1))
  const type = flags.sharpV ? struct.type.replace('*', '') : ''
  return `${pointer ? '&' : ''}${type}{${joined(parts, flags)}}`
}

function formatItem(value: Value, verb: string, flags: Flags, depth: number): string {
  if (value === undefined || value === null) return flags.sharpV ? 'interface {}(nil)' : '<nil>'
  return formatted(value, verb, flags, depth)
}

const stringVerbs = 'vsxXq'

/** Values that Go formats at once, without a look at their methods (fmt, printArg). */
const isBasic = (value: Value): boolean => typeof value !== 'object' || (value instanceof Slice ? value.elem === 'uint8' : value instanceof Int && !value.type.startsWith('time.'))

/** The value by its own methods first (fmt, handleMethods). */
function formatted(value: Value, verb: string, flags: Flags, depth: number): string {
  if (flags.erroring) return formatPlain(value, verb, flags, depth)
  // `%w` is for errors alone.
  if (verb === 'w' && (depth > 0 || !isBasic(value))) return badVerb(value, verb, flags)
  if (flags.sharpV) {
    const text = value instanceof Struct ? value.goText : undefined
    if (text !== undefined) return padded(cut(text, flags), flags)
  } else if (stringVerbs.includes(verb)) {
    const text = textOf(value)
    if (text !== undefined) return formatString(text, verb, flags)!
  }
  return formatPlain(value, verb, flags, depth)
}

const names = new Map([
  ['time.Month', ['', 'January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']],
  ['time.Weekday', ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']],
])

/** What Go's `String` method gives, for the values that have one which printing uses. */
export function textOf(value: Value): string | undefined {
  if (value instanceof Struct) return value.stringer ? value.text : undefined
  if (!(value instanceof Int)) return undefined
  if (value.type === 'time.Duration') return durationText(value.value)
  return names.get(value.type)?.[Number(value.n)]
}

const units: readonly [string, bigint][] = [['ns', 1n], ['µs', 1000n], ['ms', 1000000n]]

/** A duration in nanoseconds as Go writes it, such as `1h2m3.5s`. */
export function durationText(nanoseconds: bigint): string {
  if (nanoseconds === 0n) return '0s'
  const sign = nanoseconds < 0n ? '-' : ''
  const size = nanoseconds < 0n ? -nanoseconds : nanoseconds
  if (size < 1000000000n) {
    const [unit, scale] = units.findLast(([, each]) => size >= each)!
    return `${sign}${decimal(size, scale)}${unit}`
  }
  const hours = size / 3600000000000n
  const minutes = (size / 60000000000n) % 60n
  return `${sign}${hours ? `${hours}h` : ''}${hours || minutes ? `${minutes}m` : ''}${decimal(size % 60000000000n, 1000000000n)}s`
}

function decimal(value: bigint, scale: bigint): string {
  const fraction = scale === 1n ? '' : (value % scale).toString().padStart(scale.toString().length - 1, '0').replace(/0+$/, '')
  return `${value / scale}${fraction ? `.${fraction}` : ''}`
}

/** The value without regard to a `String` method. */
function formatPlain(value: Value, verb: string, flags: Flags, depth: number): string {
  if (typeof value === 'string') return formatString(value, verb, flags) ?? badVerb(value, verb, flags)
  if (typeof value === 'number') return formatNumber(value, verb, flags) ?? badVerb(value, verb, flags)
  if (typeof value === 'boolean') return verb === 't' || verb === 'v' ? padded(String(value), flags) : badVerb(value, verb, flags)
  if (value instanceof Int) return formatInteger(value, verb, flags) ?? badVerb(value, verb, flags)
  if (Array.isArray(value) || value instanceof Slice) return formatSlice(value, verb, flags, depth)
  if (value instanceof Map) return formatMap(value, verb, flags, depth)
  if (value instanceof Complex) return formatComplex(value, verb, flags) ?? badVerb(value, verb, flags)
  if (value instanceof Struct) return formatStruct(value, verb, flags, depth)
  return verb === 'v' ? padded('<nil>', flags) : badVerb(value, verb, flags)
}

/** `%p`: where a map, a slice or a pointer is. */
function addressText(value: Value, flags: Flags): string {
  const pointer = value instanceof Struct ? value.type.startsWith('*') : typeof value === 'object' && !(value instanceof Int)
  if (!pointer) return badVerb(value, 'p', flags)
  const address = value instanceof Struct ? value.address : isNilMap(value) || isNilSlice(value) ? 0n : itemsOf(value)?.length === 0 ? emptyAddress : heapAddress
  return hexAddress(address, flags, !flags.sharp)
}

/** One operand of `printf`, formatted for its verb (fmt, printArg). */
export function formatValue(value: Value, verb: string, flags: Flags): string {
  if (value === undefined || value === null) return verb === 'T' || verb === 'v' ? padded('<nil>', flags) : badVerb(value, verb, flags)
  if (verb === 'p') return addressText(value, flags)
  return verb === 'T' ? padded(cut(typeOf(value), flags), flags) : formatted(value, verb, flags, 0)
}

/** The text of a value as `%v`; nil is `<nil>`. */
export function printed(value: Value): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number') return floatText(value)
  if (value instanceof Int && !value.type.startsWith('time.')) return String(value.n)
  return formatValue(value, 'v', plainFlags)
}

/** What an action writes for a value; nil and nothing are `<no value>` (text/template, printValue). */
export function actionText(value: Value): string {
  if (typeof value === 'string') return value
  if (value === undefined || value === null) return '<no value>'
  if (!(value instanceof Struct)) return printed(value)
  // A pointer is followed.
  return value.text ?? printed(new Struct(value.type.replace('*', ''), value.fields))
}

/** Operands side by side, with a space between two that are both no strings (fmt, Sprint). */
export function sprint(values: readonly Value[], print = printed): string {
  let text = ''
  values.forEach((value, at) => {
    if (at > 0 && typeof value !== 'string' && typeof values[at - 1] !== 'string') text += ' '
    text += print(value)
  })
  return joinBytes(text)
}

/** Operands with a space between them and a line end after them (fmt, Sprintln). */
export const sprintln = (values: readonly Value[]): string => `${values.map(printed).join(' ')}\n`

/** The string that holds a byte slice's bytes. */
export function bytesText(slice: Slice): string {
  return fromBytes(Uint8Array.from(slice.items, item => Number((item as Int).n)))
}
