import { generateKeyPairSync, webcrypto, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { certificateFor, pemOf, der, unseal as unsealWith } from '../../testing/sealing.ts'
import { decodeBase64, encodeBase64 } from './base64.ts'
import { certificateOf, labelOf, seal, SealingError, type Scope, type SealingCrypto } from './index.ts'
import { utf8 } from './utf8.ts'

const real = readFileSync(join(import.meta.dirname, 'testdata/rsa-4096.pem'), 'utf8')
const elliptic = readFileSync(join(import.meta.dirname, 'testdata/ec.pem'), 'utf8')
const derOf = (pem: string): Buffer => new X509Certificate(pem).raw

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const certificate = certificateFor(publicKey)

const unseal = (sealed: string, label: string): string => unsealWith(privateKey, sealed, label)

describe('sealing', () => {
  const scopes: readonly (readonly [Scope, string])[] = [
    ['strict', 'shop/orders-secrets'],
    ['namespace-wide', 'shop'],
    ['cluster-wide', ''],
  ]
  test.each(scopes)('%s: the controller reads it, and only with the label "%s"', async (scope, label) => {
    const sealed = await seal(certificate, 'pässword €\n', scope, 'shop', 'orders-secrets', webcrypto)
    expect(labelOf(scope, 'shop', 'orders-secrets')).toBe(label)
    expect(unseal(sealed, label)).toBe('pässword €\n')
    expect(() => unseal(sealed, `${label}x`)).toThrow()
  })

  test.each(['', 'x', 'x'.repeat(10_000)])('values of any length', async (value) => {
    expect(unseal(await seal(certificate, value, 'cluster-wide', '', '', webcrypto), '')).toBe(value)
  })

  test('bytes stay with their owner as they are', async () => {
    const bytes = Uint8Array.from([0x61, 0x62])
    expect(unseal(await seal(certificate, bytes, 'strict', 'a', 'b', webcrypto), 'a/b')).toBe('ab')
    expect([...bytes]).toEqual([0x61, 0x62])
  })

  test('twice is never the same', async () => {
    const [one, other] = await Promise.all([1, 2].map(() => seal(certificate, 'x', 'strict', 'a', 'b', webcrypto)))
    expect(one).not.toBe(other)
  })

  test("the page's crypto serves as well", async () => {
    const browser: SealingCrypto = globalThis.crypto
    expect(unseal(await seal(certificate, 'x', 'strict', 'a', 'b', browser), 'a/b')).toBe('x')
  })

  test('a real certificate serves', async () => {
    expect(Buffer.from(await seal(real, 'x', 'strict', 'a', 'b', webcrypto), 'base64').readUInt16BE(0)).toBe(512)
  })

  test('what is missing or too long is refused', async () => {
    await expect(seal(certificate, 'x', 'strict', 'a', '', webcrypto)).rejects.toThrow('name of its Secret')
    await expect(seal(certificate, 'x', 'namespace-wide', '', '', webcrypto)).rejects.toThrow('namespace')
    await expect(seal(certificate, new Uint8Array(1024 * 1024 + 1), 'cluster-wide', '', '', webcrypto)).rejects.toThrow('1 MiB')
  })
})

describe('certificates', () => {
  test('are read as Node reads them', () => {
    const expected = new X509Certificate(real)
    const { publicKey: spki, bits, notBefore, notAfter } = certificateOf(`some words before\r\n${real.replaceAll('\n', '\r\n')}`)
    expect(Buffer.from(spki)).toEqual(expected.publicKey.export({ type: 'spki', format: 'der' }))
    expect(bits).toBe(4096)
    expect([Date.parse(notBefore), Date.parse(notAfter)]).toEqual([Date.parse(expected.validFrom), Date.parse(expected.validTo)])
  })

  test('the first of several counts', () => expect(certificateOf(`${certificate}${real}`).bits).toBe(2048))

  test('years of two and of four digits', () => {
    const { notBefore, notAfter } = certificateOf(certificate)
    expect([notBefore, notAfter]).toEqual(['2025-01-01T00:00:00Z', '2060-01-01T00:00:00Z'])
  })

  const bytes = derOf(real)
  const changed = (at: number, value: number): string => pemOf(Buffer.from(bytes.map((byte, index) => (index === at ? value : byte))))
  test.each([
    ['nothing', '', 'no certificate'],
    ['a key', pemOf(Buffer.from('x'), 'RSA PRIVATE KEY'), 'private key'],
    ['a key beside a certificate', `${real}${pemOf(Buffer.from('x'), 'PRIVATE KEY')}`, 'private key'],
    ['a public key', pemOf(Buffer.from('x'), 'PUBLIC KEY'), 'no certificate'],
    ['no end', real.slice(0, 500), 'no certificate'],
    ['no base64', '-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----', 'base64'],
    ['no content', '-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----', 'damaged'],
    ['cut off', pemOf(bytes.subarray(0, 600)), 'cut off'],
    ['something behind', pemOf(Buffer.concat([bytes, Buffer.from([0])])), 'follows its end'],
    ['length without end', changed(1, 0x80), 'damaged'],
    ['length of a gigabyte', changed(1, 0x84), 'damaged'],
    ['another tag', changed(0, 0x31), 'follows its end'],
    ['tag of several bytes', changed(0, 0x3f), 'damaged'],
    ['another algorithm', elliptic, 'no RSA key'],
    ['a short key', certificateFor(generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey), '1024 bits'],
    ['no times', certificateFor(publicKey, [der(0x17, '2501010000Z'), der(0x17, 'x')]), 'how long it holds'],
    ['far too long', `${real}${' '.repeat(100_000)}`, 'too long'],
  ])('%s is refused in words', async (_, pem, words) => {
    expect(() => certificateOf(pem)).toThrow(SealingError)
    expect(() => certificateOf(pem)).toThrow(words)
    await expect(seal(pem, 'x', 'cluster-wide', '', '', webcrypto)).rejects.toThrow(SealingError)
  })

  test('any damage is refused in words or leaves a key that can be read', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }), fc.nat(bytes.length), (changes, length) => {
        const copy = Buffer.from(bytes)
        for (const [at, value] of changes) copy[at] = value
        for (const one of [copy, copy.subarray(0, length)])
          try {
            certificateOf(pemOf(one))
          } catch (error) {
            expect(error).toBeInstanceOf(SealingError)
          }
      }),
      { numRuns: 500 },
    )
  })
})

test('base64 and UTF-8 are those of Node', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(encodeBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'))
      expect([...decodeBase64(encodeBase64(bytes))]).toEqual([...bytes])
    }),
  )
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void expect([...utf8(text)]).toEqual([...Buffer.from(text)])))
  expect([...utf8('a\ud800b')]).toEqual([...Buffer.from('a\ud800b')])
})
