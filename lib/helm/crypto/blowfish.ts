// Blowfish as bcrypt uses it (Schneier 1993; Provos and Mazières 1999).

const rounds = 16
const roundKeys = rounds + 2
const boxes = 4 * 256
const words = roundKeys + boxes
const guard = 64n

/** 1/n − 1/3n³ + 1/5n⁵ − …, the arc tangent of 1/n, with so many bits behind the point. */
function arcTangent(n: bigint, bits: bigint): bigint {
  let [power, sum] = [(1n << bits) / n, 0n]
  for (let odd = 1n; power > 0n; odd += 2n, power /= n * n) sum += (odd & 2n) === 0n ? power / odd : -(power / odd)
  return sum
}

let start: Int32Array | undefined

/** What every key begins with: the bits of π behind the point. */
function piWords(): Int32Array {
  if (start) return start
  const bits = BigInt(32 * words)
  const pi = (16n * arcTangent(5n, bits + guard) - 4n * arcTangent(239n, bits + guard)) >> guard
  const hex = (pi & ((1n << bits) - 1n)).toString(16).padStart(words * 8, '0')
  return (start = Int32Array.from({ length: words }, (_, at) => parseInt(hex.slice(at * 8, at * 8 + 8), 16)))
}

/** The words that bytes spell, over and over. */
function* endless(bytes: Uint8Array): Generator<number, never> {
  for (let at = 0; ; ) {
    let word = 0
    for (let byte = 0; byte < 4; byte++, at = (at + 1) % bytes.length) word = (word << 8) | bytes[at]!
    yield word
  }
}

/** The first words that bytes spell when they are read over and over. */
export function wordsOf(bytes: Uint8Array, count: number): Int32Array {
  const source = endless(bytes)
  return Int32Array.from({ length: count }, () => source.next().value)
}

/** A cipher whose keys follow from a password and salt. */
export class Blowfish {
  private readonly state = piWords().slice()
  private left = 0
  private right = 0

  /** Mixes a key in; `salt` goes into what is encrypted. Both are as long as the words that each step takes. */
  expand(key: Int32Array, salt: Int32Array): void {
    const { state } = this
    for (let at = 0; at < roundKeys; at++) state[at] = state[at]! ^ key[at]!
    this.left = this.right = 0
    for (let at = 0; at < words; at += 2) {
      this.left ^= salt[at % salt.length]!
      this.right ^= salt[(at + 1) % salt.length]!
      this.turn()
      state[at] = this.left
      state[at + 1] = this.right
    }
  }

  /** Encrypts two words in place. */
  encrypt(block: Int32Array, at: number): void {
    this.left = block[at]!
    this.right = block[at + 1]!
    this.turn()
    block[at] = this.left
    block[at + 1] = this.right
  }

  private turn(): void {
    const { state } = this
    let left = this.left ^ state[0]!
    let right = this.right
    for (let round = 1; round <= rounds; round++) {
      const next = right ^ state[round]! ^ mixed(state, left)
      right = left
      left = next
    }
    this.left = right ^ state[roundKeys - 1]!
    this.right = left
  }
}

const mixed = (state: Int32Array, word: number): number =>
  ((((state[roundKeys + (word >>> 24)]! + state[roundKeys + 256 + ((word >>> 16) & 0xff)]!) | 0) ^ state[roundKeys + 512 + ((word >>> 8) & 0xff)]!) +
    state[roundKeys + 768 + (word & 0xff)]!) | 0
