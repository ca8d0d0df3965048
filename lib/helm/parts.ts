import { func, GoError, type Func, type Value } from '../go/value.ts'
import type { Environment } from './environment.ts'

/** Code that few charts need and that is fetched only for them. */
interface Part {
  functions(environment: Environment): Readonly<Record<string, Func>>
}

interface Source {
  readonly names: readonly string[]
  readonly load: () => Promise<Part>
}

const cryptography = [
  'bcrypt', 'htpasswd', 'genPrivateKey', 'genCA', 'genCAWithKey', 'genSelfSignedCert', 'genSelfSignedCertWithKey', 'genSignedCert',
  'genSignedCertWithKey', 'buildCustomCert', 'derivePassword', 'encryptAES', 'decryptAES',
]
const regularExpressions = ['Match', 'Find', 'FindAll', 'ReplaceAll', 'ReplaceAllLiteral', 'Split'].flatMap((name) => [`regex${name}`, `mustRegex${name}`])

const sources: readonly Source[] = [
  { names: ['toToml', 'fromToml'], load: () => import('./toml/index.ts') },
  { names: cryptography, load: () => import('./crypto/index.ts') },
  { names: regularExpressions, load: () => import('./regex/index.ts') },
]

const loaded = new Map<Source, Part>()

/** What of a chart can hold templates. */
interface Texts {
  readonly templates: readonly { readonly text: string }[]
  readonly files: readonly { readonly text: string }[]
  readonly values: ReadonlyMap<string, Value>
  readonly dependencies: readonly Texts[]
}

function* textsOf(chart: Texts): Generator<string> {
  for (const { text } of [...chart.templates, ...chart.files]) yield text
  yield* textsIn(chart.values)
  for (const each of chart.dependencies) yield* textsOf(each)
}

function* textsIn(value: Value | ReadonlyMap<string, Value>): Generator<string> {
  if (typeof value === 'string') yield value
  else if (Array.isArray(value)) for (const each of value) yield* textsIn(each)
  else if (value instanceof Map) for (const each of value.values()) yield* textsIn(each as Value)
}

/**
 * Fetches the code of functions that a chart or its user's values name and that is not there from
 * the start: TOML, cryptography, RE2's regular expressions. Await it once before a chart is
 * rendered. Without a chart everything is fetched.
 */
export async function loadFunctions(chart?: Texts, values: ReadonlyMap<string, Value> = new Map()): Promise<void> {
  const named = chart && [...textsOf(chart), ...textsIn(values)].join('\n')
  const wanted = sources.filter((source) => !loaded.has(source) && (named === undefined || new RegExp(source.names.join('|')).test(named)))
  await Promise.all(wanted.map(async (source) => loaded.set(source, await source.load())))
}

/** A function whose code is not there. */
const absent = (name: string): Func =>
  func(['...any'], () => {
    throw new GoError(`${name} is not loaded; await loadFunctions(chart) before the chart is rendered`)
  })

/** The functions of all parts by name; of a part that is not loaded they fail, unless there is another. */
export function partFunctions(environment: Environment, instead: ReadonlyMap<string, Func>): ReadonlyMap<string, Func> {
  const functions = new Map<string, Func>()
  for (const source of sources) {
    const made = loaded.get(source)?.functions(environment) ?? {}
    for (const name of source.names) functions.set(name, made[name] ?? instead.get(name) ?? absent(name))
  }
  return functions
}
