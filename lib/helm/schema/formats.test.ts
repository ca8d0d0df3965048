import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { formats } from './formats.ts'

/** Texts, and what the real Helm found wrong with them. */
const cases = JSON.parse(readFileSync(new URL('../testdata/formats.json', import.meta.url), 'utf8')) as [format: string, text: string, problem: string | null][]

test.each(cases)('%s: %j', (format, text, problem) => expect(formats.get(format)!(text) ?? null).toBe(problem))
