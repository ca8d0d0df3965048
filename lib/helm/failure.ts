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
