import { toBytes } from '../../go/bytes.ts'
import { func } from '../../go/value.ts'

/** The message with the padding that the SHA family adds: a one bit, zeros, and the length in bits. */
function padded(bytes: Uint8Array, block: number): DataView {
  const lengthBytes = block / 8
  const size = Math.ceil((bytes.length + 1 + lengthBytes) / block) * block
  const message = new Uint8Array(size)
  message.set(bytes)
  const view = new DataView(message.buffer)
  view.setUint8(bytes.length, 0x80)
  view.setUint32(size - 8, Math.floor(bytes.length / 0x20000000))
  view.setUint32(size - 4, (bytes.length << 3) >>> 0)
  return view
}

function* primes(): Generator<number> {
  for (let n = 2; ; n++) {
    let prime = true
    for (let d = 2; d * d <= n && prime; d++) prime = n % d !== 0
    if (prime) yield n
  }
}

/** The first 64 bits after the point of the cube or square root of an integer. */
function rootBits(value: number, power: 2n | 3n): bigint {
  const scaled = BigInt(value) << (64n * power)
  let low = 0n
  let high = 1n << 72n
  while (low < high) {
    const middle = (low + high + 1n) >> 1n
    if (middle ** power <= scaled) low = middle
    else high = middle - 1n
  }
  return low & 0xffffffffffffffffn
}

function firstPrimes(count: number): number[] {
  const found: number[] = []
  for (const prime of primes()) {
    found.push(prime)
    if (found.length === count) return found
  }
  return found
}

const once = <Made>(make: () => Made): (() => Made) => {
  let made: Made | undefined
  return () => (made ??= make())
}

/** The constants of SHA-512, which are roots of primes. */
const constants = once(() => ({
  cubes: firstPrimes(80).map(prime => rootBits(prime, 3n)),
  squares: firstPrimes(8).map(prime => rootBits(prime, 2n)),
}))

const fraction32 = (value: number): number => Math.floor((value - Math.floor(value)) * 0x100000000)

/** The same for SHA-256, which needs half of the bits: few enough for a float64. With their signs, as numbers of 32 bits are quickest. */
const constants32 = once(() => ({
  cubes: Int32Array.from(firstPrimes(64), prime => fraction32(Math.cbrt(prime)) | 0),
  squares: Int32Array.from(firstPrimes(8), prime => fraction32(Math.sqrt(prime)) | 0),
}))

const right = (word: number, count: number): number => (word >>> count) | (word << (32 - count))

/** The SHA-256 digest of bytes. */
function sha256(bytes: Uint8Array): Uint32Array {
  const { cubes, squares } = constants32()
  const hash = squares.slice()
  const view = padded(bytes, 64)
  const words = new Int32Array(64)
  for (let block = 0; block < view.byteLength; block += 64) {
    for (let at = 0; at < 16; at++) words[at] = view.getInt32(block + at * 4)
    for (let at = 16; at < 64; at++) {
      const early = words[at - 15]!
      const late = words[at - 2]!
      const s0 = right(early, 7) ^ right(early, 18) ^ (early >>> 3)
      const s1 = right(late, 17) ^ right(late, 19) ^ (late >>> 10)
      words[at] = (words[at - 16]! + s0 + words[at - 7]! + s1) | 0
    }
    mix(hash, words, cubes)
  }
  return new Uint32Array(hash.buffer)
}

/** The rounds of SHA-256 for one block. */
function mix(hash: Int32Array, words: Int32Array, cubes: Int32Array): void {
  let a = hash[0]!, b = hash[1]!, c = hash[2]!, d = hash[3]!, e = hash[4]!, f = hash[5]!, g = hash[6]!, h = hash[7]!
  for (let at = 0; at < 64; at++) {
    const s1 = right(e, 6) ^ right(e, 11) ^ right(e, 25)
    const one = (h + s1 + ((e & f) ^ (~e & g)) + cubes[at]! + words[at]!) | 0
    const two = ((right(a, 2) ^ right(a, 13) ^ right(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0
    h = g
    g = f
    f = e
    e = (d + one) | 0
    d = c
    c = b
    b = a
    a = (one + two) | 0
  }
  const mixed = [a, b, c, d, e, f, g, h]
  for (let at = 0; at < 8; at++) hash[at]! += mixed[at]!
}

function sha1(bytes: Uint8Array): Uint32Array {
  const hash = Uint32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0)
  const view = padded(bytes, 64)
  const words = new Uint32Array(80)
  for (let block = 0; block < view.byteLength; block += 64) {
    for (let at = 0; at < 16; at++) words[at] = view.getUint32(block + at * 4)
    for (let at = 16; at < 80; at++) words[at] = right(words[at - 3]! ^ words[at - 8]! ^ words[at - 14]! ^ words[at - 16]!, 31)
    let [a, b, c, d, e] = hash as unknown as [number, number, number, number, number]
    for (let at = 0; at < 80; at++) {
      const mixed = at < 20 ? (b & c) | (~b & d) : at < 40 || at >= 60 ? b ^ c ^ d : (b & c) | (b & d) | (c & d)
      const constant = [0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6][Math.floor(at / 20)]!
      const next = (right(a, 27) + mixed + e + constant + words[at]!) | 0
      e = d
      d = c
      c = right(b, 2)
      b = a
      a = next
    }
    ;[a, b, c, d, e].forEach((word, at) => (hash[at] = hash[at]! + word))
  }
  return hash
}

const mask = 0xffffffffffffffffn
const right64 = (word: bigint, count: bigint): bigint => ((word >> count) | (word << (64n - count))) & mask

function sha512(bytes: Uint8Array): bigint[] {
  const { cubes, squares } = constants()
  let hash = [...squares]
  const view = padded(bytes, 128)
  const words: bigint[] = []
  for (let block = 0; block < view.byteLength; block += 128) {
    for (let at = 0; at < 16; at++) words[at] = view.getBigUint64(block + at * 8)
    for (let at = 16; at < 80; at++) {
      const early = words[at - 15]!
      const late = words[at - 2]!
      const s0 = right64(early, 1n) ^ right64(early, 8n) ^ (early >> 7n)
      const s1 = right64(late, 19n) ^ right64(late, 61n) ^ (late >> 6n)
      words[at] = (words[at - 16]! + s0 + words[at - 7]! + s1) & mask
    }
    let [a, b, c, d, e, f, g, h] = hash as [bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint]
    for (let at = 0; at < 80; at++) {
      const s1 = right64(e, 14n) ^ right64(e, 18n) ^ right64(e, 41n)
      const one = (h + s1 + ((e & f) ^ (~e & mask & g)) + cubes[at]! + words[at]!) & mask
      const two = (right64(a, 28n) ^ right64(a, 34n) ^ right64(a, 39n)) + ((a & b) ^ (a & c) ^ (b & c))
      h = g
      g = f
      f = e
      e = (d + one) & mask
      d = c
      c = b
      b = a
      a = (one + two) & mask
    }
    hash = [a, b, c, d, e, f, g, h].map((word, at) => (hash[at]! + word) & mask)
  }
  return hash
}

function adler32(bytes: Uint8Array): number {
  let low = 1
  let high = 0
  for (const byte of bytes) {
    low = (low + byte) % 65521
    high = (high + low) % 65521
  }
  return high * 65536 + low
}

const hex = (words: ArrayLike<number | bigint>, width: number): string =>
  Array.from(words, word => word.toString(16).padStart(width, '0')).join('')

export const hashes = {
  sha1sum: func(['string'], text => hex(sha1(toBytes(text)), 8)),
  sha256sum: func(['string'], text => hex(sha256(toBytes(text)), 8)),
  sha512sum: func(['string'], text => hex(sha512(toBytes(text)), 16)),
  adler32sum: func(['string'], text => String(adler32(toBytes(text)))),
}
