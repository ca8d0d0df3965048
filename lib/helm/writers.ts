import type { Value } from '../go/value.ts'
import { writeJson, writeYaml, writeYamlPretty, YamlPanic } from '../yaml/index.ts'
import { messageOf } from './failure.ts'

const withoutLineEnd = (text: string): string => (text.endsWith('\n') ? text.slice(0, -1) : text)

/** Values as the texts that templates get. Each throws `YamlError` for what cannot be written. Source: Helm's engine, `toYAML` and its kin. */
export const toYaml = (value: Value): string => withoutLineEnd(writeYaml(value))
export const toYamlPretty = (value: Value): string => withoutLineEnd(writeYamlPretty(value))
export const toJson = (value: Value): string => writeJson(value)
export const toPrettyJson = (value: Value): string => writeJson(value, { indent: '  ' })
export const toRawJson = (value: Value): string => writeJson(value, { escapeHtml: false })

/** A writer that gives an empty text instead of failing. */
export const lenient = (write: (value: Value) => string) => (value: Value): string => {
  try {
    return write(value)
  } catch (error) {
    if (error instanceof YamlPanic) throw error
    messageOf(error)
    return ''
  }
}
