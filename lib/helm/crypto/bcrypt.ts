import { concatBytes } from '@noble/hashes/utils.js'
import { toBytes } from '../../go/bytes.ts'
import { Blowfish, wordsOf } from './blowfish.ts'

const letters = './ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const defaultCost = 10
const longest = 72
const keyWords = 18
const magic = toBytes('OrpheanBeholderScryDoubt')

/** Bytes of salt that `bcrypt` takes. */
export const saltSize = 16

/** bcrypt's own base64, without padding. */
function spelled(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 3) {
    const [a, b = 0, c = 0] = bytes.subarray(at, at + 3) as unknown as [number, number?, number?]
    const group = (a << 16) | (b << 8) | c
    for (let shift = 18; shift >= 0; shift -= 6) text += letters[(group >> shift) & 63]
  }
  return text.slice(0, Math.ceil((bytes.length * 8) / 6))
}

/** The hash of a password, as golang.org/x/crypto/bcrypt writes it; for one that is too long Sprig's result is a sentence. */
export function bcrypt(password: Uint8Array, salt: Uint8Array, cost = defaultCost): string {
  if (password.length > longest) return `failed to encrypt string with bcrypt: bcrypt: password length exceeds ${longest} bytes`
  const key = wordsOf(concatBytes(password, Uint8Array.of(0)), keyWords)
  const salted = wordsOf(salt, keyWords)
  const none = new Int32Array(2)
  const cipher = new Blowfish()
  // Two words of salt to each step: 4 words, over and over.
  cipher.expand(key, salted.subarray(0, saltSize / 4))
  for (let time = 0; time < 2 ** cost; time++) {
    cipher.expand(key, none)
    cipher.expand(salted, none)
  }
  const block = wordsOf(magic, magic.length / 4)
  for (let at = 0; at < block.length; at += 2) for (let time = 0; time < 64; time++) cipher.encrypt(block, at)
  const bytes = new Uint8Array(magic.length)
  const view = new DataView(bytes.buffer)
  block.forEach((word, at) => view.setInt32(at * 4, word))
  return `$2a$${String(cost).padStart(2, '0')}$${spelled(salt)}${spelled(bytes.subarray(0, magic.length - 1))}`
}
