import { sha256 } from '@noble/hashes/sha2.js'
import { concatBytes } from '@noble/hashes/utils.js'
import { integerOf } from './der.ts'

const seedSize = 32

/** A seed for `Draws` from a source of numbers at least 0 and less than 1. */
export const seedFrom = (random: () => number): Uint8Array => Uint8Array.from({ length: seedSize }, () => Math.floor(random() * 256))

/** Bytes without end that follow from a seed: SHA-256 of it and a counter. */
export class Draws {
  private block = new Uint8Array(0)
  private used = 0
  private count = 0
  constructor(private readonly seed: Uint8Array) {}

  bytes(length: number): Uint8Array {
    const bytes = new Uint8Array(length)
    for (let at = 0; at < length; at++) {
      if (this.used === this.block.length) this.refill()
      bytes[at] = this.block[this.used++]!
    }
    return bytes
  }

  /** An integer of at most so many bits. */
  bits(count: number): bigint {
    return integerOf(this.bytes(Math.ceil(count / 8))) >> BigInt((8 - (count % 8)) % 8)
  }

  /** An integer at least 1 and less than `limit`. */
  below(limit: bigint): bigint {
    const length = limit.toString(2).length
    for (;;) {
      const drawn = this.bits(length)
      if (drawn > 0n && drawn < limit) return drawn
    }
  }

  private refill(): void {
    const counter = new Uint8Array(8)
    new DataView(counter.buffer).setUint32(4, this.count++)
    this.block = sha256(concatBytes(this.seed, counter))
    this.used = 0
  }
}
