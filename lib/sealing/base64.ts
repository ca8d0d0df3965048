import { SealingError } from './error.ts'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Bytes as base64 with padding. */
export function encodeBase64(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 3) {
    const group = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0)
    const letters = [18, 12, 6, 0].map((shift) => alphabet[(group >> shift) & 63])
    const padding = Math.max(0, at + 3 - bytes.length)
    text += letters.slice(0, 4 - padding).join('') + '='.repeat(padding)
  }
  return text
}

/** The bytes of a base64 text, blanks and line breaks between them allowed. */
export function decodeBase64(text: string): Uint8Array {
  const letters = text.replace(/[ \t\r\n]+/g, '')
  if (letters.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(letters)) throw new SealingError('The certificate is damaged: between its first and last line is something else than base64.')
  const bare = letters.replace(/=+$/, '')
  const bytes = new Uint8Array(Math.floor((bare.length * 3) / 4))
  let group = 0
  let filled = 0
  for (let at = 0; at < bare.length; at++) {
    group = ((group << 6) | alphabet.indexOf(bare[at] as string)) & 0xffffff
    if (at % 4 > 0) bytes[filled++] = (group >> (6 - 2 * (at % 4))) & 255
  }
  return bytes
}
