import { withReplacements } from '../../go/bytes.ts'
import { func, GoError, Int, type Func } from '../../go/value.ts'
import { bytesToBase64 } from './encoding.ts'
import { repeated } from './limits.ts'

const digits = '0123456789'
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const printable = Array.from({ length: 95 }, (_, at) => String.fromCharCode(32 + at)).join('')

/** Sprig's functions of chance, from a source of numbers at least 0 and less than 1. */
export function randoms(random: () => number): Record<string, Func> {
  const below = (count: number): number => Math.floor(random() * count)
  const drawn = (alphabet: string): Func =>
    func(['int'], count => repeated(' ', Math.max(count, 0)).replace(/ /g, () => alphabet[below(alphabet.length)]!))
  const bytes = (count: number): number[] => {
    if (count < 0) throw new GoError('runtime error: makeslice: len out of range')
    return Array.from({ length: repeated(' ', count).length }, () => below(256))
  }
  return {
    randAlphaNum: drawn(digits + letters),
    randAlpha: drawn(letters),
    randNumeric: drawn(digits),
    randAscii: drawn(printable),
    randBytes: func(['int'], count => bytesToBase64(bytes(count))),
    randInt: func(['int', 'int'], (low, high) => {
      const least = wholeOf(low)
      const span = Number(BigInt.asIntN(64, wholeOf(high) - least))
      if (span <= 0) throw new GoError('invalid argument to Intn')
      return new Int(BigInt.asIntN(64, least + BigInt(below(span))))
    }),
    shuffle: func(['string'], text => shuffled(Array.from(withReplacements(text)), below).join('')),
    uuidv4: func([], () => uuid(bytes(16))),
  }
}

/** Go's largest number is none of JavaScript's, and arrives as one more. */
const wholeOf = (int: number): bigint => (int === 2 ** 63 ? 2n ** 63n - 1n : BigInt(int))

function shuffled(items: string[], below: (count: number) => number): string[] {
  for (let at = items.length - 1; at > 0; at--) {
    const other = below(at + 1)
    ;[items[at], items[other]] = [items[other]!, items[at]!]
  }
  return items
}

function uuid(bytes: number[]): string {
  bytes[6] = (bytes[6]! & 0x0f) | 0x40
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = bytes.map(byte => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
