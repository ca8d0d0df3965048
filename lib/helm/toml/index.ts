import { func, GoError, type Func, type Value } from '../../go/value.ts'
import { messageOf } from '../failure.ts'
import { readToml } from './read.ts'
import { writeToml } from './write.ts'

/** TOML text; for what TOML cannot say, Go's message. */
function toToml(value: Value): string {
  if (value === null || value === undefined) throw new GoError('reflect: call of reflect.Value.Type on zero Value')
  try {
    return writeToml(value)
  } catch (error) {
    return messageOf(error)
  }
}

/** The table that TOML text holds; an error becomes its entry `Error`. */
function fromToml(text: string): Map<string, Value> {
  try {
    return readToml(text)
  } catch (error) {
    return new Map([['Error', messageOf(error)]])
  }
}

/** Helm's functions of TOML. */
export const functions = (): Readonly<Record<string, Func>> => ({
  toToml: func(['any'], toToml),
  fromToml: func(['string'], fromToml),
})
