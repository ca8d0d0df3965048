import { encodeBase64 } from './base64.ts'
import { certificateOf } from './certificate.ts'
import { SealingError } from './error.ts'
import { utf8 } from './utf8.ts'

/** For which Secrets the sealed value holds: this one, any of its namespace, any of the cluster. */
export type Scope = 'strict' | 'namespace-wide' | 'cluster-wide'

/** The part of WebCrypto that sealing needs; a browser's `crypto` and Node's `webcrypto` are such. */
export interface SealingCrypto {
  getRandomValues(bytes: Uint8Array<ArrayBuffer>): Uint8Array
  readonly subtle: {
    importKey(format: 'raw' | 'spki', key: Uint8Array<ArrayBuffer>, algorithm: { name: string; hash?: string }, extractable: boolean, usages: 'encrypt'[]): Promise<unknown>
    encrypt(algorithm: { name: string; label?: Uint8Array<ArrayBuffer>; iv?: Uint8Array<ArrayBuffer> }, key: never, data: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer>
  }
}

/** Kubernetes takes Secrets up to 1 MiB, and base64 makes a third more of it. */
const longest = 1024 * 1024

/** What binds the sealed value to its place; the controller demands the same. */
export function labelOf(scope: Scope, namespace: string, name: string): string {
  if (scope === 'cluster-wide') return ''
  if (namespace === '') throw new SealingError('Without its namespace the value cannot be sealed for it.')
  if (scope === 'namespace-wide') return namespace
  if (name === '') throw new SealingError('Without the name of its Secret the value cannot be sealed for it.')
  return `${namespace}/${name}`
}

/**
 * Seals one value as kubeseal does, base64: two bytes with the length of the RSA part, a session
 * key of 32 bytes by RSA-OAEP with SHA-256, the value by AES-256-GCM with a nonce of zeros, which
 * is sound because the key is used once. Source: sealed-secrets, pkg/crypto/crypto.go. The same
 * value sealed twice gives two texts. `plaintext` and the key stay in memory only.
 */
export async function seal(
  certificatePem: string,
  plaintext: string | Uint8Array,
  scope: Scope,
  namespace: string,
  name: string,
  crypto: SealingCrypto,
): Promise<string> {
  const { publicKey } = certificateOf(certificatePem)
  const label = Uint8Array.from(utf8(labelOf(scope, namespace, name)))
  const bytes = Uint8Array.from(typeof plaintext === 'string' ? utf8(plaintext) : plaintext)
  if (bytes.length > longest) throw new SealingError('The value is longer than the 1 MiB that a Secret may hold.')
  const { subtle } = crypto
  const session = new Uint8Array(32)
  crypto.getRandomValues(session)
  const outer = await subtle.importKey('spki', Uint8Array.from(publicKey), { name: 'RSA-OAEP', hash: 'SHA-256' }, false, ['encrypt'])
  const wrapped = new Uint8Array(await subtle.encrypt({ name: 'RSA-OAEP', ...(label.length > 0 ? { label } : {}) }, outer as never, session))
  const inner = await subtle.importKey('raw', session, { name: 'AES-GCM' }, false, ['encrypt'])
  const sealed = new Uint8Array(await subtle.encrypt({ name: 'AES-GCM', iv: new Uint8Array(12) }, inner as never, bytes))
  session.fill(0)
  bytes.fill(0)
  const all = new Uint8Array(2 + wrapped.length + sealed.length)
  all.set([wrapped.length >> 8, wrapped.length & 255])
  all.set(wrapped, 2)
  all.set(sealed, 2 + wrapped.length)
  return encodeBase64(all)
}
