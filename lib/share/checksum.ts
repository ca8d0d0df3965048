import { toBase64Url } from './base64url.ts'

/** Four letters that change when a text is cut or altered (FNV-1a, folded to 24 bits); no protection against intent. */
export function checksumOf(text: string): string {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0
  const folded = (hash ^ (hash >>> 24)) & 0xffffff
  return toBase64Url(Uint8Array.of(folded >> 16, (folded >> 8) & 255, folded & 255))
}
