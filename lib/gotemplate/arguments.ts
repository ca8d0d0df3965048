import { typeOf } from '../go/kinds.ts'
import { Int, NilList, NilMap, Slice, Struct, TypedMap, type ParamTypes, type Value } from '../go/value.ts'
import { nodeText, type Operand } from './node.ts'

/** Who stops when something is wrong. */
export interface Failing {
  fail(problem: string): never
}

/** The type of a parameter. */
export type ParamType = keyof ParamTypes

const zeros: Partial<Record<ParamType, () => Value>> = {
  any: () => null,
  'reflect.Value': () => undefined,
  'map[string]interface {}': () => new NilMap(),
  'map[string]string': () => new NilMap(),
  '[]interface {}': () => [],
  '[]string': () => new Slice('string', []),
  '[]uint8': () => new Slice('uint8', new NilList()),
  '*semver.Version': () => null,
  '*time.Location': () => null,
  'io.Writer': () => null,
}

/** The nil of a type, or what is wrong with nil for it. */
export function nilFor(type: ParamType, failing: Failing, text: string): Value {
  const zero = zeros[type]
  return zero ? zero() : failing.fail(`${text} ${type}`)
}

/** What a value becomes for a parameter of the type; nothing if it is not assignable. */
function assigned(value: Value, type: ParamType): Value {
  switch (type) {
    case 'string':
      return typeof value === 'string' ? value : undefined
    case 'bool':
      return typeof value === 'boolean' ? value : undefined
    case 'float64':
      return typeof value === 'number' ? value : undefined
    case 'int':
    case 'int64':
    case 'uint32':
      return value instanceof Int && value.type === type ? Number(value.n) : undefined
    case 'map[string]interface {}':
      return value instanceof Map && (!(value instanceof TypedMap) || value.type === 'common.Values') ? value : undefined
    case '[]interface {}':
      return Array.isArray(value) ? value : undefined
    case '[]string':
      return value instanceof Slice && value.elem === 'string' ? value : undefined
    case '[]uint8':
      return value instanceof Slice && value.elem === 'uint8' ? value : undefined
    case 'time.Duration':
      return value instanceof Int && value.type === type ? value : undefined
    case 'map[string]string':
      return value instanceof TypedMap && value.type === type ? value : undefined
    default:
      return value instanceof Struct && value.type === type ? value : undefined
  }
}

/** The value as an argument of the type (text/template, validateType). */
export function validated(value: Value, type: ParamType, failing: Failing): Value {
  if (type === 'any') return value === undefined ? null : value
  if (type === 'reflect.Value') return value
  if (value === undefined) return nilFor(type, failing, 'invalid value; expected')
  const result = value === null ? undefined : assigned(value, type)
  if (result !== undefined) return result
  return failing.fail(`wrong type for value; expected ${type}; got ${value === null ? 'interface {}' : typeOf(value)}`)
}

/** A literal as an argument of the type (text/template, evalArg). */
export function literal(node: Operand, type: ParamType, failing: Failing): Value {
  switch (type) {
    case 'string':
      return node.kind === 'string' ? node.value : failing.fail(`expected string; found ${nodeText(node)}`)
    case 'bool':
      return node.kind === 'bool' ? node.value : failing.fail(`expected bool; found ${nodeText(node)}`)
    case 'int':
    case 'int64':
      return node.kind === 'number' && node.int !== undefined ? Number(node.int) : failing.fail(`expected integer; found ${nodeText(node)}`)
    case 'uint32':
      return node.kind === 'number' && node.int !== undefined && node.int >= 0 ? Number(BigInt.asUintN(32, BigInt(node.int))) : failing.fail(`expected unsigned integer; found ${nodeText(node)}`)
    case 'time.Duration':
      return node.kind === 'number' && node.int !== undefined ? new Int(node.int, type) : failing.fail(`expected integer; found ${nodeText(node)}`)
    case 'float64':
      return node.kind === 'number' && node.float !== undefined ? node.float : failing.fail(`expected float; found ${nodeText(node)}`)
    case 'any':
    case 'reflect.Value':
      return constant(node, failing)
    default:
      return failing.fail(`can't handle ${nodeText(node)} for arg of type ${type}`)
  }
}

/** A literal where no type is asked for. */
export function constant(node: Operand, failing: Failing): Value {
  if (node.kind === 'number') return node.value === undefined ? failing.fail(`${node.literal} overflows int`) : node.value
  return node.kind === 'string' || node.kind === 'bool' ? node.value : failing.fail(`can't evaluate command "${nodeText(node)}"`)
}
