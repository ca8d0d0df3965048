import { hmac } from '@noble/hashes/hmac.js'
import { scrypt } from '@noble/hashes/scrypt.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { concatBytes } from '@noble/hashes/utils.js'
import { fromBytes, toBytes } from '../../go/bytes.ts'

const seed = toBytes('com.lyndir.masterpassword')

/** What the characters of a password may look like, by kind: a letter stands for a class below. */
const shapes: ReadonlyMap<string, readonly string[]> = new Map([
  ['maximum', ['anoxxxxxxxxxxxxxxxxx', 'axxxxxxxxxxxxxxxxxno']],
  ['long', [
    'CvcvnoCvcvCvcv', 'CvcvCvcvnoCvcv', 'CvcvCvcvCvcvno', 'CvccnoCvcvCvcv', 'CvccCvcvnoCvcv', 'CvccCvcvCvcvno', 'CvcvnoCvccCvcv',
    'CvcvCvccnoCvcv', 'CvcvCvccCvcvno', 'CvcvnoCvcvCvcc', 'CvcvCvcvnoCvcc', 'CvcvCvcvCvccno', 'CvccnoCvccCvcv', 'CvccCvccnoCvcv',
    'CvccCvccCvcvno', 'CvcvnoCvccCvcc', 'CvcvCvccnoCvcc', 'CvcvCvccCvccno', 'CvccnoCvcvCvcc', 'CvccCvcvnoCvcc', 'CvccCvcvCvccno',
  ]],
  ['medium', ['CvcnoCvc', 'CvcCvcno']],
  ['short', ['Cvcn']],
  ['basic', ['aaanaaan', 'aannaaan', 'aaannaaa']],
  ['pin', ['nnnn']],
])

/** A number as four bytes, the highest first. */
function uint32(value: number): Uint8Array {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, value)
  return bytes
}

const consonants = 'bcdfghjklmnpqrstvwxyz'
const vowels = 'aeiou'
const letters = vowels.toUpperCase() + vowels + consonants.toUpperCase() + consonants
const classes: Readonly<Record<string, string>> = {
  V: vowels.toUpperCase(), C: consonants.toUpperCase(), v: vowels, c: consonants, A: vowels.toUpperCase() + consonants.toUpperCase(),
  a: letters, n: '0123456789', o: "@&%?,=[]_:-+*$#!'^~;()/.", x: `${letters}0123456789!@#$%^&*()`,
}

/** The password of a site, made from a master password (Sprig, derivePassword; the Master Password algorithm). */
export function derivePassword(counter: number, kind: string, password: string, user: string, site: string): string {
  const choices = shapes.get(kind)
  if (!choices) return `cannot find password template ${kind}`
  const [userBytes, siteBytes] = [toBytes(user), toBytes(site)]
  const key = scrypt(toBytes(password), concatBytes(seed, uint32(userBytes.length), userBytes), { N: 32768, r: 8, p: 2, dkLen: 64 })
  const drawn = hmac(sha256, key, concatBytes(seed, uint32(siteBytes.length), siteBytes, uint32(counter)))
  const shape = choices[drawn[0]! % choices.length]!
  return fromBytes(Array.from(shape, (each, at) => classes[each]!.charCodeAt(drawn[at + 1]! % classes[each]!.length)))
}
