import { withReplacements } from '../../lib/go/bytes.ts'
import { isFailure, type Case, type Outcome } from './chart.ts'
import { ourOutcome } from './ours.ts'
import { alone, refused, rendered } from './theirs.ts'

/** A case in which the two engines disagree. */
export interface Mismatch extends Case {
  readonly ours: Outcome
  readonly theirs: Outcome
}

export interface Comparison {
  readonly mismatches: readonly Mismatch[]
  readonly failing: number
  readonly passedOver: readonly PassedOver[]
}

/** A case that says nothing about the engines, and why. */
export interface PassedOver extends Case {
  readonly why: 'our limits' | 'the clock' | 'Helm varies'
}

/** Our own limits, which Helm has not. */
const limited = /more than \d+ (?:items|bytes|steps)|stopped after|nested too deeply|maximum template depth/
/** Go's heap begins at the same place in each run, but what is where on it differs; an address is written in any base. */
const addresses = /c0[0-9a-f]{8}|824[67]\d{8}|140[0-7]{11}|110000[01]{34}/gi
const withoutAddresses = (text: string): string => text.replace(addresses, 'address')
const same = (ours: Outcome, theirs: Outcome): boolean => ours === theirs || withoutAddresses(ours) === withoutAddresses(theirs)

/** Functions of chance. */
const chancy = /rand|uuid|bcrypt|htpasswd|shuffle|encrypt|gen[A-Z]|now/
/** What passes on the order of a map: of two keys, one comes first in seven of eight runs. */
const unordered = /keys|values/

const year = 366 * 24 * 3600 * 1000
/** Whether an outcome depends on when it is asked for. */
const tellsTime = (one: Case, outcome: Outcome): boolean => ourOutcome(one, Date.now() + 1.7 * year) !== outcome

const timesToAsk = (template: string, first: boolean): number => (unordered.test(template) ? 40 : first && !chancy.test(template) ? 1 : 3)

/** Renders cases that share their values with both engines; stops at the first mismatch if asked to. */
export function compare(values: string, templates: readonly string[], { first = false } = {}): Comparison {
  const ours = templates.map((template) => ourOutcome({ template, values }))
  const theirs = theirOutcomes(values, templates, ours)
  const mismatches: Mismatch[] = []
  const passedOver: PassedOver[] = []
  for (const [at, template] of templates.entries()) {
    const our = ours[at]!
    if (theirs[at] !== undefined && same(our, theirs[at])) continue
    const one = { template, values }
    const verdict = limited.test(our) ? 'our limits' : tellsTime(one, our) ? askedTheTime(one) : asked(one, our, timesToAsk(template, first))
    if (typeof verdict === 'string') passedOver.push({ ...one, why: verdict })
    else if (verdict) mismatches.push(verdict)
    if (first && mismatches.length > 0) break
  }
  return { mismatches, failing: ours.filter(isFailure).length, passedOver }
}

/** Asks Helm again, each time in a process for this case alone, until it says what we say. */
function asked(one: Case, ours: Outcome, times: number): Mismatch | 'Helm varies' | undefined {
  const answers: Outcome[] = []
  while (answers.length < times) {
    const answer = withReplacements(alone(one.values, one.template))
    if (same(withReplacements(ours), answer)) return undefined
    answers.push(answer)
  }
  return new Set(answers).size > 1 ? 'Helm varies' : { ...one, ours, theirs: answers[0]! }
}

const withoutDigits = (text: string): string => text.replace(/\d/g, '0')

/** Asks Helm for the outcome at a time, and our engine before and after; parts of a second may differ. */
function askedTheTime(one: Case): Mismatch | 'the clock' | undefined {
  const before = ourOutcome(one)
  const theirs = withReplacements(alone(one.values, one.template))
  const ours = [before, ourOutcome(one)].map(withReplacements)
  if (ours.some((our) => same(our, theirs) || withoutDigits(our) === withoutDigits(theirs))) return undefined
  return withReplacements(alone(one.values, one.template)) === theirs ? { ...one, ours: before, theirs } : 'the clock'
}

/** Helm's outcomes, in two processes; nothing for a case that has to be asked alone. */
function theirOutcomes(values: string, templates: readonly string[], ours: readonly Outcome[]): (Outcome | undefined)[] {
  const outcomes: (Outcome | undefined)[] = templates.map(() => undefined)
  const places = [...templates.keys()].filter((at) => !limited.test(ours[at]!))
  const failing = places.filter((at) => isFailure(ours[at]!))
  const passing = places.filter((at) => !isFailure(ours[at]!))
  const fill = (at: readonly number[], made: readonly (Outcome | undefined)[]) => at.forEach((place, index) => (outcomes[place] = made[index]))
  if (passing.length > 0) fill(passing, rendered(values, passing.map((at) => templates[at]!)))
  if (failing.length > 0) fill(failing, refused(values, failing.map((at) => templates[at]!)))
  return outcomes
}
