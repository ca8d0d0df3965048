import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { Mismatch, PassedOver } from './compare.ts'
import { compare } from './compare.ts'
import { Grammar } from './grammar.ts'
import { Random } from './random.ts'
import { changed, mutated, recordedTemplates, recordedValues } from './recorded.ts'
import { shrunk } from './shrink.ts'
import { compareSchemas } from './schemas.ts'
import { randomLayout } from './values.ts'

const batch = 250

/** Cases that share their values: random templates over random values, or every third time recorded ones with changes. */
function casesOf(seed: number, count: number): { values: string; templates: string[] } {
  const random = new Random(seed)
  if (seed % 3 === 0) {
    const templates = recordedTemplates()
    return { values: recordedValues(), templates: Array.from({ length: count }, () => mutated(random, templates)) }
  }
  const { text, places } = randomLayout(random)
  const grammar = new Grammar(random, places)
  return { values: text, templates: Array.from({ length: count }, () => (random.chance(0.07) ? changed(random, grammar.template(), grammar.template()) : grammar.template())) }
}

/** The part of a text around a place. */
const around = (text: string, at: number): string => JSON.stringify(text.slice(Math.max(0, at - 300), at + 300))

function show({ template, ours, theirs }: Mismatch): void {
  let at = 0
  while (at < ours.length && ours[at] === theirs[at]) at++
  console.log(`\n${JSON.stringify(template)}\n  ours: ${around(ours, at)}\n  Helm: ${around(theirs, at)}`)
}

function main(): void {
  const { values: options } = parseArgs({ options: { cases: { type: 'string', default: '2000' }, seed: { type: 'string', default: '1' }, out: { type: 'string' }, raw: { type: 'boolean', default: false }, passed: { type: 'boolean', default: false }, schemas: { type: 'boolean', default: false } } })
  const total = Number(options.cases)
  if (options.schemas) {
    process.exitCode = compareSchemas(total, Number(options.seed)) > 0 ? 1 : 0
    return
  }
  const start = performance.now()
  const found: Mismatch[] = []
  const passedOver: PassedOver[] = []
  let failing = 0
  for (let done = 0; done < total; done += batch) {
    const { values, templates } = casesOf(Number(options.seed) * 1000 + done / batch, Math.min(batch, total - done))
    const result = compare(values, templates)
    failing += result.failing
    passedOver.push(...result.passedOver)
    for (const mismatch of result.mismatches) {
      const small = options.raw ? mismatch : shrunk(mismatch)
      found.push(small)
      show(small)
    }
  }
  if (options.passed) for (const { template, why } of passedOver) console.log(`\n${JSON.stringify(template)}\n  passed over: ${why}`)
  if (options.out) writeFileSync(options.out, JSON.stringify(found, null, 1))
  const seconds = Math.round((performance.now() - start) / 1000)
  console.log(`\n${total} cases (${failing} of them errors, with Helm's message) in ${seconds} s: ${total - found.length - passedOver.length} alike, ${found.length} different, ${passedOver.length} passed over`)
  process.exitCode = found.length > 0 ? 1 : 0
}

void main()
