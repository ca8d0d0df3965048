import { fromBytes, toBytes } from '../../go/bytes.ts'
import { hmac, joined, scrypt, uint32 } from './keys.ts'

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
  const key = scrypt(toBytes(password), joined(seed, uint32(userBytes.length), userBytes), 32768, 8, 2, 64)
  const drawn = hmac(key, joined(seed, uint32(siteBytes.length), siteBytes, uint32(counter)))
  const shape = choices[drawn[0]! % choices.length]!
  return fromBytes(Array.from(shape, (each, at) => classes[each]!.charCodeAt(drawn[at + 1]! % classes[each]!.length)))
}
