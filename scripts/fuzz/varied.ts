import type { Random } from './random.ts'

/** Characters that readers of texts trip over. */
const strays = [...' \t\n\r\0"\'`\\#:,;-+*/?!&|<>=~^%@$_.()[]{}019aAzZeExXuUnN', '\u00e9', '\u65e5', '\u{1f600}', '\ufeff', '\u0085', '\u2028', '00', '--', '}}', '{{', '\r\n', '\u0301', '\u0130', '\u01c5']

function edited(random: Random, text: string, others: readonly string[]): string {
  const chars = [...text]
  const at = random.below(chars.length + 1)
  const from = random.below(chars.length + 1)
  switch (random.below(7)) {
    case 0:
      return chars.toSpliced(at, 1 + random.below(2)).join('')
    case 1:
      return chars.toSpliced(at, 0, random.pick(strays)).join('')
    case 2:
      return chars.toSpliced(at, 1, random.pick(strays)).join('')
    case 3:
      return chars.toSpliced(at, 0, ...chars.slice(from, from + 1 + random.below(5))).join('')
    case 4: {
      const lender = [...random.pick(others)]
      return [...chars.slice(0, at), ...lender.slice(random.below(lender.length + 1))].join('')
    }
    case 5:
      return text + random.pick(['', ' ', '\n', ',']) + random.pick(others)
    default:
      return chars.toSpliced(at, 1, ...[...random.pick(others)].slice(0, 1 + random.below(3))).join('')
  }
}

/** A text, or sometimes one with a few changes, in which others of its kind lend parts. */
export function varied(random: Random, text: string, others: readonly string[]): string {
  if (!random.chance(0.35)) return text
  let changed = text
  for (let turn = 1 + random.below(3); turn > 0; turn--) changed = edited(random, changed, others)
  return changed.length > 400 ? text : changed
}
