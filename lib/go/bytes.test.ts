import { expect, test } from 'vitest'
import { byteLength, byteSlice, compareStrings, fromBytes, joinBytes, toBytes } from './bytes.ts'

test.each(['', 'abc', 'é日😀', '\udcff', 'a\udc80b', '\ud83d\ude00\udcc3'])('bytes of %j and back', text => {
  expect(fromBytes(toBytes(text))).toBe(text)
  expect(byteLength(text)).toBe(toBytes(text).length)
})

test('half a character is kept as bytes and made whole again', () => {
  const left = byteSlice('é', 0, 1)
  expect(left).toBe('\udcc3')
  expect(joinBytes(left + byteSlice('é', 1, 2))).toBe('é')
})

test.each([
  ['a', 'b'], ['B', 'a'], ['', 'a'], ['a', 'ab'], ['\uffff', '😀'], ['z', 'é'], ['\udc80', '\udcff'], ['a', '\udc80'],
])('%j comes before %j', (a, b) => {
  expect(compareStrings(a, b)).toBeLessThan(0)
  expect(compareStrings(b, a)).toBeGreaterThan(0)
})

test('long texts and programs are held as they are', () => {
  const long = 'a' + '\u{1f600}'.repeat(5000) + 'é'.repeat(9000)
  expect(fromBytes(new TextEncoder().encode(long))).toBe(long)
  const program = Uint8Array.from({ length: 3_000_000 }, (_, at) => (at * at) >> 3)
  expect(Buffer.compare(toBytes(fromBytes(program)), program)).toBe(0)
})
