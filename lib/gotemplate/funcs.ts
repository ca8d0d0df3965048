import { byteLength, toBytes } from '../go/bytes.ts'
import { isTrue, itemsOf, typeOf } from '../go/kinds.ts'
import { actionText, sprint, sprintln } from '../go/print.ts'
import { sprintf } from '../go/printf.ts'
import { isPrintable } from '../go/quote.ts'
import { func, GoError, Int, NilList, Slice, type Func, type Value } from '../go/value.ts'
import { equal, less } from './compare.ts'

function position(index: Value, length: number): number {
  if (index === null || index === undefined) throw new GoError('cannot index slice/array with nil')
  if (!(index instanceof Int)) throw new GoError(`cannot index slice/array with type ${typeOf(index)}`)
  const at = Number(index.n)
  if (at < 0 || at > length) throw new GoError(`index out of range: ${index.n}`)
  return at
}

const outOfRange = (kind: string): GoError => new GoError(`reflect: ${kind} index out of range`)

function mapKey(index: Value): string {
  if (index === null || index === undefined) throw new GoError('value is nil; should be of type string')
  if (typeof index !== 'string') throw new GoError(`value has type ${typeOf(index)}; should be string`)
  return index
}

/** What a map of the type gives for a key that it lacks. */
export function zeroOf(map: ReadonlyMap<string, Value>): Value {
  const type = typeOf(map as Map<string, Value>)
  if (type === 'map[string]string') return ''
  return type === 'engine.files' ? new Slice('uint8', new NilList()) : null
}

function indexed(item: Value, index: Value): Value {
  if (item === null || item === undefined) throw new GoError('index of nil pointer')
  if (item instanceof Map) {
    const key = mapKey(index)
    return item.has(key) ? item.get(key) : zeroOf(item)
  }
  if (typeof item === 'string') {
    const bytes = toBytes(item)
    const at = position(index, bytes.length)
    if (at === bytes.length) throw outOfRange('string')
    return new Int(bytes[at]!, 'uint8')
  }
  const items = itemsOf(item)
  if (!items) throw new GoError(`can't index item of type ${typeOf(item).replace(/^\*/, '')}`)
  const at = position(index, items.length)
  if (at === items.length) throw outOfRange('slice')
  return items[at] ?? null
}

function index(item: Value, indexes: readonly Value[]): Value {
  if (item === null || item === undefined) throw new GoError('index of untyped nil')
  return indexes.reduce(indexed, item)
}

function length(item: Value): Value {
  if (item === undefined) throw new GoError('reflect: call of reflect.Value.Type on zero Value')
  if (item === null) throw new GoError('len of nil pointer')
  if (typeof item === 'string') return new Int(byteLength(item))
  if (item instanceof Map) return new Int(item.size)
  const items = itemsOf(item)
  if (!items) throw new GoError(`len of type ${typeOf(item).replace(/^\*/, '')}`)
  return new Int(items.length)
}

function call(callee: Value): never {
  if (callee === null || callee === undefined) throw new GoError('call of nil')
  throw new GoError(`non-function of type ${typeOf(callee)}`)
}

/** The operands joined as actions would print them. */
function joined(values: readonly Value[]): string {
  return sprint(values.map(value => value ?? '<no value>'), actionText)
}

const htmlEscapes = new Map([['\0', '\ufffd'], ['"', '&#34;'], ["'", '&#39;'], ['&', '&amp;'], ['<', '&lt;'], ['>', '&gt;']])

const html = (values: readonly Value[]): string => joined(values).replace(/[\0"'&<>]/g, char => htmlEscapes.get(char)!)

function jsEscaped(char: string): string {
  if (char === '\\' || char === "'" || char === '"') return `\\${char}`
  const point = char.codePointAt(0)!
  if (point >= 0x80 && (isPrintable(char) || (point >= 0xdc80 && point <= 0xdcff))) return char
  return `\\u${point.toString(16).toUpperCase().padStart(4, '0')}`
}

const js = (values: readonly Value[]): string => joined(values).replace(/[\\'"<>&=\x00-\x1f]|[^\x00-\x7f]/gu, jsEscaped)

/** Escapes for the query of a URL (net/url, QueryEscape). */
function queryEscape(text: string): string {
  return text.replace(/[^\w.~-]+/g, (run) => Array.from(toBytes(run), (byte) => (byte === 0x20 ? '+' : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)).join(''))
}

const comparison = (holds: (a: Value, b: Value) => boolean): Func => func(['reflect.Value', 'reflect.Value'], holds)

const lessOrEqual = (a: Value, b: Value): boolean => less(a, b) || equal(a, [b])

/** `and` and `or` stop at the operand that decides, so the executor runs them; here are only their signatures. */
const shortCircuit: Func = { params: ['reflect.Value'], variadic: 'reflect.Value', call: () => undefined }

/** The functions that every template has (text/template, Functions); `slice` is not there, Helm's is Sprig's. */
export const builtins: ReadonlyMap<string, Func> = new Map<string, Func>([
  ['and', shortCircuit],
  ['or', shortCircuit],
  ['call', func(['reflect.Value', '...reflect.Value'], call)],
  ['eq', func(['reflect.Value', '...reflect.Value'], (first, ...others) => equal(first, others))],
  ['ge', comparison((a, b) => !less(a, b))],
  ['gt', comparison((a, b) => !lessOrEqual(a, b))],
  ['html', func(['...any'], (...values) => html(values))],
  ['index', func(['reflect.Value', '...reflect.Value'], (item, ...indexes) => index(item, indexes))],
  ['js', func(['...any'], (...values) => js(values))],
  ['le', comparison(lessOrEqual)],
  ['len', func(['reflect.Value'], length)],
  ['lt', comparison(less)],
  ['ne', comparison((a, b) => !equal(a, [b]))],
  ['not', func(['reflect.Value'], value => !isTrue(value))],
  ['print', func(['...any'], (...values) => sprint(values))],
  ['printf', func(['string', '...any'], (format, ...values) => sprintf(format, values))],
  ['println', func(['...any'], (...values) => sprintln(values))],
  ['urlquery', func(['...any'], (...values) => queryEscape(joined(values)))],
])
