const double = (value: number): number => ((value << 1) ^ (value & 0x80 ? 0x11b : 0)) & 0xff

function product(a: number, b: number): number {
  let result = 0
  for (let [left, right] = [a, b]; right > 0; [left, right] = [double(left), right >> 1]) if (right & 1) result ^= left
  return result
}

/** The substitution of AES: the inverse in GF(2⁸), then an affine map. */
function substitution(): Uint8Array {
  const box = new Uint8Array(256)
  let [p, q] = [1, 1]
  do {
    p = p ^ double(p)
    q ^= q << 1
    q ^= q << 2
    q ^= q << 4
    q &= 0xff
    if (q & 0x80) q ^= 0x09
    box[p] = q ^ turned(q, 1) ^ turned(q, 2) ^ turned(q, 3) ^ turned(q, 4) ^ 0x63
  } while (p !== 1)
  box[0] = 0x63
  return box
}

const turned = (byte: number, count: number): number => ((byte << count) | (byte >> (8 - count))) & 0xff

const box = substitution()
const inverseBox = Uint8Array.from({ length: 256 }, (_, value) => box.indexOf(value))

const rounds = 14

/** The round keys of AES-256. */
function expanded(key: Uint8Array): Uint8Array {
  const keys = new Uint8Array(16 * (rounds + 1))
  keys.set(key)
  let constant = 1
  for (let at = 32; at < keys.length; at += 4) {
    let word = [...keys.subarray(at - 4, at)]
    if (at % 32 === 0) {
      word = [...word.slice(1), word[0]!].map(byte => box[byte]!)
      word[0]! ^= constant
      constant = double(constant)
    } else if (at % 32 === 16) word = word.map(byte => box[byte]!)
    word.forEach((byte, index) => (keys[at + index] = keys[at + index - 32]! ^ byte))
  }
  return keys
}

const addKey = (state: Uint8Array, keys: Uint8Array, round: number): void => state.forEach((byte, at) => (state[at] = byte ^ keys[round * 16 + at]!))

/** Row r of the state turned by r columns; `direction` 1 for encryption, −1 for the way back. */
function shiftRows(state: Uint8Array, direction: 1 | -1): void {
  const old = state.slice()
  for (let at = 0; at < 16; at++) state[at] = old[(at + direction * 4 * (at % 4) + 64) % 16]!
}

function mixColumns(state: Uint8Array, factors: readonly number[]): void {
  for (let column = 0; column < 16; column += 4) {
    const old = state.slice(column, column + 4)
    for (let row = 0; row < 4; row++) state[column + row] = old.reduce((sum, byte, at) => sum ^ product(byte, factors[(at - row + 4) % 4]!), 0)
  }
}

function encrypted(block: Uint8Array, keys: Uint8Array): Uint8Array {
  const state = block.slice()
  addKey(state, keys, 0)
  for (let round = 1; round <= rounds; round++) {
    state.forEach((byte, at) => (state[at] = box[byte]!))
    shiftRows(state, 1)
    if (round < rounds) mixColumns(state, [2, 3, 1, 1])
    addKey(state, keys, round)
  }
  return state
}

function decrypted(block: Uint8Array, keys: Uint8Array): Uint8Array {
  const state = block.slice()
  for (let round = rounds; round > 0; round--) {
    addKey(state, keys, round)
    if (round < rounds) mixColumns(state, [14, 11, 13, 9])
    shiftRows(state, -1)
    state.forEach((byte, at) => (state[at] = inverseBox[byte]!))
  }
  addKey(state, keys, 0)
  return state
}

const xor = (a: Uint8Array, b: Uint8Array): Uint8Array => a.map((byte, at) => byte ^ b[at]!)

/** AES-256 in CBC mode; `bytes` are whole blocks of 16. */
export function encryptCbc(key: Uint8Array, start: Uint8Array, bytes: Uint8Array): Uint8Array {
  const keys = expanded(key)
  const result = new Uint8Array(bytes.length)
  let before = start
  for (let at = 0; at < bytes.length; at += 16) {
    before = encrypted(xor(bytes.subarray(at, at + 16), before), keys)
    result.set(before, at)
  }
  return result
}

/** The way back from `encryptCbc`. */
export function decryptCbc(key: Uint8Array, start: Uint8Array, bytes: Uint8Array): Uint8Array {
  const keys = expanded(key)
  const result = new Uint8Array(bytes.length)
  let before = start
  for (let at = 0; at < bytes.length; at += 16) {
    const block = bytes.subarray(at, at + 16)
    result.set(xor(decrypted(block, keys), before), at)
    before = block
  }
  return result
}
