import { attempt } from '../../go/attempt.ts'
import { fromBytes } from '../../go/bytes.ts'
import { GoError } from '../../go/value.ts'
import { bytesOfBase64, bytesToBase64 } from '../sprig/encoding.ts'

/** A PEM block (RFC 7468): what it holds, and the bytes. */
export interface Block {
  readonly label: string
  readonly bytes: Uint8Array
}

const begin = '-----BEGIN '
const end = '-----END '
const dashes = '-----'

/** The first PEM block of a text, if there is one (Go, encoding/pem, Decode). */
export function firstBlock(text: string): Block | undefined {
  for (let from = 0; ; ) {
    const endAt = lineStart(text, end, from)
    if (endAt < 0) return undefined
    const beginAt = text.lastIndexOf(begin, endAt - 1)
    const isLine = beginAt >= from && (beginAt === 0 || text[beginAt - 1] === '\n')
    const block = isLine ? blockBetween(text, beginAt + begin.length, endAt) : undefined
    if (block) return block
    from = endAt + end.length
  }
}

/** Where a line begins with a mark. */
function lineStart(text: string, mark: string, from: number): number {
  const at = text.indexOf(`\n${mark}`, Math.max(from - 1, 0))
  return at < 0 ? at : at + 1
}

function blockBetween(text: string, labelAt: number, endAt: number): Block | undefined {
  const lines = text.slice(labelAt, Math.max(endAt, labelAt)).split('\n')
  const first = trimmedLine(lines.shift()!)
  const label = first.slice(0, -dashes.length)
  if (!first.endsWith(dashes) || !endsWith(text.slice(endAt + end.length), label)) return undefined
  while (lines[0]?.includes(':')) lines.shift()
  return attempt(() => ({ label, bytes: bytesOfBase64(lines.join('\n').replace(/[ \t]/g, '')) }), () => undefined)
}

const endsWith = (rest: string, label: string): boolean => rest.startsWith(label + dashes) && trimmedLine(rest.slice(label.length + dashes.length).split('\n', 1)[0]!) === ''

const trimmedLine = (line: string): string => line.replace(/\r$/, '').replace(/[ \t]+$/, '')

/** A block as text. */
export function blockText({ label, bytes }: Block): string {
  const lines = bytesToBase64(bytes).match(/.{1,64}/g) ?? []
  return `${begin}${label}${dashes}\n${lines.map((line) => `${line}\n`).join('')}${end}${label}${dashes}\n`
}

/** The text that base64 spells, or the error with another message. */
export const decodedText = (base64: string, problem: string): string =>
  attempt(() => fromBytes(bytesOfBase64(base64)), () => {
    throw new GoError(problem)
  })
