import { compare, type Mismatch } from './compare.ts'
import { tokensOf } from './recorded.ts'

/** Every template that is the given one without a run of its tokens, or with a simpler one in its place; shortest first. */
function simpler(template: string): string[] {
  const tokens = tokensOf(template)
  const found = new Set<string>()
  for (let length = tokens.length - 1; length > 0; length = length > 8 ? length >> 1 : length - 1) {
    for (let at = 0; at + length <= tokens.length; at++) {
      const rest = tokens.slice(at + length).join('')
      const before = tokens.slice(0, at).join('')
      found.add(before + rest)
      if (tokens[at] === '(' || length === 1) found.add(`${before}nil${rest}`).add(`${before}""${rest}`).add(`${before}1${rest}`)
    }
  }
  return [...found].filter((each) => each.length < template.length || (each.length === template.length && each < template)).sort((a, b) => a.length - b.length).slice(0, 250)
}

const batch = 60

/** A smaller template on which the engines disagree, too. */
function smaller({ values, template }: Mismatch): Mismatch | undefined {
  const candidates = simpler(template)
  for (let at = 0; at < candidates.length; at += batch) {
    const { mismatches } = compare(values, candidates.slice(at, at + batch), { first: true })
    if (mismatches[0]) return mismatches[0]
  }
  return undefined
}

/** The smallest template found on which the engines still disagree. */
export function shrunk(mismatch: Mismatch): Mismatch {
  let best = mismatch
  for (let turn = 0; turn < 12; turn++) {
    const next = smaller(best)
    if (!next) return best
    best = next
  }
  return best
}
