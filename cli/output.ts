import { writeSync } from 'node:fs'
import { reasonOf } from './reason.ts'

const standardOutput = 1
const standardError = 2

/** Prints what was asked for, and ends the process where it cannot be written. */
export const print = (text: string | Uint8Array): void => write(standardOutput, text)

/** The same on standard error. */
export const printError = (text: string | Uint8Array): void => write(standardError, text)

/** Prints a line for the person who called. */
export const say = (line: string): void => printError(`${line}\n`)

/** Writes all of it before it returns; only to open Node's own streams takes longer than to load a chart. */
function write(file: number, text: string | Uint8Array): void {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(file, bytes, at)
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EAGAIN') waitForReader()
      else giveUp(file, error)
    }
  }
}

const waitForReader = (): void => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)

/** What a shell says of a process that SIGPIPE ended, as it ends most that write for a reader who has left; Node ignores it. */
const endedBySignal = 141

function giveUp(file: number, error: unknown): never {
  const hasReaderLeft = ['EPIPE', 'EOF'].includes((error as NodeJS.ErrnoException).code ?? '')
  if (!hasReaderLeft && file === standardOutput) say(`standard output: ${reasonOf(error)}`)
  process.exit(hasReaderLeft ? endedBySignal : 1)
}
