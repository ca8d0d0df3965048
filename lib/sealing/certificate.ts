import { decodeBase64 } from './base64.ts'
import { partAt, partsOf, readDer, tags, type Der } from './der.ts'
import { SealingError } from './error.ts'

/** What sealing needs of a certificate. */
export interface Certificate {
  /** The public key as X.509's SubjectPublicKeyInfo, which WebCrypto imports. */
  readonly publicKey: Uint8Array
  /** The size of the RSA key. */
  readonly bits: number
  /** When it begins and ends to hold, in ISO 8601, UTC; nobody is asked for the time here. */
  readonly notBefore: string
  readonly notAfter: string
}

/** Far beyond any certificate: kubeseal's has about 1.7 KB. */
const longest = 100_000

/**
 * Reads the first certificate of a PEM text, as `kubeseal --fetch-cert` prints it. Throws
 * `SealingError` for everything that is none, and for keys that the controller would not have made.
 */
export function certificateOf(pem: string): Certificate {
  const bytes = bytesOf(pem)
  const outer = readDer(bytes)
  if (outer.tag !== tags.sequence || outer.whole.length !== bytes.length) throw new SealingError('The certificate is damaged: something follows its end.')
  const body = partAt(partsOf(outer), 0, tags.sequence)
  const all = partsOf(body)
  const parts = all[0]?.tag === tags.version ? all.slice(1) : all
  // serial number, signature algorithm, issuer, validity, subject, public key
  partAt(parts, 0, tags.integer)
  const [notBefore, notAfter] = validityOf(partAt(parts, 3, tags.sequence))
  const publicKey = partAt(parts, 5, tags.sequence)
  return { publicKey: publicKey.whole.slice(), bits: bitsOf(publicKey), notBefore, notAfter }
}

function bytesOf(pem: string): Uint8Array {
  if (pem.length > longest) throw new SealingError('This is too long for a certificate.')
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(pem)) throw new SealingError('This is a private key. Keep it to yourself: only the certificate is needed here.')
  const body = /-----BEGIN CERTIFICATE-----([^-]*)-----END CERTIFICATE-----/.exec(pem)?.[1]
  if (body === undefined) throw new SealingError('There is no certificate: it begins with -----BEGIN CERTIFICATE----- and ends with -----END CERTIFICATE-----.')
  return decodeBase64(body)
}

/** 1.2.840.113549.1.1.1 */
const rsa = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01]

function bitsOf(publicKey: Der): number {
  const [algorithm, key] = [partAt(partsOf(publicKey), 0, tags.sequence), partAt(partsOf(publicKey), 1, tags.bitString)]
  const { content: oid } = partAt(partsOf(algorithm), 0, tags.oid)
  if (oid.length !== rsa.length || rsa.some((byte, at) => oid[at] !== byte)) throw new SealingError('The certificate has no RSA key, and the Sealed Secrets controller uses RSA only.')
  // The first byte of a bit string says how many bits at its end are unused.
  if (key.content[0] !== 0) throw new SealingError('The certificate is damaged: its key is no whole number of bytes.')
  const [modulus, exponent] = partsOf(readDer(key.content, 1))
  if (modulus?.tag !== tags.integer || exponent?.tag !== tags.integer) throw new SealingError('The certificate is damaged: its key is no RSA key.')
  const from = modulus.content[0] === 0 ? 1 : 0
  const bits = (modulus.content.length - from) * 8 - Math.clz32(modulus.content[from] ?? 0) + 24
  if (bits < 2048) throw new SealingError(`The certificate's key has ${bits} bits; below 2048 it protects nothing.`)
  if (bits > 16384) throw new SealingError(`The certificate's key has ${bits} bits, more than anything reads.`)
  return bits
}

function validityOf(validity: Der): readonly [string, string] {
  const [from, to] = partsOf(validity)
  return [timeOf(from), timeOf(to)]
}

/** UTCTime has two digits for the year, of which 50 and more are of the last century. Source: RFC 5280, section 4.1.2.5. */
function timeOf(part: Der | undefined): string {
  const text = String.fromCharCode(...(part?.content ?? []).slice(0, 20))
  const [, year, month, day, hours, minutes, seconds] = /^([0-9]{2}|[0-9]{4})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})Z$/.exec(text) ?? []
  const short = part?.tag === tags.utcTime
  if (year === undefined || year.length !== (short ? 2 : 4) || (!short && part?.tag !== tags.generalizedTime))
    throw new SealingError('The certificate is damaged: it does not say how long it holds.')
  const century = short ? (Number(year) < 50 ? '20' : '19') : ''
  return `${century}${year}-${month}-${day}T${hours}:${minutes}:${seconds}Z`
}
