import { constants, createDecipheriv, privateDecrypt, type KeyObject } from 'node:crypto'

export const pemOf = (der: Buffer, name = 'CERTIFICATE'): string =>
  `-----BEGIN ${name}-----\n${(der.toString('base64').match(/.{1,64}/g) ?? []).join('\n')}\n-----END ${name}-----\n`

/** One DER value. */
export function der(tag: number, ...parts: readonly (Buffer | string)[]): Buffer {
  const content = Buffer.concat(parts.map((part) => Buffer.from(part)))
  const size = content.length
  const length = size < 0x80 ? [size] : size < 0x100 ? [0x81, size] : [0x82, size >> 8, size & 255]
  return Buffer.concat([Buffer.from([tag, ...length]), content])
}

/** A certificate that nobody signed, for a key of the test's own. */
export function certificateFor(publicKey: KeyObject, times = [der(0x17, '250101000000Z'), der(0x18, '20600101000000Z')]): string {
  const nothing = der(0x30)
  const body = der(0x30, der(0xa0, der(0x02, Buffer.from([2]))), der(0x02, Buffer.from([1])), nothing, nothing, der(0x30, ...times), nothing, publicKey.export({ type: 'spki', format: 'der' }))
  return pemOf(der(0x30, body, nothing, der(0x03, Buffer.from([0, 1]))))
}

/** What the controller does with a sealed value. */
export function unseal(privateKey: KeyObject, sealed: string, label: string): string {
  const bytes = Buffer.from(sealed, 'base64')
  const length = bytes.readUInt16BE(0)
  const key = privateDecrypt({ key: privateKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256', oaepLabel: Buffer.from(label) }, bytes.subarray(2, 2 + length))
  const rest = bytes.subarray(2 + length)
  const cipher = createDecipheriv('aes-256-gcm', key, Buffer.alloc(12)).setAuthTag(rest.subarray(-16))
  return Buffer.concat([cipher.update(rest.subarray(0, -16)), cipher.final()]).toString('utf8')
}

