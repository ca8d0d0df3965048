import { describe, expect, it } from 'vitest'
import { parseDecimal } from './parse-int.ts'

describe('parseDecimal', () => {
  it.each([
    ['0', 0n, undefined],
    ['+7', 7n, undefined],
    ['-007', -7n, undefined],
    ['9223372036854775807', 2n ** 63n - 1n, undefined],
    ['-9223372036854775808', -(2n ** 63n), undefined],
    ['9223372036854775808', 2n ** 63n - 1n, 'value out of range'],
    ['-9223372036854775809', -(2n ** 63n), 'value out of range'],
    ['', 0n, 'invalid syntax'],
    ['-', 0n, 'invalid syntax'],
    ['1_0', 0n, 'invalid syntax'],
    [' 1', 0n, 'invalid syntax'],
    ['0x1', 0n, 'invalid syntax'],
    ['9223372036854775808x', 0n, 'invalid syntax'],
    ['18446744073709551616x', 2n ** 63n - 1n, 'value out of range'],
  ])('reads %j as strconv.ParseInt does', (text, value, problem) => {
    expect(parseDecimal(text)).toEqual({ value, problem })
  })
})
