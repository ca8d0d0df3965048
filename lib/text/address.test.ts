import { describe, expect, test } from 'vitest'
import {
  contains,
  hasHostBits,
  isLoopback,
  isPrivate,
  networkOf,
  overlaps,
  strictText,
  type Network,
} from './address.ts'
import { bytesInWords, dockerBytes, milliseconds, quantityOf } from './quantity.ts'

const net = (text: string): Network => networkOf(text) as Network

describe('addresses', () => {
  test.each([
    ['10.1.2.3/8', '10.0.0.0/8'],
    ['172.30.0.129/25', '172.30.0.128/25'],
    ['1.2.3.4/0', '0.0.0.0/0'],
    ['fd00::1/8', 'fd00::/8'],
    ['2001:db8:0:0:1:0:0:1/64', '2001:db8::/64'],
    ['2001:db8:1:2:3:4:5:6/128', '2001:db8:1:2:3:4:5:6/128'],
    ['::ffff:10.0.0.1/128', '::ffff:a00:1/128'],
    ['::/0', '::/0'],
  ])('%s lies in %s', (text, strict) => {
    expect(strictText(net(text))).toBe(strict)
    expect(networkOf(strict)).toBeDefined()
    expect(hasHostBits(net(strict))).toBe(false)
    expect(hasHostBits(net(text))).toBe(text !== strict && !text.startsWith('::ffff'))
  })

  test.each([
    '',
    '10.0.0',
    '10.0.0.256',
    '010.0.0.1',
    '10.0.0.0/33',
    '10.0.0.0/',
    '1/2/3',
    ':',
    ':::',
    '1::2::3',
    '12345::',
    '1:2:3:4:5:6:7',
    '::/129',
    'localhost',
    '*',
  ])('%j names no network', (text) => expect(networkOf(text)).toBeUndefined())

  test('contain, overlap, are private, are loopback', () => {
    expect(contains(net('10.0.0.0/8'), net('10.9.0.0/16'))).toBe(true)
    expect(contains(net('10.9.0.0/16'), net('10.0.0.0/8'))).toBe(false)
    expect(contains(net('::/0'), net('10.0.0.1'))).toBe(false)
    expect(overlaps(net('172.17.5.0/24'), net('172.17.0.0/16'))).toBe(true)
    expect(overlaps(net('172.18.0.0/16'), net('172.17.0.0/16'))).toBe(false)
    expect(
      ['172.31.0.0/16', '172.32.0.0/16', '192.168.1.1'].map((text) => isPrivate(net(text))),
    ).toEqual([true, false, true])
    expect(
      ['localhost', '127.9.9.9', '[::1]', '::1', '10.0.0.1', 'postgres'].map(isLoopback),
    ).toEqual([true, true, true, true, false, false])
  })
})

test('quantities', () => {
  expect(['100m', '0.5', '2', '1Gi', '1G', '500Mi', '', '1x', 'Gi'].map(quantityOf)).toEqual([
    0.1,
    0.5,
    2,
    2 ** 30,
    1e9,
    500 * 2 ** 20,
    undefined,
    undefined,
    undefined,
  ])
  expect(['512m', '2g', '64k', '5', 'm'].map(dockerBytes)).toEqual([
    512 * 2 ** 20,
    2 * 2 ** 30,
    65536,
    undefined,
    undefined,
  ])
  expect(['30s', '500ms', '1m', '1h', '5'].map(milliseconds)).toEqual([
    30_000,
    500,
    60_000,
    3_600_000,
    undefined,
  ])
  expect([512 * 2 ** 20, 1.5 * 2 ** 30, 100.26 * 2 ** 20].map(bytesInWords)).toEqual([
    '512 MiB',
    '1.5 GiB',
    '100.3 MiB',
  ])
})
