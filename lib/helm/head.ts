import { floatText } from '../go/float.ts'
import { sortedKeys } from '../go/bytes.ts'
import type { Value } from '../go/value.ts'
import { misfit, readYaml } from '../yaml/index.ts'

/** What Helm reads of a manifest. */
export interface Head {
  readonly kind: string
  readonly annotations: ReadonlyMap<string, string> | undefined
}

const metadataType = 'struct { Name string "json:\\"name\\""; Annotations map[string]string "json:\\"annotations\\"" }'

/** Reads kind and annotations. Throws `YamlError`. Source: Helm `releaseutil.SimpleHead`. */
export function readHead(text: string): Head {
  const value = readYaml(text)
  if (value === null || value === undefined) return { kind: '', annotations: undefined }
  if (!(value instanceof Map)) throw misfit(value, 'Go value of type util.SimpleHead')
  const metadata = field(value, 'metadata')
  const kind = textOf(field(value, 'kind'), 'SimpleHead.kind')
  textOf(field(value, 'apiversion'), 'SimpleHead.apiVersion')
  if (metadata === null) return { kind, annotations: undefined }
  if (!(metadata instanceof Map)) throw misfit(metadata, `Go struct field SimpleHead.metadata of type ${metadataType}`)
  const annotations = field(metadata, 'annotations')
  textOf(field(metadata, 'name'), '.metadata.name')
  return { kind, annotations: annotationsOf(annotations) }
}

/** A field by its name in any case, as encoding/json finds it: of several the last in byte order. */
function field(map: ReadonlyMap<string, Value>, name: string): Value {
  let found: Value = null
  if (map.has(name) && map.size === 1) return map.get(name) ?? null
  for (const key of sortedKeys(map)) if (key.toLowerCase() === name) found = map.get(key) ?? null
  return found
}

function annotationsOf(value: Value): ReadonlyMap<string, string> | undefined {
  if (value === null) return undefined
  if (!(value instanceof Map)) throw misfit(value, 'Go struct field .metadata.annotations of type map[string]string')
  return new Map([...value].map(([key, item]) => [key, textOf(item, '.metadata.annotations')]))
}

function textOf(value: Value, name: string): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value
  if (typeof value === 'number') return floatText(value)
  if (typeof value === 'boolean') return String(value)
  throw misfit(value, `Go struct field ${name} of type string`)
}
