import { printed } from '../../go/print.ts'
import { func, GoError, Struct, type Func, type Value } from '../../go/value.ts'
import { blockText, checkCertificate, checkPrivateKey, decodedText } from './pem.ts'

// Keys and certificates are drawn anew at every installation, and making real ones would take a
// page seconds, so here only their shape is right.

type Random = () => number

const bytes = (random: Random, count: number): Uint8Array => Uint8Array.from({ length: count }, () => Math.floor(random() * 256))

/** A PEM block that holds a DER sequence of random bytes. */
function pem(random: Random, label: string, size: number): string {
  const content = bytes(random, size)
  const length = size < 0x80 ? [size] : size < 0x100 ? [0x81, size] : [0x82, size >> 8, size & 0xff]
  return blockText({ label, bytes: Uint8Array.of(0x30, ...length, ...content) })
}

const bcryptLetters = './ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

const bcrypt = (random: Random): string =>
  `$2a$10$${Array.from({ length: 53 }, () => bcryptLetters[Math.floor(random() * 64)]).join('')}`

/** Labels and sizes of private keys by the name of their kind. */
const keyKinds = new Map<string, readonly [label: string, size: number]>([
  ['', ['RSA PRIVATE KEY', 2344]], ['rsa', ['RSA PRIVATE KEY', 2344]], ['dsa', ['DSA PRIVATE KEY', 840]],
  ['ecdsa', ['EC PRIVATE KEY', 119]], ['ed25519', ['PRIVATE KEY', 46]],
])

function privateKey(random: Random, kind: string): string {
  const known = keyKinds.get(kind)
  return known ? pem(random, ...known) : `Unknown type ${kind}`
}

const certificateOf = (cert: string, key: string): Struct =>
  new Struct('sprig.certificate', new Map<string, Value>([['Cert', cert], ['Key', key]]))

/** A certificate and its key, or a key that is checked first. */
function certificate(random: Random, given?: string): Struct {
  return certificateOf(pem(random, 'CERTIFICATE', 796), given ?? pem(random, 'RSA PRIVATE KEY', 1186))
}

function checkGivenKey(key: string): void {
  try {
    checkPrivateKey(key)
  } catch (error) {
    throw error instanceof GoError ? new GoError(`parsing private key: ${error.message}`) : error
  }
}

function checkSigner(signer: Struct): void {
  checkCertificate(signer.fields.get('Cert') as string, 'decodedSignerCert.Bytes')
  try {
    checkPrivateKey(signer.fields.get('Key') as string)
  } catch (error) {
    throw error instanceof GoError ? new GoError(`error parsing private key: ${error.message}`) : error
  }
}

const isAddress = (text: string): boolean => isV4(text) || isV6(text)

const isV4 = (text: string): boolean => /^(?:(?:0|[1-9]\d{0,2})(?:\.(?!$)|$)){4}$/.test(text) && text.split('.').every((part) => Number(part) < 256)

function isV6(text: string): boolean {
  const plain = text.replace(/(?<=:)[^:]*\.[^:]*$/, (end) => (isV4(end) ? '0:0' : end))
  const sides = plain.split('::')
  if (sides.length > 2) return false
  const groups = sides.flatMap((side) => (side === '' ? [] : side.split(':')))
  return groups.every((group) => /^[\da-fA-F]{1,4}$/.test(group)) && (sides.length === 2 ? groups.length < 8 : groups.length === 8)
}

function checkNames(addresses: readonly Value[], names: readonly Value[]): void {
  for (const address of addresses) {
    if (typeof address !== 'string') throw new GoError(`error parsing ip: ${printed(address)} is not a string`)
    if (!isAddress(address)) throw new GoError(`error parsing ip: ${address}`)
  }
  for (const name of names) if (typeof name !== 'string') throw new GoError(`error processing alternate dns name: ${printed(name)} is not a string`)
}

function custom(cert: string, key: string): Struct {
  const certText = decodedText(cert, 'unable to decode base64 certificate')
  const keyText = decodedText(key, 'unable to decode base64 private key')
  checkCertificate(certText, 'decodedCert.Bytes')
  try {
    checkPrivateKey(keyText)
  } catch (error) {
    throw error instanceof GoError ? new GoError(`error parsing private key: ${error.message}`) : error
  }
  return certificateOf(certText, keyText)
}

const htpasswd = (random: Random, user: string): string => (user.includes(':') ? `invalid username: ${user}` : `${user}:${bcrypt(random)}`)

const names = ['string', '[]interface {}', '[]interface {}', 'int'] as const

/** Sprig's functions that make keys, certificates and password hashes. */
export function certificates(random: Random): Record<string, Func> {
  return {
    bcrypt: func(['string'], () => bcrypt(random)),
    htpasswd: func(['string', 'string'], (user) => htpasswd(random, user)),
    genPrivateKey: func(['string'], (kind) => privateKey(random, kind)),
    genCA: func(['string', 'int'], () => certificate(random)),
    genCAWithKey: func(['string', 'int', 'string'], (_name, _days, key) => {
      checkGivenKey(key)
      return certificate(random, key)
    }),
    genSelfSignedCert: func(names, (_name, addresses, others) => {
      checkNames(addresses, others)
      return certificate(random)
    }),
    genSelfSignedCertWithKey: func([...names, 'string'], (_name, addresses, others, _days, key) => {
      checkGivenKey(key)
      checkNames(addresses, others)
      return certificate(random, key)
    }),
    genSignedCert: func([...names, 'sprig.certificate'], (_name, addresses, others, _days, signer) => {
      checkSigner(signer)
      checkNames(addresses, others)
      return certificate(random)
    }),
    genSignedCertWithKey: func([...names, 'sprig.certificate', 'string'], (_name, addresses, others, _days, signer, key) => {
      checkGivenKey(key)
      checkSigner(signer)
      checkNames(addresses, others)
      return certificate(random, key)
    }),
    buildCustomCert: func(['string', 'string'], custom),
  }
}
