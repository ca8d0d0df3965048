/** Prints a line for the person who called. */
export const say = (line: string): void => void process.stderr.write(`${line}\n`)

/** Prints what was asked for. */
export const print = (text: string): void => void process.stdout.write(text)
