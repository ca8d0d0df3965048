/**
 * What Go has behind the items of a slice: `slice` reaches it. A list that was put together item by
 * item has the room that `append` made; other lists say what they have.
 */
import { Int, Slice, type Value } from './value.ts'

/** The sizes in bytes that Go's allocator has, up to which it rounds; larger ones are whole pages. Source: Go runtime, sizeclasses. */
const sizes = [
  8, 16, 24, 32, 48, 64, 80, 96, 112, 128, 144, 160, 176, 192, 208, 224, 240, 256, 288, 320, 352, 384, 416, 448, 480, 512, 576, 640, 704, 768, 896, 1024, 1152, 1280, 1408,
  1536, 1792, 2048, 2304, 2688, 3072, 3200, 3456, 4096, 4864, 5120, 5376, 6144, 6528, 6784, 6912, 8192, 9472, 9728, 10240, 10880, 12288, 13568, 14336, 16384, 18432, 19072, 20480,
  21760, 24576, 27264, 28672, 32768,
]
const page = 8192
const ofInterface = 16

const sizeOf = ({ elem }: Slice): number => (elem === 'uint8' ? 1 : elem === 'int' ? 8 : ofInterface)

/** The room that `append` makes for so many items where there was room for fewer. Source: Go runtime, growslice. */
export function grownTo(count: number, capacity: number, size = ofInterface): number {
  let room = capacity
  if (count > 2 * capacity) room = count
  else if (capacity < 256) room = 2 * capacity
  else while (room < count) room += Math.floor((room + 768) / 4)
  return Math.floor(allocated(room * size, size === ofInterface) / size)
}

/** What Go allocates for so many bytes. What is large and has pointers in it begins with a word about them. Source: Go runtime, roundupsize. */
function allocated(bytes: number, hasPointers: boolean): number {
  const head = hasPointers && bytes > 512 ? 8 : 0
  const found = sizes.find((each) => each >= bytes + head)
  return found === undefined ? Math.ceil(bytes / page) * page : found - head
}

/** The room of a slice to which so many items were added one by one. */
function grownOneByOne(count: number, start: number, size: number): number {
  let room = start
  while (room < count) room = grownTo(room + 1, room, size)
  return room
}

type Behind = () => readonly Value[]

const hidden = new WeakMap<readonly Value[], Behind>()
const nothing: Behind = () => []

/** The items of a list as they are, with what is behind them. */
export function backed<Items extends readonly Value[]>(items: Items, behind: Behind): Items {
  hidden.set(items, behind)
  return items
}

/** The same for a list of so much room, with nothing in it; how much is asked only when it is looked at. */
export const roomy = <Items extends readonly Value[]>(items: Items, capacity: () => number, zero: Value = null): Items =>
  backed(items, () => unused(items, capacity(), zero))

const unused = (items: readonly Value[], capacity: number, zero: Value): Value[] => Array.from({ length: capacity - items.length }, () => zero)

/** The same for a list without room. */
export const exact = <Items extends readonly Value[]>(items: Items): Items => backed(items, nothing)

/** The items of a typed slice, added one by one. */
export function addedOneByOne(slice: Slice, start = 0): Slice {
  roomy(slice.items, () => grownOneByOne(slice.items.length, start, sizeOf(slice)), slice.elem === 'int' ? new Int(0) : '')
  return slice
}

/** What is behind the items of a list. */
export function behind(list: Value, items: readonly Value[]): readonly Value[] {
  const found = hidden.get(items)
  if (found || list instanceof Slice) return found?.() ?? []
  return unused(items, grownOneByOne(items.length, 0, ofInterface), null)
}

/** Gives a copy of a list the room of the original. */
export function keepRoom<Items extends readonly Value[]>(from: readonly Value[], copy: Items): Items {
  const room = hidden.get(from)
  return room ? backed(copy, room) : copy
}
