import { integer, sequence } from './der.ts'
import type { Draws } from './draws.ts'
import { isPrime, power, primeFrom } from './primes.ts'

/** A DSA key by the names of FIPS 186-4. */
export interface DsaKey {
  readonly kind: 'dsa'
  readonly p: bigint
  readonly q: bigint
  readonly g: bigint
  readonly y: bigint
  readonly x: bigint
}

const sizes = { p: 2048, q: 256 }

/** A new key with parameters of its own: 2048 and 256 bits. */
export function generateDsa(draws: Draws): DsaKey {
  const q = order(draws)
  const p = modulus(q, draws)
  const g = generator(p, q)
  const x = draws.below(q)
  return { kind: 'dsa', p, q, g, y: power(g, x, p), x }
}

function order(draws: Draws): bigint {
  for (;;) {
    const drawn = draws.bits(sizes.q) | 1n | (1n << BigInt(sizes.q - 1))
    if (isPrime(drawn)) return drawn
  }
}

/** A prime that is one more than a multiple of q. */
function modulus(q: bigint, draws: Draws): bigint {
  const step = 2n * q
  for (;;) {
    const drawn = draws.bits(sizes.p) | (1n << BigInt(sizes.p - 1))
    const found = primeFrom(drawn - (drawn % step) + 1n + step, step, () => true)
    if (found !== undefined && found >> BigInt(sizes.p) === 0n) return found
  }
}

function generator(p: bigint, q: bigint): bigint {
  for (let base = 2n; ; base++) {
    const g = power(base, (p - 1n) / q, p)
    if (g !== 1n) return g
  }
}

/** The DER that OpenSSL and Sprig write: version, p, q, g, y, x. */
export const dsaPrivateDer = ({ p, q, g, y, x }: DsaKey): Uint8Array => sequence(...[0n, p, q, g, y, x].map(integer))
