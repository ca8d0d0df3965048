import { concatBytes } from '@noble/hashes/utils.js'
import { printed } from '../../go/print.ts'
import { toBytes } from '../../go/bytes.ts'
import { func, GoError, Struct, type Func, type Value } from '../../go/value.ts'
import type { Environment } from '../environment.ts'
import { addressBytes } from './addresses.ts'
import { bcrypt, saltSize } from './bcrypt.ts'
import { createCertificate, type Template } from './create-certificate.ts'
import { generateEc, generateEd25519 } from './curves.ts'
import { Draws, seedFrom } from './draws.ts'
import { generateDsa } from './dsa.ts'
import { parseCertificate, type Signer } from './parse-certificate.ts'
import { decodedText, firstBlock } from './pem.ts'
import { parsePrivateKey, privateKeyText, within, type PrivateKey } from './private-key.ts'
import { remembered } from './remembered.ts'
import { generateRsa } from './rsa.ts'

type Circumstances = Pick<Environment, 'random' | 'now' | 'spend'>
type NewKey = Parameters<typeof privateKeyText>[0]

/** How a kind of key is made, and what that costs in steps. */
const makers: ReadonlyMap<string, { readonly make: (draws: Draws) => NewKey; readonly steps: number }> = new Map([
  ['rsa', { make: (draws: Draws) => generateRsa(4096, draws), steps: 2_000_000 }],
  ['certificate', { make: (draws: Draws) => generateRsa(2048, draws), steps: 250_000 }],
  ['dsa', { make: generateDsa, steps: 1_000_000 }],
  ['ecdsa', { make: generateEc, steps: 1000 }],
  ['ed25519', { make: generateEd25519, steps: 1000 }],
])
const signingSteps = 10_000
const hashingSteps = 100_000

function newKey({ spend }: Circumstances, kind: string, seed: Uint8Array): NewKey {
  const { make, steps } = makers.get(kind)!
  spend(steps)
  return remembered(kind, seed, () => make(new Draws(seed)))
}

function genPrivateKey(circumstances: Circumstances, kind: string): string {
  const known = kind === '' ? 'rsa' : kind
  if (known === 'certificate' || !makers.has(known)) return `Unknown type ${kind}`
  return privateKeyText(newKey(circumstances, known, seedFrom(circumstances.random)))
}

function hashed({ random, spend }: Circumstances, password: string): string {
  spend(hashingSteps)
  const salt = new Draws(seedFrom(random)).bytes(saltSize)
  const bytes = toBytes(password)
  return remembered(`bcrypt ${salt.join()}`, bytes, () => bcrypt(bytes, salt))
}

const certificateOf = (cert: string, key: string): Struct =>
  new Struct('sprig.certificate', new Map<string, Value>([['Cert', cert], ['Key', key]]))

/** What is asked of a certificate, by Sprig's arguments. */
interface Order {
  readonly name: string
  readonly days: number
  readonly addresses?: readonly Value[]
  readonly names?: readonly Value[]
  readonly isCa?: boolean
  readonly signer?: Struct
  /** A private key in PEM, instead of a new one. */
  readonly key?: string
}

function certificate(circumstances: Circumstances, order: Order): Struct {
  const given = order.key === undefined ? undefined : within('parsing private key: ', () => parsePrivateKey(order.key!))
  const signer = order.signer && signerOf(order.signer)
  const seed = seedFrom(circumstances.random)
  const template = templateOf(circumstances, order, seed)
  circumstances.spend(signingSteps)
  const key = given ?? newKey(circumstances, 'certificate', seed)
  const cert = within('error creating certificate: ', () => createCertificate(template, key, signer?.certificate, signer?.key ?? key))
  return certificateOf(cert, privateKeyText(key as NewKey))
}

function signerOf(signer: Struct): { readonly certificate: Signer; readonly key: PrivateKey } {
  const certificate = readCertificate(signer.fields.get('Cert') as string, 'decodedSignerCert.Bytes')
  return { certificate, key: within('error parsing private key: ', () => parsePrivateKey(signer.fields.get('Key') as string)) }
}

/** Throws `GoError`; `name` is how Sprig's message calls the bytes. */
function readCertificate(text: string, name: string): Signer {
  const block = firstBlock(text)
  if (!block) throw new GoError('unable to decode certificate')
  return within(`error parsing certificate: ${name}: `, () => parseCertificate(block.bytes))
}

const serialBits = 128
const nanosecondsOfDay = 86_400_000_000_000n

function templateOf({ now }: Circumstances, order: Order, seed: Uint8Array): Template {
  const notBefore = now()
  const { name, days, addresses = [], names = [], isCa = false } = order
  // Go counts nanoseconds in 64 bits, and 292 years later it is 292 years ago.
  const held = BigInt.asIntN(64, BigInt(days) * nanosecondsOfDay)
  return {
    name,
    addresses: addresses.map(addressOf),
    names: names.map(nameOf),
    serial: new Draws(concatBytes(seed, toBytes('serial'))).bits(serialBits),
    notBefore,
    notAfter: notBefore + Math.floor(Number(held / 1_000_000n)),
    isCa,
  }
}

function addressOf(value: Value): Uint8Array {
  if (typeof value !== 'string') throw new GoError(`error parsing ip: ${printed(value)} is not a string`)
  const bytes = addressBytes(value)
  if (!bytes) throw new GoError(`error parsing ip: ${value}`)
  return bytes
}

function nameOf(value: Value): string {
  if (typeof value !== 'string') throw new GoError(`error processing alternate dns name: ${printed(value)} is not a string`)
  return value
}

function custom(cert: string, key: string): Struct {
  const certText = decodedText(cert, 'unable to decode base64 certificate')
  const keyText = decodedText(key, 'unable to decode base64 private key')
  readCertificate(certText, 'decodedCert.Bytes')
  within('error parsing private key: ', () => parsePrivateKey(keyText))
  return certificateOf(certText, keyText)
}

const named = ['string', '[]interface {}', '[]interface {}', 'int'] as const

/** Sprig's functions that make keys, certificates and password hashes. */
export function certificates(circumstances: Circumstances): Record<string, Func> {
  const made = (order: Order): Struct => certificate(circumstances, order)
  return {
    bcrypt: func(['string'], (password) => hashed(circumstances, password)),
    htpasswd: func(['string', 'string'], (user, password) => (user.includes(':') ? `invalid username: ${user}` : `${user}:${hashed(circumstances, password)}`)),
    genPrivateKey: func(['string'], (kind) => genPrivateKey(circumstances, kind)),
    genCA: func(['string', 'int'], (name, days) => made({ name, days, isCa: true })),
    genCAWithKey: func(['string', 'int', 'string'], (name, days, key) => made({ name, days, isCa: true, key })),
    genSelfSignedCert: func(named, (name, addresses, names, days) => made({ name, addresses, names, days })),
    genSelfSignedCertWithKey: func([...named, 'string'], (name, addresses, names, days, key) => made({ name, addresses, names, days, key })),
    genSignedCert: func([...named, 'sprig.certificate'], (name, addresses, names, days, signer) => made({ name, addresses, names, days, signer })),
    genSignedCertWithKey: func([...named, 'sprig.certificate', 'string'], (name, addresses, names, days, signer, key) =>
      made({ name, addresses, names, days, signer, key })),
    buildCustomCert: func(['string', 'string'], custom),
  }
}
