import { compareStrings } from '../../go/bytes.ts'
import { addedOneByOne, backed, behind, exact, grownTo, roomy } from '../../go/capacity.ts'
import { deepEqual, itemsOf, kindOf } from '../../go/kinds.ts'
import { func, GoError, Int, NilList, Slice, type Func, type Value } from '../../go/value.ts'
import { integerOf, isEmpty, strings, toStrings } from './convert.ts'
import { checkItems } from './limits.ts'

/** What Go panics with where there is nothing behind a pointer. */
export const nilPointer = (): GoError => new GoError('runtime error: invalid memory address or nil pointer dereference')

/** The items of a list, or the error that Sprig gives for anything else. */
function listItems(value: Value, problem: string): Value[] {
  if (value === null || value === undefined) throw nilPointer()
  const items = itemsOf(value)
  if (!items) throw new GoError(`${problem} ${kindOf(value)}`)
  return items
}

const find = (name: string): string => `Cannot find ${name} on type`

function push(list: Value, value: Value): Value {
  const items = [...listItems(list, 'Cannot push on type'), value]
  return roomy(items, () => grownTo(items.length, items.length - 1))
}

function prepend(list: Value, value: Value): Value {
  const items = [value, ...listItems(list, 'Cannot prepend on type')]
  return items.length > 1 ? roomy(items, () => grownTo(items.length, 1)) : exact(items)
}

function chunk(size: number, list: Value): Value {
  const items = listItems(list, 'Cannot chunk type')
  const count = size === 0 ? -1 : Math.floor((items.length - 1) / size) + 1
  const lastLength = items.length % size || size
  if (count < 0 || (count === 1 && lastLength < 0) || (count > 1 && size < 0)) throw new GoError('runtime error: makeslice: len out of range')
  return new Slice('[]interface {}', Array.from({ length: count }, (_, at) => exact(items.slice(at * size, at === count - 1 ? at * size + lastLength : (at + 1) * size))))
}

const first = (list: Value): Value => listItems(list, find('first'))[0] ?? null
const last = (list: Value): Value => listItems(list, find('last')).at(-1) ?? null
const orNil = (items: Value[]): Value[] => (items.length > 0 ? items : new NilList())

function rest(list: Value): Value {
  const items = listItems(list, find('rest'))
  return items.length > 0 ? exact(items.slice(1)) : new NilList()
}

function initial(list: Value): Value {
  const items = listItems(list, find('initial'))
  return items.length > 0 ? exact(items.slice(0, -1)) : new NilList()
}

const reverse = (list: Value): Value => exact([...listItems(list, find('reverse'))].reverse())
const compact = (list: Value): Value => listItems(list, 'Cannot compact on type').filter(item => !isEmpty(item))

const includes = (items: readonly Value[], value: Value): boolean => items.some(item => deepEqual(item, value))

function uniq(list: Value): Value {
  const result: Value[] = []
  for (const item of listItems(list, find('uniq'))) if (!includes(result, item)) result.push(item)
  return result
}

const without = (list: Value, ...omitted: Value[]): Value =>
  listItems(list, find('without')).filter(item => !includes(omitted, item))

const has = (needle: Value, list: Value): Value =>
  list !== null && list !== undefined && includes(listItems(list, find('has')), needle)

/** A list of texts alone is sorted where it is, and whoever else holds it sees that. */
function sortAlpha(list: Value): Value {
  if (list === null || list === undefined) return strings(['<nil>'])
  const texts = toStrings(list)
  ;(texts.items as string[]).sort(compareStrings)
  return texts
}

const indexOf = (value: Value): number => Number(integerOf(value))

function slice(list: Value, ...indices: Value[]): Value {
  const items = listItems(list, 'list should be type of slice or array but')
  if (!items.length) return null
  const from = indices.length > 0 ? indexOf(indices[0]) : 0
  const to = indices.length > 1 ? indexOf(indices[1]) : items.length
  const all = (): readonly Value[] => [...items, ...behind(list, items)]
  if (from < 0 || to < from || (to > items.length && to > all().length)) throw new GoError('reflect.Value.Slice: slice index out of bounds')
  const part = to > items.length ? all().slice(from, to) : items.slice(from, to)
  backed(part, () => all().slice(to))
  return list instanceof Slice ? new Slice(list.elem, part) : part
}

function concat(...lists: Value[]): Value {
  const result: Value[] = []
  for (const list of lists) {
    if (list === null || list === undefined) throw nilPointer()
    const items = itemsOf(list)
    if (!items) throw new GoError(`Cannot concat type ${kindOf(list)} as list`)
    for (const item of items) result.push(item)
  }
  return orNil(result)
}

function untilStep(start: number, stop: number, step: number): Int[] {
  const numbers: Int[] = []
  if (step === 0 || (stop < start) !== step < 0) return numbers
  checkItems((stop - start) / step)
  for (let at = start; step > 0 ? at < stop : at > stop; at += step) numbers.push(new Int(at))
  return numbers
}

function seq(...bounds: number[]): string {
  if (bounds.length === 0 || bounds.length > 3) return ''
  const start = bounds.length === 1 ? 1 : bounds[0]!
  const end = bounds.at(-1)!
  const direction = end < start ? -1 : 1
  if (bounds.length === 3 && direction < 0 && bounds[1]! > 0) return ''
  const step = bounds.length === 3 ? bounds[1]! : direction
  return untilStep(start, end + direction, step).map(({ n }) => n).join(' ')
}

/** A function and its twin that returns errors; here both throw them. */
const both = <Name extends string, Must extends string>(name: Name, must: Must, body: Func): Record<Name | Must, Func> =>
  ({ [name]: body, [must]: body }) as Record<Name | Must, Func>

const list = func(['...any'], (...values) => exact(values))

export const lists = {
  list,
  tuple: list,
  ...both('append', 'mustAppend', func(['any', 'any'], push)),
  ...both('push', 'mustPush', func(['any', 'any'], push)),
  ...both('prepend', 'mustPrepend', func(['any', 'any'], prepend)),
  ...both('chunk', 'mustChunk', func(['int', 'any'], chunk)),
  ...both('first', 'mustFirst', func(['any'], first)),
  ...both('last', 'mustLast', func(['any'], last)),
  ...both('rest', 'mustRest', func(['any'], rest)),
  ...both('initial', 'mustInitial', func(['any'], initial)),
  ...both('reverse', 'mustReverse', func(['any'], reverse)),
  ...both('compact', 'mustCompact', func(['any'], compact)),
  ...both('uniq', 'mustUniq', func(['any'], uniq)),
  ...both('without', 'mustWithout', func(['any', '...any'], without)),
  ...both('has', 'mustHas', func(['any', 'any'], has)),
  ...both('slice', 'mustSlice', func(['any', '...any'], slice)),
  concat: { ...func(['...any'], concat), givesInterface: true },
  sortAlpha: func(['any'], sortAlpha),
  until: func(['int'], count => addedOneByOne(new Slice('int', untilStep(0, count, count < 0 ? -1 : 1)))),
  untilStep: func(['int', 'int', 'int'], (start, stop, step) => addedOneByOne(new Slice('int', untilStep(start, stop, step)))),
  seq: func(['...int'], seq),
}
