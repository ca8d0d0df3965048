/** `1 pod`, `3 pods`. */
export const count = (amount: number, noun: string): string => `${amount} ${amount === 1 ? noun : `${noun}s`}`

/** `a`, `a and b`, `a, b and c`. */
export const listed = (items: readonly string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`

/** A text as a sentence may hold it. */
export const short = (text: string, most = 60): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text)
