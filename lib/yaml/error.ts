import { floatText } from '../go/float.ts'
import type { Value } from '../go/value.ts'

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

/** What JSON has no number for. */
export const unsupportedNumber = (number: number): YamlError => new YamlError(`json: unsupported value: ${floatText(number)}`)

/** A value of a type that no text can hold. */
export class UnsupportedType extends YamlError {
  constructor(readonly type: string) {
    super(`json: unsupported type: ${type}`)
  }
}

/** What go-yaml panics with instead of returning an error: nothing makes an empty text of it. */
export class YamlPanic extends Error {}

/** JSON in which a value fits no Go type; `value` is the rest, which Go has read all the same. */
export class JsonMisfit extends YamlError {
  constructor(
    message: string,
    readonly value: Value,
  ) {
    super(message)
  }
}
