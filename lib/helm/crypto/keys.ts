import { sha256 } from '../sprig/hashes.ts'

/** The SHA-256 digest of bytes, as bytes. */
function digest(bytes: Uint8Array): Uint8Array {
  const words = sha256(bytes)
  const result = new Uint8Array(32)
  const view = new DataView(result.buffer)
  words.forEach((word, at) => view.setUint32(at * 4, word))
  return result
}

export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const result = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    result.set(part, at)
    at += part.length
  }
  return result
}

/** A number as four bytes, the highest first. */
export function uint32(value: number): Uint8Array {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, value)
  return bytes
}

/** HMAC with SHA-256 (RFC 2104). */
export function hmac(key: Uint8Array, message: Uint8Array): Uint8Array {
  const block = new Uint8Array(64)
  block.set(key.length > 64 ? digest(key) : key)
  const inner = digest(joined(block.map(byte => byte ^ 0x36), message))
  return digest(joined(block.map(byte => byte ^ 0x5c), inner))
}

/** PBKDF2 with HMAC-SHA-256 and one iteration (RFC 8018). */
function stretched(password: Uint8Array, salt: Uint8Array, length: number): Uint8Array {
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, at) => hmac(password, joined(salt, uint32(at + 1))))
  return joined(...blocks).subarray(0, length)
}

const left = (word: number, count: number): number => (word << count) | (word >>> (32 - count))

const quarters = [[0, 4, 8, 12], [5, 9, 13, 1], [10, 14, 2, 6], [15, 3, 7, 11], [0, 1, 2, 3], [5, 6, 7, 4], [10, 11, 8, 9], [15, 12, 13, 14]] as const

/** Salsa20/8 on sixteen words, in place. */
function salsa(block: Uint32Array, x: Uint32Array): void {
  x.set(block)
  for (let round = 0; round < 4; round++) {
    for (const [a, b, c, d] of quarters) {
      x[b] = x[b]! ^ left((x[a]! + x[d]!) | 0, 7)
      x[c] = x[c]! ^ left((x[b]! + x[a]!) | 0, 9)
      x[d] = x[d]! ^ left((x[c]! + x[b]!) | 0, 13)
      x[a] = x[a]! ^ left((x[d]! + x[c]!) | 0, 18)
    }
  }
  for (let at = 0; at < 16; at++) block[at] = block[at]! + x[at]!
}

/** scrypt's BlockMix: `from` mixed into `to`. */
function mixBlock(from: Uint32Array, to: Uint32Array, size: number, last: Uint32Array, scratch: Uint32Array): void {
  last.set(from.subarray((2 * size - 1) * 16))
  for (let at = 0; at < 2 * size; at++) {
    for (let word = 0; word < 16; word++) last[word] = last[word]! ^ from[at * 16 + word]!
    salsa(last, scratch)
    to.set(last, ((at >> 1) + (at & 1) * size) * 16)
  }
}

/** scrypt's ROMix, in place; `cost` is a power of two. */
function mix(block: Uint32Array, size: number, cost: number): void {
  const length = 32 * size
  const memory = new Uint32Array(length * cost)
  const [last, scratch, other] = [new Uint32Array(16), new Uint32Array(16), new Uint32Array(length)]
  for (let at = 0; at < cost; at++) {
    memory.set(block, at * length)
    mixBlock(block, other, size, last, scratch)
    block.set(other)
  }
  for (let at = 0; at < cost; at++) {
    const from = (block[(2 * size - 1) * 16]! & (cost - 1)) * length
    for (let word = 0; word < length; word++) block[word] = block[word]! ^ memory[from + word]!
    mixBlock(block, other, size, last, scratch)
    block.set(other)
  }
}

/** A key from a password (RFC 7914). */
export function scrypt(password: Uint8Array, salt: Uint8Array, cost: number, size: number, lanes: number, length: number): Uint8Array {
  const bytes = stretched(password, salt, lanes * 128 * size)
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  for (let lane = 0; lane < lanes; lane++) {
    const start = lane * 128 * size
    const block = Uint32Array.from({ length: 32 * size }, (_, at) => view.getUint32(start + at * 4, true))
    mix(block, size, cost)
    block.forEach((word, at) => view.setUint32(start + at * 4, word, true))
  }
  return stretched(password, bytes, length)
}
