const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const codes = new Map([...alphabet].map((character, code) => [character, code]))

/** The bytes of standard base64 text, line breaks ignored; nothing when it is not valid. */
export function decodeBase64(text: string): number[] | undefined {
  const packed = text.replace(/[\r\n]/g, '')
  if (packed.length % 4 !== 0 || !/^[A-Za-z\d+/]*={0,2}$/.test(packed)) return undefined
  const digits = packed.replace(/=+$/, '')
  const bytes: number[] = []
  let bits = 0
  let held = 0
  for (const character of digits) {
    bits = ((bits << 6) | codes.get(character)!) & 0xffff
    held += 6
    if (held < 8) continue
    held -= 8
    bytes.push((bits >> held) & 0xff)
  }
  return bytes
}

const encoded = Uint8Array.from(alphabet, character => character.charCodeAt(0))
const padding = '='.charCodeAt(0)
/** How many characters one call can be given. */
const mostCharacters = 8192

/** Standard base64 with padding. */
export function encodeBase64(bytes: ArrayLike<number>): string {
  const { length } = bytes
  const characters = new Uint8Array(Math.ceil(length / 3) * 4)
  for (let from = 0, to = 0; from < length; from += 3, to += 4) {
    const triple = (bytes[from]! << 16) | ((bytes[from + 1] ?? 0) << 8) | (bytes[from + 2] ?? 0)
    characters[to] = encoded[triple >> 18]!
    characters[to + 1] = encoded[(triple >> 12) & 63]!
    characters[to + 2] = from + 1 < length ? encoded[(triple >> 6) & 63]! : padding
    characters[to + 3] = from + 2 < length ? encoded[triple & 63]! : padding
  }
  let text = ''
  for (let at = 0; at < characters.length; at += mostCharacters) text += String.fromCharCode(...characters.subarray(at, at + mostCharacters))
  return text
}
