/**
 * Go values as the template engine carries them. JavaScript has fewer kinds than Go, and
 * nearly every difference between a JavaScript rendering and Helm's comes from a kind that
 * was lost on the way, so each Go kind has exactly one form here:
 *
 * | Go                       | here                                                        |
 * |--------------------------|-------------------------------------------------------------|
 * | nil                      | `null`                                                      |
 * | invalid `reflect.Value`  | `undefined`: a key that is not there; prints `<no value>`   |
 * | bool                     | `boolean`                                                   |
 * | float64                  | `number`: every number read from YAML or JSON               |
 * | int, int64, uint8, …     | `Int`                                                       |
 * | string                   | `string`; a byte that is not UTF-8 is a lone U+DC80…U+DCFF  |
 * | `[]interface {}`         | `Value[]`                                                   |
 * | `[]string`, `[]int`, …   | `Slice`                                                     |
 * | `map[string]interface {}`| `Map<string, Value>`                                        |
 * | other maps               | `TypedMap`                                                  |
 * | struct or pointer to one | `Struct`                                                    |
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

/** The integer types that a chart can meet. */
export type IntType = 'int' | 'int32' | 'int64' | 'uint8' | 'uint32' | 'uint64'

/** A Go integer and its type; literals and `len` give `int`, Sprig's arithmetic `int64`. */
export class Int {
  constructor(
    readonly value: bigint,
    readonly type: IntType = 'int',
  ) {}
}

/** A Go slice of something other than `interface {}`; `elem` is the Go name of its items' type. */
export class Slice {
  constructor(
    readonly elem: 'string' | 'int' | 'uint8' | '[]interface {}',
    readonly items: Value[],
  ) {}
}

/** A map whose Go type is not `map[string]interface {}`; `type` is that type's Go name. */
export class TypedMap extends Map<string, Value> {
  constructor(
    readonly type: 'common.Values' | 'map[string]string' | 'engine.files',
    entries?: Iterable<readonly [string, Value]>,
  ) {
    super(entries)
  }
}

/** A Go struct: asking for a field that it lacks is an error, unlike with a map. */
export class Struct {
  constructor(
    readonly type: string,
    readonly fields: ReadonlyMap<string, Value>,
    /** What `{{ . }}` prints; Go's `String()` method where the type has one. */
    readonly text?: string,
  ) {}
}
