import { func, GoError, NilList, NilMap, type Func, type Value } from '../go/value.ts'
import { builtins, type Functions } from '../gotemplate/index.ts'
import { jsonKind, JsonMisfit, readJson, readYaml } from '../yaml/index.ts'
import type { Environment } from './environment.ts'
import { markedMessage } from './error.ts'
import { messageOf } from './failure.ts'
import { partFunctions } from './parts.ts'
import { dates, nativeRegexes, randoms, sprig } from './sprig/index.ts'
import { lenient, toJson, toPrettyJson, toRawJson, toYaml, toYamlPretty } from './writers.ts'

const mapType = 'map[string]interface {}'
const listType = '[]interface {}'

/** A number that is too large is never looked at where it is no value that was asked for. */
const asked = (message: string, text: string, type: string): string =>
  /^\s*-?\d/.test(text) ? message.replace(/(?<=^json: cannot unmarshal number ).*/, `into Go value of type ${type}`) : message

/** Reads a text whose outermost value must be a map; an error becomes the entry `Error`. */
const mapReader = (read: (text: string) => Value, prefix: string, empty = () => new Map<string, Value>()) => (text: string): Value => {
  try {
    const value = read(text)
    if (value instanceof Map) return value
    if (value === null || value === undefined) return empty()
    throw new GoError(`${prefix}json: cannot unmarshal ${jsonKind(value)} into Go value of type ${mapType}`)
  } catch (error) {
    const read = error instanceof JsonMisfit && error.value instanceof Map ? error.value : []
    return new Map([...read, ['Error', asked(messageOf(error), text, mapType)]])
  }
}

/** Reads a text whose outermost value must be a list; an error becomes its only item. */
const listReader = (read: (text: string) => Value, prefix: string, empty = (): Value[] => []) => (text: string): Value => {
  try {
    const value = read(text)
    if (Array.isArray(value)) return value
    if (value === null || value === undefined) return empty()
    throw new GoError(`${prefix}json: cannot unmarshal ${jsonKind(value)} into Go value of type ${listType}`)
  } catch (error) {
    return [asked(messageOf(error), text, listType)]
  }
}

const yamlPrefix = 'error unmarshaling JSON: while decoding JSON: '

const fixed: ReadonlyMap<string, Func> = new Map<string, Func>([
  ...builtins,
  ...sprig,
  ['toYaml', func(['any'], lenient(toYaml))],
  ['mustToYaml', func(['any'], toYaml)],
  ['toYamlPretty', func(['any'], lenient(toYamlPretty))],
  ['fromYaml', func(['string'], mapReader(readYaml, yamlPrefix))],
  ['fromYamlArray', func(['string'], listReader(readYaml, yamlPrefix))],
  ['toJson', func(['any'], lenient(toJson))],
  ['mustToJson', func(['any'], toJson)],
  ['toPrettyJson', func(['any'], lenient(toPrettyJson))],
  ['mustToPrettyJson', func(['any'], toPrettyJson)],
  ['toRawJson', func(['any'], toRawJson)],
  ['mustToRawJson', func(['any'], toRawJson)],
  ['fromJson', func(['string'], mapReader(readJson, '', () => new NilMap()))],
  ['fromJsonArray', func(['string'], listReader(readJson, '', () => new NilList()))],
  ['mustFromJson', func(['string'], readJson)],
  ['lookup', func(['string', 'string', 'string', 'string'], () => new Map())],
  ['getHostByName', func(['string'], () => '')],
])

function required(environment: Environment, message: string, value: Value): Value {
  if (value !== null && value !== undefined && value !== '') return value
  if (environment.lint) return ''
  throw new GoError(markedMessage(message))
}

function fail(environment: Environment, message: string): Value {
  if (environment.lint) return ''
  throw new GoError(markedMessage(message))
}

/** Every function that Helm's templates can call (Helm's engine, funcMap), by name. */
export function helmFunctions(environment: Environment): Functions {
  const own = environmental(environment)
  let rare: ReadonlyMap<string, Func> | undefined
  return { get: name => fixed.get(name) ?? own.get(name) ?? (rare ??= rarely(environment)).get(name) }
}

/** Those that depend on the rendering. */
const environmental = (environment: Environment): ReadonlyMap<string, Func> =>
  new Map<string, Func>([
    ['include', func(['string', 'any'], (name, dot) => environment.include(name, dot))],
    ['tpl', func(['string', 'any'], (text, dot) => environment.tpl(text, dot))],
    ['required', func(['string', 'any'], (message, value) => required(environment, message, value))],
    ['fail', func(['string'], message => fail(environment, message))],
  ])

/** Those of them that most renderings do without. */
const rarely = (environment: Environment): ReadonlyMap<string, Func> =>
  new Map<string, Func>([
    ...Object.entries(dates(environment.now)),
    ...Object.entries(randoms(environment.random)),
    ...partFunctions(environment, nativeRegexes()),
  ])
