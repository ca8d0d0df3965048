import { concatBytes } from '@noble/hashes/utils.js'
import { fromBytes, toBytes } from '../../go/bytes.ts'
import { func, GoError, type Func } from '../../go/value.ts'
import { bytesOfBase64, bytesToBase64 } from '../sprig/encoding.ts'
import type { Environment } from '../environment.ts'
import { decryptCbc, encryptCbc } from './aes.ts'
import { certificates } from './certificates.ts'
import { derivePassword } from './password.ts'

const blockSize = 16
const derivingSteps = 400_000

/** The first 32 bytes of a password, or it and zeros. */
function keyOf(password: string): Uint8Array {
  const key = new Uint8Array(32)
  key.set(toBytes(password).subarray(0, 32))
  return key
}

function encryptAES(random: () => number, password: string, text: string): string {
  if (text === '') return ''
  const start = Uint8Array.from({ length: blockSize }, () => Math.floor(random() * 256))
  const bytes = toBytes(text)
  const padding = blockSize - (bytes.length % blockSize)
  const padded = concatBytes(bytes, new Uint8Array(padding).fill(padding))
  return bytesToBase64(concatBytes(start, encryptCbc(keyOf(password), start, padded)))
}

function decryptAES(password: string, base64: string): string {
  if (base64 === '') return ''
  const bytes = bytesOfBase64(base64)
  const outside = (bounds: string): GoError => new GoError(`runtime error: slice bounds out of range [${bounds}]`)
  const capacity = Math.floor(base64.length / 4) * 3
  if (capacity < blockSize) throw new GoError(`runtime error: slice bounds out of range [:${blockSize}] with capacity ${capacity}`)
  if (bytes.length < blockSize) throw outside(`${blockSize}:${bytes.length}`)
  const content = bytes.subarray(blockSize)
  if (content.length % blockSize) throw new GoError('crypto/cipher: input not full blocks')
  if (content.length === 0) throw new GoError('runtime error: index out of range [-1]')
  const text = decryptCbc(keyOf(password), bytes.subarray(0, blockSize), content)
  const length = text.length - text.at(-1)!
  if (length < 0) throw outside(`:${length}`)
  return fromBytes(text.subarray(0, length))
}

/** Sprig's functions of cryptography, beyond digests. */
export const functions = (environment: Environment): Readonly<Record<string, Func>> => ({
  ...certificates(environment),
  derivePassword: func(['uint32', 'string', 'string', 'string', 'string'], (...given) => {
    environment.spend(derivingSteps)
    return derivePassword(...given)
  }),
  encryptAES: func(['string', 'string'], (password, text) => encryptAES(environment.random, password, text)),
  decryptAES: func(['string', 'string'], decryptAES),
})
