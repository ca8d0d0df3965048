import { ecdsa, weierstrass, type ECDSA } from '@noble/curves/abstract/weierstrass.js'
import { ed25519 } from '@noble/curves/ed25519.js'
import { p256, p384, p521 } from '@noble/curves/nist.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { GoError } from '../../go/value.ts'
import { bits, explicit, identifier, integer, octets, sequence } from './der.ts'
import type { Draws } from './draws.ts'

/** The curves of ECDSA that Go knows, and what signs on each. */
export interface Curve {
  readonly oid: string
  readonly size: number
  readonly signer: ECDSA
  /** The identifier of the signature algorithm. */
  readonly algorithm: string
}

/** A private key for ECDSA; `secret` is as long as the curve asks. */
export interface EcKey {
  readonly kind: 'ec'
  readonly curve: Curve
  readonly secret: Uint8Array
}

/** A private key for Ed25519; `secret` is its seed. */
export interface Ed25519Key {
  readonly kind: 'ed25519'
  readonly secret: Uint8Array
}

/** P-224 (FIPS 186-4, D.1.2.2), which the library leaves out. */
const p224 = ecdsa(
  weierstrass({
    p: 2n ** 224n - 2n ** 96n + 1n,
    n: 0xffffffffffffffffffffffffffff16a2e0b8f03e13dd29455c5c2a3dn,
    h: 1n,
    a: 2n ** 224n - 2n ** 96n - 2n,
    b: 0xb4050a850c04b3abf54132565044b0b7d7bfd8ba270b39432355ffb4n,
    Gx: 0xb70e0cbd6bb4bf7f321390b94a03c1d356c21122343280d6115c1d21n,
    Gy: 0xbd376388b5f723fb4c22dfe6cd4375a05a07476444d5819985007e34n,
  }),
  sha256,
)

const withSha = (bitsOfDigest: 256 | 384 | 512): string => `1.2.840.10045.4.3.${bitsOfDigest / 128}`

const curves: readonly Curve[] = [
  { oid: '1.3.132.0.33', size: 28, signer: p224, algorithm: withSha(256) },
  { oid: '1.2.840.10045.3.1.7', size: 32, signer: p256, algorithm: withSha(256) },
  { oid: '1.3.132.0.34', size: 48, signer: p384, algorithm: withSha(384) },
  { oid: '1.3.132.0.35', size: 66, signer: p521, algorithm: withSha(512) },
]

/** The curve of an object identifier. */
export const curveOf = (oid: string): Curve | undefined => curves.find((curve) => curve.oid === oid)

/** A new key on P-256. */
export function generateEc(draws: Draws): EcKey {
  const curve = curves[1]!
  for (;;) {
    const secret = draws.bytes(curve.size)
    if (curve.signer.utils.isValidSecretKey(secret)) return { kind: 'ec', curve, secret }
  }
}

/** The public key as an uncompressed point. Throws `GoError` for a secret of zero, which Go reads. */
export function ecPoint({ curve, secret }: EcKey): Uint8Array {
  if (secret.every((byte) => byte === 0)) throw new GoError('x509: invalid elliptic curve public key')
  return curve.signer.getPublicKey(secret, false)
}

/** The DER of SEC 1's ECPrivateKey (RFC 5915). */
export const ecPrivateDer = (key: EcKey): Uint8Array =>
  sequence(integer(1n), octets(key.secret), explicit(0, identifier(key.curve.oid)), explicit(1, bits(ecPoint(key))))

/** The signature, in DER. The nonce follows from key and message (RFC 6979); Go mixes randomness in, too. */
export const signEc = ({ curve, secret }: EcKey, message: Uint8Array): Uint8Array =>
  curve.signer.sign(message, secret, { format: 'der', lowS: false })

/** The identifier of Ed25519 (RFC 8410, section 3). */
export const ed25519Oid = '1.3.101.112'

/** A new key of Ed25519. */
export const generateEd25519 = (draws: Draws): Ed25519Key => ({ kind: 'ed25519', secret: draws.bytes(32) })

export const ed25519Public = ({ secret }: Ed25519Key): Uint8Array => ed25519.getPublicKey(secret)

/** The DER of PKCS #8 (RFC 8410). */
export const ed25519PrivateDer = ({ secret }: Ed25519Key): Uint8Array =>
  sequence(integer(0n), sequence(identifier(ed25519Oid)), octets(octets(secret)))

export const signEd25519 = ({ secret }: Ed25519Key, message: Uint8Array): Uint8Array => ed25519.sign(message, secret)
