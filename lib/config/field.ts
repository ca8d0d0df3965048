/**
 * What a setting is. Declarations are plain data: the form is drawn from them before zod
 * has loaded, and `schema.ts` builds the zod schemas from the same declarations.
 */

/** How a setting is edited and what its value is. */
export type Kind = 'text' | 'int' | 'bool' | 'choice' | 'choices' | 'list' | 'map' | 'yaml' | 'secret'

/**
 * When a setting applies: every path named must have one of the values given (for a `choices`
 * setting: contain one of them). Several conditions mean that any of them is enough.
 */
export type Condition = Readonly<Record<string, Scalar | readonly Scalar[]>>
export type Scalar = string | number | boolean

/** A draft-07 schema as plain data; only what the chart's `values.schema.json` needs. */
export type JsonSchema = Readonly<Record<string, unknown>>

interface Meta {
  /** What it is, in a word or three. */
  readonly label: string
  /** The application's environment variable, where there is one. */
  readonly env?: string
  /** The value at which the variable is left out, so that the program's own default holds; empty texts without default always are. */
  readonly absentAt?: Scalar
  readonly when?: Condition | readonly Condition[]
  /** Folded away until asked for. */
  readonly advanced?: boolean
  /** What stands beside the input: `s`, `bytes`, `pods`. */
  readonly unit?: string
  /** Shown while the value is empty; `{release}` and its like are filled in by `placeholderOf`. */
  readonly placeholder?: string
  /** What the chart's schema accepts at this path, where it is wider than the kind says. */
  readonly accepts?: JsonSchema
  /** False for what only the configurator knows: it is not a key of the chart's values. */
  readonly chart?: false
  /** A key that nobody is asked for: it follows from other settings, or upstream's values files hold it and the chart refuses it with a reason. */
  readonly chartOnly?: true
  /** The chart's own default, where the configurator's differs. */
  readonly chartDefault?: unknown
}

interface TextRules {
  /** A regular expression without lookaround (Helm reads it with RE2) that the whole value matches. */
  readonly pattern?: string
  /** What the pattern asks for, in words: `lower-case letters, digits and dashes`. */
  readonly hint?: string
  readonly maxLength?: number
  /** An empty value is refused. */
  readonly required?: boolean
}

export interface TextField extends Meta, TextRules {
  readonly kind: 'text'
  readonly default: string
}
export interface IntField extends Meta {
  readonly kind: 'int'
  readonly default: number
  readonly min: number
  readonly max: number
}
export interface BoolField extends Meta {
  readonly kind: 'bool'
  readonly default: boolean
}
export interface ChoiceField<T extends string = string> extends Meta {
  readonly kind: 'choice'
  readonly default: T
  readonly options: readonly Option<T>[]
}
export interface ChoicesField<T extends string = string> extends Meta {
  readonly kind: 'choices'
  readonly default: readonly T[]
  readonly options: readonly Option<T>[]
}
/** Texts in order, each matching `pattern`. */
export interface ListField extends Meta, TextRules {
  readonly kind: 'list'
  readonly default: readonly string[]
  /** Joins the items where the chart and the application want one text; else they get a JSON array. */
  readonly separator?: string
}
/** Names to texts, such as labels. */
export interface MapField extends Meta, TextRules {
  readonly kind: 'map'
  readonly default: Readonly<Record<string, string>>
}
/** Kubernetes' own structures, kept as the YAML text that the user typed; empty means absent. */
export interface YamlField extends Meta {
  readonly kind: 'yaml'
  readonly default: string
  readonly shape: 'list' | 'map'
}
/** A value that never enters a configuration: only the chart and the host know it. */
export interface SecretField extends Meta {
  readonly kind: 'secret'
  readonly default: ''
  readonly shape?: 'map'
}

export type Field =
  | TextField
  | IntField
  | BoolField
  | ChoiceField
  | ChoicesField
  | ListField
  | MapField
  | YamlField
  | SecretField

export interface Option<T extends string = string> {
  readonly value: T
  readonly label: string
}

/** What a field's value is in a configuration. */
export type ValueOf<F> = F extends IntField
  ? number
  : F extends BoolField
    ? boolean
    : F extends ChoiceField<infer T>
      ? T
      : F extends ChoicesField<infer T>
        ? readonly T[]
        : F extends ListField
          ? readonly string[]
          : F extends MapField
            ? Readonly<Record<string, string>>
            : string

type Rest<F> = Omit<F, 'kind' | 'default' | 'options' | 'min' | 'max' | 'shape'>

export const text = (initial: string, rest: Rest<TextField>): TextField => ({ kind: 'text', default: initial, ...rest })

/** A whole number from `min` to `max`, both included. */
export const int = (initial: number, [min, max]: readonly [number, number], rest: Rest<IntField>): IntField => ({
  kind: 'int',
  default: initial,
  min,
  max,
  ...rest,
})

export const bool = (initial: boolean, rest: Rest<BoolField>): BoolField => ({ kind: 'bool', default: initial, ...rest })

/** Options are given as `value: label`, or as plain values that are their own labels. */
export const choice = <const T extends string>(
  initial: NoInfer<T>,
  options: readonly T[] | Readonly<Record<T, string>>,
  rest: Rest<ChoiceField>,
): ChoiceField<T> => ({ kind: 'choice', default: initial, options: optionsOf(options), ...rest })

export const choices = <const T extends string>(
  initial: readonly NoInfer<T>[],
  options: readonly T[] | Readonly<Record<T, string>>,
  rest: Rest<ChoicesField>,
): ChoicesField<T> => ({ kind: 'choices', default: initial, options: optionsOf(options), ...rest })

export const list = (initial: readonly string[], rest: Rest<ListField>): ListField => ({
  kind: 'list',
  default: initial,
  ...rest,
})

export const map = (rest: Rest<MapField>): MapField => ({ kind: 'map', default: {}, ...rest })

export const yaml = (shape: 'list' | 'map', rest: Rest<YamlField>): YamlField => ({
  kind: 'yaml',
  default: '',
  shape,
  ...rest,
})

export const secret = (rest: Rest<SecretField> & { shape?: 'map' }): SecretField => ({ kind: 'secret', default: '', ...rest })

function optionsOf<T extends string>(given: readonly T[] | Readonly<Record<T, string>>): readonly Option<T>[] {
  if (Array.isArray(given)) return given.map((value: T) => ({ value, label: value }))
  return (Object.entries(given) as [T, string][]).map(([value, label]) => ({ value, label }))
}
