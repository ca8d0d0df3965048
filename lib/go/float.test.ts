import { expect, test } from 'vitest'
import { floatText, formatFloat } from './float.ts'

test.each([
  [0, '0'], [-0, '-0'], [1, '1'], [999999, '999999'], [1000000, '1e+06'], [5242880, '5.24288e+06'], [0.0001, '0.0001'],
  [0.00001, '1e-05'], [123456789, '1.23456789e+08'], [1e21, '1e+21'], [-1.5, '-1.5'], [Infinity, '+Inf'], [NaN, 'NaN'],
])('prints %d as %s', (value, text) => expect(floatText(value)).toBe(text))

test.each([
  [0.5, 'f', 0, '0'], [1.5, 'f', 0, '2'], [2.5, 'f', 0, '2'], [0.25, 'f', 1, '0.2'], [0.35, 'f', 1, '0.3'],
  [0.1, 'f', 20, '0.10000000000000000555'], [12345.678, 'e', 6, '1.234568e+04'], [1234.5678, 'g', 3, '1.23e+03'],
  [100, 'g', 10, '100'], [9.99, 'f', 1, '10.0'], [1.5, 'x', -1, '0x1.8p+00'], [1.5, 'b', -1, '6755399441055744p-52'],
])('formats %d with %s and precision %d', (value, verb, precision, text) => expect(formatFloat(value, verb, precision)).toBe(text))
