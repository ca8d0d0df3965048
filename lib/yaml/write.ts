import { withReplacements } from '../go/bytes.ts'
import { floatText } from '../go/float.ts'
import type { Value } from '../go/value.ts'
import { Emitter, type Flavour, type YamlEntry } from './emitter.ts'
import { UnsupportedType, YamlError, YamlPanic } from './error.ts'
import { yamlNumber } from './numbers.ts'
import { plainOf, plainOfYaml, scalarOf } from './plain.ts'

const viaJson: Flavour = {
  open: plainOf,
  order: 2,
  width: 80,
  indentLists: false,
  tabsInBlocks: false,
  number: n => {
    if (Number.isFinite(n)) return yamlNumber(n)
    throw new YamlError(`error marshaling into JSON: json: unsupported value: ${floatText(n)}`)
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

/** What a string loses on its way through JSON text read as YAML. */
function textViaJson(raw: string, isKey: boolean): string {
  if (!/[\x7f-\x9f\ud800-\udfff\ufffe\uffff]/.test(raw)) return raw
  const text = withReplacements(raw)
  if (/[\x7f-\x84\x86-\x9f\ufffe\uffff]/.test(text)) {
    throw new YamlError('error converting JSON to YAML: yaml: control characters are not allowed')
  }
  if (isKey && text.includes('\x85')) {
    throw new YamlError("error converting JSON to YAML: yaml: did not find expected ',' or '}'")
  }
  return text.replace(/ *\x85[ \x85]*/g, run => {
    const breaks = run.split('\x85').length - 1
    return breaks === 1 ? ' ' : '\n'.repeat(breaks - 1)
  })
}

/**
 * YAML text as `toYaml` and sigs.k8s.io/yaml write it: natural key order, 80 columns, a newline
 * at the end. Throws `YamlError` for what JSON or YAML cannot hold. Source: go-yaml v2 by way of JSON.
 */
export const writeYaml = (value: Value): string =>
  orUnsupported(() => new Emitter(viaJson).document(value), ({ message }) => new YamlError(`error marshaling into JSON: ${message}`))

function orUnsupported(write: () => string, fault: (error: UnsupportedType) => Error): string {
  try {
    return write()
  } catch (error) {
    throw error instanceof UnsupportedType ? fault(error) : error
  }
}

/** YAML text as `toYamlPretty` writes it: go-yaml v3, lists indented, no folding. Throws `YamlPanic` for a type that YAML has not. */
export const writeYamlPretty = (value: Value): string => orUnsupported(() => new Emitter(direct).document(value), ({ type }) => new YamlPanic(`cannot marshal type: ${type}`))

/** Where in the text of `writeYaml` or `writeYamlPretty` each entry of the tables and lists begins, in the order of the text. */
export function writeYamlEntries(value: Value, pretty = false): readonly YamlEntry[] {
  const entries: YamlEntry[] = []
  new Emitter(pretty ? direct : viaJson, entries).document(value)
  return entries
}
