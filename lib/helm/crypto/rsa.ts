import { sha256 } from '@noble/hashes/sha2.js'
import { concatBytes } from '@noble/hashes/utils.js'
import { GoError } from '../../go/value.ts'
import { bytesOf, identifier, integer, integerOf, nothing, octets, sequence } from './der.ts'
import type { Draws } from './draws.ts'
import { inverse, power, primeFrom } from './primes.ts'

/** An RSA key by the names of PKCS #1 (RFC 8017). */
export interface RsaKey {
  readonly kind: 'rsa'
  readonly n: bigint
  readonly e: bigint
  readonly d: bigint
  readonly p: bigint
  readonly q: bigint
  readonly dp: bigint
  readonly dq: bigint
  readonly qInverse: bigint
}

const publicExponent = 65537n

/** A new key of an even number of bits. */
export function generateRsa(bits: number, draws: Draws): RsaKey {
  for (;;) {
    const [p, q] = [factor(bits / 2, draws), factor(bits / 2, draws)]
    const [p1, q1] = [p - 1n, q - 1n]
    const d = inverse(publicExponent, (p1 * q1) / commonDivisor(p1, q1))
    const key = d !== undefined && p !== q && rsaKey(p * q, publicExponent, d, p, q)
    if (key) return key
  }
}

/** A key of its numbers, with those that only make it faster. */
export function rsaKey(n: bigint, e: bigint, d: bigint, p: bigint, q: bigint): RsaKey | undefined {
  const qInverse = inverse(q, p)
  return qInverse === undefined ? undefined : { kind: 'rsa', n, e, d, p, q, dp: d % (p - 1n), dq: d % (q - 1n), qInverse }
}

/** The two highest bits are set, so that the product of two has all of its bits. */
function factor(bits: number, draws: Draws): bigint {
  const highest = 3n << BigInt(bits - 2)
  for (;;) {
    const found = primeFrom(draws.bits(bits) | highest | 1n, 2n, (prime) => prime % publicExponent !== 1n)
    if (found !== undefined && found >> BigInt(bits) === 0n) return found
  }
}

function commonDivisor(a: bigint, b: bigint): bigint {
  let [rest, next] = [a, b]
  while (next > 0n) [rest, next] = [next, rest % next]
  return rest
}

/** The DER of PKCS #1's RSAPrivateKey. */
export const rsaPrivateDer = ({ n, e, d, p, q, dp, dq, qInverse }: RsaKey): Uint8Array =>
  sequence(...[0n, n, e, d, p, q, dp, dq, qInverse].map(integer))

/** The DER of PKCS #1's RSAPublicKey. */
export const rsaPublicDer = ({ n, e }: Pick<RsaKey, 'n' | 'e'>): Uint8Array => sequence(integer(n), integer(e))

const least = 1024
const sha256Identifier = sequence(identifier('2.16.840.1.101.3.4.2.1'), nothing)

/** The signature of PKCS #1 v1.5 with SHA-256. Throws `GoError` for a key that Go takes for weak. */
export function signRsa({ n, p, q, dp, dq, qInverse }: RsaKey, message: Uint8Array): Uint8Array {
  const bits = n.toString(2).length
  if (bits < least) throw new GoError(`crypto/rsa: ${bits}-bit keys are insecure (see https://go.dev/pkg/crypto/rsa#hdr-Minimum_key_size)`)
  const size = Math.ceil(bits / 8)
  const digest = sequence(sha256Identifier, octets(sha256(message)))
  const padding = new Uint8Array(size - digest.length - 3).fill(0xff)
  const padded = integerOf(concatBytes(Uint8Array.of(0, 1), padding, Uint8Array.of(0), digest))
  const [left, right] = [power(padded, dp, p), power(padded, dq, q)]
  const times = (((left - right) % p) + p) * qInverse
  return bytesOf(right + (times % p) * q, size)
}
