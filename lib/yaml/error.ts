/** YAML or JSON that cannot be read or written; `message` is what Go's libraries say. */
export class YamlError extends Error {
  override readonly name = 'YamlError'
  constructor(
    message: string,
    /** Where in the text, counted from 1; 0 where that is not known. */
    readonly line = 0,
    readonly column = 0,
  ) {
    super(message)
  }
}
