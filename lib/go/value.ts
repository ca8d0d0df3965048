import { floatText } from './float.ts'

/**
 * Go values as the template engine carries them. JavaScript has fewer kinds than Go, and
 * nearly every difference between a JavaScript rendering and Helm's comes from a kind that
 * was lost on the way, so each Go kind has exactly one form here:
 *
 * | Go                       | here                                                        |
 * |--------------------------|-------------------------------------------------------------|
 * | nil                      | `null`                                                      |
 * | invalid `reflect.Value`  | `undefined`: nothing at all; prints `<no value>`            |
 * | bool                     | `boolean`                                                   |
 * | float64                  | `number`: every number read from YAML or JSON               |
 * | int, int64, uint8, …     | `Int`                                                       |
 * | string                   | `string`; a byte that is not UTF-8 is a lone U+DC80…U+DCFF  |
 * | `[]interface {}`         | `Value[]`                                                   |
 * | `[]string`, `[]int`, …   | `Slice`                                                     |
 * | `map[string]interface {}`| `Map<string, Value>`                                        |
 * | other maps               | `TypedMap`                                                  |
 * | struct or pointer to one | `Struct`                                                    |
 * | complex128               | `Complex`                                                   |
 */
export type Value =
  | undefined
  | null
  | boolean
  | number
  | string
  | Int
  | Value[]
  | Slice
  | Map<string, Value>
  | Struct

/** What is passed for each type that a function or method can ask for. */
export interface ParamTypes {
  /** Go's `interface {}`: nothing arrives as `null`. */
  any: Value
  /** Go's `reflect.Value`: nothing stays `undefined`, a nil stays `null`. */
  'reflect.Value': Value
  bool: boolean
  string: string
  int: number
  int64: number
  uint32: number
  float64: number
  'map[string]interface {}': Map<string, Value>
  'map[string]string': Map<string, Value>
  '[]interface {}': Value[]
  '[]string': Slice
  '[]uint8': Slice
  'time.Time': Struct
  'time.Duration': Int
  '*time.Location': Struct
  '*semver.Version': Struct
  'sprig.certificate': Struct
  'io.Writer': null
}

/** One parameter of a function; `...` in front takes what is left. */
export type Param = keyof ParamTypes | `...${keyof ParamTypes}`

type Arguments<P extends readonly Param[]> = P extends readonly [
  infer First extends Param,
  ...infer Rest extends readonly Param[],
]
  ? First extends `...${infer Each extends keyof ParamTypes}`
    ? ParamTypes[Each][]
    : First extends keyof ParamTypes
      ? [ParamTypes[First], ...Arguments<Rest>]
      : never
  : []

/**
 * A function that templates can call, or a method bound to its value. The caller checks the
 * number and types of the arguments; an `Error` thrown is what Go's function would return.
 */
export interface Func {
  /** The fixed parameters. */
  readonly params: readonly (keyof ParamTypes)[]
  /** The type of all further arguments, if there may be any. */
  readonly variadic: keyof ParamTypes | undefined
  /** Whether its Go result is an `interface{}`; said of those that can be called without arguments, where a message tells. */
  readonly givesInterface?: boolean
  call(args: Value[]): Value
}

/** A `Func` from its parameter types and body: `func(['string', '...any'], (format, ...args) => …)`. */
export function func<const P extends readonly Param[]>(params: P, body: (...args: Arguments<P>) => Value): Func {
  const last = params.at(-1)
  const variadic = last?.startsWith('...') ? (last.slice(3) as keyof ParamTypes) : undefined
  const fixed = (variadic ? params.slice(0, -1) : params) as readonly (keyof ParamTypes)[]
  return { params: fixed, variadic, call: caller(body as (...args: Value[]) => Value) }
}

/** Spreading an array costs more than most functions do. */
function caller(body: (...args: Value[]) => Value): (args: Value[]) => Value {
  return args => {
    switch (args.length) {
      case 0:
        return body()
      case 1:
        return body(args[0])
      case 2:
        return body(args[0], args[1])
      case 3:
        return body(args[0], args[1], args[2])
      default:
        return body(...args)
    }
  }
}

/** The methods of a value by name. In a template a method wins over a key or field of its name. */
export type Methods = ReadonlyMap<string, Func>

/** The integer types that a chart can meet. */
export type IntType = 'int' | 'int32' | 'int64' | 'uint8' | 'uint32' | 'uint64' | 'time.Duration' | 'time.Month' | 'time.Weekday'

/** A Go integer and its type; literals and `len` give `int`, Sprig's arithmetic `int64`. */
export class Int {
  /** The integer: a number where that is exact, else a bigint. */
  readonly n: number | bigint
  constructor(
    value: bigint | number,
    readonly type: IntType = 'int',
  ) {
    this.n = typeof value === 'bigint' && value <= 9007199254740991n && value >= -9007199254740991n ? Number(value) : value
  }
  get value(): bigint {
    return BigInt(this.n)
  }
}

/** An integer whose type has methods, such as `time.Duration`. */
export class IntWithMethods extends Int {
  constructor(
    value: bigint | number,
    type: IntType,
    readonly methods: Methods,
  ) {
    super(value, type)
  }
}

/** A Go slice of something other than `interface {}`; `elem` is the Go name of its items' type. */
export class Slice {
  constructor(
    readonly elem: 'string' | 'int' | 'uint8' | '[]interface {}' | 'map[string]interface {}' | 'time.zone' | 'time.zoneTrans',
    readonly items: Value[],
    readonly methods?: Methods,
    /** The slice's own type where it has a name, such as `common.VersionSet`. */
    readonly type: string = `[]${elem}`,
  ) {}
}

/**
 * A map whose Go type is not `map[string]interface {}`; `type` is that type's Go name. The values
 * of `engine.files` are `Slice('uint8', …)` or, to save memory, plain strings holding the bytes.
 */
export class TypedMap extends Map<string, Value> {
  constructor(
    readonly type: 'common.Values' | 'map[string]string' | 'engine.files',
    entries?: Iterable<readonly [string, Value]>,
    readonly methods?: Methods,
    readonly isNil = false,
  ) {
    super(entries)
  }
}

/** What a function that wants a map gets for nil: it reads as empty, and writing to it is an error. */
export class NilMap extends Map<string, Value> {
  override set(): never {
    throw new GoError('assignment to entry in nil map')
  }
}

/** Whether a map of any type is nil. */
export const isNilMap = (value: Value): boolean => value instanceof NilMap || (value instanceof TypedMap && value.isNil)

/** A `[]interface {}` that is nil: empty to all but JSON, `%#v` and `deepEqual`. What is made of it is a plain list. */
export class NilList extends Array<Value> {
  static override get [Symbol.species](): ArrayConstructor {
    return Array
  }
}

/** Whether a slice of any type is nil. */
export const isNilSlice = (value: Value): boolean => value instanceof NilList || (value instanceof Slice && value.items instanceof NilList)

/** An error that a Go function returns; `cause` is the error that it wraps. */
export class GoError extends Error {
  override readonly name = 'GoError'
}

/** Where all that Go has on its heap is said to be, for that differs from run to run. */
export const heapAddress = 0xc000000000n
/** Where everything without a size is in Helm 4.1.4 for Linux on x86-64. */
export const emptyAddress = 0x4029440n

/** That a method is none that a template can call, for what it gives. */
export class BadSignature extends Error {
  override readonly name = 'BadSignature'
}

/**
 * A Go struct: asking for a field that it lacks is an error, unlike with a map. A type that
 * begins with `*` is a pointer. Fields with a small first letter are printed but not reachable.
 */
export class Struct {
  constructor(
    readonly type: string,
    readonly fields: ReadonlyMap<string, Value>,
    /** What `{{ . }}` prints; Go's `String()` method where the type has one. */
    readonly text?: string,
    readonly methods?: Methods,
    /** Whether `print` and its like use `text` too: yes for pointers and for methods of the value itself. */
    readonly stringer: boolean = text !== undefined && type.startsWith('*'),
    /** What JSON and YAML see instead of the fields, where the type has its own `MarshalJSON`. */
    readonly json?: Value,
    /** What Go's `GoString()` method gives, for `%#v`. */
    readonly goText?: string,
    /** Where a pointer points: 0 for nil. */
    readonly address = heapAddress,
    /** Whether `text` is of a method that only the pointer has, so that what it points at is printed by its fields. */
    readonly isPointerText = false,
  ) {}
}

/** A complex number: a struct without fields to all but printing and conditions. */
export class Complex extends Struct {
  constructor(
    readonly real: number,
    readonly imaginary: number,
  ) {
    super('complex128', new Map(), `(${floatText(real)}${floatText(imaginary).replace(/^(?!-)/, '+')}i)`, undefined, false)
  }

  get isZero(): boolean {
    return this.real === 0 && this.imaginary === 0
  }

  equals({ real, imaginary }: Complex): boolean {
    return this.real === real && this.imaginary === imaginary
  }
}
