import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { toBytes } from '../../go/bytes.ts'
import { loadChart, loadFunctions, renderChart, type RenderOptions } from '../index.ts'
import { seededRandom } from '../random.ts'
import { addressBytes } from './addresses.ts'
import { bcrypt } from './bcrypt.ts'
import { createCertificate } from './create-certificate.ts'
import { parseCertificate } from './parse-certificate.ts'
import { firstBlock } from './pem.ts'
import { isPrime, isProbablyPrime } from './primes.ts'
import { parsePrivateKey, privateKeyText } from './private-key.ts'

const read = <T>(name: string): T => JSON.parse(readFileSync(new URL(`./testdata/${name}.json`, import.meta.url), 'utf8')) as T

/** What the real Helm made. */
const helm = read<{
  certificates: Record<string, string>
  bcrypt: [password: string, hash: string][]
  aes: [password: string, text: string, encrypted: string][]
  derived: [given: string, password: string][]
}>('helm')

const now = Date.UTC(2026, 10, 23, 1, 45, 29)

beforeAll(() => loadFunctions())

function rendered(text: string, options: RenderOptions = {}): string {
  const chart = loadChart([{ path: 'Chart.yaml', text: 'apiVersion: v2\nname: c\nversion: 1.0.0\n' }, { path: 'templates/NOTES.txt', text }])
  return renderChart(chart, new Map(), { name: 'r' }, { now, ...options }).notes
}

const made = (text: string, options?: RenderOptions): Record<string, string> => JSON.parse(rendered(text, options)) as Record<string, string>
const named = (...names: readonly string[]): string =>
  `{{ dict ${names.map((name) => `"${name}" $${name}.Cert "${name}Key" $${name}.Key`).join(' ')} | toJson }}`

describe('Node reads what we make', () => {
  test('an authority and what it signs', () => {
    const { ca, signed, signedKey } = made(
      `{{- $ca := genCA "my-ca" 365 }}{{ $signed := genSignedCert "foo.example.com" (list "10.0.0.1" "::1") (list "foo.example.com" "*.bar") 30 $ca }}${named('ca', 'signed')}`,
    )
    const [authority, leaf] = [new X509Certificate(ca!), new X509Certificate(signed!)]
    expect(leaf.checkIssued(authority)).toBe(true)
    expect(leaf.verify(authority.publicKey)).toBe(true)
    expect(authority.verify(authority.publicKey)).toBe(true)
    expect([authority.ca, leaf.ca]).toEqual([true, false])
    expect(leaf.checkPrivateKey(createPrivateKey(signedKey!))).toBe(true)
    expect(leaf.subjectAltName).toBe('DNS:foo.example.com, DNS:*.bar, IP Address:10.0.0.1, IP Address:0:0:0:0:0:0:0:1')
    expect([leaf.subject, leaf.issuer]).toEqual(['CN=foo.example.com', 'CN=my-ca'])
    expect([leaf.validFrom, leaf.validTo]).toEqual(['Nov 23 01:45:29 2026 GMT', 'Dec 23 01:45:29 2026 GMT'])
    expect(leaf.publicKey.asymmetricKeyDetails).toEqual({ modulusLength: 2048, publicExponent: 65537n })
  })

  test.each([
    ['ecdsa', 'ec', { namedCurve: 'prime256v1' }],
    ['ed25519', 'ed25519', {}],
    ['rsa', 'rsa', { modulusLength: 4096, publicExponent: 65537n }],
    ['dsa', 'dsa', { modulusLength: 2048, divisorLength: 256 }],
  ])('a private key of %s', { timeout: 60_000 }, (kind, type, details) => {
    const text = rendered(`{{ genPrivateKey "${kind}" }}`)
    const key = createPrivateKey(text)
    expect(key.asymmetricKeyType).toBe(type)
    expect(key.asymmetricKeyDetails).toEqual(details)
    expect(createPublicKey(key).type).toBe('public')
    expect(privateKeyText(parsePrivateKey(text) as Parameters<typeof privateKeyText>[0])).toBe(text)
  })

  test('finds the primes that we find', () => {
    const random = seededRandom(1)
    const drawn = Array.from({ length: 300 }, () => (BigInt(Math.floor(random() * 2 ** 50)) << 80n) | BigInt(2 * Math.floor(random() * 2 ** 45) + 1))
    // The last three pass Fermat's test to the base 2, and one to every base.
    const known = [2n ** 127n - 1n, 2n ** 521n - 1n, 2n ** 2203n - 1n, 2n ** 129n - 1n, 341n, 561n, 3215031751n]
    const primes = [...known, ...drawn].filter(isProbablyPrime)
    expect([...known, ...drawn].filter((n) => isPrime(n))).toEqual(primes)
    expect(primes.slice(0, 3)).toEqual(known.slice(0, 3))
    expect(primes.length).toBeGreaterThan(5)
  })

  test.each(['ecdsa', 'ed25519'])('a certificate of a key of %s', (kind) => {
    const { own, ownKey } = made(`{{- $own := genSelfSignedCertWithKey "" nil (list "a.b") 1 (genPrivateKey "${kind}") }}${named('own')}`)
    const certificate = new X509Certificate(own!)
    expect(certificate.verify(certificate.publicKey)).toBe(true)
    expect(certificate.checkPrivateKey(createPrivateKey(ownKey!))).toBe(true)
    expect(certificate.subjectAltName).toBe('DNS:a.b')
  })
})

describe('what is made', () => {
  const text = `{{- $ca := genCA "a" 1 }}{{ $own := genSelfSignedCert "b" nil nil 1 }}${named('ca', 'own')}`

  test('is the same for the same draws and another for others', () => {
    const [once, again, other] = [1, 1, 2].map((seed) => made(text, { random: seededRandom(seed) }))
    expect(again).toEqual(once)
    expect(other!.ca).not.toBe(once!.ca)
    expect(once!.ownKey).not.toBe(once!.caKey)
  })

  test('goes by the clock', () => {
    const { ca } = made(text, { now: now + 86_400_000 })
    expect(new X509Certificate(ca!).validFrom).toBe('Nov 24 01:45:29 2026 GMT')
  })
})

describe('what Helm made', () => {
  const { certificates: pems } = helm
  const signer = (name: string) => parseCertificate(firstBlock(pems[name]!)!.bytes)

  test.each([
    ['ca', { isCa: true }, undefined],
    ['ed25519', { isCa: true }, undefined],
    ['elsewhere', { isCa: false, names: ['a'] }, undefined],
    ['signed', { isCa: false, names: ['foo.example.com', '*.bar'], addresses: ['10.0.0.1', '::1', '::ffff:1.2.3.4'] }, 'ca'],
  ])('%s comes out byte for byte', (name, { isCa, names = [], addresses = [] }: { isCa: boolean; names?: string[]; addresses?: string[] }, by) => {
    const theirs = new X509Certificate(pems[name]!)
    const template = {
      name: theirs.subject.replace('CN=', ''),
      addresses: addresses.map((address) => addressBytes(address)!),
      names,
      serial: BigInt(`0x${theirs.serialNumber}`),
      notBefore: Date.parse(theirs.validFrom),
      notAfter: Date.parse(theirs.validTo),
      isCa,
    }
    const key = parsePrivateKey(pems[`${name}Key`]!)
    expect(createCertificate(template, key, by === undefined ? undefined : signer(by), by === undefined ? key : parsePrivateKey(pems[`${by}Key`]!))).toBe(pems[name])
    expect(privateKeyText(key as Parameters<typeof privateKeyText>[0])).toBe(pems[`${name}Key`])
  })

  test.each(helm.bcrypt)('bcrypt of %j', (password, hash) => {
    expect(bcrypt(toBytes(password), saltOf(hash))).toBe(hash)
  })

  test.each(helm.aes)('AES by %j', (password, text, encrypted) => {
    expect(rendered(`{{ decryptAES "${password}" "${encrypted}" }}`)).toBe(text)
    expect(rendered(`{{ encryptAES "${password}" "${text}" | decryptAES "${password}" }}`)).toBe(text)
  })

  test.each(helm.derived)('derivePassword %s', (given, password) => expect(rendered(`{{ derivePassword ${given} }}`)).toBe(password))
})

test.each(['genCA "a" 1', 'genPrivateKey "ecdsa"', 'bcrypt "x"', 'derivePassword 1 "pin" "p" "u" "s"'])('%s over and over ends', { timeout: 30_000 }, (call) => {
  const text = `{{ range until 1000000 }}{{ $_ := ${call} }}{{ end }}`
  expect(() => rendered(text, { limits: { steps: 300_000 } })).toThrow('stopped after 300000 steps')
})

test('bcrypt refuses long passwords in a sentence', () => {
  expect(rendered('{{ bcrypt (repeat 73 "x") }}')).toBe('failed to encrypt string with bcrypt: bcrypt: password length exceeds 72 bytes')
})

const letters = './ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** The salt of a bcrypt hash: 22 letters of 6 bits. */
function saltOf(hash: string): Uint8Array {
  const bits = Array.from(hash.slice(7, 29), (letter) => letters.indexOf(letter).toString(2).padStart(6, '0')).join('')
  return Uint8Array.from({ length: 16 }, (_, at) => parseInt(bits.slice(at * 8, at * 8 + 8), 2))
}

describe('messages of Go about damaged files', () => {
  const { bases, cases } = read<{ bases: Record<string, string>; cases: { of: string; at: number; byte: number; as?: string; message: string }[] }>('damaged')
  const base64 = (text: string): string => Buffer.from(text).toString('base64')

  test.each(cases.map((each) => [`${each.of} with ${each.byte} at ${each.at}${each.as === undefined ? '' : ` as ${each.as}`}`, each] as const))('%s', (_, { of, at, byte, as, message }) => {
    const { label, bytes } = firstBlock(bases[of]!)!
    const changed = bytes.slice()
    changed[at] = byte
    const text = `-----BEGIN ${as ?? label}-----\n${Buffer.from(changed).toString('base64')}\n-----END ${as ?? label}-----\n`
    const [cert, key] = label === 'CERTIFICATE' ? [text, bases['ed25519']!] : [bases['certificate']!, text]
    const template = `{{ (buildCustomCert "${base64(cert)}" "${base64(key)}").Cert | len }}`
    if (message === 'ok') expect(Number(rendered(template))).toBeGreaterThan(0)
    else expect(() => rendered(template)).toThrow(`error calling buildCustomCert: ${message}`)
  })

  test.each([
    ['genCAWithKey "x" 1 "k"', 'parsing private key: no PEM data in input'],
    ['genCAWithKey "x" 1 (genPrivateKey "dsa")', 'error creating certificate: x509: certificate private key does not implement crypto.Signer'],
    ['genSelfSignedCert "x" (list "10.0.0") nil 1', 'error parsing ip: 10.0.0'],
    ['genSelfSignedCert "x" nil (list 1) 1', 'error processing alternate dns name: 1 is not a string'],
    ['genSelfSignedCert "x" nil (list "ä") 1', 'error creating certificate: x509: "ä" cannot be encoded as an IA5String'],
    ['genSelfSignedCert "\\xff" nil nil 1', 'error creating certificate: asn1: string not valid UTF-8'],
    [
      `genSignedCert "x" nil nil 1 (buildCustomCert "${base64(bases['certificate']!)}" "${base64(bases['sec1']!)}")`,
      "error creating certificate: x509: provided PrivateKey doesn't match parent's PublicKey",
    ],
  ])('%.80s', { timeout: 30_000 }, (call, message) => expect(() => rendered(`{{ ${call} }}`)).toThrow(message))
})
