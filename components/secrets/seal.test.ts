import { webcrypto, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Sealing } from '../../lib/plan/index.ts'
import { drawn, merged, missingIn, noteOf, sealAll } from './seal.ts'

const pem = readFileSync(
  new URL('../../lib/sealing/testdata/rsa-4096.pem', import.meta.url),
  'utf8',
)
const { validFrom } = new X509Certificate(pem)
const key = (name: string) => ({
  key: name,
  label: 'Label',
  help: 'Help.',
  drawable: false,
  severalLines: false,
})
const secrets: Sealing['secrets'] = [
  { name: 'orders', keys: [key('A'), key('B')] },
  { name: 'redis', keys: [key('A')] },
]

test('what was typed is sealed, what was not is left out', async () => {
  const typed: Record<string, string> = { '0.0': 'one', '1.0': 'two' }
  const sealed = await sealAll(
    pem,
    { secrets, namespace: 'shop', scope: 'strict' },
    (field) => typed[field] ?? '',
    webcrypto,
  )
  expect(Object.entries(sealed).map(([name, values]) => [name, Object.keys(values)])).toEqual([
    ['orders', ['A']],
    ['redis', ['A']],
  ])
  expect(JSON.stringify(sealed)).not.toMatch(/one|two/)
  expect(missingIn(secrets, sealed)).toEqual(['B'])
})

test('what is sealed later joins what was sealed before, and replaces it', () => {
  const all = merged(
    { orders: { A: 'old', B: 'kept' } },
    { orders: { A: 'new' }, redis: { A: 'x' } },
  )
  expect(all).toEqual({ orders: { A: 'new', B: 'kept' }, redis: { A: 'x' } })
  expect(missingIn(secrets, all)).toEqual([])
})

test('a certificate is told apart from what is none, and from one that does not hold', () => {
  expect(noteOf(' ', 0)).toBeUndefined()
  expect(noteOf('hello', 0)).toMatchObject({
    usable: false,
    text: expect.stringContaining('no certificate'),
  })
  expect(noteOf(pem, Date.parse(validFrom) - 1000)).toMatchObject({
    usable: false,
    text: expect.stringContaining('begins only'),
  })
  expect(noteOf(pem, Date.parse(validFrom) + 1000)).toMatchObject({
    usable: true,
    text: expect.stringContaining('4096 bits'),
  })
  expect(noteOf(pem, Date.parse('2099-01-01'))).toMatchObject({
    usable: false,
    text: expect.stringContaining('ended on'),
  })
})

test('a drawn value has 256 bits', () => {
  expect(drawn(webcrypto)).toMatch(/^[0-9a-f]{64}$/)
  expect(drawn(webcrypto)).not.toBe(drawn(webcrypto))
})
