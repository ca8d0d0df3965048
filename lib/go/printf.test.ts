import { expect, test } from 'vitest'
import { printed, sprint } from './print.ts'
import { sprintf } from './printf.ts'
import { Int, Slice, Struct, type Value } from './value.ts'

const int = (value: number): Int => new Int(value)

test.each<[string, Value[], string]>([
  ['%5d|%-5d|%05d|%+d', [int(42), int(42), int(42), int(42)], '   42|42   |00042|+42'],
  ['%d', [1], '%!d(float64=1)'],
  ['%s', ['a', 'b'], 'a%!(EXTRA string=b)'],
  ['%s %s', ['a'], 'a %!s(MISSING)'],
  ['%[2]s %[1]s', ['a', 'b'], 'b a'],
  ['%[3]s', ['a'], '%!s(BADINDEX)'],
  ['%*d', [int(5), int(42)], '   42'],
  ['%q', ['a"b\n\u2028é'], '"a\\"b\\n\\u2028é"'],
  ['%x', ['é'], 'c3a9'],
  ['%#v', [[1, 'a', null]], '[]interface {}{1, "a", interface {}(nil)}'],
  ['%v', [new Map<string, Value>([['b', int(1)], ['a', null]])], 'map[a:<nil> b:1]'],
  ['%T', [new Slice('string', [])], '[]string'],
  ['100%', [], '100%!(NOVERB)'],
])('%s of %j', (format, operands, text) => expect(sprintf(format, operands)).toBe(text))

test('print puts a space between operands that are no strings', () => {
  expect(sprint([int(1), int(2), 'a', int(3)])).toBe('1 2a3')
})

test('a struct prints its fields unless it is a Stringer', () => {
  const fields = new Map<string, Value>([['A', 'x'], ['b', int(1)]])
  expect(printed(new Struct('T', fields))).toBe('{x 1}')
  expect(printed(new Struct('*T', fields, 'text'))).toBe('text')
})
