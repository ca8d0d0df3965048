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

/** Standard base64 with padding. */
export function encodeBase64(bytes: ArrayLike<number>): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const triple = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    const left = bytes.length - i
    text += alphabet[triple >> 18]! + alphabet[(triple >> 12) & 63]!
    text += left > 1 ? alphabet[(triple >> 6) & 63]! : '='
    text += left > 2 ? alphabet[triple & 63]! : '='
  }
  return text
}
