import { sha256 } from '@noble/hashes/sha2.js'
import { hasInvalidBytes, isAscii, toBytes } from '../../go/bytes.ts'
import { quote } from '../../go/quote.ts'
import { GoError } from '../../go/value.ts'
import { bits, explicit, identifier, integer, nothing, octets, sequence, set, tagged, yes } from './der.ts'
import { ecPoint, ed25519Oid, ed25519Public, signEc, signEd25519, type EcKey, type Ed25519Key } from './curves.ts'
import { isSame, type Signer } from './parse-certificate.ts'
import { blockText } from './pem.ts'
import type { PrivateKey } from './private-key.ts'
import { rsaPublicDer, signRsa, type RsaKey } from './rsa.ts'

/** What a certificate says. */
export interface Template {
  readonly name: string
  readonly addresses: readonly Uint8Array[]
  readonly names: readonly string[]
  readonly serial: bigint
  /** In milliseconds since 1970. */
  readonly notBefore: number
  readonly notAfter: number
  readonly isCa: boolean
}

type SigningKey = RsaKey | EcKey | Ed25519Key

/**
 * A certificate in PEM for the public part of a key, signed by a signer with its key, or by itself.
 * Throws `GoError`. Source: Go, crypto/x509, CreateCertificate.
 */
export function createCertificate(template: Template, key: PrivateKey, signer: Signer | undefined, signerKey: PrivateKey): string {
  if (signerKey.kind === 'dsa' || signerKey.kind === 'x25519') throw new GoError('x509: certificate private key does not implement crypto.Signer')
  if (key.kind === 'dsa' || key.kind === 'x25519') throw new GoError(`x509: unsupported public key type: *${key.kind === 'dsa' ? 'dsa' : 'ecdh'}.PublicKey`)
  const subject = nameOf(template.name)
  if (signer?.publicKey && !isSame(signer.publicKey, publicKeyInfo(signerKey))) throw new GoError("x509: provided PrivateKey doesn't match parent's PublicKey")
  const issuer = signer?.subject ?? subject
  const authority = isSame(issuer, subject) ? undefined : signer?.subjectKeyId
  const algorithm = signatureAlgorithm(signerKey)
  const body = sequence(
    explicit(0, integer(2n)),
    integer(template.serial),
    algorithm,
    issuer,
    sequence(timeOf(template.notBefore), timeOf(template.notAfter)),
    subject,
    publicKeyInfo(key),
    explicit(3, sequence(...extensionsOf(template, key, authority))),
  )
  return blockText({ label: 'CERTIFICATE', bytes: sequence(body, algorithm, bits(signed(signerKey, body))) })
}

// Names and times

const printable = /^[a-zA-Z\d'()+,\-./ :=?]*$/

/** A name that is only a common name, or no name at all. */
function nameOf(name: string): Uint8Array {
  if (name === '') return sequence()
  if (hasInvalidBytes(name)) throw new GoError('asn1: string not valid UTF-8')
  const text = tagged(printable.test(name) ? 0x13 : 0x0c, toBytes(name))
  return sequence(set(sequence(identifier('2.5.4.3'), text)))
}

/** Years from 1950 to 2049 have two digits (RFC 5280, 4.1.2.5). */
function timeOf(milliseconds: number): Uint8Array {
  const text = `${new Date(milliseconds).toISOString().replace(/\.\d+|[-:T]/g, '')}`
  const year = Number(text.slice(0, 4))
  return year >= 1950 && year < 2050 ? tagged(0x17, toBytes(text.slice(2))) : tagged(0x18, toBytes(text))
}

// Keys

const rsaEncryption = sequence(identifier('1.2.840.113549.1.1.1'), nothing)

function publicKeyBytes(key: SigningKey): Uint8Array {
  return key.kind === 'rsa' ? rsaPublicDer(key) : key.kind === 'ec' ? ecPoint(key) : ed25519Public(key)
}

function publicKeyInfo(key: SigningKey): Uint8Array {
  const ed25519 = sequence(identifier(ed25519Oid))
  const algorithm = key.kind === 'rsa' ? rsaEncryption : key.kind === 'ec' ? sequence(identifier('1.2.840.10045.2.1'), identifier(key.curve.oid)) : ed25519
  return sequence(algorithm, bits(publicKeyBytes(key)))
}

const sha256WithRsa = sequence(identifier('1.2.840.113549.1.1.11'), nothing)

const signatureAlgorithm = (key: SigningKey): Uint8Array =>
  key.kind === 'rsa' ? sha256WithRsa : sequence(identifier(key.kind === 'ec' ? key.curve.algorithm : ed25519Oid))

const signed = (key: SigningKey, message: Uint8Array): Uint8Array =>
  key.kind === 'rsa' ? signRsa(key, message) : key.kind === 'ec' ? signEc(key, message) : signEd25519(key, message)

// Extensions

const extension = (oid: string, isCritical: boolean, value: Uint8Array): Uint8Array =>
  sequence(identifier(oid), ...(isCritical ? [yes] : []), octets(value))

const usages = { digitalSignature: 0x80, keyEncipherment: 0x20, certSign: 0x04 }
const keyUsage = bits(Uint8Array.of(usages.digitalSignature | usages.keyEncipherment), 5)
const caKeyUsage = bits(Uint8Array.of(usages.digitalSignature | usages.keyEncipherment | usages.certSign), 2)
const serverAndClient = sequence(identifier('1.3.6.1.5.5.7.3.1'), identifier('1.3.6.1.5.5.7.3.2'))

/** In Go's order. The key's identifier is that of RFC 7093, section 2, method 1. */
function* extensionsOf({ isCa, name, names, addresses }: Template, key: SigningKey, authority: Uint8Array | undefined): Generator<Uint8Array> {
  yield extension('2.5.29.15', true, isCa ? caKeyUsage : keyUsage)
  yield extension('2.5.29.37', false, serverAndClient)
  yield extension('2.5.29.19', true, isCa ? sequence(yes) : sequence())
  if (isCa) yield extension('2.5.29.14', false, octets(sha256(publicKeyBytes(key)).subarray(0, 20)))
  if (authority && authority.length > 0) yield extension('2.5.29.35', false, sequence(tagged(0x80, authority)))
  if (names.length + addresses.length > 0) yield extension('2.5.29.17', name === '', sequence(...names.map(dnsName), ...addresses.map((bytes) => tagged(0x87, bytes))))
}

function dnsName(name: string): Uint8Array {
  if (!isAscii(name)) throw new GoError(`x509: ${quote(name)} cannot be encoded as an IA5String`)
  return tagged(0x82, toBytes(name))
}
