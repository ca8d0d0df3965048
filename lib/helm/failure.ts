/** A chart or its values that Helm refuses; `message` is what Helm prints after `Error: `. */
export class HelmError extends Error {
  override readonly name: string = 'HelmError'
  constructor(
    message: string,
    /** Whether Helm had begun to render; `helm template` then adds a hint about --debug. */
    readonly rendering = false,
  ) {
    super(message)
  }
}

/** The message of an error that a Go function would return; what is a fault of ours goes on. */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error) || error instanceof TypeError || error instanceof ReferenceError) throw error
  return error.message
}
