import { spawn } from 'node:child_process'
import { setTimeout } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { resourceLimits } from '../../cli/large-stack.ts'
import { template, type Outcome } from '../../cli/template.ts'

/** How the two renderings of a chart compare. */
export interface Comparison {
  readonly verdict: 'equal' | 'equal refusal' | 'random' | 'no answer' | 'different'
  /** Where they part, in words. */
  readonly reason?: string
  readonly helm: Outcome
}

/**
 * Renders with both what the words ask for. Helm runs again where they differ: what differs from run to run is not
 * compared.
 */
export async function compare(helm: string, words: readonly string[]): Promise<Comparison> {
  const theirs = await helmTemplate(helm, words)
  const ours = await rendered(words)
  if (/^panic: |dial tcp|HTTP request failed/m.test(theirs.stderr)) return { verdict: 'no answer', helm: theirs }
  const reason = difference(theirs, ours)
  if (reason === undefined) return { verdict: theirs.status === 0 ? 'equal' : 'equal refusal', helm: theirs }
  const runs = [theirs]
  for (const pause of pauses) {
    await setTimeout(pause)
    const again = await helmTemplate(helm, words)
    if (difference(again, ours) === undefined) return { verdict: 'random', helm: theirs }
    runs.push(again)
    if (difference(theirs, again) !== undefined && fixedDifference(runs, ours) === undefined) return { verdict: 'random', helm: theirs }
  }
  return { verdict: 'different', reason: fixedDifference(runs, ours) ?? reason, helm: theirs }
}

/** When Helm runs again: random numbers differ at once, a clock goes on, and the order of Go's maps takes several runs. */
const pauses = [0, 1100, 1100]

function helmTemplate(helm: string, words: readonly string[]): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(helm, ['template', ...words], { stdio: ['ignore', 'pipe', 'pipe'] })
    const stdout: Buffer[] = []
    const stderr: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
    child.on('error', reject)
    child.on('close', (status) => resolve({ stdout: textOf(stdout), stderr: textOf(stderr), status: status ?? -1 }))
  })
}

const textOf = (chunks: readonly Buffer[]): string => Buffer.concat(chunks).toString('utf8')

/** Ours; what should never happen counts as a message that Helm does not have. */
async function rendered(words: readonly string[]): Promise<Outcome> {
  try {
    const outcome = await template(words)
    return outcome.isTooDeep ? await deepTemplate(words) : outcome
  } catch (error) {
    return { stdout: '', stderr: `bug: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`, status: -1 }
  }
}

function deepTemplate(workerData: readonly string[]): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('deep.mjs', import.meta.url), { workerData, resourceLimits })
    worker.once('message', resolve).once('error', reject)
  })
}

function difference(theirs: Outcome, ours: Outcome): string | undefined {
  if (theirs.status !== ours.status) return `status ${theirs.status} is ${ours.status} here: ${firstLine(theirs.stderr)} | ${firstLine(ours.stderr)}`
  return differenceOf(theirs.stdout, ours.stdout) ?? differenceOf(inOrder(theirs.stderr), inOrder(ours.stderr))
}

const firstLine = (text: string): string => text.split('\n').filter((line) => !line.startsWith('level='))[0] ?? ''

function differenceOf(theirs: string, ours: string): string | undefined {
  if (theirs === ours) return undefined
  const left = theirs.split('\n')
  const right = ours.split('\n')
  const at = left.findIndex((line, i) => line !== right[i])
  const line = at < 0 ? left.length : at
  return `line ${line + 1}: ${JSON.stringify(left[line])} is ${JSON.stringify(right[line])} here`
}

/** Helm warns, and checks the properties of a value, in random order. */
function inOrder(stderr: string): string {
  const lines = stderr.replace(/(?<=additional properties ).*(?= not allowed)/g, (list) => list.split(', ').sort().join(', ')).split('\n')
  return [...lines.filter((line) => line.startsWith('level=')).sort(), ...sortedFindings(lines.filter((line) => !line.startsWith('level=')))].join('\n')
}

const sortedFindings = (lines: readonly string[]): readonly string[] =>
  lines.some((line) => line.startsWith("Error: values don't meet")) ? [...lines].sort() : lines

/** A refusal may print a whole value, and so where its pointers point to. */
const withoutAddresses = (outcome: Outcome): Outcome => ({ ...outcome, stderr: outcome.stderr.replace(/\b0xc[0-9a-f]{9}\b/g, '0xc…') })

/** The first difference in a line that all runs of Helm agree on. */
function fixedDifference(runs: readonly Outcome[], ours: Outcome): string | undefined {
  if (ours.status !== 0) return difference(withoutAddresses(runs[0]!), withoutAddresses(ours))
  const texts = runs.map(({ stdout }) => stdout.split('\n'))
  const mine = ours.stdout.split('\n')
  const first = texts.find((text) => text.length === mine.length)
  if (!first) return `${texts[0]!.length} lines are ${mine.length} here`
  const at = first.findIndex((line, i) => line !== mine[i] && texts.every((text) => text[i] === line))
  return at < 0 ? undefined : `line ${at + 1}: ${JSON.stringify(first[at])} is ${JSON.stringify(mine[at])} here`
}
