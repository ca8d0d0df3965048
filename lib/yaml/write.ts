import { runesOf, withReplacements } from '../go/bytes.ts'
import { floatText } from '../go/float.ts'
import type { Value } from '../go/value.ts'
import { Emitter, type Flavour, type YamlEntry } from './emitter.ts'
import { UnsupportedType, unsupportedNumber, YamlError, YamlPanic } from './error.ts'
import { writeJson } from './json-write.ts'
import { yamlNumber } from './numbers.ts'
import { plainOf, plainOfYaml, scalarOf } from './plain.ts'
import { readInFull } from './read.ts'
import { longestKey } from './tokens.ts'

const viaJson: Flavour = {
  open: plainOf,
  order: 2,
  width: 80,
  indentLists: false,
  tabsInBlocks: false,
  number: n => {
    if (Number.isFinite(n)) return yamlNumber(n)
    throw unsupportedNumber(n)
  },
  text: textViaJson,
}

const direct: Flavour = {
  open: plainOfYaml,
  order: 3,
  width: Infinity,
  indentLists: true,
  tabsInBlocks: true,
  number: n => (Number.isFinite(n) ? floatText(n) : Number.isNaN(n) ? '.nan' : n > 0 ? '.inf' : '-.inf'),
  text: scalarOf,
}

/** A text in JSON that YAML cannot read. */
class Unreadable extends YamlError {}

/** What go-yaml says when it reads the value as JSON. */
function misreading(value: Value): YamlError {
  try {
    readInFull(writeJson(value))
  } catch (error) {
    if (error instanceof YamlError) return new YamlError(error.message.replace(/^error converting YAML to JSON: /, '').replace(/^json: /, 'error marshaling into JSON: $&'))
    throw error
  }
  return new YamlError('yaml: control characters are not allowed')
}

/** More than this becomes of no character in JSON, `\u2028`. */
const longestEscape = 6

/** Whether a key is longer in JSON than YAML allows. */
const isTooLong = (key: string): boolean => key.length * longestEscape > longestKey - 2 && runesOf(writeJson(key)).length > longestKey

/** What a string loses on its way through JSON text read as YAML. */
function textViaJson(raw: string, isKey: boolean): string {
  if (isKey && isTooLong(raw)) throw new Unreadable(raw)
  if (!/[\x7f-\x9f\ud800-\udfff\ufffe\uffff]/.test(raw)) return raw
  const text = withReplacements(raw)
  if (/[\x7f-\x84\x86-\x9f\ufffe\uffff]/.test(text) || (isKey && text.includes('\x85'))) throw new Unreadable(JSON.stringify(text))
  return text.replace(/ *\x85[ \x85]*/g, run => {
    const breaks = run.split('\x85').length - 1
    return breaks === 1 ? ' ' : '\n'.repeat(breaks - 1)
  })
}

/**
 * YAML text as `toYaml` and sigs.k8s.io/yaml write it: natural key order, 80 columns, a newline
 * at the end. Throws `YamlError` for what JSON or YAML cannot hold. Source: go-yaml v2 by way of JSON.
 */
export function writeYaml(value: Value): string {
  try {
    return new Emitter(viaJson).document(value)
  } catch (error) {
    if (error instanceof Unreadable) throw misreading(value)
    throw error instanceof YamlError && error.message.startsWith('json: ') ? new YamlError(`error marshaling into JSON: ${error.message}`) : error
  }
}

/** YAML text as `toYamlPretty` writes it: go-yaml v3, lists indented, no folding. Throws `YamlPanic` for a type that YAML has not. */
export function writeYamlPretty(value: Value): string {
  try {
    return new Emitter(direct).document(value)
  } catch (error) {
    throw error instanceof UnsupportedType ? new YamlPanic(`cannot marshal type: ${error.type}`) : error
  }
}

/** Where in the text of `writeYaml` or `writeYamlPretty` each entry of the tables and lists begins, in the order of the text. */
export function writeYamlEntries(value: Value, pretty = false): readonly YamlEntry[] {
  const entries: YamlEntry[] = []
  new Emitter(pretty ? direct : viaJson, entries).document(value)
  return entries
}
