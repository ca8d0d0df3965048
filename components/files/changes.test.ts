import { expect, test } from 'vitest'
import { changeFrom, changesOf } from './changes.ts'

const order = ['a', 'b', 'c']
const marks = { a: { lines: [3, 4, 9], gaps: [], count: 3 }, c: { lines: [], gaps: [0], count: 1 } }
const changes = changesOf(order, marks)

test('a run of lines is one change', () => {
  expect(changes).toEqual([
    { path: 'a', line: 3 },
    { path: 'a', line: 9 },
    { path: 'c', line: 1 },
  ])
})

test('goes from change to change, and round', () => {
  expect(changeFrom(changes, order, { path: 'a', line: 3 }, 1)).toEqual({ path: 'a', line: 9 })
  expect(changeFrom(changes, order, { path: 'b', line: 1 }, 1)).toEqual({ path: 'c', line: 1 })
  expect(changeFrom(changes, order, { path: 'c', line: 1 }, 1)).toEqual({ path: 'a', line: 3 })
  expect(changeFrom(changes, order, { path: 'a', line: 3 }, -1)).toEqual({ path: 'c', line: 1 })
  expect(changeFrom([], order, { path: 'a', line: 3 }, 1)).toBeUndefined()
})
