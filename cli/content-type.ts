/** How many bytes are looked at. */
const looked = 512

/** What a file's first bytes are read as text of one character a byte, and the type that they say. The first that fits counts. */
const signatures: readonly (readonly [signature: RegExp, type: string])[] = [
  [/^[\t\n\f\r ]*(?:<(?:!doctype html|html|head|script|iframe|h1|div|font|table|a|style|title|b|body|br|p)|<!--)[ >]/i, 'text/html; charset=utf-8'],
  [/^[\t\n\f\r ]*<\?xml/, 'text/xml; charset=utf-8'],
  [/^%PDF-/, 'application/pdf'],
  [/^%!PS-Adobe-/, 'application/postscript'],
  [/^\xfe\xff/, 'text/plain; charset=utf-16be'],
  [/^\xff\xfe/, 'text/plain; charset=utf-16le'],
  [/^\xef\xbb\xbf/, 'text/plain; charset=utf-8'],
  [/^\0\0[\x01\x02]\0/, 'image/x-icon'],
  [/^BM/, 'image/bmp'],
  [/^GIF8[79]a/, 'image/gif'],
  [/^RIFF[^]{4}WEBPVP/, 'image/webp'],
  [/^\x89PNG\r\n\x1a\n/, 'image/png'],
  [/^\xff\xd8\xff/, 'image/jpeg'],
  [/^FORM[^]{4}AIFF/, 'audio/aiff'],
  [/^ID3/, 'audio/mpeg'],
  [/^OggS\0/, 'application/ogg'],
  [/^MThd\0\0\0\x06/, 'audio/midi'],
  [/^RIFF[^]{4}AVI /, 'video/avi'],
  [/^RIFF[^]{4}WAVE/, 'audio/wave'],
  [/^[^]{4}ftyp/, 'video/mp4'],
  [/^\x1a\x45\xdf\xa3/, 'video/webm'],
  [/^[^]{34}LP/, 'application/vnd.ms-fontobject'],
  [/^\0\x01\0\0/, 'font/ttf'],
  [/^OTTO/, 'font/otf'],
  [/^ttcf/, 'font/collection'],
  [/^wOFF/, 'font/woff'],
  [/^wOF2/, 'font/woff2'],
  [/^PK\x03\x04/, 'application/zip'],
  [/^Rar!\x1a\x07(?:\0|\x01\0)/, 'application/x-rar-compressed'],
  [/^\0asm/, 'application/wasm'],
  [/^[\t\n\f\r ]*[^\0-\x08\x0b\x0e-\x1a\x1c-\x1f]*$/, 'text/plain; charset=utf-8'],
]

/**
 * The type of a file by its first bytes. A file that is shorter than Helm's buffer counts as filled up with zeros, as
 * there. Source: Go `http.DetectContentType` as Helm `archive.EnsureArchive` calls it; https://mimesniff.spec.whatwg.org.
 */
export function contentType(bytes: Uint8Array): string {
  const start = Buffer.alloc(looked)
  start.set(bytes.subarray(0, looked))
  const text = start.toString('latin1')
  return signatures.find(([signature, type]) => signature.test(text) && (type !== 'video/mp4' || isMp4(text)))?.[1] ?? 'application/octet-stream'
}

/** Whether one of the kinds that a media file's first box names is MP4; its second word is a version. */
function isMp4(text: string): boolean {
  const size = Buffer.from(text.slice(0, 4), 'latin1').readUInt32BE()
  if (size > text.length || size % 4 !== 0) return false
  const words = text.slice(8, size).match(/[^]{4}/g) ?? []
  return words.some((word, i) => i !== 1 && word.startsWith('mp4'))
}
