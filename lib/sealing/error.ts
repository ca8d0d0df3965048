/** Why something cannot be sealed, in a sentence for the one who pasted it. */
export class SealingError extends Error {
  override readonly name = 'SealingError'
}
