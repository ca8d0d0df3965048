import { fromBytes } from '../../go/bytes.ts'
import { GoError } from '../../go/value.ts'
import { bytesOfBase64, bytesToBase64 } from '../sprig/encoding.ts'

/** A PEM block (RFC 7468): what it holds, and the bytes. */
export interface Block {
  readonly label: string
  readonly bytes: Uint8Array
}

/** The first PEM block of a text, if there is one. */
export function firstBlock(text: string): Block | undefined {
  const found = /(?:^|\n)-----BEGIN ([^\n]*)-----[ \t\r]*\n(?:[^\n:]*:[^\n]*\n)*([A-Za-z\d+/=\s]*)-----END \1-----/.exec(text)
  if (!found) return undefined
  try {
    return { label: found[1]!, bytes: bytesOfBase64(found[2]!.replace(/\s/g, '')) }
  } catch (error) {
    if (error instanceof GoError) return undefined
    throw error
  }
}

/** A block as text. */
export function blockText({ label, bytes }: Block): string {
  const lines = bytesToBase64(bytes).match(/.{1,64}/g) ?? []
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`
}

/** Whether bytes are one DER sequence and nothing after it. */
export function isSequence(bytes: Uint8Array): boolean {
  if (bytes[0] !== 0x30 || bytes.length < 2) return false
  const short = bytes[1]! < 0x80
  const lengthBytes = short ? 0 : bytes[1]! & 0x7f
  const length = short ? bytes[1]! : bytes.subarray(2, 2 + lengthBytes).reduce((sum, byte) => sum * 256 + byte, 0)
  return length === bytes.length - 2 - lengthBytes
}

const suffix = ' PRIVATE KEY'

/** Checks that a text is a private key in PEM (Sprig, parsePrivateKeyPEM). Throws `GoError`. */
export function checkPrivateKey(text: string): void {
  const block = firstBlock(text)
  if (!block) throw new GoError('no PEM data in input')
  const { label, bytes } = block
  if (label !== suffix.trim() && !label.endsWith(suffix)) throw new GoError(`no private key data in PEM block of type ${label}`)
  const kind = label.slice(0, -suffix.length)
  if (label !== suffix.trim() && !['RSA', 'EC', 'DSA'].includes(kind)) throw new GoError(`invalid private key type ${kind}`)
  if (isSequence(bytes)) return
  if (label === suffix.trim()) throw new GoError('decoding PEM as PKCS#8: asn1: syntax error: data truncated')
  throw new GoError(`parsing ${kind} private key from PEM: asn1: syntax error: data truncated`)
}

/** Checks that a text is a certificate in PEM. Throws `GoError`; `name` is how Sprig's message calls the bytes. */
export function checkCertificate(text: string, name: string): void {
  const block = firstBlock(text)
  if (!block) throw new GoError('unable to decode certificate')
  if (!isSequence(block.bytes)) throw new GoError(`error parsing certificate: ${name}: x509: malformed certificate`)
}

/** The text that base64 spells, or the error with another message. */
export function decodedText(base64: string, problem: string): string {
  try {
    return fromBytes(bytesOfBase64(base64))
  } catch (error) {
    if (error instanceof GoError) throw new GoError(problem)
    throw error
  }
}
