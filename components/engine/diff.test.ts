import { describe, expect, it } from 'vitest'
import { changedLines } from './diff.ts'

describe('changedLines', () => {
  it('finds nothing in equal texts', () => {
    expect(changedLines('a\nb\n', 'a\nb\n')).toEqual({ lines: [], gaps: [], count: 0 })
  })

  it('marks the line that changed', () => {
    expect(changedLines('a\nb\nc\n', 'a\nB\nc\n')).toEqual({ lines: [2], gaps: [], count: 1 })
  })

  it('marks lines that were added', () => {
    expect(changedLines('a\nd\n', 'a\nb\nc\nd\n')).toEqual({ lines: [2, 3], gaps: [], count: 2 })
  })

  it('says where lines were taken away', () => {
    expect(changedLines('a\nb\nc\nd\n', 'a\nd\n')).toEqual({ lines: [], gaps: [1], count: 2 })
    expect(changedLines('a\nb\n', 'b\n')).toEqual({ lines: [], gaps: [0], count: 1 })
  })

  it('keeps what stayed between two changes', () => {
    expect(changedLines('a\nb\nc\nd\ne\n', 'A\nb\nc\nd\nE\n')).toEqual({
      lines: [1, 5],
      gaps: [],
      count: 2,
    })
  })

  it('takes a new and an emptied file', () => {
    expect(changedLines('', 'a\nb\n')).toEqual({ lines: [1, 2], gaps: [], count: 2 })
    expect(changedLines('a\nb\n', '')).toEqual({ lines: [], gaps: [0], count: 2 })
  })

  it('marks everything where texts are too large to compare', () => {
    const many = (prefix: string) =>
      Array.from({ length: 2000 }, (_, at) => `${prefix}${at}`).join('\n')
    expect(changedLines(many('a'), many('b')).count).toBe(2000)
  })
})
