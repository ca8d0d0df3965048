import { YamlError } from './error.ts'

/** The text behind a mark of UTF-16, which says which of two bytes is the high one. Throws `YamlError` for what is no UTF-16. Source: go-yaml's reader. */
export function readUtf16(bytes: Uint8Array): string {
  const fail = (problem: string): never => {
    throw new YamlError(problem)
  }
  const high = bytes[0] === 0xff ? 1 : 0
  const unitAt = (at: number): number => (bytes[at + high]! << 8) | bytes[at + 1 - high]!
  let text = ''
  for (let at = 2; at < bytes.length; at += 2) {
    if (at + 1 >= bytes.length) fail('incomplete UTF-16 character')
    const unit = unitAt(at)
    text += String.fromCharCode(unit)
    if ((unit & 0xfc00) === 0xdc00) fail('unexpected low surrogate area')
    if ((unit & 0xfc00) !== 0xd800) continue
    at += 2
    if (at + 1 >= bytes.length) fail('incomplete UTF-16 surrogate pair')
    const low = unitAt(at)
    if ((low & 0xfc00) !== 0xdc00) fail('expected low surrogate area')
    text += String.fromCharCode(low)
  }
  return text
}
