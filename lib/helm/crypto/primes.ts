import { bytesOf } from './der.ts'
import { Draws } from './draws.ts'

/** `base` to the power of `exponent`, modulo `modulus`. */
export function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  const digits = exponent.toString(16)
  const powers = [1n, base % modulus]
  while (powers.length < 16) powers.push((powers.at(-1)! * powers[1]!) % modulus)
  let result = 1n
  for (const digit of digits) {
    for (let square = 0; square < 4; square++) result = (result * result) % modulus
    const times = powers[parseInt(digit, 16)]!
    if (times !== 1n) result = (result * times) % modulus
  }
  return result % modulus
}

/** The inverse of a number modulo another; nothing where there is none. */
export function inverse(value: bigint, modulus: bigint): bigint | undefined {
  let [rest, next] = [modulus, value % modulus]
  let [factor, nextFactor] = [0n, 1n]
  while (next > 0n) {
    const times = rest / next
    ;[rest, next] = [next, rest - times * next]
    ;[factor, nextFactor] = [nextFactor, factor - times * nextFactor]
  }
  if (rest !== 1n) return undefined
  return factor < 0n ? factor + modulus : factor
}

const sieved = 1 << 16

let smallPrimes: readonly number[] | undefined

function oddPrimes(): readonly number[] {
  if (smallPrimes) return smallPrimes
  const composite = new Uint8Array(sieved)
  const primes: number[] = []
  for (let n = 3; n < sieved; n += 2) {
    if (composite[n]) continue
    primes.push(n)
    for (let multiple = n * n; multiple < sieved; multiple += 2 * n) composite[multiple] = 1
  }
  return (smallPrimes = primes)
}

/** Which of `start`, `start + step`, … have no small factor; `step` has none but 2 either. */
function sieve(start: bigint, step: bigint, count: number): Uint8Array {
  const composite = new Uint8Array(count)
  for (const prime of oddPrimes()) {
    const divisor = BigInt(prime)
    const first = ((prime - Number(start % divisor)) * inverseOfStep(step, prime)) % prime
    for (let at = first; at < count; at += prime) composite[at] = 1
  }
  return composite
}

const inverseOfStep = (step: bigint, prime: number): number => (step === 2n ? (prime + 1) / 2 : Number(inverse(step, BigInt(prime))))

/** Fermat's test to the base 2, which nearly every composite number fails: quick, for a product with 2 is a shift. */
function passesFermat(n: bigint): boolean {
  let result = 1n
  for (const bit of (n - 1n).toString(2)) {
    result = (result * result) % n
    if (bit === '1' && (result <<= 1n) >= n) result -= n
  }
  return result === 1n
}

const rounds = 5

/** Whether a large odd number is prime, but for a chance of less than 1 in 2¹⁰⁰ if it was drawn (Miller and Rabin). */
export function isProbablyPrime(n: bigint): boolean {
  if (!passesFermat(n)) return false
  let [odd, twos] = [n - 1n, 0]
  for (; (odd & 1n) === 0n; twos++) odd >>= 1n
  const draws = new Draws(bytesOf(n))
  for (let round = 0; round < rounds; round++) if (!isWitnessed(power(draws.below(n - 1n), odd, n), n, twos)) return false
  return true
}

function isWitnessed(start: bigint, n: bigint, twos: number): boolean {
  let value = start
  if (value === 1n || value === n - 1n) return true
  for (let square = 1; square < twos; square++) {
    value = (value * value) % n
    if (value === n - 1n) return true
  }
  return false
}

interface Surroundings {
  readonly process?: { getBuiltinModule?(name: 'node:crypto'): { checkPrimeSync?(n: bigint): boolean } | undefined }
}

/** The same; where there is Node its own test answers in a fraction of the time. */
export const isPrime: (n: bigint) => boolean =
  (globalThis as Surroundings).process?.getBuiltinModule?.('node:crypto')?.checkPrimeSync ?? isProbablyPrime

const ahead = 4096

/** The first prime among 4096 numbers from `start`, `step` apart, that `suits`. */
export function primeFrom(start: bigint, step: bigint, suits: (prime: bigint) => boolean): bigint | undefined {
  const composite = sieve(start, step, ahead)
  for (let at = 0; at < ahead; at++) {
    if (composite[at]) continue
    const candidate = start + step * BigInt(at)
    if (suits(candidate) && isPrime(candidate)) return candidate
  }
  return undefined
}
