import type { Value } from '../../go/value.ts'
import { compilePattern } from './document.ts'
import { duplicates, isMultiple, numberOf } from './equal.ts'
import { finding, numberText, quoted, type Problem } from './problem.ts'
import { isSchema, type Frame, type Validator } from './validate.ts'

function bound(frame: Frame, keyword: string, got: number, fails: (wanted: number) => boolean): void {
  const wanted = numberOf(frame.schema.get(keyword))
  if (wanted === undefined || !fails(wanted)) return
  frame.problems.push(finding(frame.path, `${keyword}: got ${numberText(got)}, want ${numberText(wanted)}`))
}

/** Keywords for numbers. */
export function numberKeywords(frame: Frame, value: number): void {
  const { schema } = frame
  if (schema.get('exclusiveMinimum') !== true) bound(frame, 'minimum', value, least => value < least)
  if (schema.get('exclusiveMaximum') !== true) bound(frame, 'maximum', value, most => value > most)
  exclusive(frame, 'exclusiveMinimum', 'minimum', value, limit => value <= limit)
  exclusive(frame, 'exclusiveMaximum', 'maximum', value, limit => value >= limit)
  bound(frame, 'multipleOf', value, of => !isMultiple(value, of))
}

/** In draft 4 the keyword only says how `minimum` or `maximum` is meant. */
function exclusive(frame: Frame, keyword: string, plain: string, got: number, fails: (limit: number) => boolean): void {
  const { schema, path } = frame
  const limit = numberOf(schema.get(schema.get(keyword) === true ? plain : keyword))
  if (limit === undefined || !fails(limit)) return
  frame.problems.push(finding(path, `${keyword}: got ${numberText(got)}, want ${numberText(limit)}`))
}

/** Keywords for strings; lengths count code points. */
export function stringKeywords(frame: Frame, value: string): void {
  const { schema, path } = frame
  if (schema.has('minLength') || schema.has('maxLength')) {
    const length = [...value].length
    bound(frame, 'minLength', length, least => length < least)
    bound(frame, 'maxLength', length, most => length > most)
  }
  const pattern = schema.get('pattern')
  if (typeof pattern !== 'string' || compilePattern(pattern).test(value)) return
  frame.problems.push(finding(path, `${quoted(value)} does not match pattern ${quoted(pattern)}`))
}

/** Keywords for lists. */
export function arrayKeywords(validator: Validator, frame: Frame, items: readonly Value[]): void {
  const { schema, path } = frame
  bound(frame, 'minItems', items.length, least => items.length < least)
  bound(frame, 'maxItems', items.length, most => items.length > most)
  const equal = schema.get('uniqueItems') === true ? duplicates(items) : undefined
  if (equal) frame.problems.push(finding(path, `items at ${equal[0]} and ${equal[1]} are equal`))
  if (frame.draft < 2020) itemsBefore2020(validator, frame, items)
  else itemsSince2020(validator, frame, items)
  contains(validator, frame, items)
}

function itemsBefore2020(validator: Validator, frame: Frame, items: readonly Value[]): void {
  const { schema, path } = frame
  const each = schema.get('items')
  if (!Array.isArray(each)) return all(validator, frame, each, items, 0)
  const first = Math.min(each.length, items.length)
  for (let i = 0; i < first; i++) visit(validator, frame, each[i], items[i], i, i)
  const rest = schema.get('additionalItems')
  const left = items.length - first
  if (rest === false && left > 0) frame.problems.push(finding(path, `last ${left} additionalItem(s) not allowed`))
  else if (rest !== false) all(validator, frame, rest, items, first)
}

function itemsSince2020(validator: Validator, frame: Frame, items: readonly Value[]): void {
  const prefix = frame.schema.get('prefixItems')
  const first = Array.isArray(prefix) ? Math.min(prefix.length, items.length) : 0
  if (Array.isArray(prefix)) for (let i = 0; i < first; i++) visit(validator, frame, prefix[i], items[i], i, i)
  all(validator, frame, frame.schema.get('items'), items, first)
}

/** Helm's library counts what follows listed items from 0 again. */
function all(validator: Validator, frame: Frame, schema: Value, items: readonly Value[], from: number): void {
  if (!isSchema(schema)) return
  for (let i = from; i < items.length; i++) visit(validator, frame, schema, items[i], i, i - from)
}

function visit(validator: Validator, frame: Frame, schema: Value, item: Value, index: number, shownIndex: number): void {
  frame.unseen?.items.delete(index)
  validator.part(frame, schema, item, String(shownIndex))
}

function contains(validator: Validator, frame: Frame, items: readonly Value[]): void {
  const { schema, path } = frame
  const wanted = schema.get('contains')
  if (!isSchema(wanted) || frame.draft < 6) return
  const problems: Problem[] = []
  const matched: number[] = []
  for (const [i, item] of items.entries()) {
    const { problem } = validator.check(wanted, item, `${path}/${i}`, frame.depth + 1)
    if (problem) problems.push(problem)
    else matched.push(i)
    if (!problem && frame.draft >= 2020) frame.unseen?.items.delete(i)
  }
  const counted = frame.draft >= 2019
  const least = counted ? numberOf(schema.get('minContains')) : undefined
  const most = counted ? numberOf(schema.get('maxContains')) : undefined
  const found = `but matched ${matched.length} items at ${matched.join(' ')}`
  if (least === undefined && matched.length === 0) frame.problems.push(finding(path, 'no items match contains schema', problems))
  else if (least !== undefined && matched.length < least) {
    const outcome = matched.length === 0 ? 'but none matched' : found
    frame.problems.push(finding(path, `min ${least} items required to match contains schema, ${outcome}`, problems))
  }
  if (most !== undefined && matched.length > most) {
    frame.problems.push(finding(path, `max ${most} items required to match contains schema, ${found}`))
  }
}
