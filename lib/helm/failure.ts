/** A chart or its values that Helm refuses; `message` is what Helm prints after `Error: `. */
export class HelmError extends Error {
  override readonly name: string = 'HelmError'
}
